"""Mail to data protection officers: each day that is near or past once, and each week once."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from tests.conftest import make_account
from tests.rights.conftest import asking
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.notifications import jobs as mail
from vrn_community.notifications import services as notifications
from vrn_community.notifications.models import Mail
from vrn_community.rights import breaches, jobs, services, weeks
from vrn_community.rights.models import BreachEntryKind, RequestKind

BEGINS = datetime(2026, 6, 1, 9, 7, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def at(at):
    at(BEGINS)
    return at


@pytest.fixture
def harry(session, at):
    return make_account(Role.DATA_PROTECTION_OFFICER, email="harry@example.org")


@pytest.fixture
def no_weeks(monkeypatch):
    monkeypatch.setattr(weeks, "unread", lambda: None)


@pytest.fixture
def live(session, at, mailbox):
    """Return a function that lets days pass, and returns on which of them mail came."""

    def live(days, times=(0, 8)):
        before = len(mailbox.mails)
        for number in range(days):
            for hours in times:
                at(BEGINS + number * DAY + timedelta(hours=hours))
                jobs.tell_officers()
                mail.send()
            session.execute(delete(Mail).where(notifications.are_over()))
        return [(when - BEGINS).days for when, _one in mailbox.mails[before:]]

    return live


def test_a_request_is_told_before_its_day_and_after_it(harry, no_weeks, live):
    request = services.receive(asking())
    due = (request.due_on - BEGINS.date()).days

    assert live(60) == [due - 2, due + 1]


def test_a_complaint_is_told_of_both_its_days_until_it_is_answered(harry, no_weeks, live, at):
    complaint = services.receive(asking(kind=RequestKind.COMPLAINT))
    known = (complaint.acknowledge_by - BEGINS.date()).days
    due = (complaint.due_on - BEGINS.date()).days

    assert live(60) == sorted([known - 2, known + 1, due - 2, due + 1])


def test_what_is_done_in_time_is_told_of_once_or_not_at_all(harry, no_weeks, live, at):
    complaint = services.receive(asking(kind=RequestKind.COMPLAINT))
    due = (complaint.due_on - BEGINS.date()).days
    services.acknowledge(complaint, by=harry)

    assert live(due) == [due - 2]


def test_a_breach_is_told_of_on_its_second_day_and_when_its_clock_has_run_out(
    harry, no_weeks, live, mailbox
):
    breaches.begin(uuid.uuid4(), clock.now(), "Quillfeather", by=harry)

    assert live(30) == [1, 3]
    ((_subject, words),) = mailbox.texts()
    assert words.startswith("Please look as soon as you can.")


def test_a_breach_that_is_decided_is_told_of_no_more(harry, no_weeks, live):
    breach = breaches.begin(uuid.uuid4(), clock.now(), "Lost.", by=harry)
    breaches.add(uuid.uuid4(), breach, BreachEntryKind.ICO_TOLD, "Told.", by=harry)

    assert live(10) == []


def test_each_week_is_told_once_unless_it_was_read(harry, live):
    weeks.note_read(weeks.recent()[1], by=harry)

    assert live(28) == [7, 14, 21]


def test_nobody_else_is_told_and_no_word_goes_out(harry, live, mailbox):
    for role in set(Role) - {Role.DATA_PROTECTION_OFFICER}:
        make_account(role, email=f"{role}@example.org")
    services.receive(asking())

    live(40, times=(0,))

    assert set(mailbox.addresses()) == {"harry@example.org"}
    assert len(mailbox.texts()) == 1
