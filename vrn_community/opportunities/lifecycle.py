"""The life of an opportunity: every legal change of state, in one table."""

from dataclasses import dataclass
from enum import StrEnum

from vrn_community.foundation.permissions import Permission


class OpportunityState(StrEnum):
    """Where an opportunity stands at the desk."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    PAUSED = "paused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What somebody can do with an opportunity."""

    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"
    REVISE = "revise"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Step:
    """One act: from which states to which, by whom, and what it asks for."""

    begins_in: frozenset[OpportunityState]
    ends_in: OpportunityState
    permission: Permission
    needs_reason: bool = False
    checks_gates: bool = False
    #: Whether two people must have signed it off, where it needs that (`needs_sign_off`).
    needs_sign_off: bool = False


S = OpportunityState
STEPS: dict[Act, Step] = {
    Act.SUBMIT: Step(
        frozenset({S.DRAFT, S.RETURNED}),
        S.SUBMITTED,
        Permission.OPPORTUNITY_EDIT,
        checks_gates=True,
    ),
    Act.RETURN: Step(
        frozenset({S.SUBMITTED}), S.RETURNED, Permission.OPPORTUNITY_APPROVE, needs_reason=True
    ),
    Act.APPROVE: Step(
        frozenset({S.SUBMITTED}), S.APPROVED, Permission.OPPORTUNITY_APPROVE, checks_gates=True
    ),
    Act.PUBLISH: Step(
        frozenset({S.APPROVED}),
        S.PUBLISHED,
        Permission.OPPORTUNITY_PUBLISH,
        checks_gates=True,
        needs_sign_off=True,
    ),
    Act.PAUSE: Step(
        frozenset({S.PUBLISHED}), S.PAUSED, Permission.OPPORTUNITY_PUBLISH, needs_reason=True
    ),
    Act.RESUME: Step(
        frozenset({S.PAUSED}),
        S.PUBLISHED,
        Permission.OPPORTUNITY_PUBLISH,
        checks_gates=True,
        needs_sign_off=True,
    ),
    Act.CLOSE: Step(
        frozenset({S.PUBLISHED, S.PAUSED}),
        S.CLOSED,
        Permission.OPPORTUNITY_PUBLISH,
        needs_reason=True,
    ),
    Act.REVISE: Step(
        frozenset({S.APPROVED, S.PAUSED}),
        S.RETURNED,
        Permission.OPPORTUNITY_EDIT,
        needs_reason=True,
    ),
    Act.WITHDRAW: Step(
        frozenset(S) - {S.WITHDRAWN},
        S.WITHDRAWN,
        Permission.OPPORTUNITY_PUBLISH,
        needs_reason=True,
    ),
}

#: States in which somebody else than its author looks at it, before it is public.
BEFORE_THE_PUBLIC = frozenset({S.SUBMITTED, S.APPROVED})
#: States in which the content may be changed.
EDITABLE = frozenset({S.DRAFT, S.RETURNED})
#: States in which something that was public may be while it is corrected.
BEING_CHANGED = frozenset({S.RETURNED, S.SUBMITTED, S.APPROVED})
#: States that the public list shows.
LISTED = frozenset({S.PUBLISHED, S.PAUSED, S.CLOSED})


def acts_from(state: OpportunityState) -> list[Act]:
    """Return what can be done in a state, in the order of the table."""
    return [act for act, step in STEPS.items() if state in step.begins_in]
