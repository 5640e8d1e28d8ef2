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


@dataclass(frozen=True)
class Step:
    """One act: from which state to which, by whom, and whether only or never by the author."""

    begins_in: InsightState
    ends_in: InsightState
    permission: Permission
    is_for_author: bool | None = None


S = InsightState
STEPS: dict[Act, Step] = {
    Act.EDIT: Step(S.DRAFT, S.DRAFT, Permission.INSIGHT_EDIT, is_for_author=True),
    Act.CITE: Step(S.DRAFT, S.DRAFT, Permission.INSIGHT_EDIT, is_for_author=True),
    Act.PUBLISH: Step(S.DRAFT, S.PUBLISHED, Permission.INSIGHT_PUBLISH, is_for_author=False),
    Act.ROUTE: Step(S.PUBLISHED, S.PUBLISHED, Permission.INSIGHT_EDIT),
}
