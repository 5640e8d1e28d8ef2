"""The sheets of an .xlsx file as rows of text, without trusting the file; pure."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from flask_babel import gettext as _

from vrn_community.questionnaires.importers.report import Unreadable

MOST_BYTES = 40 * 1024 * 1024
MOST_PARTS = 1_000
#: A part of a workbook shrinks to a tenth or so; what shrinks more than this was made to harm.
MOST_SHRUNK = 500
SMALL = 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 400
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Row:
    """One row: its number in the sheet, and the texts of its cells by heading."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)

    def get(self, heading: str) -> str:
        """Return the text under a heading; nothing if there is none."""
        return self.cells.get(heading, "")


@dataclass(frozen=True)
class Sheet:
    """A sheet with headings in its first row."""

    headings: list[str]
    rows: list[Row]


def read(content: bytes) -> dict[str, Sheet]:
    """Return the sheets of a workbook by their names in lower case; Unreadable if it is none."""
    if content.startswith(OLE):
        raise Unreadable(_("The file"), _("it is an old .xls file. Save it as .xlsx"))
    if not content.startswith(ZIP):
        raise Unreadable(_("The file"), _("it is not an .xlsx file"))
    _check_sizes(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # About styles, which nobody reads here.
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return {name.strip().lower(): _sheet(book[name]) for name in book.sheetnames}
    # A damaged workbook makes openpyxl fail in many ways.
    except Exception as error:
        raise Unreadable(_("The file"), _("it is damaged, or no workbook")) from error


def _check_sizes(content: bytes) -> None:
    """Refuse a file that would fill the memory when it is unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(_("The file"), _("it is damaged, or no workbook")) from error
    shrunk = any(
        part.file_size > SMALL and part.file_size > MOST_SHRUNK * max(1, part.compress_size)
        for part in parts
    )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES or shrunk:
        raise Unreadable(_("The file"), _("it is too large when it is unpacked"))


def _sheet(sheet: Any) -> Sheet:
    rows = _rows(sheet)
    headings = [_heading(text) for text in next(rows, (0, []))[1]]
    return Sheet([name for name in headings if name], [_row(n, headings, r) for n, r in rows])


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, with their numbers."""
    if not hasattr(sheet, "iter_rows"):  # A sheet that is a chart has no rows.
        return
    sheet.reset_dimensions()  # What a file says about its size is often wrong.
    limits = {"max_row": MOST_ROWS, "max_col": MOST_COLUMNS, "values_only": True}
    for number, values in enumerate(sheet.iter_rows(**limits), 1):
        texts = [_text(value) for value in values]
        if any(texts):
            yield number, texts


def _row(number: int, headings: list[str], texts: list[str]) -> Row:
    pairs = zip(headings, texts, strict=False)
    cells: dict[str, str] = {}
    for heading, text in pairs:
        if heading and text:
            cells.setdefault(heading, text)
    return Row(number, cells)


def _heading(text: str) -> str:
    return " ".join(text.split())


def _text(value: Any) -> str:
    """Return a cell as it would be typed: TRUE is `true`, 1.0 is `1`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
