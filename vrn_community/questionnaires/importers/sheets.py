"""Sheets as rows of text, whatever kind of file they stand in; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST_ROWS = 20_000
MOST_COLUMNS = 400


@dataclass(frozen=True)
class Row:
    """One row: its number in the sheet, and the headings and texts of the cells that hold any."""

    number: int
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """A sheet with headings in its first row."""

    headings: list[str]
    rows: list[Row]


def sheet(rows: Iterable[tuple[int, Iterable[Any]]]) -> Sheet:
    """Return a sheet of numbered rows of cells; the first that holds anything has the headings."""
    texts = (
        (number, ["" if value is None else _text(value) for value in values])
        for number, values in rows
    )
    filled = ((number, row) for number, row in texts if any(row))
    headings = [" ".join(text.split()) for text in next(filled, (0, []))[1]]
    known = [
        Row(
            number,
            [(name, text) for name, text in zip(headings, row, strict=False) if name and text],
        )
        for number, row in filled
    ]
    return Sheet([name for name in headings if name], known)


def _text(value: Any) -> str:
    """Return a cell as it would be typed: TRUE is `true`, 1.0 is `1`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
