"""A simulated year of requests, complaints and breaches: each day is told of before and after.

The clocks go forward and back in it, and each time the job has not run for three days.
"""

import uuid
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import delete

from tests.conftest import make_account
from tests.rights.conftest import asking
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.notifications import jobs as mail
from vrn_community.notifications import services as notifications
from vrn_community.notifications.models import Mail
from vrn_community.rights import breaches, jobs, services, telling, weeks
from vrn_community.rights.models import RequestKind

DAY = timedelta(days=1)
BEGINS, DAYS = date(2026, 1, 5), 365
MISSED = {date(2026, 3, 28) + n * DAY for n in range(3)} | {
    date(2026, 10, 24) + n * DAY for n in range(3)
}
RUNS = [day for n in range(DAYS) if (day := BEGINS + n * DAY) not in MISSED]
#: London times at which the job runs.
TIMES = (time(0, 30), time(9, 7))


def first_run(since: date, until: date) -> list[date]:
    """Return the first day of a span on which the job ran, if there is one."""
    return [day for day in RUNS if since <= day <= until][:1]


@pytest.mark.once
def test_in_a_year_each_day_is_told_of_once_before_it_and_once_after(
    session, at, mailbox, monkeypatch
):
    monkeypatch.setattr(weeks, "unread", lambda: None)
    at(datetime.combine(BEGINS, TIMES[0], clock.LONDON))
    officer = make_account(Role.DATA_PROTECTION_OFFICER, email="harry@example.org")
    expected: Counter[date] = Counter()

    for number in range(DAYS):
        today = BEGINS + number * DAY
        at(datetime.combine(today, TIMES[1], clock.LONDON) - timedelta(minutes=7))
        if number % 13 == 0:
            expected.update(days_told_of(number, officer))
        for when in TIMES if today in RUNS else ():
            at(datetime.combine(today, when, clock.LONDON))
            jobs.tell_officers()
            mail.send()
        session.execute(delete(Mail).where(notifications.are_over()))

    told = Counter(clock.in_london(when).date() for when, _one in mailbox.mails)
    assert told == expected
    assert sum(told.values()) > 60


def days_told_of(number, officer):
    """Let something come in that nobody answers, and return on which days it is told of."""
    kind = (RequestKind.ERASURE, RequestKind.COMPLAINT, None)[number // 13 % 3]
    if kind is None:
        # Its clock has an hour: when that has passed in the morning, the day counts as past.
        breach = breaches.begin(uuid.uuid4(), clock.now(), "Lost.", by=officer)
        days, past = {clock.in_london(breach.decide_by).date()}, 0 * DAY
    else:
        made = services.receive(asking(token=str(number), kind=kind))
        days, past = {day for day in (made.due_on, made.acknowledge_by) if day}, DAY
    for day in days:
        yield from first_run(day - telling.NEAR * DAY, day)
        yield from first_run(day + past, day + telling.PAST * DAY)
