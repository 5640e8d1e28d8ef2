"""The one source of time: UTC is stored, London is shown."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present date in London."""
    return now().astimezone(LONDON).date()


def in_london(moment: datetime) -> datetime:
    """Return a moment as London clocks show it."""
    return moment.astimezone(LONDON)


def begin_of(day: date) -> datetime:
    """Return the first second of a London day, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the last second of a London day, in UTC: what closes on a day closes then."""
    return datetime.combine(day, time(23, 59, 59), LONDON).astimezone(UTC)


def months_after(day: date, months: int) -> date:
    """Return the date a number of months after a day, or the last one of a shorter month."""
    found: date = day + relativedelta(months=months)
    return found


def weeks_after(day: date, weeks: int) -> date:
    """Return the date a number of weeks after a day."""
    return day + timedelta(weeks=weeks)
