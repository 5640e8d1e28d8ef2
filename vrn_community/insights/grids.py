"""The tables of a question with rows, put together again; pure.

Each row has a table of its own, protected as any other; nothing here is counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from vrn_community.insights.disclosure import Protected
from vrn_community.insights.tabulate import Row, Table


@dataclass(frozen=True)
class Grid:
    """The tables of two rows at least of one question."""

    tables: tuple[Table, ...]

    @property
    def question_id(self) -> str:
        """The name of the question."""
        return _question(self.tables[0])

    @property
    def leading(self) -> tuple[Table, Row] | None:
        """The row of the question with the largest share of one answer, and that answer."""
        found = [(table, row) for table in self.tables for row in table.leaders]
        return max(found, key=lambda pair: pair[1].percent, default=None)


def together(tables: Iterable[Protected]) -> Iterator[Protected | Grid]:
    """Go through tables in their order, the rows of one question that follow each other as one."""
    for _name, found in groupby(tables, key=_group):
        group = list(found)
        shown = tuple(one for one in group if isinstance(one, Table) and one.row_text)
        if len(shown) > 1:
            yield Grid(shown)
            yield from (one for one in group if one not in shown)
        else:
            yield from group


def _group(table: Protected) -> tuple[str, bool]:
    # Only rows have a dot: the names of questions have none.
    return _question(table), table.is_about_person


def _question(table: Protected) -> str:
    return table.question_id.partition(".")[0]
