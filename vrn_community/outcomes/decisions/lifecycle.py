"""The life of what a body said: every legal change of state, in one table."""

from dataclasses import dataclass
from enum import StrEnum

from vrn_community.foundation.permissions import Permission
from vrn_community.outcomes.decisions.models import SaidState


class Act(StrEnum):
    """What somebody can do with one version of a decision or a change."""

    CORRECT = "correct"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Step:
    """One act: from which states to which, by whom, and whether only for the body that said it."""

    begins_in: frozenset[SaidState]
    ends_in: SaidState
    permission: Permission
    is_for_body: bool = False


S = SaidState
STEPS: dict[Act, Step] = {
    Act.CORRECT: Step(
        frozenset({S.PUBLISHED}), S.CORRECTED, Permission.DECISION_RECORD, is_for_body=True
    ),
    # Also of an old version: what it said about somebody would stay readable.
    Act.WITHDRAW: Step(
        frozenset({S.PUBLISHED, S.CORRECTED}), S.WITHDRAWN, Permission.DECISION_WITHDRAW
    ),
}
