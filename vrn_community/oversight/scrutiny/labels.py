"""What people read instead of the names of states and colours."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.oversight.scrutiny.lifecycle import Act
from vrn_community.oversight.scrutiny.models import Colour, EvidenceState, RatingState

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
RATING_STATES: dict[RatingState, Any] = {
    RatingState.NOTED: _l("Noted"),
    RatingState.WAITING: _l("Waiting for an answer"),
    RatingState.ANSWERED: _l("Answered"),
    RatingState.HEARD: _l("The group heard what came back"),
}
#: The steps with a page of their own.
HEADINGS: dict[Act, Any] = {
    Act.MOVE: _l("Name a later day"),
    Act.MOVE_OWN: _l("Name a later day"),
    Act.ENTER: _l("Enter what the body answered"),
    Act.RAISE: _l("Bring it before the board"),
}
#: What is said when a step was taken.
TAKEN: dict[Act, Any] = {
    Act.MOVE: _l("The new day and the reason are noted."),
    Act.MOVE_OWN: _l("The new day and the reason are noted."),
    Act.ENTER: _l("The answer is kept."),
    Act.RAISE: _l("The board is asked now, and has a day by which it answers."),
}
