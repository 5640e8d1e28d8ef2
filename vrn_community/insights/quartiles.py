"""In which bands of numbers the quartiles lie, as far as protected rows tell it; pure.

A band is named and nothing is interpolated inside of it (compare G. U. Yule and M. G. Kendall,
An Introduction to the Theory of Statistics, chapter on averages): how people are spread inside
of a band is not known. Where bands were put together, a quartile is known only if it lies in
one band however the people are spread over those.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from vrn_community.insights.tabulate import Row, Table

#: Types whose tables count bands of numbers.
BANDED = ("number", "month-year")
BAND = "band-"


@dataclass(frozen=True)
class Quartiles:
    """The labels of the bands of the three quartiles; None where a band is not known."""

    lower: str | None
    median: str | None
    upper: str | None


def places(counts: Sequence[int]) -> tuple[int, ...]:
    """Return in which of some counts, in order, the three quartiles lie; none of nobody."""
    sums = list(accumulate(counts))
    people = sums[-1] if sums else 0
    if not people:
        return ()
    return tuple(
        next(place for place, below in enumerate(sums) if 4 * below >= quarter * people)
        for quarter in (1, 2, 3)
    )


def of_table(table: Table) -> Quartiles | None:
    """Return the quartiles of a table of bands that was made safe; None where it says none."""
    labels = {key: label for row in table.rows for key, label in _labels(row).items()}
    if table.kind not in BANDED or not all(key.startswith(BAND) for key in labels):
        return None
    order = sorted(labels, key=lambda key: int(key.removeprefix(BAND)))
    # Where the people of bands that were put together all stand as low, and as high, as they can.
    ends = [places(_counts(table, order, end)) for end in (0, -1)]
    if not all(ends):
        return None
    known = [low if low == high else None for low, high in zip(*ends, strict=True)]
    found = [None if place is None else labels[order[place]] for place in known]
    return Quartiles(*found) if any(found) else None


def _labels(row: Row) -> dict[str, str]:
    return dict(row.merged or {row.choice_id: row.label})


def _counts(table: Table, order: Sequence[str], end: int) -> list[int]:
    counts = dict.fromkeys(order, 0)
    for row in table.rows:
        counts[sorted(row.choices, key=order.index)[end]] += row.count
    return list(counts.values())
