"""Working hours in England: when somebody at the desk can be expected to act."""

from datetime import UTC, date, datetime, time, timedelta

from vrn_community.foundation import clock
from vrn_community.foundation.working_days import DAY, is_working_day

OPENS, CLOSES = time(9), time(17)
#: The hours at which staff are told of urgent words of the public, on every day, weekends too.
TELLS_AT = (9, 13, 17, 21)
#: How often the job runs that asks for them, in minutes.
QUARTER = 15


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


def is_time_to_tell() -> bool:
    """Return whether staff are told now of urgent words that came from the public.

    A mail at any other moment would tell when somebody wrote. Who may need help now does not wait
    for working hours, as an immediate concern does not.
    """
    there = clock.in_london(clock.now())
    return there.hour in TELLS_AT and there.minute < QUARTER


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.LONDON).astimezone(UTC)
