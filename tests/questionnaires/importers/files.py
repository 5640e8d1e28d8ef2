"""Small files of other programs, made for one test."""

import csv
import io
import json
import struct
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


def csv_of(**sheets: Sequence[Sequence[Any]]) -> str:
    """Return an XLSForm as one file of text, in which a name in the first column begins a sheet."""
    lines = []
    for name, rows in sheets.items():
        lines += [[name], *(["", *row] for row in rows)]
    file = io.StringIO()
    csv.writer(file).writerows(lines)
    return file.getvalue()


def xls(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook as Excel wrote it up to 2003, with nothing in it but texts and truths."""
    bodies = [
        _record(0x809, "<HHHHII", 0x600, 0x10, 0, 0, 0, 0)
        + b"".join(
            _cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row) if value
        )
        + _record(0x0A, "")
        for rows in sheets.values()
    ]
    begin = _record(0x809, "<HHHHII", 0x600, 0x05, 0, 0, 0, 0)
    place = len(begin) + sum(12 + len(name) for name in sheets) + 4
    listed = b""
    for name, body in zip(sheets, bodies, strict=True):
        listed += _record(0x85, f"<IHBB{len(name)}s", place, 0, len(name), 0, name.encode())
        place += len(body)
    return _compound(begin + listed + _record(0x0A, "") + b"".join(bodies))


def _record(kind: int, layout: str, *values: Any) -> bytes:
    body = struct.pack(layout, *values)
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, column: int, value: Any) -> bytes:
    if value is True:
        return _record(0x205, "<HHHBB", row, column, 0, 1, 0)
    text = str(value).encode("utf-16-le")
    return _record(0x204, f"<HHHHB{len(text)}s", row, column, 0, len(text) // 2, 1, text)


def _compound(stream: bytes) -> bytes:
    """Return the container of a stream: a header, a table of sectors, a directory, the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    last, free = 0xFFFFFFFE, 0xFFFFFFFF
    count = len(stream) // 512
    chain = [0xFFFFFFFD, last, *range(3, 2 + count), last]
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    head = struct.pack(
        "<8s16sHHHHH10sIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        b"", 1, 1, 0, 4096, last, 0, last, 0,
    )  # fmt: skip
    entries = [("Root Entry", 5, free, 1, last, 0), ("Workbook", 2, free, free, 2, len(stream))]
    folder = b"".join(
        struct.pack(
            "<64sHBBIII36sIQ", name.encode("utf-16-le"), len(name) * 2 + 2, kind, 1, free, other,
            child, b"", start, size,
        )
        for name, kind, other, child, start, size in entries
    )  # fmt: skip
    return head + struct.pack("<109I", 0, *[free] * 108) + table + folder.ljust(512, b"\0") + stream


def only(content: bytes) -> Any:
    """Return the one question of a file."""
    (question,) = asked(content).document.questions()
    return question
