"""What people read instead of the names of states and colours."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.oversight.scrutiny.models import Colour, EvidenceState

STATES: dict[EvidenceState, Any] = {
    EvidenceState.DRAFT: _l("Draft"),
    EvidenceState.SENT: _l("Waiting for an answer"),
    EvidenceState.ANSWERED: _l("Answered"),
    EvidenceState.CLOSED: _l("Closed"),
}
COLOURS: dict[Colour, Any] = {
    Colour.GREEN: _l("Green: it is good"),
    Colour.AMBER: _l("Amber: it can be better"),
    Colour.RED: _l("Red: somebody senior must look at it"),
}
