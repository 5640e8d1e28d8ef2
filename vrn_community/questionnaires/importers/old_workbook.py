"""The sheets of an .xls file, as Excel wrote them up to 2003; pure."""

import io
from collections.abc import Iterator
from typing import Any

import xlrd
from flask_babel import gettext as _

from vrn_community.questionnaires.importers import sheets
from vrn_community.questionnaires.importers.report import Unreadable
from vrn_community.questionnaires.importers.sheets import Sheet

#: How every such file begins.
START = b"\xd0\xcf\x11\xe0"


def read(content: bytes) -> dict[str, Sheet]:
    """Return the sheets of a workbook by their names in lower case; Unreadable if it is none."""
    try:
        with xlrd.open_workbook(
            file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True
        ) as book:
            return {name.strip().lower(): _sheet(book, name) for name in book.sheet_names()}
    # A damaged workbook makes xlrd fail in many ways; one with a password looks like one.
    except Exception as error:
        reason = _("it is damaged, or locked with a password. Save it again as .xlsx without one")
        raise Unreadable(_("The file"), reason) from error


def _sheet(book: Any, name: str) -> Sheet:
    found = sheets.sheet(_rows(book.sheet_by_name(name), book.datemode))
    book.unload_sheet(name)
    return found


def _rows(sheet: Any, datemode: int) -> Iterator[tuple[int, list[Any]]]:
    for number in range(min(sheet.nrows, sheets.MOST_ROWS)):
        yield number + 1, [_value(cell, datemode) for cell in sheet.row(number)]


def _value(cell: Any, datemode: int) -> Any:
    match cell.ctype:
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        case xlrd.XL_CELL_ERROR:
            return None
    return cell.value
