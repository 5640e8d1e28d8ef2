"""Cross-tables as a stacked bar for each group of people; pure."""

from collections.abc import Sequence

from vrn_community.insights.charts import MOST_PARTS, Point, Series, Stack
from vrn_community.insights.crossing import CrossTable


def of_cross(table: CrossTable, answers: Sequence[str], groups: Sequence[str]) -> Stack | None:
    """Return a bar for each group of a cross-table; None where answers are no parts of a whole.

    A group of which the total is not known, or one single cell hidden, has no bar.
    """
    if table.is_multiple or len(answers) > MOST_PARTS:
        return None
    rows = tuple(
        Series(name, tuple(_cell(table, row, column, answers) for row in range(len(answers))))
        for column, name in enumerate(groups)
    )
    return Stack(tuple(answers), rows)


def _cell(table: CrossTable, row: int, column: int, answers: Sequence[str]) -> Point:
    share = table.share(row, column)
    if share is None:
        return Point.hidden(answers[row])
    return Point(answers[row], share, table.counts[row][column])
