"""The life of a recommendation: every legal change of state, in one table."""

from dataclasses import dataclass
from enum import StrEnum

from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.recommendations.models import RecommendationState


class Act(StrEnum):
    """What somebody can do with a recommendation."""

    EDIT = "edit"
    SEND = "send"
    REPLY = "reply"
    CLOSE = "close"


@dataclass(frozen=True)
class Step:
    """One act: from which states to which, and by whom."""

    begins_in: frozenset[RecommendationState]
    ends_in: RecommendationState
    permission: Permission


S = RecommendationState
#: What was sent and has no reply cannot be closed: it stays, and becomes overdue, in public.
STEPS: dict[Act, Step] = {
    Act.EDIT: Step(frozenset({S.DRAFT}), S.DRAFT, Permission.RECOMMENDATION_SEND),
    Act.SEND: Step(frozenset({S.DRAFT}), S.SENT, Permission.RECOMMENDATION_SEND),
    Act.REPLY: Step(frozenset({S.SENT}), S.REPLIED, Permission.RECOMMENDATION_REPLY),
    Act.CLOSE: Step(frozenset({S.DRAFT, S.REPLIED}), S.CLOSED, Permission.RECOMMENDATION_SEND),
}


def acts_from(state: RecommendationState) -> list[Act]:
    """Return what can be done in a state, in the order of the table."""
    return [act for act, step in STEPS.items() if state in step.begins_in]
