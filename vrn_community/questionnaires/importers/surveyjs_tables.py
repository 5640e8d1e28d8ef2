"""The questions of SurveyJS with several lines or cells as ours; pure."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from vrn_community.questionnaires.importers import drafts, surveyjs_losses
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.report import Unreadable
from vrn_community.questionnaires.importers.surveyjs_maker import Choices, Element, Made, Maker
from vrn_community.questionnaires.importers.surveyjs_questions import (
    boolean,
    choosing,
    chosen,
    rating,
    reading,
    steps,
    typed,
)
from vrn_community.questionnaires.question_types import AnyQuestion

MOST_COLUMNS, MOST_ROWS, MOST_LINES, MOST_CELLS = 11, 30, 10, 40
#: Types of cells whose choices stand beside each other in a grid.
BESIDE = frozenset({"dropdown", "radiogroup", "buttongroup", "rating", "boolean"})
#: Types that widgets of other people added, and what each of them is.
WIDGETS = {
    "barrating": "radiogroup", "emotionsratings": "radiogroup", "select2": "dropdown",
    "sortablelist": "ranking", "bootstrapslider": "slider", "nouislider": "slider",
    "editor": "comment", "datepicker": "text", "signature": "signaturepad",
}  # fmt: skip


def lines(maker: Maker) -> list[Made]:
    """Return words on several lines, ten in each question; numbers and dates are one each."""
    items = maker.element.get("items")
    listed = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    is_short = len(listed) <= MOST_CELLS
    if is_short and any(
        item.get("inputType", "text") not in ("text", "email", "tel", "url") for item in listed
    ):
        return [made for item in listed for made in _line(maker, item)]
    rows, _codes = maker.rows("items")
    return [(question, {}) for question in _lines(maker, rows, "", "")]


def _line(maker: Maker, item: Element) -> Iterator[Made]:
    name = str(item.get("name", ""))
    about = maker.text(item.get("title")) or (name if maker.voice.is_base else "")
    surveyjs_losses.of_question(item, maker.where, maker.report)
    element = {**item, "title": None, **_asked(maker), "type": "text"}
    for question, named in typed(replace(maker, element=element, about=about)):
        yield question, {f"{maker.name}.{name}": found for found in named.values()}


def _asked(maker: Maker) -> dict[str, Any]:
    """Return the name and the title of a question, for a part of it."""
    return {key: maker.element[key] for key in ("name", "title") if key in maker.element}


def _lines(maker: Maker, rows: Choices, more: str, name: str) -> list[AnyQuestion]:
    if not rows:
        maker.report.left_out(maker.where, _("It has no rows."))
    parcels = (rows[at : at + MOST_LINES] for at in range(0, len(rows), MOST_LINES))
    return [maker.question("several-texts", rows=p, **maker.texts(more, name)) for p in parcels]


def matrix(maker: Maker) -> list[Made]:
    """Return rows with the same choices; without rows it is one choice."""
    columns, codes = maker.items(maker.element.get("columns"))
    if columns and not maker.element.get("rows"):
        return [choosing(maker, "single-choice", columns, codes)]
    if maker.element.get("cellType") == "checkbox":
        maker.report.changed(maker.where, _("Each of its rows is a question of its own."))
        choices = {"choices": maker.element.get("columns")}
        return [*_cells(maker, {**choices, "type": "checkbox"}, "")]
    return _grids(maker, columns, codes, "", "")


def _grids(
    maker: Maker, columns: Choices, codes: dict[str, str], more: str, name: str
) -> list[Made]:
    rows, row_codes = maker.rows()
    if not rows or not columns:
        maker.report.left_out(maker.where, _("It has no rows, or no choices."))
        return []
    by_id = {key: code for code, key in row_codes.items()}
    found: list[Made] = []
    if not 2 <= len(columns) <= MOST_COLUMNS:
        maker.report.changed(maker.where, _("Each of its rows is a question of its own."))
        for row in rows:
            kind, known = drafts.choosing("single-choice", columns, maker.where, maker.report)
            content = {"choices": known} if known else {}
            question = maker.question(kind, **maker.texts(row["text"], row["id"]), **content)
            variable = Variable(question, codes=codes if known else {})
            found.append((question, {f"{maker.name}.{by_id[row['id']]}": variable}))
        return found
    for at in range(0, len(rows), MOST_ROWS):
        parcel = rows[at : at + MOST_ROWS]
        grid = maker.question("grid", rows=parcel, choices=columns, **maker.texts(more, name))
        variables = {
            f"{maker.name}.{by_id[row['id']]}{f'.{name}' if name else ''}": Variable(
                grid, row=row["id"], codes=codes
            )
            for row in parcel
        }
        found.append((grid, variables))
    return found


def table(maker: Maker) -> list[Made]:
    """Return a table with a question in each column, column by column."""
    maker.report.changed(maker.where, _("Its columns are asked one after the other."))
    columns = maker.element.get("columns")
    if isinstance(columns, list) and len(columns) > MOST_CELLS:
        maker.report.left_out(maker.where, _("It has no cells, or too many of them."))
        return []
    found: list[Made] = []
    for column in columns if isinstance(columns, list) else ():
        found += _column(maker, column if isinstance(column, dict) else {"name": str(column)})
    return found


def _column(maker: Maker, column: Element) -> list[Made]:
    """Return the questions of a column: a grid, lines, or one for each cell."""
    name = str(column.get("name", ""))
    title = maker.text(column.get("title")) or (name if maker.voice.is_base else "")
    kinds = (column.get("cellType"), maker.element.get("cellType"))
    kind = str(next((kind for kind in kinds if kind not in (None, "", "default")), "dropdown"))
    choices = column.get("choices") or maker.element.get("choices")
    cell = {**column, "choices": choices, "type": WIDGETS.get(kind, kind)}
    surveyjs_losses.of_question(column, maker.where, maker.report)
    if cell["type"] in surveyjs_losses.TYPES or column.get("visible") is False:
        reason = surveyjs_losses.TYPES.get(cell["type"]) or _("It was hidden from everybody.")
        maker.report.left_out(maker.where, f"{name}: {reason}")
        return []
    if cell["type"] in BESIDE and (choices or cell["type"] in ("rating", "boolean")):
        return _grids(
            maker, *_beside(replace(maker, element={**cell, "name": maker.name})), title, name
        )
    if cell["type"] == "comment" or str(column.get("inputType", "text")) == "text" == cell["type"]:
        rows, _row_codes = maker.rows()
        return [(question, {}) for question in _lines(maker, rows, title, name)]
    return [*_cells(maker, cell, title, name)]


def _beside(maker: Maker) -> tuple[Choices, dict[str, str]]:
    """Return the choices of a column."""
    match maker.element["type"]:
        case "rating":
            return steps(maker)
        case "boolean":
            named = (maker.element.get("labelTrue"), maker.element.get("labelFalse"))
            words = [own or usual for own, usual in zip(named, (_("Yes"), _("No")), strict=True)]
            return maker.items(
                [{"value": v, "text": w} for v, w in zip((True, False), words, strict=True)]
            )
    return maker.items(maker.element["choices"])


def _cells(maker: Maker, cell: Element, title: str, name: str = "") -> Iterator[Made]:
    """Yield a question for each cell of a column."""
    rows, codes = maker.rows()
    by_id = {key: code for code, key in codes.items()}
    if not rows or len(rows) > MOST_CELLS or cell["type"] not in IN_CELLS:
        maker.report.left_out(maker.where, _("It has no cells, or too many of them."))
        return
    for row in rows:
        about = ", ".join(text for text in (row["text"], title) if text)
        place = ".".join(part for part in (maker.name, by_id[row["id"]], name) if part)
        part = replace(maker, element={**cell, "title": None, **_asked(maker)}, about=about)
        for question, named in IN_CELLS[cell["type"]](part):
            yield question, dict.fromkeys([place], *named.values()) if named else {}


IN_CELLS: dict[str, Callable[[Maker], list[Made]]] = {
    **dict.fromkeys(
        ("radiogroup", "dropdown", "checkbox", "tagbox", "ranking", "imagepicker", "buttongroup"),
        chosen,
    ),
    **dict.fromkeys(("text", "comment", "slider"), typed),
    "rating": rating, "boolean": boolean,
}  # fmt: skip
BUILDERS: dict[str, Callable[[Maker], list[Made]]] = {
    **IN_CELLS, "html": reading, "multipletext": lines, "matrix": matrix, "matrixdropdown": table,
}  # fmt: skip


def made(maker: Maker) -> list[Made]:
    """Return what an element is asked as; nothing if it is left out."""
    type_ = str(maker.element.get("type", ""))
    kind = WIDGETS.get(type_, type_)
    reason = surveyjs_losses.TYPES.get(kind)
    if reason:
        maker.report.left_out(maker.where, str(reason))
        return []
    if kind not in BUILDERS:
        raise Unreadable(maker.where, _("there is no type “%(type)s”", type=kind))
    maker = replace(maker, element={**maker.element, "type": kind})
    surveyjs_losses.of_question(maker.element, maker.where, maker.report)
    return [*BUILDERS[kind](maker), *_comment(maker)]


def _comment(maker: Maker) -> Iterator[Made]:
    """Yield the lines for words that a question may have below it."""
    if maker.element.get("showCommentArea") or maker.element.get("hasComment"):
        usual = str(_("Comment")) if maker.voice.is_base else ""
        words = maker.text(maker.element.get("commentText")) or usual
        yield maker.question("long-text", **maker.texts(words, "comment")), {}
