"""The service with another idea of how many answers are many: at first it asks nobody for a sum."""

import os
from dataclasses import replace

from vrn_community import config, create_app

#: Crowds of one test all come from here, and below 0 everybody is asked.
CALM_RATE = int(os.environ.get("CALM_RATE", "1000000"))
app = create_app(replace(config.from_environment(), calm_rate=CALM_RATE))
