"""What people read instead of the names of states and kinds."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.outcomes.decisions.models import SaidState
from vrn_community.partnership.models import MeasureKind

STATES: dict[SaidState, Any] = {
    SaidState.PUBLISHED: _l("Published"),
    SaidState.CORRECTED: _l("Corrected"),
    SaidState.WITHDRAWN: _l("Taken down"),
}
MEASURES: dict[MeasureKind, Any] = {
    MeasureKind.DUTY: _l("A measure that the law asks for"),
    MeasureKind.PARTNERSHIP: _l("A measure of the partnership"),
    MeasureKind.OUTCOME: _l("An aim of the strategy"),
}
