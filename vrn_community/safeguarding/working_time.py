"""Working hours in England: when somebody at the desk can be expected to act."""

from datetime import UTC, date, datetime, time, timedelta

from vrn_community.foundation import clock
from vrn_community.foundation.working_days import DAY, is_working_day

OPENS, CLOSES = time(9), time(17)


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


def next_hours(moment: datetime) -> tuple[datetime, datetime]:
    """Return when the working hours begin and end that are on at a moment, or come next."""
    day = clock.in_london(moment).date()
    while not is_working_day(day) or _at(day, CLOSES) <= moment:
        day += DAY
    return _at(day, OPENS), _at(day, CLOSES)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.LONDON).astimezone(UTC)
