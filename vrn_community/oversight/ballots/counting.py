"""Counting a ballot: what came of it, and what that gives away; pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

ABSTAIN = "abstain"
AGREE, ASIDE, OBJECT = "agree", "aside", "object"
#: What everybody can say to a proposal that is decided by consent.
CONSENT_CHOICES = (AGREE, ASIDE, OBJECT)


class Method(StrEnum):
    """How a ballot decides."""

    #: It passes when nobody objects.
    CONSENT = "consent"
    #: The option that more than half chose; who abstains took part, and chose none.
    VOTE = "vote"


class Outcome(StrEnum):
    """What came of a ballot."""

    DECIDED = "decided"
    OBJECTED = "objected"
    TIE = "tie"
    NO_MAJORITY = "no-majority"
    NO_QUORUM = "no-quorum"


@dataclass(frozen=True)
class Result:
    """What came of a ballot, and how often each choice was made; none where it is not counted."""

    outcome: Outcome
    counts: dict[str, int]
    #: The choice that prevailed, or those between which it is a tie.
    leading: tuple[str, ...] = ()

    @property
    def is_unanimous(self) -> bool:
        """Whether all made the same choice: then everybody knows how each of them voted."""
        return sum(number > 0 for number in self.counts.values()) == 1


def choices_of(method: Method, options: Sequence[str]) -> list[str]:
    """Return the names of what can be chosen: options have numbers, counted from 1."""
    if method is Method.CONSENT:
        return list(CONSENT_CHOICES)
    return [*(str(number) for number in range(1, len(options) + 1)), ABSTAIN]


def count(method: Method, choices: Sequence[str], cast: Sequence[str], quorum: int) -> Result:
    """Return the result of what was cast; `choices` are all that could be chosen."""
    found = Counter(cast)
    counts = {choice: found[choice] for choice in choices}
    if len(cast) < quorum:
        return Result(Outcome.NO_QUORUM, counts)
    if method is Method.CONSENT:
        outcome = Outcome.OBJECTED if counts[OBJECT] else Outcome.DECIDED
        return Result(outcome, counts, (OBJECT if counts[OBJECT] else AGREE,))
    return _majority(counts)


def _majority(counts: dict[str, int]) -> Result:
    chosen = {choice: number for choice, number in counts.items() if choice != ABSTAIN}
    most = max(chosen.values())
    leading = tuple(choice for choice, number in chosen.items() if number == most > 0)
    if 2 * most > sum(chosen.values()):
        return Result(Outcome.DECIDED, counts, leading)
    return Result(Outcome.TIE if len(leading) > 1 else Outcome.NO_MAJORITY, counts, leading)
