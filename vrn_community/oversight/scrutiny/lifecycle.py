"""The life of a request for evidence: every legal change of state, in one table."""

from enum import StrEnum

from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.rules import Step
from vrn_community.oversight.scrutiny.models import EvidenceState


class Act(StrEnum):
    """What somebody can do with a request for evidence."""

    EDIT = "edit"
    SEND = "send"
    ANSWER = "answer"
    CLOSE = "close"


S = EvidenceState
#: What was sent and has no answer cannot be closed: it stays, and becomes overdue.
STEPS: dict[Act, Step[EvidenceState]] = {
    Act.EDIT: Step(frozenset({S.DRAFT}), None, Permission.SCRUTINY_EDIT),
    Act.SEND: Step(frozenset({S.DRAFT}), S.SENT, Permission.SCRUTINY_EDIT),
    Act.ANSWER: Step(frozenset({S.SENT}), S.ANSWERED, Permission.EVIDENCE_ANSWER),
    Act.CLOSE: Step(frozenset({S.DRAFT, S.ANSWERED}), S.CLOSED, Permission.SCRUTINY_EDIT),
}
