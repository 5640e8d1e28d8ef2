"""What may become of a passage: every legal change of state, in one table."""

from dataclasses import dataclass

from vrn_community.contributions.models import WAITING, PassageState
from vrn_community.moderation.models import DecisionOutcome


@dataclass(frozen=True)
class Step:
    """One kind of decision: from which states to which, and what it asks for."""

    begins_in: frozenset[PassageState]
    ends_in: PassageState
    needs_reason: bool = False


S = PassageState
STEPS: dict[DecisionOutcome, Step] = {
    DecisionOutcome.CLEAR: Step(WAITING, S.CLEARED),
    DecisionOutcome.REDACT: Step(WAITING | {S.CLEARED, S.REDACTED}, S.REDACTED, needs_reason=True),
    DecisionOutcome.HOLD: Step(WAITING | {S.REDACTED, S.WITHHELD}, S.HELD),
    DecisionOutcome.WITHHOLD: Step(
        WAITING | {S.CLEARED, S.REDACTED}, S.WITHHELD, needs_reason=True
    ),
}


def outcomes_from(state: PassageState) -> list[DecisionOutcome]:
    """Return what can be decided in a state, in the order of the table."""
    return [outcome for outcome, step in STEPS.items() if state in step.begins_in]
