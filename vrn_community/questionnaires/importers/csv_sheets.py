"""The sheets of an XLSForm in one .csv file: a name in the first column begins a sheet; pure."""

import csv
import io
import itertools
from collections import defaultdict
from collections.abc import Iterator

from flask_babel import gettext as _

from vrn_community.questionnaires.importers import sheets
from vrn_community.questionnaires.importers.report import Unreadable
from vrn_community.questionnaires.importers.sheets import Sheet

FIRST = "survey"
DIVIDERS = ",;\t"
Lines = list[tuple[int, list[str]]]


def is_likely(start: bytes) -> bool:
    """Return whether a file that begins so may be text with cells."""
    return b"\0" not in start and any(divider.encode() in start for divider in DIVIDERS)


def read(content: bytes) -> dict[str, Sheet]:
    """Return the sheets by their names in lower case; Unreadable if there is none."""
    lines = list(_lines(content))
    if not any(row[0].lower() == FIRST for _number, row in lines):
        lines = _only_survey(lines)
    found: dict[str, Lines] = defaultdict(list)
    name = ""
    for number, row in lines:
        name = row[0].lower() or name
        found[name].append((number, row[1:]))
    return {name: sheets.sheet(rows) for name, rows in found.items()}


def _only_survey(lines: Lines) -> Lines:
    """Return the lines of a file that is the sheet of questions alone."""
    if not lines or "type" not in {text.lower() for text in lines[0][1]}:
        reason = _("its first line names neither the sheet “survey” nor a column “type”")
        raise Unreadable(_("The file"), reason)
    return [(number, [FIRST if at == 0 else "", *row]) for at, (number, row) in enumerate(lines)]


def _lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that hold anything, with their numbers."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:  # As Excel in Britain saves it.
        text = content.decode("cp1252", "replace")
    beginning = text[:1_000]
    divider = max(DIVIDERS, key=beginning.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
    try:
        for row in itertools.islice(rows, sheets.MOST_ROWS):
            texts = [cell.strip() for cell in row[: sheets.MOST_COLUMNS]]
            if any(texts):
                yield rows.line_num, texts
    except csv.Error as error:
        raise Unreadable(_("The file"), _("it is no valid CSV")) from error
