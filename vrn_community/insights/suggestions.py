"""What can be suggested about texts, and what has to be said with it; pure.

Apart from the search for it, which takes time to load and is done by a job alone.
"""

from dataclasses import dataclass
from enum import StrEnum


class Steadiness(StrEnum):
    """Whether a group comes again when some texts are left out; limits of Hennig (2007)."""

    STEADY = "steady"
    DOUBTFUL = "doubtful"
    UNSTEADY = "unsteady"


def steadiness(stability: float) -> Steadiness:
    """Return how far a group of some stability can be trusted to be one."""
    if stability >= 0.75:
        return Steadiness.STEADY
    return Steadiness.DOUBTFUL if stability >= 0.6 else Steadiness.UNSTEADY


class Problem(StrEnum):
    """Why there are no suggestions for texts of a language."""

    FEW_TEXTS = "few-texts"
    FEW_WORDS = "few-words"
    TOO_ALIKE = "too-alike"
    NO_GROUPS = "no-groups"


@dataclass(frozen=True)
class SuggestedTheme:
    """Texts of one language with similar words, by their places in what was given."""

    language: str
    #: The words that tell it from the others, the most telling first.
    words: tuple[str, ...]
    members: tuple[int, ...]
    #: The members that are most like all others: read these first.
    nearest: tuple[int, ...]
    #: Mean Jaccard coefficient over resamples, 0 to 1.
    stability: float


@dataclass(frozen=True)
class Note:
    """Something that has to be said about the texts of one language."""

    language: str
    problem: Problem
    texts: int


@dataclass(frozen=True)
class Suggestions:
    """All that can be suggested about some texts, and what cannot."""

    themes: tuple[SuggestedTheme, ...]
    #: The places of texts in no theme.
    rest: tuple[int, ...]
    notes: tuple[Note, ...]

    @property
    def stability(self) -> float | None:
        """Mean stability of the themes, each by its members; None without a theme."""
        members = sum(len(theme.members) for theme in self.themes)
        total = sum(theme.stability * len(theme.members) for theme in self.themes)
        return total / members if members else None
