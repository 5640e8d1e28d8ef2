"""Weighted shares beside unweighted ones, made of what is shown and nothing else; pure (V16).

A weighted share made of the answers themselves would be one more equation about people whose
counts are known: where one person counts three times, it can tell how that person answered. So
it is made of a cross-table that may be seen: whoever sees both could have done the sum. That
weights by one thing at a time, and only the groups of which no cell is hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vrn_community.insights import weighting
from vrn_community.insights.crossing import CrossTable, Group
from vrn_community.insights.weighting import Margin, Weights

#: How many residents there are of each group, by the choice that stands for it.
Residents = Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """One row of a cross-table, with its whole per cent, as it is and weighted."""

    group: Group
    unweighted: int
    weighted: int


@dataclass(frozen=True)
class Beside:
    """A question with the weighted share of each answer beside the unweighted one."""

    table: CrossTable
    #: The groups whose people are counted.
    groups: Sequence[Group]
    lines: Sequence[Line]
    weights: Weights

    @property
    def design_effect(self) -> float:
        """By how much unequal weights inflate variance (Kish 1965), to one place."""
        return round(self.weights.design_effect, 1)

    @property
    def effective_base(self) -> int:
        """How many people with equal weights would tell as much."""
        return int(self.weights.effective_base)


def beside(table: CrossTable, residents: Residents) -> Beside | None:
    """Return a question weighted by the item that its cross-table divides by.

    Of the people of those groups that the census knows and whose cells are all shown, people
    without an answer too, as the table has them. None if there are not two such groups, or
    people could give several answers.
    """
    places = [n for n, group in enumerate(table.columns) if _is_known(table, n, group, residents)]
    if table.is_multiple or len(places) < 2:
        return None
    counts = np.array([[row[place] for place in places] for row in table.counts], dtype=float)
    groups = [table.columns[place] for place in places]
    living = np.array([sum(residents[name] for name in group.labels) for group in groups])
    each = np.repeat(np.arange(len(places)), counts.sum(axis=0).astype(int))
    try:
        weights = weighting.rake([Margin("residents", each, living.astype(float))])
    except weighting.CannotWeight:
        return None
    by_group = np.ones(len(places))
    by_group[each] = weights.values
    weighted = counts @ by_group
    lines = [
        Line(row, _rounded(count, counts.sum()), _rounded(part, weighted.sum()))
        for row, count, part in zip(table.rows, counts.sum(axis=1), weighted, strict=True)
    ]
    return Beside(table, groups, lines, weights)


def _is_known(table: CrossTable, place: int, group: Group, residents: Residents) -> bool:
    """Return whether a group can stand beside the residents, with every cell shown."""
    is_shown = all(row[place] is not None for row in table.counts)
    is_group = bool(group.labels) and not group.with_no_answer
    return is_shown and is_group and group.labels.keys() <= residents.keys()


def _rounded(part: float, whole: float) -> int:
    return int(np.floor(100 * part / whole + 0.5))
