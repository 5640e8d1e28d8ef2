"""The life of a ballot: every legal change of state, in one table."""

from dataclasses import dataclass
from enum import StrEnum

from vrn_community.foundation.permissions import Permission


class BallotState(StrEnum):
    """Where a ballot stands; whether one can vote today is computed, never stored."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What somebody can do with a ballot."""

    EDIT = "edit"
    OPEN = "open"
    VOTE = "vote"
    CLOSE = "close"
    RESOLVE = "resolve"
    PUT_TO_VOTE = "put-to-vote"
    DISSENT = "dissent"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Step:
    """One act: from which states to which, and by whom."""

    begins_in: frozenset[BallotState]
    ends_in: BallotState
    permission: Permission


S = BallotState
_draft, _open, _closed = (frozenset({state}) for state in (S.DRAFT, S.OPEN, S.CLOSED))
#: What was opened and counted stays: a decision is changed by another ballot alone.
STEPS: dict[Act, Step] = {
    Act.EDIT: Step(_draft, S.DRAFT, Permission.BALLOT_PREPARE),
    Act.OPEN: Step(_draft, S.OPEN, Permission.BALLOT_RUN),
    Act.VOTE: Step(_open, S.OPEN, Permission.BALLOT_VOTE),
    Act.CLOSE: Step(_open, S.CLOSED, Permission.BALLOT_RUN),
    # Only after objections: the chair says how they were met, or puts it to a vote.
    Act.RESOLVE: Step(_closed, S.CLOSED, Permission.BALLOT_RUN),
    Act.PUT_TO_VOTE: Step(_closed, S.CLOSED, Permission.BALLOT_RUN),
    Act.DISSENT: Step(_closed, S.CLOSED, Permission.BALLOT_VOTE),
    Act.WITHDRAW: Step(_draft | _open, S.WITHDRAWN, Permission.BALLOT_RUN),
}
