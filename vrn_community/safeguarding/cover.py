"""Days on which nobody is there, worked out from who is there when."""

from collections.abc import Iterable
from datetime import date, timedelta

Span = tuple[date, date]
DAY = timedelta(days=1)


def uncovered(spans: Iterable[Span], begins: date, ends: date) -> list[Span]:
    """Return the spans between two days, both of them included, on which none of some spans lies.

    Spans are pairs of a first and a last day; they may overlap and come in any order.
    """
    found, day = [], begins
    for first, last in sorted(spans):
        if last < day:
            continue
        if first > ends:
            break
        if first > day:
            found.append((day, first - DAY))
        day = last + DAY
    return [*found, (day, ends)] if day <= ends else found
