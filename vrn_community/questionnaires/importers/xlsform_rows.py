"""The rows of an XLSForm, checked as the format asks, with loops written out; pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from vrn_community.questionnaires.importers import xlsform_columns as columns
from vrn_community.questionnaires.importers import xlsform_types as types
from vrn_community.questionnaires.importers.report import Unreadable
from vrn_community.questionnaires.importers.sheets import Sheet
from vrn_community.questionnaires.importers.xlsform_columns import Cells

NAME = re.compile(r"[^\W\d][\w.-]*")
REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^{}]*?)\s*\}")
LOOPED = re.compile(r"%\((\w+)\)s")
YES = frozenset({"yes", "true", "true()", "1"})
MOST_ROWS = 5_000


@dataclass(frozen=True)
class Workbook:
    """An XLSForm: its rows, its choices by list, and its settings."""

    survey: list[Cells]
    choices: dict[str, list[Cells]] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    #: The row of settings with its languages.
    frame: Cells = field(default_factory=lambda: Cells(0, {}))

    def all_rows(self) -> list[Cells]:
        """Return the rows of questions and of choices."""
        return [*self.survey, *(row for rows in self.choices.values() for row in rows)]


def row_name(number: int, sheet: str = "") -> str:
    """Return how the report calls a row."""
    if sheet:
        return str(_("Row %(number)s of the sheet “%(sheet)s”", number=number, sheet=sheet))
    return str(_("Row %(number)s", number=number))


def workbook(sheets: Mapping[str, Sheet]) -> Workbook:
    """Return the form in a workbook; Unreadable if a rule of the format is broken."""
    if len(sheets) == 1:  # Then it may have any name.
        sheets = {"survey": next(iter(sheets.values()))}
    if "survey" not in sheets:
        raise Unreadable(_("The file"), _("there is no sheet called “survey”"))
    survey = columns.cells(sheets["survey"])
    names = {name for row in survey for name, _language in row.values}
    if "type" not in names:
        raise Unreadable(
            _("The sheet “survey”"), _("there is no column “type” with anything in it")
        )
    sheet = "choices" if "choices" in sheets else "choices and columns"
    settings = columns.cells(sheets.get("settings"))
    first = {name: text for (name, _l), text in (settings[0].values if settings else {}).items()}
    allows = first.get("allow_choice_duplicates", "").lower() in YES
    lists = _lists(columns.cells(sheets.get(sheet)), sheet, allows)
    rows = list(_written_out(_typed(survey), lists))
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("The sheet “survey”"), _("it has too many rows"))
    _check_names(rows)
    _check_references(rows)
    return Workbook(rows, lists, first, settings[0] if settings else Cells(0, {}))


def _typed(rows: Sequence[Cells]) -> Iterator[Cells]:
    """Yield the rows that ask something; others must be comments."""
    for row in rows:
        if row.get("type"):
            yield row
        elif row.get("name") or row.has("label"):
            raise Unreadable(row_name(row.number), _("it has no type"))


def _lists(rows: Sequence[Cells], sheet: str, allows: bool) -> dict[str, list[Cells]]:
    """Return the choices by list; what has no list or no name belongs to none."""
    lists: dict[str, list[Cells]] = {}
    known: set[tuple[str, str]] = set()
    for row in rows:
        if not row.get("list_name"):
            continue
        if not row.get("name"):
            raise Unreadable(row_name(row.number, sheet), _("a choice has no name"))
        pair = row.get("list_name"), row.get("name")
        if not allows and pair in known:
            words = {"name": row.get("name"), "list": row.get("list_name")}
            reason = _("“%(name)s” stands twice in the list “%(list)s”", **words)
            raise Unreadable(row_name(row.number, sheet), reason)
        known.add(pair)
        lists.setdefault(row.get("list_name"), []).append(row)
    return lists


def _written_out(rows: Iterator[Cells], lists: Mapping[str, list[Cells]]) -> Iterator[Cells]:
    """Yield the rows with each loop over a list repeated for its choices."""
    inside: list[Cells] = []
    over: Cells | None = None
    depth = 0
    for row in rows:
        mark = types.mark_of(row.get("type"))
        if over is None:
            is_loop = mark is not None and mark.is_begin and mark.list_name in lists
            over, depth = (row if is_loop else None), 1
            if not is_loop:
                yield row
            continue
        depth += 0 if mark is None else (1 if mark.is_begin else -1)
        if depth:
            inside.append(row)
            continue
        yield from _turns(over, inside, lists)
        inside, over = [], None
    if over is not None:
        raise Unreadable(row_name(over.number), _("it begins something that never ends"))


def _turns(
    over: Cells, inside: Sequence[Cells], lists: Mapping[str, list[Cells]]
) -> Iterator[Cells]:
    mark = types.mark_of(over.get("type"))
    for choice in lists[mark.list_name if mark else ""]:
        for row in inside:
            yield _turn(row, choice)


def _turn(row: Cells, choice: Cells) -> Cells:
    """Return a row of a loop for one choice; a name that does not say it gets it at the end."""
    of_choice = {name: text for (name, _language), text in choice.values.items()}
    values = {
        key: LOOPED.sub(lambda gap: of_choice.get(gap[1], gap[0]), text)
        for key, text in row.values.items()
    }
    if row.get("name") and values["name", ""] == row.get("name"):
        values["name", ""] = f"{row.get('name')}_{choice.get('name')}"
    return Cells(row.number, values)


def _check_names(rows: Sequence[Cells]) -> None:
    """Refuse a name that is missing, that is none, or that stands twice in one group."""
    open_groups: list[tuple[Cells, Counter[str]]] = []
    names: Counter[str] = Counter()
    for row in rows:
        mark = types.mark_of(row.get("type"))
        if mark and not mark.is_begin:
            _check_end(row, mark, open_groups)
            names = open_groups.pop()[1]
            continue
        _check_name(row, names)
        if mark:
            open_groups.append((row, names))
            names = Counter()
    if open_groups:
        began = open_groups[-1][0]
        raise Unreadable(row_name(began.number), _("it begins something that never ends"))


def _check_end(row: Cells, mark: types.Mark, begun: Sequence[tuple[Cells, Counter[str]]]) -> None:
    began = types.mark_of(begun[-1][0].get("type")) if begun else None
    if began is None or began.kind != mark.kind:
        raise Unreadable(row_name(row.number), _("it ends something that was not begun"))


def _check_name(row: Cells, names: Counter[str]) -> None:
    name, where = row.get("name"), row_name(row.number)
    if not name:
        if types.plain(row.get("type")) in types.NAMELESS:
            return
        raise Unreadable(where, _("it has no name"))
    if NAME.fullmatch(name) is None:
        reason = _(
            "“%(name)s” is no name: it must begin with a letter and have no blanks", name=name
        )
        raise Unreadable(where, reason)
    names[name] += 1
    if names[name] > 1:
        raise Unreadable(where, _("the name “%(name)s” stands twice", name=name))


def _check_references(rows: Sequence[Cells]) -> None:
    known = {row.get("name") for row in rows}
    for row in rows:
        for text in row.values.values():
            for name in REFERENCE.findall(text):
                if name not in known:
                    reason = _("it asks about “%(name)s”, which is not in the file", name=name)
                    raise Unreadable(row_name(row.number), reason)
