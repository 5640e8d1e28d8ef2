"""The life of a proposal of an activity: every legal change of state, in one table."""

from dataclasses import dataclass
from enum import StrEnum

from vrn_community.foundation.permissions import Permission


class ProposalState(StrEnum):
    """Where a proposal stands; *overdue* is computed, never stored."""

    PROPOSED = "proposed"
    TAKEN_UP = "taken-up"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What somebody can do with a proposal."""

    TAKE_UP = "take-up"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    SUGGEST = "suggest"
    DECIDE = "decide"


@dataclass(frozen=True)
class Step:
    """One act: from which states to which, by whom, and whether only by the author."""

    begins_in: frozenset[ProposalState]
    ends_in: ProposalState
    permission: Permission
    is_for_author: bool = False


S = ProposalState
_proposed, _taken_up = frozenset({S.PROPOSED}), frozenset({S.TAKEN_UP})
STEPS: dict[Act, Step] = {
    Act.TAKE_UP: Step(_proposed, S.TAKEN_UP, Permission.ACTIVITY_PROPOSAL_ANSWER),
    Act.DECLINE: Step(_proposed, S.DECLINED, Permission.ACTIVITY_PROPOSAL_ANSWER),
    Act.WITHDRAW: Step(
        _proposed, S.WITHDRAWN, Permission.ACTIVITY_PROPOSAL_WRITE, is_for_author=True
    ),
    # While its draft is written together.
    Act.SUGGEST: Step(_taken_up, S.TAKEN_UP, Permission.ACTIVITY_PROPOSAL_WRITE),
    Act.DECIDE: Step(_taken_up, S.TAKEN_UP, Permission.ACTIVITY_PROPOSAL_ANSWER),
}
