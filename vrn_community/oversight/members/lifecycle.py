"""The life of a claim for time and expenses: every legal change of state, in one table."""

from enum import StrEnum

from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.members.models import TimeClaimState
from vrn_community.oversight.rules import Step


class Act(StrEnum):
    """What somebody can do with a claim."""

    WITHDRAW = "withdraw"
    APPROVE = "approve"
    PAY = "pay"


S = TimeClaimState
STEPS: dict[Act, Step[TimeClaimState]] = {
    Act.WITHDRAW: Step(frozenset({S.CLAIMED}), S.WITHDRAWN, Permission.MEMBER_EDIT_OWN),
    Act.APPROVE: Step(frozenset({S.CLAIMED}), S.APPROVED, Permission.CLAIM_APPROVE),
    Act.PAY: Step(frozenset({S.APPROVED}), S.PAID, Permission.MEMBER_MANAGE),
}
