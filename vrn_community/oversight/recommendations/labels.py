"""What people read instead of the names of states, answers and steps."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.oversight.recommendations.lifecycle import Act
from vrn_community.oversight.recommendations.models import Answer, RecommendationState

STATES: dict[RecommendationState, Any] = {
    RecommendationState.DRAFT: _l("Draft"),
    RecommendationState.SENT: _l("Waiting for a reply"),
    RecommendationState.REPLIED: _l("Answered"),
    RecommendationState.CHALLENGED: _l("Waiting for a better reply"),
    RecommendationState.CLOSED: _l("Closed"),
}
ANSWERS: dict[Answer, Any] = {
    Answer.ACCEPTED: _l("Accepted"),
    Answer.PARTLY: _l("Accepted in part"),
    Answer.NOT_ACCEPTED: _l("Not accepted"),
}
#: The steps with a page of their own.
HEADINGS: dict[Act, Any] = {
    Act.AMEND: _l("Change the words"),
    Act.EXTEND: _l("Name a later day"),
    Act.CHALLENGE: _l("Challenge the reply"),
    Act.ESCALATE: _l("Bring it before the board"),
}
#: What is said when a step was taken.
TAKEN: dict[Act, Any] = {
    Act.AMEND: _l("The new words are public, and so are the earlier ones."),
    Act.EXTEND: _l("The new day and the reason are public now."),
    Act.CHALLENGE: _l("The challenge is public. The body has to answer again."),
    Act.ESCALATE: _l("It is before the board, and everyone can read why."),
    Act.ANSWER_FOR_BOARD: _l("What the board says is public now."),
}
