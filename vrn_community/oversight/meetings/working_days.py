"""Days on which papers are due: counted in working days of England."""

from datetime import date

from vrn_community.safeguarding.working_time import DAY, is_working_day


def before(day: date, number: int) -> date:
    """Return the day that lies a number of working days before another day."""
    while number:
        day -= DAY
        number -= is_working_day(day)
    return day
