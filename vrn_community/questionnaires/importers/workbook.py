"""The sheets of an .xlsx file, without trusting the file; pure."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from flask_babel import gettext as _

from vrn_community.questionnaires.importers import sheets
from vrn_community.questionnaires.importers.report import Unreadable
from vrn_community.questionnaires.importers.sheets import Sheet

#: How every such file begins.
START = b"PK"
MOST_BYTES = 40 * 1024 * 1024
MOST_PARTS = 1_000
#: A part of a workbook shrinks to a tenth or so; what shrinks more than this was made to harm.
MOST_SHRUNK = 500
SMALL = 1024 * 1024


def read(content: bytes) -> dict[str, Sheet]:
    """Return the sheets of a workbook by their names in lower case; Unreadable if it is none."""
    _check_sizes(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # About styles, which nobody reads here.
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return {
                name.strip().lower(): sheets.sheet(_rows(book[name])) for name in book.sheetnames
            }
    # A damaged workbook makes openpyxl fail in many ways.
    except Exception as error:
        raise Unreadable(_("The file"), _("it is damaged, or no workbook")) from error


def _check_sizes(content: bytes) -> None:
    """Refuse a file that would fill the memory when it is unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(_("The file"), _("it is damaged, or no workbook")) from error
    if any(part.filename.endswith(".lss") for part in parts):
        reason = _("it is an archive with answers (.lsa). Export the survey alone, as .lss")
        raise Unreadable(_("The file"), reason)
    shrunk = any(
        part.file_size > SMALL and part.file_size > MOST_SHRUNK * max(1, part.compress_size)
        for part in parts
    )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES or shrunk:
        raise Unreadable(_("The file"), _("it is too large when it is unpacked"))


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    if not hasattr(sheet, "iter_rows"):  # A sheet that is a chart has no rows.
        return
    sheet.reset_dimensions()  # What a file says about its size is often wrong.
    limits = {"max_row": sheets.MOST_ROWS, "max_col": sheets.MOST_COLUMNS, "values_only": True}
    yield from enumerate(sheet.iter_rows(**limits), 1)
