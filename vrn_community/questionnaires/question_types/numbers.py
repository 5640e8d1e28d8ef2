"""Questions answered by a number, or by a month or a year."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, Literal

from flask_babel import format_date, format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import Field, model_validator

from vrn_community.questionnaires.question_types import cells
from vrn_community.questionnaires.question_types.base import (
    Answer,
    Choice,
    Item,
    Question,
    Reading,
    Sent,
    Words,
)
from vrn_community.questionnaires.question_types.cells import Cell

#: At most this many rows stand in a table of numbers: more values are put into bands.
MOST_BANDS = 11
LARGEST = 1_000_000_000
NUMBER = re.compile(r"[-+]?\d{1,12}(\.\d{1,6})?")
#: Digits of the scripts that people here may type with.
WESTERN = str.maketrans(
    {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966, 0xA66, 0xAE6, 0x9E6)
     for digit in range(10)}
)  # fmt: skip


class Banded(Question):
    """A question whose numbers are counted in bands between a least and a greatest."""

    least: float | None = Field(default=None, ge=-LARGEST, le=LARGEST)
    greatest: float | None = Field(default=None, ge=-LARGEST, le=LARGEST)

    @model_validator(mode="after")
    def _is_a_range(self) -> "Banded":
        if self.least is not None and self.greatest is not None and self.least > self.greatest:
            raise ValueError("The least number is above the greatest.")
        return self

    def bands(self) -> list[tuple[int, int]]:
        """Return the first and last whole number of each band; none without both ends."""
        if self.least is None or self.greatest is None:
            return []
        first, last = math.floor(self.least), math.ceil(self.greatest)
        width = max(1, math.ceil((last - first + 1) / MOST_BANDS))
        return [(start, min(start + width - 1, last)) for start in range(first, last + 1, width)]

    def items(self) -> Sequence[Item]:
        """Return what is counted: the bands."""
        bands = [Choice(id=f"band-{n}", text=_span(*band)) for n, band in enumerate(self.bands())]
        return (Item("", self.text, (*bands, *self.offered())),) if bands else ()

    def chosen(self, answer: Answer | None, row: str = "") -> list[str]:
        """Return the band of a number."""
        value = self.number(answer)
        if value is None:
            return super().chosen(answer)
        floor = math.floor(value)
        return [f"band-{n}" for n, (start, end) in enumerate(self.bands()) if start <= floor <= end]


class Number(Banded):
    """A number, perhaps between two others, with its unit."""

    kind: Literal["number"] = "number"
    label: ClassVar = _l("A number")
    unit: Words = ""
    is_whole: bool = True

    def cells(self) -> Mapping[str, Cell]:
        """Read the number."""
        return {"": cells.words(self.id)}

    def read_answer(self, sent: Sent) -> Reading:
        """Read a number; anything else is an error, and is kept as it was typed."""
        typed = sent.get(self.id, "").strip()[:40]
        if not typed:
            return Reading()
        value = read_number(typed)
        error = self._error(value)
        if value is None or error:
            return Reading(None, {f"{self.id}.typed": typed}, error)
        return Reading(int(value) if self.is_whole else value)

    def _error(self, value: float | None) -> str:
        error = ""
        if value is None or (self.is_whole and value != int(value)):
            error = _("Enter a whole number.") if self.is_whole else _("Enter a number.")
        elif self.least is not None and value < self.least:
            error = _("Enter a number from %(least)s up.", least=format_decimal(self.least))
        elif self.greatest is not None and value > self.greatest:
            error = _("Enter a number up to %(most)s.", most=format_decimal(self.greatest))
        return str(error)

    def describe(self, answer: Answer | None, words: Mapping[str, str]) -> list[str]:
        """Return the number with its unit."""
        if not isinstance(answer, int | float):
            return super().describe(answer, words)
        return [f"{format_decimal(answer)} {self.unit}".strip()]


class MonthYear(Banded):
    """A month of a year, or only a year; never a date of birth."""

    kind: Literal["month-year"] = "month-year"
    label: ClassVar = _l("A month or a year")
    has_month: bool = True
    least: float | None = Field(default=1900, ge=1900, le=2200)
    greatest: float | None = Field(default=2100, ge=1900, le=2200)

    def cells(self) -> Mapping[str, Cell]:
        """Read both in one cell, or each in its own."""
        found = {
            "": cells.month(self.id, has_month=self.has_month),
            "year": cells.words(f"{self.id}.year"),
        }
        of_month = {"month": cells.whole(f"{self.id}.month", 1, 12)}
        return found | of_month if self.has_month else found

    def read_answer(self, sent: Sent) -> Reading:
        """Read a year and perhaps a month; half an answer is an error, and is kept."""
        year = sent.get(f"{self.id}.year", "").strip()[:10].translate(WESTERN)
        month = sent.get(f"{self.id}.month", "").strip()[:2] if self.has_month else ""
        if not year and not month:
            return Reading()
        is_year = year.isdigit() and self.least is not None and self.greatest is not None
        if not is_year or not self.least <= int(year) <= self.greatest:  # type: ignore[operator]
            words = {"least": int(self.least or 0), "most": int(self.greatest or 0)}
            error = _("Enter a year from %(least)s to %(most)s.", **words)
            return Reading(None, {f"{self.id}.year": year, f"{self.id}.month": month}, error)
        is_month = month.isascii() and month.isdigit() and 1 <= int(month) <= 12
        return Reading(f"{int(year):04}-{int(month):02}" if is_month else f"{int(year):04}")

    def number(self, answer: Answer | None, row: str = "") -> float | None:
        """Return the year."""
        year = answer[:4] if isinstance(answer, str) else ""
        return float(year) if year.isdigit() else None

    def months(self) -> Sequence[tuple[str, str]]:
        """Return the number and the name of each month."""
        return [
            (str(number), str(format_date(date(2000, number, 1), "LLLL")))
            for number in range(1, 13)
        ]

    def describe(self, answer: Answer | None, words: Mapping[str, str]) -> list[str]:
        """Return the month and the year in words."""
        if self.number(answer) is None:
            return super().describe(answer, words)
        year, _dash, month = str(answer).partition("-")
        return [str(format_date(date(int(year), int(month), 1), "MMMM y")) if month else year]


def read_number(typed: str) -> float | None:
    """Return a number that was typed with a point or a comma, in any of our scripts."""
    plain = typed.translate(WESTERN).replace("\N{ARABIC DECIMAL SEPARATOR}", ".")
    plain = plain.replace(",", ".").replace(" ", "")
    return float(plain) if NUMBER.fullmatch(plain) else None


def _span(start: int, end: int) -> str:
    return str(start) if start == end else f"{start}\N{EN DASH}{end}"
