"""The service for tests in which many answer, and days pass: at first it asks nobody for a sum."""

import os
from dataclasses import replace

from tests import later
from vrn_community import config, create_app

#: Crowds of one test all come from here, and below 0 everybody is asked.
CALM_RATE = int(os.environ.get("CALM_RATE", "1000000"))
settings = config.from_environment()
later.follow(later.Calendar(settings.data_dir))
app = create_app(replace(settings, calm_rate=CALM_RATE))
