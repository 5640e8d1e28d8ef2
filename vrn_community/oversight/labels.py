"""What people read instead of the names of what members notice."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.oversight.models import ObservationKind

#: What an observation is about, before its words.
SPOTS: dict[ObservationKind, Any] = {
    ObservationKind.ACTIVITY: _l("The whole activity"),
    ObservationKind.TABLE: _l("Table: %(words)s"),
    ObservationKind.THEME: _l("Theme: %(words)s"),
    ObservationKind.PASSAGE: _l("Words: %(words)s"),
}
