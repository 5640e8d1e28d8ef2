"""A release as rows for other programs, with a dictionary of its columns; pure.

Only what was frozen is in them: tables that are safe already, never anything else.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from vrn_community.insights.crossing import CrossTable, Group
from vrn_community.insights.tabulate import Table

#: The columns, and what each holds.
COLUMNS: dict[str, Any] = {
    "table": _l(
        "The short name of the table. Rows with one name belong together. Where it starts with "
        "themes: people read what others wrote, and found these themes."
    ),
    "question": _l("What people were asked."),
    "answer": _l(
        "An answer, or a theme of what people wrote. "
        "Answers that few people gave stand together in one row."
    ),
    "group_question": _l("By what people are divided into groups. Empty: all people together."),
    "group": _l("The group of people. Empty: all people together."),
    "people": _l(
        "How many people gave the answer. Empty: not shown, so that nobody is recognised."
    ),
    "percent": _l(
        "Whole per cent: of those who answered the question, or of all people in the group. "
        "Empty: not shown."
    ),
    "base": _l("How many people the per cent are of. Empty: not shown."),
    "several": _l("1 where people could choose several answers, so that per cent add up to more."),
}
Line = list[str | int | None]


class Results(Protocol):
    """What can be written: the tables of a release."""

    @property
    def shown(self) -> Sequence[Table]:
        """The tables of one item each."""
        ...

    @property
    def crossed(self) -> Sequence[CrossTable]:
        """The tables of one item by another."""
        ...


def rows(of: Results) -> Iterator[Line]:
    """Go through the rows of all tables, each with a cell for each of `COLUMNS`."""
    for table in of.shown:
        yield from _of_table(table)
    for cross in of.crossed:
        yield from _of_cross(cross)


def _of_table(table: Table) -> Iterator[Line]:
    several = int(table.is_multiple)
    for row in table.rows:
        answer = "; ".join(row.merged.values()) or row.label
        shared = [row.count, row.percent, table.base, several]
        yield [table.key, table.text, answer, "", "", *shared]
    if table.no_answer is not None:
        yield [table.key, table.text, "No answer", "", "", table.no_answer, None, None, several]


def _of_cross(cross: CrossTable) -> Iterator[Line]:
    name, several = " by ".join(cross.key), int(cross.is_multiple)
    for number, row in enumerate(cross.rows):
        for place, column in enumerate(cross.columns):
            told = [cross.text, _name(row), cross.by_text, _name(column)]
            share = cross.share(number, place)
            yield [name, *told, cross.counts[number][place], share, column.total, several]


def _name(group: Group) -> str:
    """Return the answers of a group in words, in the language of the file."""
    return "; ".join([*group.labels.values(), *(["No answer"] if group.with_no_answer else [])])
