"""Rows of an XLSForm that are one grid, in the two ways in which people write one; pure.

A row with the appearance `label` shows the choices, and those below it with `list-nolabel`
only dots; or a group with the appearance `table-list` holds questions with the same choices.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from vrn_community.questionnaires.importers import drafts
from vrn_community.questionnaires.importers import xlsform_types as types
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.names import Names
from vrn_community.questionnaires.importers.xlsform_columns import Cells
from vrn_community.questionnaires.importers.xlsform_questions import Reader
from vrn_community.questionnaires.importers.xlsform_rows import row_name
from vrn_community.questionnaires.question_types import AnyQuestion

MOST_COLUMNS, MOST_ROWS = 11, 30
NO_LABEL = frozenset({"list-nolabel", "list nolabel"})


@dataclass(frozen=True)
class Matrix:
    """A row that introduces a grid, the rows of its statements, and where it ends."""

    head: Cells
    body: Sequence[Cells]
    list_name: str
    after: int


def at(rows: Sequence[Cells], place: int) -> Matrix | None:
    """Return the grid that begins at a row, or None if there is none."""
    head = rows[place]
    mark, appearance = types.mark_of(head.get("type")), head.get("appearance").lower()
    if mark and mark.is_begin and mark.kind == "group" and "table-list" in appearance:
        found = _in_group(rows, place)
    elif appearance == "label":
        found = _below(rows, place)
    else:
        return None
    fits = 1 <= len(found.body) <= MOST_ROWS and found.list_name
    return found if fits and not any(row.get("relevant") for row in found.body) else None


def _below(rows: Sequence[Cells], place: int) -> Matrix:
    list_name, after = _list_of(rows[place]), place + 1
    while after < len(rows) and _is_row_of(rows[after], list_name):
        after += 1
    return Matrix(rows[place], rows[place + 1 : after], list_name, after)


def _in_group(rows: Sequence[Cells], place: int) -> Matrix:
    after = place + 1
    while after < len(rows) and _list_of(rows[after]):
        after += 1
    lists = {_list_of(row) for row in rows[place + 1 : after]}
    mark = types.mark_of(rows[after].get("type")) if after < len(rows) else None
    is_whole = len(lists) == 1 and mark is not None and not mark.is_begin
    list_name = lists.pop() if is_whole else ""
    return Matrix(rows[place], rows[place + 1 : after], list_name, after + 1)


def _list_of(row: Cells) -> str:
    """Return the list of a question with one choice, or nothing."""
    select = types.select_of(row.get("type"))
    is_plain = select and select.kind == "single-choice" and not select.has_other
    return select.list_name if select and is_plain and not select.is_outside else ""


def _is_row_of(row: Cells, list_name: str) -> bool:
    return _list_of(row) == list_name and row.get("appearance").lower() in NO_LABEL


def made(reader: Reader, matrix: Matrix) -> tuple[AnyQuestion, dict[str, Variable]] | None:
    """Return a grid and what its names stand for; None if its choices do not fit."""
    where = row_name(matrix.head.number)
    choices = reader.choices(matrix.list_name, where)
    if not 2 <= len(choices) <= MOST_COLUMNS:
        return None
    names = Names()
    ids = {row.get("name"): names.new(row.get("name"), "row") for row in matrix.body}
    rows = [
        {"id": ids[row.get("name")], "text": reader.statement(row, where)} for row in matrix.body
    ]
    content = reader.texts(matrix.head)
    grid = drafts.made("grid", where, **content, rows=rows, choices=choices)
    for row in (matrix.head, *matrix.body):
        reader.say_what_is_dropped(row)
    reader.say_what_came(grid, where)
    codes = reader.lists[matrix.list_name]
    return grid, {name: Variable(grid, row=key, codes=codes) for name, key in ids.items()}
