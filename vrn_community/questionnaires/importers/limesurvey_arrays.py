"""The arrays of LimeSurvey as grids, or as several questions where none can hold them; pure."""

from typing import Any

from flask_babel import gettext as _

from vrn_community.questionnaires.importers import drafts
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.limesurvey_questions import (
    BUILT_IN,
    SIMPLE,
    Choices,
    Made,
    Maker,
    bounds,
)
from vrn_community.questionnaires.importers.limesurvey_tables import Part
from vrn_community.questionnaires.importers.report import Unreadable

MOST_COLUMNS, MOST_ROWS, MOST_CELLS = 11, 30, 40


def array(maker: Maker) -> list[Made]:
    """Return rows with the same choices (F, A, B, C, E, H)."""
    kind = maker.row.get("type")
    rows = _scale(maker.row.parts, "0")
    answers = _scale(maker.row.answers, "0")
    choices, codes = maker.steps(kind) if kind in BUILT_IN else maker.parts(answers, "answer")
    if kind == "H" and not answers:
        choices, codes = maker.parts(_scale(maker.row.parts, "1"), "question")
    return _grid(maker, rows, choices, codes)


def dual(maker: Maker) -> list[Made]:
    """Return rows with choices on two scales (1), as two grids."""
    found: list[Made] = []
    for scale, letter in (("0", "A"), ("1", "B")):
        texts = maker.row.attributes.get(f"dualscale_header{letter}", {})
        header = maker.voice.text(texts) or (letter if maker.voice.is_base else "")
        choices, codes = maker.parts(_scale(maker.row.answers, scale), "answer")
        found += _grid(maker, _scale(maker.row.parts, "0"), choices, codes, header, scale)
    maker.report.changed(maker.where, _("Its two scales are asked one after the other."))
    return found


def _grid(
    maker: Maker,
    parts: list[Part],
    choices: Choices,
    codes: dict[str, str],
    header: str = "",
    scale: str = "",
) -> list[Made]:
    rows, row_codes = maker.parts(parts, "question")
    if not rows or not choices:
        maker.report.left_out(maker.where, _("It has no rows, or no choices."))
        return []
    by_id = {key: code for code, key in row_codes.items()}
    if not 2 <= len(choices) <= MOST_COLUMNS:
        return _one_by_one(maker, rows, by_id, choices, codes)
    found: list[Made] = []
    for at in range(0, len(rows), MOST_ROWS):
        parcel = rows[at : at + MOST_ROWS]
        texts = maker.texts(header, f"scale {scale}" if scale else "")
        grid = maker.question(
            "grid", rows=parcel, choices=choices, row_order=maker.order(), **texts
        )
        named: dict[str, Variable] = {}
        for row in parcel:
            endings = [by_id[row["id"]]]
            if scale:
                endings = [f"{endings[0]}_{scale}", f"{endings[0]}#{scale}"]
            named |= maker.called(Variable(grid, row=row["id"], codes=codes), *endings)
        found.append((grid, named))
    return found


def _one_by_one(
    maker: Maker, rows: Choices, by_id: dict[str, str], choices: Choices, codes: dict[str, str]
) -> list[Made]:
    """Return a question for each row: the choices do not fit beside each other."""
    maker.report.changed(maker.where, _("Each of its rows is a question of its own."))
    found: list[Made] = []
    for row in rows:
        asked, known = drafts.choosing("single-choice", choices, maker.where, maker.report)
        more: dict[str, Any] = {"choices": known} if known else {}
        question = maker.question(asked, **maker.texts(row["text"], row["id"]), **more)
        variable = Variable(question, codes=codes if known else {})
        found.append((question, maker.called(variable, by_id[row["id"]])))
    return found


def texts(maker: Maker) -> list[Made]:
    """Return cells to write in (;): the columns as lines, for each row."""
    columns, _codes = maker.parts(_scale(maker.row.parts, "1"), "question")
    rows, _row_codes = maker.parts(_scale(maker.row.parts, "0"), "question")
    if not rows or not columns or len(rows) * len(columns) > MOST_CELLS:
        maker.report.left_out(maker.where, _("It has no cells, or too many of them."))
        return []
    maker.report.changed(maker.where, _("Each of its rows is a question of its own."))
    if maker.row.attribute("numbers_only") == "1":
        return _number_cells(maker, rows, columns)
    return [
        (
            maker.question(
                "several-texts",
                rows=columns[at : at + 10],
                **maker.texts(row["text"], row["id"]),
            ),
            {},
        )
        for row in rows
        for at in range(0, len(columns), 10)
    ]


def numbers(maker: Maker) -> list[Made]:
    """Return cells with numbers (:): boxes to tick, steps to choose, or numbers to type."""
    columns, column_codes = maker.parts(_scale(maker.row.parts, "1"), "question")
    rows, row_codes = maker.parts(_scale(maker.row.parts, "0"), "question")
    if not rows or not columns or len(rows) * len(columns) > MOST_CELLS:
        maker.report.left_out(maker.where, _("It has no cells, or too many of them."))
        return []
    maker.report.changed(maker.where, _("Each of its rows is a question of its own."))
    if maker.row.attribute("multiflexible_checkbox") == "1":
        return _ticked(maker, rows, row_codes, columns, column_codes)
    steps = _steps(maker)
    if steps and maker.row.attribute("input_boxes") != "1":
        return [
            (
                maker.question(
                    "grid", rows=columns, choices=steps, **maker.texts(row["text"], row["id"])
                ),
                {},
            )
            for row in rows
        ]
    return _number_cells(maker, rows, columns)


def _number_cells(maker: Maker, rows: Choices, columns: Choices) -> list[Made]:
    """Return a number for each cell."""
    ends = [maker.row.attribute(f"multiflexible_{end}") for end in ("min", "max")]
    return [
        (
            maker.question(
                "number",
                is_whole=False,
                **bounds(*ends),
                **maker.texts(f"{row['text']}, {column['text']}", f"{row['id']} {column['id']}"),
            ),
            {},
        )
        for row in rows
        for column in columns
    ]


def _ticked(
    maker: Maker,
    rows: Choices,
    row_codes: dict[str, str],
    columns: Choices,
    codes: dict[str, str],
) -> list[Made]:
    """Return a question with any of several choices for each row."""
    found: list[Made] = []
    by_id = {key: code for code, key in row_codes.items()}
    for row in rows:
        asked, known = drafts.choosing("multiple-choice", columns, maker.where, maker.report)
        question = maker.question(asked, choices=known, **maker.texts(row["text"], row["id"]))
        named: dict[str, Variable] = {}
        for code, key in codes.items():
            variable = Variable(question, choice=key, yes="1", codes=codes)
            named |= maker.called(variable, f"{by_id[row['id']]}_{code}")
        found.append((question, named))
    return found


def _steps(maker: Maker) -> Choices:
    """Return the numbers that can be chosen, if they fit beside each other."""
    ends = [maker.row.attribute(f"multiflexible_{end}") for end in ("min", "max", "step")]
    try:
        least, most, step = (int(end or usual) for end, usual in zip(ends, (1, 10, 1), strict=True))
    except ValueError:
        return []
    if step < 1 or not 2 <= (most - least) // step + 1 <= MOST_COLUMNS:
        return []
    values = range(least, most + 1, step)
    return [{"id": f"step-{place}", "text": str(value)} for place, value in enumerate(values, 1)]


def _scale(parts: list[Part], scale: str) -> list[Part]:
    return [part for part in parts if (part.get("scale_id") or "0") == scale]


BUILDERS = {**SIMPLE, **dict.fromkeys("FABCEH", array), "1": dual, ";": texts, ":": numbers}


def made(maker: Maker) -> list[Made]:
    """Return what a row of the survey is asked as; nothing if it is left out."""
    reason, kind = maker.reason_to_leave_out(), maker.row.get("type")
    if reason:
        maker.report.left_out(maker.where, reason)
        return []
    if kind not in BUILDERS:
        raise Unreadable(maker.where, _("there is no type “%(type)s”", type=kind))
    return BUILDERS[kind](maker)
