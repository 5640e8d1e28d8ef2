"""The life of an insight: every legal change of state, in one table."""

from dataclasses import dataclass
from enum import StrEnum

from vrn_community.foundation.permissions import Permission
from vrn_community.insights.evidence.models import InsightState


class Act(StrEnum):
    """What somebody can do with an insight."""

    EDIT = "edit"
    CITE = "cite"
    PUBLISH = "publish"
    ROUTE = "route"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Step:
    """One act: from which states to which, by whom, and whether only or never by the author."""

    begins_in: frozenset[InsightState]
    ends_in: InsightState
    permission: Permission
    is_for_author: bool | None = None


S = InsightState
_draft, _published = frozenset({S.DRAFT}), frozenset({S.PUBLISHED})
STEPS: dict[Act, Step] = {
    Act.EDIT: Step(_draft, S.DRAFT, Permission.INSIGHT_EDIT, is_for_author=True),
    Act.CITE: Step(_draft, S.DRAFT, Permission.INSIGHT_EDIT, is_for_author=True),
    Act.PUBLISH: Step(_draft, S.PUBLISHED, Permission.INSIGHT_PUBLISH, is_for_author=False),
    Act.ROUTE: Step(_published, S.PUBLISHED, Permission.INSIGHT_EDIT),
    # A draft of the next version is made; only its publication ends this one.
    Act.CORRECT: Step(_published, S.PUBLISHED, Permission.INSIGHT_EDIT),
    Act.WITHDRAW: Step(_draft | _published, S.WITHDRAWN, Permission.INSIGHT_WITHDRAW),
}
