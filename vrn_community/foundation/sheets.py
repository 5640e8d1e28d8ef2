"""Files of rows for other programs (CSV, RFC 4180), in which nothing can become a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

#: What a spreadsheet takes for the beginning of a formula.
BEGINS_FORMULA = "=+-@\t\r\0"
Cell = str | int | None


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as a CSV file with a byte order mark, so that every spreadsheet reads it."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(headings)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return "\N{BYTE ORDER MARK}" + written.getvalue()


def _safe(cell: Cell) -> str | int:
    """Return a cell that is only ever text, or a number of ours (ASVS 1.2.10)."""
    if cell is None or isinstance(cell, int):
        return "" if cell is None else cell
    text = cell.replace("\0", "")
    # Full-width signs count as signs too, and blanks before them do not help.
    plain = unicodedata.normalize("NFKC", cell).lstrip(" \n")
    return f"'{text}" if plain[:1] and plain[0] in BEGINS_FORMULA else text
