"""When an answer is due; pure.

Sources: UK GDPR Article 12(3) and the ICO on time limits for rights requests (the same day of
a later month, or its last day, and the next working day after a weekend or bank holiday);
Data Protection Act 2018 section 164A for complaints (30 days beginning with the day of receipt,
not moved by weekends: the stricter reading).
"""

from calendar import monthrange
from datetime import date, timedelta

from vrn_community.foundation.working_days import DAY, is_working_day


def months_after(day: date, months: int) -> date:
    """Return the last day of a span of calendar months that begins with a day of receipt."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    due = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    while not is_working_day(due):
        due += DAY
    return due


def days_from(day: date, days: int) -> date:
    """Return the last of a number of days, the first of which is the day itself."""
    return day + timedelta(days=days - 1)
