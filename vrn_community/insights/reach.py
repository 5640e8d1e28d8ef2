"""Who is missing: the people who answered beside the people who live here; pure (V15-V17).

Shares are whole per cent, differences are in points. The word "representative" has no place
here: people chose to answer, so this says who was reached, not what everybody thinks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vrn_community.insights.tabulate import Row, Table, percent

#: A group is missing if it falls short by so many points, or has less than half its share.
POINTS = 5
HALF = 0.5
#: Of a group with a smaller share of residents than this, in per cent, nobody can say.
SMALLEST = 2


@dataclass(frozen=True)
class Share:
    """One group: its share of those who answered, and of the residents."""

    row: Row
    answered: int
    residents: int

    @property
    def difference(self) -> int:
        """By how many points the group answered more than its share; below 0, less."""
        return self.answered - self.residents

    @property
    def is_missing(self) -> bool:
        """Whether so few of the group answered that somebody should go and ask them."""
        is_short = -self.difference >= POINTS or self.answered < HALF * self.residents
        return self.residents >= SMALLEST and is_short


@dataclass(frozen=True)
class Comparison:
    """The shares of the groups of one table, which is protected already."""

    table: Table
    shares: Sequence[Share]

    @property
    def missing(self) -> list[Share]:
        """The groups that are missing, the widest gap first."""
        found = [share for share in self.shares if share.is_missing]
        return sorted(found, key=lambda share: share.difference)


def compare(table: Table, residents: Mapping[str, int], total: int) -> Comparison:
    """Return a table beside the residents in each of its groups, by choice, and all of them.

    Rows that the census does not know, such as "somewhere else", are left out; a row of
    answers that were put together is compared only if the census knows all of them.
    """
    shares = [
        Share(row, row.percent, percent(sum(residents[name] for name in row.choices), total))
        for row in table.rows
        if row.choices <= residents.keys()
    ]
    return Comparison(table, shares)
