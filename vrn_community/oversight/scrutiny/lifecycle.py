"""The lives of topics, requests for evidence and ratings: what can be done, in three tables."""

from enum import StrEnum

from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.rules import Step
from vrn_community.oversight.scrutiny.models import EvidenceState, RatingState, TopicState


class TopicAct(StrEnum):
    """What somebody can do with a topic."""

    ASK = "ask"
    CLOSE = "close"


_open = frozenset({TopicState.OPEN})
TOPIC_STEPS: dict[TopicAct, Step[TopicState]] = {
    TopicAct.ASK: Step(_open, None, Permission.SCRUTINY_EDIT),
    TopicAct.CLOSE: Step(_open, TopicState.CLOSED, Permission.SCRUTINY_EDIT),
}


class Act(StrEnum):
    """What somebody can do with a request for evidence."""

    EDIT = "edit"
    SEND = "send"
    ANSWER = "answer"
    #: The answer of a body for which nobody can sign in.
    ENTER = "enter"
    #: A later day: the body moves its own, or the group does.
    MOVE_OWN = "move-own"
    MOVE = "move"
    #: Before the board, when the day has passed.
    RAISE = "raise"
    CLOSE = "close"


S = EvidenceState
_owed = frozenset({S.SENT})
#: What was sent and has no answer cannot be closed: it stays, and becomes overdue.
STEPS: dict[Act, Step[EvidenceState]] = {
    Act.EDIT: Step(frozenset({S.DRAFT}), None, Permission.SCRUTINY_EDIT),
    Act.SEND: Step(frozenset({S.DRAFT}), S.SENT, Permission.SCRUTINY_EDIT),
    Act.ANSWER: Step(_owed, S.ANSWERED, Permission.EVIDENCE_ANSWER),
    Act.ENTER: Step(_owed, S.ANSWERED, Permission.EVIDENCE_ENTER),
    Act.MOVE_OWN: Step(_owed, None, Permission.EVIDENCE_ANSWER),
    Act.MOVE: Step(_owed, None, Permission.SCRUTINY_EDIT),
    Act.RAISE: Step(_owed, None, Permission.SCRUTINY_EDIT),
    Act.CLOSE: Step(frozenset({S.DRAFT, S.ANSWERED}), S.CLOSED, Permission.SCRUTINY_EDIT),
}


class RatingAct(StrEnum):
    """What somebody can do with a rating that is there."""

    ANSWER = "answer"
    ENTER = "enter"
    #: Write down at which meeting the group heard what came back.
    HEAR = "hear"


R = RatingState
RATING_STEPS: dict[RatingAct, Step[RatingState]] = {
    RatingAct.ANSWER: Step(frozenset({R.WAITING}), R.ANSWERED, Permission.EVIDENCE_ANSWER),
    RatingAct.ENTER: Step(frozenset({R.WAITING}), R.ANSWERED, Permission.EVIDENCE_ENTER),
    RatingAct.HEAR: Step(frozenset({R.WAITING, R.ANSWERED}), R.HEARD, Permission.MEETING_CHAIR),
}
