"""A table of answers from another program, as CSV, or the line and the reason why not; pure."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask_babel import gettext as _

from vrn_community.questionnaires.importers.report import Unreadable

LARGEST = 20 * 1024 * 1024
#: The database waits for an import, so a larger one comes in parts.
MOST_ROWS, MOST_COLUMNS = 10_000, 2_000
SEPARATORS = ("\t", ";", ",")
MARK = b"\xef\xbb\xbf"
#: So many lines are looked at to find out what separates the cells.
LOOKED_AT = 50
#: How files in UTF-16 begin.
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Row:
    """One line of the table below the headings, with the number that an editor shows for it."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The headings of a table and its rows; each row has a cell for each heading."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read(content: bytes) -> Sheet:
    """Return the table of a file; Unreadable if it is broken."""
    text = _decoded(content)
    records = _records(text, _separator(text))
    first = next(records, None)
    if first is None:
        raise Unreadable(_("The file"), _("it is empty"))
    headings = _headings(first)
    rows: list[Row] = []
    for record in records:
        if len(record.cells) != len(headings):
            numbers = {"here": len(record.cells), "above": len(headings)}
            reason = _("it has %(here)s cells, but there are %(above)s headings", **numbers)
            raise Unreadable(_line(record.line), reason)
        if len(rows) == MOST_ROWS:
            reason = _("more than %(most)s lines are too many at once", most=MOST_ROWS)
            raise Unreadable(_line(record.line), reason)
        rows.append(record)
    return Sheet(headings, tuple(rows))


def _line(number: int) -> str:
    return str(_("Line %(number)s", number=number))


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        reason = _("it is larger than %(most)s MB", most=LARGEST // 1024 // 1024)
        raise Unreadable(_("The file"), reason)
    if content.startswith(UTF_16):
        raise Unreadable(_("The file"), _("it is in UTF-16; save it as CSV in UTF-8"))
    body = content.removeprefix(MARK)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        reason = _("it is not in UTF-8; save it as CSV in UTF-8")
        raise Unreadable(_line(body.count(b"\n", 0, error.start) + 1), reason) from error
    if "\0" in text:
        before = text.count("\n", 0, text.index("\0"))
        raise Unreadable(_line(before + 1), _("it holds a character that no text has (NUL)"))
    return text


def _separator(text: str) -> str:
    """Return what makes the first lines equally long, or else the first of them longest."""
    widths = {separator: _widths(text, separator) for separator in SEPARATORS}
    fitting = [name for name, found in widths.items() if min(found) == max(found) > 1]
    return max(fitting or SEPARATORS, key=lambda separator: widths[separator][0])


def _widths(text: str, separator: str) -> list[int]:
    """Return how many cells the first lines have, up to the first that cannot be read."""
    found: list[int] = []
    with suppress(csv.Error):
        found.extend(len(line) for line in islice(_reader(text, separator), LOOKED_AT) if line)
    return found or [0]


def _reader(text: str, separator: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _records(text: str, separator: str) -> Iterator[Row]:
    """Go through the lines that are not empty; a text in quotes can go over several lines."""
    reader, line = _reader(text, separator), 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(line, tuple(cells))
            line = reader.line_num + 1
    except csv.Error as error:
        is_long = "field limit" in str(error)
        reason = _("a cell is too long") if is_long else _("a quotation mark is left open")
        raise Unreadable(_line(line), reason) from error


def _headings(first: Row) -> tuple[str, ...]:
    headings = tuple(cell.strip() for cell in first.cells)
    if len(headings) > MOST_COLUMNS:
        reason = _("more than %(most)s columns are too many", most=MOST_COLUMNS)
        raise Unreadable(_line(first.line), reason)
    if twice := _twice(headings):
        reason = _("two columns are called “%(name)s”", name=twice)
        raise Unreadable(_line(first.line), reason)
    return headings


def _twice(headings: Sequence[str]) -> str:
    seen: set[str] = set()
    for name in headings:
        if name in seen:
            return name
        seen |= {name} - {""}
    return ""
