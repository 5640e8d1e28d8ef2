"""What people read instead of the names of states and answers."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.oversight.models import Answer, ObservationKind, RecommendationState

STATES: dict[RecommendationState, Any] = {
    RecommendationState.DRAFT: _l("Draft"),
    RecommendationState.SENT: _l("Waiting for a reply"),
    RecommendationState.REPLIED: _l("Answered"),
    RecommendationState.CLOSED: _l("Closed"),
}
ANSWERS: dict[Answer, Any] = {
    Answer.ACCEPTED: _l("Accepted"),
    Answer.PARTLY: _l("Accepted in part"),
    Answer.NOT_ACCEPTED: _l("Not accepted"),
}
#: What an observation is about, before its words.
SPOTS: dict[ObservationKind, Any] = {
    ObservationKind.ACTIVITY: _l("The whole activity"),
    ObservationKind.TABLE: _l("Table: %(words)s"),
    ObservationKind.THEME: _l("Theme: %(words)s"),
    ObservationKind.PASSAGE: _l("Words: %(words)s"),
}
