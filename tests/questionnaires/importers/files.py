"""Small files of other programs, made for one test."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

from vrn_community.questionnaires import importers
from vrn_community.questionnaires.importers.report import Imported, Level

YES_NO = [("yn", "yes", "Yes"), ("yn", "no", "No")]
COLOURS = [("colours", "red", "Red"), ("colours", "blue", "Blue"), ("colours", "3", "Green")]
CHOICES = [("list_name", "name", "label"), *YES_NO, *COLOURS]
HEAD = ("type", "name", "label", "relevant")


def xlsx(**sheets: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def survey(*rows: Sequence[Any], head: Sequence[str] = HEAD, **sheets: Any) -> bytes:
    """Return an XLSForm of rows; without lists of its own it has those above."""
    return xlsx(survey=[head, *rows], **{"choices": CHOICES, **sheets})


def question(kind: str, title: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "title": title, "question": f"{title}?", "relevance": "1", **more}


def lss(
    *questions: Mapping[str, Any],
    tables: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    **group: str,
) -> bytes:
    """Return a survey of LimeSurvey of the older generation, with one group."""
    asked, subs, answers, attributes = [], [], [], []
    for number, known in enumerate(questions, 1):
        row = dict(known)
        qid = str(row.pop("qid", number))
        given = {"qid": qid, "gid": "1", "sid": "9", "parent_qid": "0", "language": "en"}
        for name, value in row.pop("attributes", {}).items():
            attributes.append({"qid": qid, "attribute": name, "value": value})
        for place, sub in enumerate(row.pop("subs", ())):
            code, text, *scale = sub if isinstance(sub, tuple) else (sub, sub)
            subs.append(
                {
                    **given,
                    "qid": f"{qid}{place:02}",
                    "parent_qid": qid,
                    "title": code,
                    "question": text,
                    "scale_id": (scale or ["0"])[0],
                }
            )
        for place, answer in enumerate(row.pop("answers", ())):
            code, text, *scale = answer if isinstance(answer, tuple) else (answer, answer)
            answers.append(
                {
                    "qid": qid,
                    "code": code,
                    "answer": text,
                    "sortorder": str(place),
                    "language": "en",
                    "scale_id": (scale or ["0"])[0],
                }
            )
        asked.append({**given, "question_order": str(number), **row})
    groups = [
        {
            "gid": "1",
            "group_name": "Page",
            "group_order": "1",
            "language": "en",
            "grelevance": "",
            **group,
        }
    ]
    whole = {
        "groups": groups, "questions": asked, "subquestions": subs, "answers": answers,
        "question_attributes": attributes, "surveys": [{"sid": "9", "language": "en"}],
        **(tables or {}),
    }  # fmt: skip
    parts = [_table(name, rows) for name, rows in whole.items()]
    return _document("<languages><language>en</language></languages>" + "".join(parts))


def _document(inside: str) -> bytes:
    head = "<?xml version='1.0' encoding='UTF-8'?><document>"
    kind = "<LimeSurveyDocType>Survey</LimeSurveyDocType>"
    return f"{head}{kind}{inside}</document>".encode()


def _table(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    cells = (
        "".join(f"<{key}>{escape(str(value))}</{key}>" for key, value in row.items())
        for row in rows
    )
    return f"<{name}><rows>{''.join(f'<row>{row}</row>' for row in cells)}</rows></{name}>"


def surveyjs(*elements: Any, **more: Any) -> bytes:
    pages = {"pages": [{"name": "one", "elements": list(elements)}]}
    return json.dumps({**pages, **more}).encode()


def said(found: Imported, level: Level, where: str = "") -> list[str]:
    """Return what a report says at a level, perhaps of one place."""
    return [x.message for x in found.report if x.level is level and where in ("", x.where)]


def asked(content: bytes) -> Imported:
    return importers.read(content)
