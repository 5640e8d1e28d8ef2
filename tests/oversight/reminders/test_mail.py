"""Mail about days: to the partners of a body, the chair and the board, each once a day at most."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import make_account
from tests.factories.meetings import make_asked, make_meeting, make_red, make_topic
from tests.oversight.recommendations.conftest import make_recommendation
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.notifications import jobs as mail
from vrn_community.oversight.recommendations import services as recommendations
from vrn_community.oversight.reminders import services
from vrn_community.oversight.scrutiny.queries import About

BEGINS = datetime(2026, 1, 5, 0, 7, tzinfo=UTC)


@pytest.fixture
def at(at):
    at(BEGINS)
    return at


def partner(body, email):
    account = make_account(Role.PARTNER, email=email)
    account.body_id = body.id if body else None
    return account


def forget_sending(mailbox):
    """Leave out the mail about what was just sent, to look at that about days alone."""
    mail.send()
    mailbox.mails.clear()


def test_notes_that_are_owed_are_told_to_whoever_writes_them(session, at, joy, mailbox):
    kai = make_account(Role.SECRETARIAT, email="kai@example.org")
    make_account(Role.OVERSIGHT_MEMBER, email="imo@example.org")
    make_meeting(joy, kai, starts_at=BEGINS + timedelta(days=1))

    for hours in range(0, 24 * 40, 6):
        at(BEGINS + timedelta(hours=hours))
        services.remind()
        mail.send()

    told = Counter(str(one["To"]) for _when, one in mailbox.mails)
    assert told == {"kai@example.org": 2, joy.email: 2}


def test_of_many_days_each_is_told_once_a_day(session, at, closed, council, joy, mailbox):
    for name in ("lena", "otto"):
        partner(council, f"{name}@example.org")
    partner(None, "elsewhere@example.org")
    for number in range(6):
        due = clock.today() + timedelta(days=30 + number // 3)
        recommendations.send(make_recommendation(closed, council, joy, reply_by=due), by=joy)
    forget_sending(mailbox)

    for hours in range(0, 24 * 40, 6):
        at(BEGINS + timedelta(hours=hours))
        services.remind()
        mail.send()

    told = Counter((str(one["To"]), when.date()) for when, one in mailbox.mails)
    assert set(told.values()) == {1}
    assert Counter(to for to, _day in told) == {
        "lena@example.org": 4,
        "otto@example.org": 4,
        joy.email: 2,
    }
    assert len(mailbox.texts()) == 1


def test_the_team_is_told_for_a_body_that_nobody_answers_for(
    session, at, closed, council, joy, mailbox
):
    due = clock.today() + timedelta(days=10)
    recommendations.send(make_recommendation(closed, council, joy, reply_by=due), by=joy)
    forget_sending(mailbox)

    for number in range(14):
        at(BEGINS + timedelta(days=number))
        services.remind()
        mail.send()

    told = Counter(str(one["To"]) for _when, one in mailbox.mails)
    assert told == {closed.author.email: 2, joy.email: 1}


def test_the_group_is_told_of_evidence_and_red_ratings_only_when_they_are_overdue(
    session, at, council, joy, mailbox
):
    partner(council, "lena@example.org")
    make_account(Role.SECRETARIAT, email="kai@example.org")
    topic = make_topic(joy)
    for row in (make_asked(topic, council, joy), make_red(topic.id, council, joy, About.TOPIC)):
        row.answer_by = clock.today() + timedelta(days=30)

    for hours in range(0, 24 * 40, 6):
        at(BEGINS + timedelta(hours=hours))
        services.remind()
        mail.send()

    told = Counter(str(one["To"]) for _when, one in mailbox.mails)
    # The body hears of each when it is sent, and of both days together.
    assert told == {"lena@example.org": 4, joy.email: 1}


def test_of_a_body_for_which_nobody_signs_in_the_secretariat_is_told(
    session, at, council, joy, mailbox
):
    partner(None, "elsewhere@example.org")
    make_account(Role.SECRETARIAT, email="kai@example.org")
    make_asked(make_topic(joy), council, joy)

    for hours in range(0, 24 * 40, 6):
        at(BEGINS + timedelta(hours=hours))
        services.remind()
        mail.send()

    assert Counter(str(one["To"]) for _when, one in mailbox.mails) == {
        "kai@example.org": 3,
        joy.email: 1,
    }
