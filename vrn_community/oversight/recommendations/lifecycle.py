"""The life of a recommendation: every legal change of state, in one table."""

from dataclasses import dataclass
from enum import StrEnum

from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.recommendations.models import RecommendationState


class Act(StrEnum):
    """What somebody can do with a recommendation."""

    EDIT = "edit"
    SEND = "send"
    AMEND = "amend"
    EXTEND = "extend"
    REPLY = "reply"
    CHALLENGE = "challenge"
    ESCALATE = "escalate"
    ANSWER_FOR_BOARD = "answer-for-board"
    CLOSE = "close"


@dataclass(frozen=True)
class Step:
    """One act: from which states, to which (none: it stays), and by whose permissions."""

    begins_in: frozenset[RecommendationState]
    ends_in: RecommendationState | None
    permissions: frozenset[Permission]


S = RecommendationState
_group = frozenset({Permission.RECOMMENDATION_SEND})
_body = frozenset({Permission.RECOMMENDATION_REPLY})
_board = frozenset({Permission.ESCALATION_ANSWER})
_owed, _public = frozenset({S.SENT, S.CHALLENGED}), frozenset({S.SENT, S.REPLIED, S.CHALLENGED})
#: What was sent and has no reply cannot be closed: it stays, and becomes overdue, in public.
STEPS: dict[Act, Step] = {
    Act.EDIT: Step(frozenset({S.DRAFT}), None, _group),
    Act.SEND: Step(frozenset({S.DRAFT}), S.SENT, _group),
    Act.AMEND: Step(frozenset({S.SENT}), None, _group),
    # The body moves its own day, or the group does; anybody can read why.
    Act.EXTEND: Step(_owed, None, _group | _body),
    Act.REPLY: Step(_owed, S.REPLIED, _body),
    Act.CHALLENGE: Step(frozenset({S.REPLIED}), S.CHALLENGED, _group),
    Act.ESCALATE: Step(_public, None, _group),
    Act.ANSWER_FOR_BOARD: Step(_public, None, _board),
    Act.CLOSE: Step(frozenset({S.DRAFT, S.REPLIED}), S.CLOSED, _group),
}


def acts_from(state: RecommendationState) -> list[Act]:
    """Return what can be done in a state, in the order of the table."""
    return [act for act, step in STEPS.items() if state in step.begins_in]
