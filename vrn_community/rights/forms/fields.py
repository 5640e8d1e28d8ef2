"""What the fields of these forms share: how long words may be, and labels as choices."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

LONGEST = 4_000
TOO_LONG = Length(max=LONGEST, message=_l("Use at most 4,000 characters."))
SHORT = Length(max=200, message=_l("Use at most 200 characters."))


def choices(labelled: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labelled.items()]
