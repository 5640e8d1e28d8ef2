"""Working hours in England: when somebody at the desk can be expected to act."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from dateutil.easter import easter

from vrn_community.foundation import clock

OPENS, CLOSES = time(9), time(17)
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


def later(moment: datetime, span: timedelta) -> datetime:
    """Return when a span of working time (Monday to Friday, 9 to 17 in London) has passed."""
    moment = moment.astimezone(UTC)
    day = clock.in_london(moment).date()
    while True:
        begins, ends = max(moment, _at(day, OPENS)), _at(day, CLOSES)
        if is_working_day(day) and begins < ends:
            if begins + span <= ends:
                return begins + span
            span -= ends - begins
        day += DAY


def opens(day: date) -> datetime:
    """Return when the working hours of a day begin, whether or not anybody works on it."""
    return _at(day, OPENS)


def closes(day: date) -> datetime:
    """Return when the working hours of a day end: a clock runs from then if only the day is known.

    So nothing is late before anybody could see it, nor by more than a day later than it would be.
    """
    return _at(day, CLOSES)


def next_hours(moment: datetime) -> tuple[datetime, datetime]:
    """Return when the working hours begin and end that are on at a moment, or come next."""
    day = clock.in_london(moment).date()
    while not is_working_day(day) or _at(day, CLOSES) <= moment:
        day += DAY
    return _at(day, OPENS), _at(day, CLOSES)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.LONDON).astimezone(UTC)
