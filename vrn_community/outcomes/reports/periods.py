"""Quarters and years; a year begins in April, as that of public bodies does. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from vrn_community.foundation import clock

QUARTER, YEAR = 3, 12
#: The month in which a year begins.
APRIL = 4
#: 2026-27 is a year, and 2026-27-q3 its third quarter.
NAME = re.compile(r"([0-9]{4})-([0-9]{2})(?:-q([1-4]))?")


@dataclass(frozen=True)
class Span:
    """The days that a figure counts, both ends among them."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Return whether a day is one of them."""
        return day is not None and self.first <= day <= self.last

    def is_by(self, day: date | None) -> bool:
        """Return whether a day had come by the last one."""
        return day is not None and day <= self.last


@dataclass(frozen=True)
class Period:
    """A quarter or a year, by its first day."""

    first: date
    months: int

    @property
    def last(self) -> date:
        """The last day."""
        return clock.months_after(self.first, self.months) - timedelta(days=1)

    @property
    def name(self) -> str:
        """The name in addresses."""
        begun = self.first.year - (self.first.month < APRIL)
        quarter = (self.first.month - APRIL) % YEAR // QUARTER + 1
        year = f"{begun}-{(begun + 1) % 100:02}"
        return year if self.months == YEAR else f"{year}-q{quarter}"

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.last < clock.today()

    @property
    def span(self) -> Span:
        """The days of it that count: up to today, if it is not over."""
        return Span(self.first, min(self.last, clock.today()))

    def before(self, number: int = 1) -> "Period":
        """Return the period of the same length so many before it."""
        return Period(clock.months_after(self.first, -number * self.months), self.months)


def holding(day: date, months: int) -> Period:
    """Return the quarter or the year in which a day is."""
    past = (day.month - APRIL) % months
    return Period(clock.months_after(day.replace(day=1), -past), months)


def read(name: str) -> Period | None:
    """Return the period of a name, or nothing."""
    found = NAME.fullmatch(name)
    if found is None or not date.min.year < int(found[1]) < date.max.year - 1:
        return None
    first = date(int(found[1]), APRIL, 1)
    if found[3]:
        period = Period(clock.months_after(first, (int(found[3]) - 1) * QUARTER), QUARTER)
    else:
        period = Period(first, YEAR)
    return period if period.name == name else None


def since(day: date, months: int) -> list[Period]:
    """Return the periods from the one that holds a day to the one of today, the newest first."""
    found = [holding(clock.today(), months)]
    while found[-1].first > day:
        found.append(found[-1].before())
    return found
