"""How far coders agree beyond chance: Krippendorff's alpha for nominal codes; pure.

Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of
Pennsylvania. Any number of coders, some of whom left some units out.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: Krippendorff's customary limits: rely on it, draw tentative conclusions, or neither.
GOOD, TENTATIVE = 0.8, 0.667
#: What one coder ticked in each unit that they read; nothing ticked is an empty collection.
Ticked = Mapping[Any, Collection[Hashable]]


class Level(StrEnum):
    """What an alpha allows."""

    GOOD = "good"
    TENTATIVE = "tentative"
    LOW = "low"


def level(alpha: float) -> Level:
    """Return what an alpha allows."""
    if alpha >= GOOD:
        return Level.GOOD
    return Level.TENTATIVE if alpha >= TENTATIVE else Level.LOW


@dataclass(frozen=True)
class Agreement:
    """How far coders agree; what cannot be said is None."""

    #: Units that two coders at least have read.
    units: int
    #: Share of pairs of codes in the same unit that are equal (0 to 1), chance included.
    simple: float | None
    #: 1 is perfect, 0 is chance, below is worse; None where every code is the same.
    alpha: float | None


@dataclass(frozen=True)
class Disagreement:
    """Disagreement that was seen, and that chance would bring, in numbers of codes."""

    units: int
    codes: int
    observed: float
    expected: float

    def to_agreement(self) -> Agreement:
        """Return it as agreement."""
        simple = 1 - self.observed / self.codes if self.codes else None
        alpha = 1 - self.observed / self.expected if self.expected else None
        return Agreement(self.units, simple, alpha)


def nominal(units: Iterable[Sequence[Hashable]]) -> Agreement:
    """Return the agreement about units, each the codes that it got, missing ones left out."""
    return _disagreement(units).to_agreement()


def _disagreement(units: Iterable[Sequence[Hashable]]) -> Disagreement:
    """Count as Krippendorff does: a unit with one code pairs with nothing, so it says nothing."""
    paired = [Counter(codes) for codes in units if len(codes) > 1]
    totals: Counter[Hashable] = sum(paired, Counter())
    codes = totals.total()
    observed = sum(_unlike(counts) / (counts.total() - 1) for counts in paired)
    expected = _unlike(totals) / (codes - 1) if codes else 0.0
    return Disagreement(len(paired), codes, observed, expected)


def _unlike(counts: Counter[Hashable]) -> int:
    """Return the number of ordered pairs of codes that differ."""
    return counts.total() ** 2 - sum(count * count for count in counts.values())


def by_theme(coders: Iterable[Ticked], themes: Iterable[Hashable]) -> dict[Hashable, Agreement]:
    """Return the agreement about each theme: one decision, yes or no, on every unit read."""
    units = _units(coders)
    return {theme: _about(theme, units).to_agreement() for theme in themes}


def overall(coders: Iterable[Ticked], themes: Iterable[Hashable]) -> Agreement:
    """Return one figure for many themes, of which a unit may have any number.

    It is one minus the disagreement seen in all themes by that expected in all, each
    theme with its own chance. Not the mean of their alphas, in which a theme ticked twice
    weighs as much as one ticked two hundred times; not one alpha of all decisions
    together, which takes it for agreement that some themes are rare.
    """
    units = _units(coders)
    parts = [_about(theme, units) for theme in themes]
    return Disagreement(
        max((part.units for part in parts), default=0),
        sum(part.codes for part in parts),
        sum(part.observed for part in parts),
        sum(part.expected for part in parts),
    ).to_agreement()


def _units(coders: Iterable[Ticked]) -> list[list[Collection[Hashable]]]:
    found: defaultdict[Hashable, list[Collection[Hashable]]] = defaultdict(list)
    for ticked in coders:
        for unit, themes in ticked.items():
            found[unit].append(themes)
    return list(found.values())


def _about(theme: Hashable, units: Iterable[Sequence[Collection[Hashable]]]) -> Disagreement:
    return _disagreement([theme in themes for themes in unit] for unit in units)
