"""What people read instead of the names of reasons and states."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.insights.attribution import Shows
from vrn_community.insights.disclosure import Reason
from vrn_community.insights.models import ReleaseState
from vrn_community.insights.paradata import NO_FLAG
from vrn_community.responses.models import Feeling, Flag, Minutes, Way

REASONS: dict[Reason, Any] = {
    Reason.FEW_PEOPLE: _l("Too few people answered it, so somebody might be recognised."),
    Reason.SMALL_ANSWERS: _l(
        "So few people, or nearly all, gave one of the answers that somebody might be recognised."
    ),
    Reason.HIDDEN_BEFORE: _l(
        "It was asked only after some answers to an earlier question. Together, the two "
        "results would show how many people gave an answer that few gave."
    ),
    Reason.TOO_CLOSE: _l(
        "Too few people were added since an earlier release. Whoever compares the two would "
        "see what they answered."
    ),
}
STATES: dict[ReleaseState, Any] = {
    ReleaseState.DRAFT: _l("Draft"),
    ReleaseState.FROZEN: _l("Frozen"),
    ReleaseState.SUPERSEDED: _l("Replaced by a newer one"),
}
SHOWS: dict[Shows, Any] = {
    Shows.NOTHING: _l("Nothing"),
    Shows.AGE: _l("Age band"),
    Shows.AREA: _l("Area of the council"),
    Shows.BOTH: _l("Age band and area"),
}
FLAGS: dict[str, Any] = {
    Flag.TOO_FAST: _l("Answered faster than people can read"),
    Flag.HIDDEN_FIELD: _l("Filled a box that people cannot see"),
}
#: Titles of the tables of response quality, by the first part of their id.
QUALITY: dict[str, Any] = {
    "complete": _l("How far people came"),
    "way": _l("Way of answering"),
    "minutes": _l("How long it took"),
    "flags": _l("What looks odd"),
    "straight": _l("The same answer on every row"),
    "alike": _l("Responses that look alike"),
    "feelings": _l("How people said they were after sending"),
}
QUALITY_ANSWERS: dict[str, dict[str, Any]] = {
    "complete": {"complete": _l("Complete"), "partial": _l("Partial: sent before the end")},
    "way": {
        Way.ONLINE: _l("Alone, online"),
        Way.SESSION: _l("In a session with others"),
        Way.SLIP: _l("With a code from a slip"),
        Way.PAPER: _l("On paper, typed in by staff"),
        Way.ENTRY: _l("Told to staff, who typed it in"),
    },
    "minutes": {
        Minutes.UNDER_2: _l("Under 2 minutes"),
        Minutes.FROM_2_TO_5: _l("2 to 5 minutes"),
        Minutes.FROM_5_TO_15: _l("5 to 15 minutes"),
        Minutes.OVER_15: _l("15 minutes or more"),
    },
    "flags": {NO_FLAG: _l("Nothing"), **FLAGS},
    "straight": {"straight": _l("The same on every row"), "varied": _l("Different answers")},
    "feelings": {
        Feeling.GOOD: _l("Fine"),
        Feeling.MIXED: _l("Not so good"),
        Feeling.UPSET: _l("Upset"),
    },
    "alike": {"alike": _l("The same as another response"), "unlike": _l("Like no other")},
}
