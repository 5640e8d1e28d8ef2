"""The same question at several times: what its protected tables say beside each other; pure.

Nothing is counted here, so nothing is shown that a table does not show already. Small answers
are put together anew at each time, so rows are joined by the choices that they count, and only
rows that stand in the tables of all times are compared. Whether a change is real no test can
say: each time other people chose to answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vrn_community.insights import charts
from vrn_community.insights.charts import Point, Series
from vrn_community.insights.tabulate import Row, Table

#: So many answers are drawn as lines; the table has all.
MOST_LINES = 2


@dataclass(frozen=True)
class Wave:
    """What one activity says about a question."""

    name: str
    day: date
    table: Table
    #: How people answered, where that is shown.
    ways: Table | None = None
    #: Not released yet: the numbers can change.
    is_live: bool = False


@dataclass(frozen=True)
class Line:
    """The rows of one answer, or of the same answers put together, one for each wave."""

    rows: tuple[Row, ...]

    @property
    def row(self) -> Row:
        """The row of the last wave, which has the words."""
        return self.rows[-1]

    @property
    def change(self) -> int:
        """By how many points the share changed from the first wave to the last."""
        return self.rows[-1].percent - self.rows[0].percent


@dataclass(frozen=True)
class Compared:
    """One question over time, the earliest wave first."""

    waves: tuple[Wave, ...]

    @property
    def table(self) -> Table:
        """The table of the last wave, which has the words."""
        return self.waves[-1].table

    @property
    def lines(self) -> list[Line]:
        """The answers that can be seen in all waves, in the order of the last one."""
        rows = [{row.choices: row for row in wave.table.rows} for wave in self.waves]
        shared = [choices for choices in rows[-1] if all(choices in wave for wave in rows)]
        return [Line(tuple(wave[choices] for wave in rows)) for choices in shared]

    @property
    def has_more(self) -> bool:
        """Whether a wave shows answers that another does not."""
        return any(len(wave.table.rows) > len(self.lines) for wave in self.waves)

    @property
    def drawn(self) -> list[Line]:
        """The lines that changed most, in their order; first the one that changed most of all."""
        single = [line for line in self.lines if not line.row.merged]
        by_change = sorted(single, key=lambda line: -abs(line.change))
        return by_change[:MOST_LINES]


def compare(waves: Sequence[Wave]) -> Compared | None:
    """Return waves beside each other in order of time; None if there are not two of one kind.

    All must ask in the same way: with one answer, or with several.
    """
    ordered = sorted(waves, key=lambda wave: (wave.day, wave.name))
    forms = {(wave.table.kind, wave.table.is_multiple) for wave in ordered}
    return Compared(tuple(ordered)) if len(ordered) > 1 and len(forms) == 1 else None


def chart(compared: Compared, days: Sequence[str], answers: Sequence[str]) -> charts.Waves:
    """Return the drawn lines as a chart: `days` are words by wave, `answers` by drawn line."""
    return charts.Waves(
        tuple(
            Series(
                answer,
                tuple(
                    Point(day, row.percent, row.count)
                    for day, row in zip(days, line.rows, strict=True)
                ),
            )
            for answer, line in zip(answers, compared.drawn, strict=True)
        )
    )
