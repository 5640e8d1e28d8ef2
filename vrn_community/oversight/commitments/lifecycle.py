"""The life of a commitment: every legal change of state, in one table."""

from dataclasses import dataclass
from enum import StrEnum

from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.commitments.models import CommitmentState


class Act(StrEnum):
    """What somebody can do with a commitment."""

    START = "start"
    NOTE = "note"
    REACH = "reach"
    MOVE = "move"
    FINISH = "finish"
    DROP = "drop"


@dataclass(frozen=True)
class Step:
    """One act: from which states, to which (none: it stays), and by whose permissions."""

    begins_in: frozenset[CommitmentState]
    ends_in: CommitmentState | None
    permissions: frozenset[Permission]


S = CommitmentState
_open = frozenset({S.PLANNED, S.UNDER_WAY})
_body = frozenset({Permission.RECOMMENDATION_REPLY})
_group = frozenset({Permission.RECOMMENDATION_SEND})
STEPS: dict[Act, Step] = {
    Act.START: Step(frozenset({S.PLANNED}), S.UNDER_WAY, _body),
    Act.NOTE: Step(_open, None, _body),
    # A milestone is reached.
    Act.REACH: Step(_open, S.UNDER_WAY, _body),
    # A day of it moves, with a reason: some times by the body itself, then as the group allows.
    Act.MOVE: Step(_open, None, _body | _group),
    # With what shows that it was done.
    Act.FINISH: Step(_open, S.DONE, _body),
    # With a reason.
    Act.DROP: Step(_open, S.DROPPED, _body),
}


def acts_from(state: CommitmentState) -> list[Act]:
    """Return what can be done in a state, in the order of the table."""
    return [act for act, step in STEPS.items() if state in step.begins_in]
