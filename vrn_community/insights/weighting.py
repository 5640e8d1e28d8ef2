"""Weights that make the people who answered look like the people who live here; pure.

Raking (iterative proportional fitting: Deming and Stephan 1940; as `rake` of R's survey
package) makes weighted shares equal to those of a census, one margin at a time, until all
hold. Weights mend only what the margins tell. They make no sample out of volunteers, so no
margin of error follows from them, and every weighted figure stands beside the unweighted one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
#: The code of somebody whose category is not known, or who prefers not to say.
UNKNOWN = -1
#: A category of fewer people would speak for too many others: the threshold of disclosure.
SMALLEST_CELL = 10
#: Weights outside are trimmed: nobody counts for more than three, or for less than a third.
LEAST, MOST = 0.3, 3.0
#: How near weighted shares come to those of the margins, and in how many rounds at most.
PRECISION, ROUNDS = 1e-10, 200


class CannotWeight(ValueError):  # noqa: N818 - a refusal of the domain, named as a fact.
    """A margin that cannot be met, with the category and how many people are in it."""

    def __init__(self, margin: str, category: int, people: int) -> None:
        """Say which margin it is."""
        super().__init__(f"{margin}: {people} people in category {category}")
        self.margin, self.category, self.people = margin, category, people


@dataclass(frozen=True)
class Margin:
    """What a census says of one thing, and what the people who answered are."""

    name: str
    #: The category of each person, shape (people,), from 0; `UNKNOWN` where not known.
    codes: Codes
    #: How many residents are in each category, shape (categories,), in any unit.
    population: Floats

    @property
    def is_known(self) -> npt.NDArray[np.bool_]:
        """Of whom the category is known, shape (people,)."""
        return np.not_equal(self.codes, UNKNOWN)

    @property
    def shares(self) -> Floats:
        """The share of each category among residents, shape (categories,)."""
        return np.asarray(self.population / self.population.sum(), dtype=float)

    def totals(self, weights: Floats) -> Floats:
        """Return the sum of weights in each category, shape (categories,)."""
        known = self.is_known
        found = np.bincount(self.codes[known], weights[known], minlength=len(self.population))
        return np.asarray(found, dtype=float)


@dataclass(frozen=True)
class Weights:
    """One weight for each person, with what has to be said beside weighted figures."""

    #: Shape (people,); mean 1, so they sum to the base.
    values: Floats
    rounds: int
    #: How far the weighted share of some category is from that of its margin, at most (0 to 1).
    gap: float
    #: How many weights stand at a limit.
    trimmed: int

    @property
    def has_converged(self) -> bool:
        """Whether every margin is met; trimmed weights need not meet them."""
        return self.gap <= PRECISION * 10

    @property
    def design_effect(self) -> float:
        """By how much unequal weights inflate variance (Kish 1965): 1 if all are equal."""
        return float(len(self.values) * np.square(self.values).sum() / self.values.sum() ** 2)

    @property
    def effective_base(self) -> float:
        """How many people with equal weights would tell as much."""
        return len(self.values) / self.design_effect


def rake(
    margins: Sequence[Margin],
    *,
    limits: tuple[float, float] | None = (LEAST, MOST),
    smallest_cell: int = SMALLEST_CELL,
) -> Weights:
    """Return weights with which people who answered meet every margin.

    Whoever is unknown in a margin gets the factor 1 in it: the margin holds among the
    others. `limits` of weights (of a mean of 1) are kept even if margins are then missed;
    None keeps all weights. Raises `CannotWeight` where a category of residents has fewer
    than `smallest_cell` people, or people are in one that has no residents; ValueError for
    margins of different people, or of nobody.
    """
    _check(margins, limits)
    for margin in margins:
        _check_cells(margin, max(1, smallest_cell))
    weights, rounds, change = np.ones(len(margins[0].codes)), 0, np.inf
    while change > PRECISION and rounds < ROUNDS:
        before = weights
        for margin in margins:
            weights = _fit(weights, margin)
        weights = _trim(weights, *limits) if limits else weights
        change, rounds = np.abs(weights - before).max(), rounds + 1
    gap = max(_gap(weights, margin) for margin in margins)
    return Weights(weights, rounds, gap, _at_limits(weights, limits))


def _check(margins: Sequence[Margin], limits: tuple[float, float] | None) -> None:
    if len({len(margin.codes) for margin in margins}) != 1 or not len(margins[0].codes):
        raise ValueError("Margins have to be of the same people, one at least.")
    if limits and not 0 <= limits[0] < 1 < limits[1]:
        raise ValueError("The limits of weights have to lie around 1.")


def _check_cells(margin: Margin, smallest_cell: int) -> None:
    residents = margin.population
    if not (np.isfinite(residents).all() and (residents >= 0).all() and residents.sum() > 0):
        raise ValueError(f"{margin.name}: numbers of residents are wrong.")
    if margin.codes.min() < UNKNOWN or margin.codes.max() >= len(residents):
        raise ValueError(f"{margin.name}: there is no such category.")
    people = margin.totals(np.ones(len(margin.codes)))
    for category, (answered, live_here) in enumerate(zip(people, residents, strict=True)):
        if (live_here and answered < smallest_cell) or (answered and not live_here):
            raise CannotWeight(margin.name, category, int(answered))


def _fit(weights: Floats, margin: Margin) -> Floats:
    """Return weights that meet one margin, with the same sum."""
    totals = margin.totals(weights)
    wanted = margin.shares * totals.sum()
    factors = np.divide(wanted, totals, out=np.ones_like(totals), where=totals > 0)
    # The code of the unknown is the last place.
    fitted: Floats = weights * np.append(factors, 1.0)[margin.codes]
    return fitted


def _trim(weights: Floats, least: float, most: float) -> Floats:
    """Return weights within limits that still have a mean of 1.

    What is cut off is shared out in proportion: all weights are multiplied by one number,
    found by halving, before those outside are put at the limits.
    """
    if least <= weights.min() and weights.max() <= most:
        return weights
    low, high = 0.0, most / weights.min()
    for _ in range(50):  # To the last digit of a float.
        factor = (low + high) / 2
        is_low = np.clip(weights * factor, least, most).mean() < 1
        low, high = (factor, high) if is_low else (low, factor)
    return np.asarray(np.clip(weights * high, least, most))


def _gap(weights: Floats, margin: Margin) -> float:
    totals = margin.totals(weights)
    return float(np.abs(totals / totals.sum() - margin.shares).max())


def _at_limits(weights: Floats, limits: tuple[float, float] | None) -> int:
    return int(np.isin(weights, limits).sum()) if limits else 0
