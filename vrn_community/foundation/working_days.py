"""Working days in England: Monday to Friday without bank holidays."""

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

from vrn_community.foundation import clock

SATURDAY = 5
DAY = timedelta(days=1)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of a year in England, with the days that stand in for weekends.

    One-off holidays are not known: without them a clock runs out sooner, never later.
    Source: the Banking and Financial Dealings Act 1971 and the rule of substitute days.
    """
    sunday = easter(year)
    days = {sunday - 2 * DAY, sunday + DAY, _monday(date(year, 5, 1))}
    days |= {_monday(date(year, 5, 25)), _monday(date(year, 8, 25))}
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    days |= {day for day in fixed if day.weekday() < SATURDAY}
    for day in fixed:
        if day.weekday() >= SATURDAY:
            while day.weekday() >= SATURDAY or day in days:
                day += DAY
            days.add(day)
    return frozenset(days)


def _monday(day: date) -> date:
    """Return the first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def is_working_day(day: date) -> bool:
    """Return whether somebody works on a day: Monday to Friday without bank holidays."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def after(day: date, number: int) -> date:
    """Return the day on which a number of working days has passed since a day."""
    while number > 0:
        day += DAY
        number -= is_working_day(day)
    return day


def in_days(number: int) -> date:
    """Return the first working day that is at least a number of days away from today."""
    return after(clock.today() + (number - 1) * DAY, 1)


def before(day: date, number: int) -> date:
    """Return the day that lies a number of working days before another day."""
    while number > 0:
        day -= DAY
        number -= is_working_day(day)
    return day


def within(day: date, number: int) -> date:
    """Return the last day that is no more than a number of working days away from a day."""
    return after(day, number + 1) - DAY
