"""Questionnaires as XLSForm, for KoboToolbox, ODK and Ona; pure.

Everything that XLSForm can say stands in its own columns. What it cannot say stands in
columns that begin with `vrn-`, which other programs pass over and our importer reads.
"""

import io
import json
from collections.abc import Iterable
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from vrn_community.questionnaires import translating
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.exporters import xlsform_questions, xpath
from vrn_community.questionnaires.exporters.xlsform_questions import BASE, Record, told
from vrn_community.questionnaires.importers.languages import SOURCE, name_of

FRAME = ("asks_age_band", "equality_block", "section_order")
#: Columns with texts: each stands once for each language.
TEXTS = ("label", "hint", "vrn-introduction", "vrn-content-note", "vrn-unit", "vrn-alternative")


def write(document: Questionnaire, title: str = "Questionnaire") -> bytes:
    """Return a questionnaire as an .xlsx file."""
    tags = [BASE, *sorted(document.translations)]
    spoken = {tag: translating.in_language(document, tag) for tag in tags}
    survey: list[Record] = []
    choices: list[Record] = []
    for number, section in enumerate(document.sections):
        others = {tag: spoken[tag].sections[number] for tag in tags}
        survey += _section(document, section, others)
        for place, question in enumerate(section.questions):
            told = {tag: others[tag].questions[place] for tag in tags}
            survey += xlsform_questions.rows(document, question, told)
            choices += xlsform_questions.choices(question, told)
        survey.append({"type": "end_group"})
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, records in (
        ("survey", survey),
        ("choices", choices),
        ("settings", [_settings(document, title, spoken)]),
    ):
        _fill(book.create_sheet(name), records, tags)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _section(
    document: Questionnaire, section: Section, others: dict[str, Section]
) -> Iterable[Record]:
    name = xpath.name_of(section.id)
    yield {
        "type": "begin_group",
        "name": name,
        "label": told({tag: other.title for tag, other in others.items()}),
        "appearance": "field-list",
        "vrn-id": section.id,
        "vrn-order": section.question_order,
        "vrn-introduction": told({tag: other.introduction for tag, other in others.items()}),
        "vrn-content-note": told({tag: other.content_note for tag, other in others.items()}),
        **xlsform_questions.shown(section.show_if, document),
    }
    if section.introduction:
        yield {
            "type": "note",
            "name": f"{name}.introduction",
            "label": told({tag: other.introduction for tag, other in others.items()}),
            "vrn-kind": "part",
        }


def _settings(document: Questionnaire, title: str, spoken: dict[str, Questionnaire]) -> Record:
    frame = {name: getattr(document, name) for name in FRAME}
    return {
        "form_title": title,
        "form_id": "questionnaire",
        "default_language": _name(BASE, list(spoken)) if len(spoken) > 1 else "",
        "vrn-document": json.dumps(frame),
        "vrn-introduction": told({tag: other.introduction for tag, other in spoken.items()}),
    }


def _fill(sheet: Any, records: list[Record], tags: list[str]) -> None:
    """Write the headings that are used, and the records below them."""
    headings: dict[str, None] = {}
    flat = [_flat(record, tags) for record in records]
    for row in flat:
        headings |= dict.fromkeys(row)
    for column, heading in enumerate(headings, 1):
        _put(sheet, 1, column, heading)
        for number, row in enumerate(flat, 2):
            if row.get(heading):
                _put(sheet, number, column, row[heading])


def _flat(record: Record, tags: list[str]) -> dict[str, str]:
    """Return a record with a heading for each language; in one language, without its name."""
    row: dict[str, str] = {}
    for heading, value in record.items():
        if isinstance(value, str):
            row[heading] = value
            continue
        for tag in tags if heading in TEXTS else ():
            divider = "@" if heading.startswith("vrn-") else "::"
            named = f"{heading}{divider}{_name(tag, tags)}" if len(tags) > 1 else heading
            row[named] = value.get(tag, "")
    return {heading: text for heading, text in row.items() if text}


def _name(tag: str, tags: list[str]) -> str:
    """Return what a language is called; the document's own is English, unless that is another."""
    if tag != BASE:
        return name_of(tag)
    return name_of(SOURCE) if SOURCE not in tags else "default"


def _put(sheet: Any, row: int, column: int, text: str) -> None:
    """Write a text as a text: what begins with an equals sign must not become a formula."""
    cell = sheet.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
