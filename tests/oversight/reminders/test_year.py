"""A simulated year: each reminder once, each overdue on the right day, however the job runs."""

import random
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.factories.meetings import make_asked, make_meeting, make_red, make_topic
from tests.foundation.test_working_days import PUBLISHED
from tests.oversight.recommendations.conftest import make_recommendation
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.oversight.commitments import services as commitments
from vrn_community.oversight.publishing import services as statements
from vrn_community.oversight.publishing.models import StatementKind
from vrn_community.oversight.recommendations import answering
from vrn_community.oversight.recommendations import queries as recommended
from vrn_community.oversight.recommendations import services as recommendations
from vrn_community.oversight.recommendations.models import Answer
from vrn_community.oversight.reminders import queries, services
from vrn_community.oversight.reminders.models import Reminder, ReminderKind
from vrn_community.oversight.scrutiny import answering as evidence
from vrn_community.oversight.scrutiny import rating as ratings
from vrn_community.oversight.scrutiny.queries import About

BEGINS = datetime(2026, 1, 5, 0, 7, tzinfo=UTC)
K = ReminderKind
DAYS = 366
#: Days on which the job does not run at all: three before each change of the clocks, so that it
#: has the most to do on that very day, and over Easter.
MISSED = {"2026-03-26", "2026-03-27", "2026-03-28", "2026-10-22", "2026-10-23", "2026-10-24"}
MISSED |= {"2026-04-03", "2026-04-04", "2026-04-05"}


@pytest.fixture(autouse=True)
def _begun(at):
    at(BEGINS)


@pytest.fixture
def lena(council):
    account = make_account(Role.PARTNER, email="lena@example.org", name="Lena Fox")
    account.body_id = council.id
    return account


def working(day):
    return day.weekday() < 5 and f"{day:%m-%d}" not in PUBLISHED[day.year].split()


def send_all(at, closed, council, joy):
    """Send recommendations with days over the whole year; return the days by recommendation."""
    dice, owed = random.Random(7), {}
    for number in range(40):
        at(BEGINS + timedelta(hours=number))
        due = clock.today() + timedelta(days=dice.randrange(1, 330))
        made = make_recommendation(closed, council, joy, reply_by=due)
        recommendations.send(made, by=joy)
        owed[made.id] = due
    return owed


def answer_due(answered, by):
    for key, day in answered.items():
        found = recommended.find(key)
        if day <= clock.today() and found.is_owed:
            answering.reply(found, Answer.NOT_ACCEPTED, "No.", by=by)


def left(day, due):
    """Return how many working days there are after a day, until another one."""
    return sum(working(day + timedelta(days=number)) for number in range(1, (due - day).days + 1))


def runs_on(day):
    """Return the first day on which the job runs, from a day on."""
    while day.isoformat() in MISSED:
        day += timedelta(days=1)
    return day


def told_on(session):
    """Return on which day each reminder was stored, by what it is about and its kind."""
    rows = session.scalars(select(Reminder)).all()
    told = {(row.subject_id, row.kind): clock.in_london(row.created_at).date() for row in rows}
    assert len(told) == len(rows)
    return told


def is_soon(day, due):
    """Return whether a day is the first on which the job could tell of another one that nears."""
    before = day - timedelta(days=1)
    return left(day, due) <= 5 and (before.isoformat() in MISSED or left(before, due) > 5)


def promise_all(at, closed, council, joy, lena):
    """Promise, with a step, and go to the board, all year; return the days by kind and key."""
    dice = random.Random(9)
    owed = {kind: {} for kind in (K.COMMITMENT_OVERDUE, K.MILESTONE_OVERDUE, K.BOARD_OVERDUE)}
    for number in range(24):
        at(BEGINS + timedelta(hours=number))
        yes, no = (make_recommendation(closed, council, joy) for _number in range(2))
        for asked, answer in ((yes, Answer.ACCEPTED), (no, Answer.NOT_ACCEPTED)):
            recommendations.send(asked, by=joy)
            answering.reply(asked, answer, "So.", by=lena)
        due = clock.today() + timedelta(days=dice.randrange(20, 340))
        step = due - timedelta(days=dice.randrange(1, 15))
        what = commitments.Promise("Head", "Do it.", due, [("First", step)])
        made = commitments.promise(uuid.uuid4(), yes, what, by=lena)
        heard = clock.today() + timedelta(days=dice.randrange(10, 90))
        owed[K.COMMITMENT_OVERDUE][made.id] = due
        owed[K.MILESTONE_OVERDUE][made.milestones[0].id] = step
        owed[K.BOARD_OVERDUE][answering.escalate(no, "Why not?", heard, by=joy).id] = heard
    return owed


@pytest.mark.once
def test_a_year_of_promises_their_steps_and_the_board(session, at, closed, council, joy, lena):
    owed = promise_all(at, closed, council, joy, lena)
    for number in range(2, DAYS):
        for hour in (0, 23):
            at(BEGINS + timedelta(days=number, hours=hour))
            if clock.today().isoformat() not in MISSED:
                services.remind()

    told = told_on(session)
    assert len(told) == 2 * sum(map(len, owed.values()))
    for kind, days in owed.items():
        for key, due in days.items():
            assert told[key, kind] == runs_on(due + timedelta(days=1))
            assert is_soon(told[key, K(kind.replace("-overdue", "-soon"))], due)


def test_a_year_of_recommendations(session, at, closed, council, joy, lena):
    owed = send_all(at, closed, council, joy)
    dice = random.Random(8)
    after = {key: dice.choice((-60, -2, 0, 1, 9, 999)) for key in owed}
    answered = {key: due + timedelta(days=after[key]) for key, due in owed.items()}
    # The first two days are over, with the sending.
    for number in range(2, DAYS):
        for hour in (0, 8, 23):
            at(BEGINS + timedelta(days=number, hours=hour))
            if clock.today().isoformat() not in MISSED:
                services.remind()
        answer_due(answered, lena)

    told = told_on(session)
    begun, last = (BEGINS + timedelta(days=2)).date(), clock.today()
    for key, due in owed.items():
        day = max(begun, runs_on(due + timedelta(days=1)))
        is_told = answered[key] >= day and day <= last
        assert told.get((key, K.REPLY_OVERDUE)) == (day if is_told else None)
    soon = {key: day for (key, kind), day in told.items() if kind is K.REPLY_SOON}
    assert soon
    for key, day in soon.items():
        assert day == begun or is_soon(day, owed[key])


def test_what_was_moved_too_late_is_told_by_both_days(session, at, closed, council, joy, lena):
    at(BEGINS)
    made = make_recommendation(closed, council, joy)
    recommendations.send(made, by=joy)
    at(BEGINS + timedelta(days=30))
    services.remind()
    promised = clock.today() + timedelta(days=10)
    answering.extend(uuid.uuid4(), made, promised, "Busy.", by=lena)
    for days in range(30, 60):
        at(BEGINS + timedelta(days=days))
        services.remind()

    told = Counter((row.kind, row.due_on) for row in session.scalars(select(Reminder)))
    assert told == {
        (K.REPLY_OVERDUE, made.reply_by): 1,
        (K.REPLY_SOON, promised): 1,
        (K.REPLY_OVERDUE, promised): 1,
    }


def test_promises_their_steps_and_the_board_are_told_too(session, at, closed, council, joy, lena):
    at(BEGINS)
    yes, no = (make_recommendation(closed, council, joy) for _number in range(2))
    for one in (yes, no):
        recommendations.send(one, by=joy)
    answering.reply(yes, Answer.ACCEPTED, "Yes.", by=lena)
    answering.reply(no, Answer.NOT_ACCEPTED, "No.", by=lena)
    answering.escalate(no, "Why not?", by=joy)
    due, step = (clock.today() + timedelta(days=days) for days in (90, 40))
    what = commitments.Promise("Head", "Do it.", due, [("First", step)])
    made = commitments.promise(uuid.uuid4(), yes, what, by=lena)
    for days in range(100):
        at(BEGINS + timedelta(days=days))
        services.remind()

    told = Counter(row.kind for row in session.scalars(select(Reminder)))
    kinds = (K.COMMITMENT_SOON, K.COMMITMENT_OVERDUE, K.MILESTONE_SOON, K.MILESTONE_OVERDUE)
    assert told == dict.fromkeys((*kinds, K.BOARD_SOON, K.BOARD_OVERDUE), 1)
    for_body = {row.kind for row in queries.for_body(council.id)}
    assert for_body == {K.COMMITMENT_OVERDUE, K.MILESTONE_OVERDUE}
    assert {row.kind for row in queries.for_board()} == {K.BOARD_OVERDUE}
    assert {row.kind for row in queries.for_group()} == for_body | {K.BOARD_OVERDUE}
    commitments.drop(made, "No money.", by=lena)
    assert queries.for_body(council.id) == []


def test_notes_of_each_meeting_of_a_year_are_told_once_before_and_once_after_their_day(
    session, at, joy, council
):
    kai = make_account(Role.SECRETARIAT, email="kai@example.org", name="Kai")
    met = [make_meeting(joy, kai, starts_at=BEGINS + timedelta(days=3 + 30 * n)) for n in range(12)]
    kept = met[0]
    for number in range(DAYS):
        for hour in (0, 23):
            at(BEGINS + timedelta(days=number, hours=hour))
            if clock.today().isoformat() not in MISSED:
                services.remind()
        if number == 5:
            about = statements.Subject(StatementKind.NOTES, clock.today(), meeting=kept)
            made = statements.begin(uuid.uuid4(), about, statements.Text("We met", "Yes."), by=kai)
            statements.keep(made, "It was about one person.", by=joy)

    rows = session.scalars(select(Reminder)).all()
    told = {(row.meeting_id, row.kind): clock.in_london(row.created_at).date() for row in rows}
    assert len(told) == len(rows) == 22
    for meeting in met[1:]:
        due, day = meeting.notes_due_on, told[meeting.id, K.NOTES_SOON]
        assert told[meeting.id, K.NOTES_OVERDUE] == runs_on(due + timedelta(days=1))
        assert meeting.held_on < day <= due
        assert left(day, due) <= 5
    assert queries.for_body(council.id) == queries.for_group() == queries.for_board() == []


def test_a_reminder_ends_with_what_it_is_about(session, at, closed, council, joy, lena):
    at(BEGINS)
    made = make_recommendation(closed, council, joy)
    recommendations.send(made, by=joy)
    at(BEGINS + timedelta(days=27))
    services.remind()
    assert [row.kind for row in queries.for_body(council.id)] == [K.REPLY_SOON]
    answering.extend(uuid.uuid4(), made, made.reply_by + timedelta(days=20), "Busy.", by=lena)

    assert queries.for_body(council.id) == []


def test_a_late_day_of_the_first_round_is_not_told_in_the_second(
    session, at, closed, council, joy, lena
):
    at(BEGINS)
    made = make_recommendation(closed, council, joy)
    recommendations.send(made, by=joy)
    at(BEGINS + timedelta(days=30))
    answering.extend(uuid.uuid4(), made, clock.today() + timedelta(days=10), "Busy.", by=lena)
    at(BEGINS + timedelta(days=45))
    services.remind()
    assert [row.kind for row in queries.for_body(council.id)] == [K.REPLY_OVERDUE] * 2
    answering.reply(made, Answer.PARTLY, "Some.", by=lena)
    answering.challenge(made, "Too little.", clock.today() + timedelta(days=30), by=joy)

    assert queries.for_body(council.id) == []
    at(BEGINS + timedelta(days=76))
    answering.extend(uuid.uuid4(), made, clock.today() + timedelta(days=2), "Soon.", by=lena)
    services.remind()
    assert {row.due_on for row in queries.for_body(council.id)} == {
        made.reply_by,
        made.promised_by,
    }


def scrutinise(dice, council, joy):
    """Ask for evidence and rate red, with days over the whole year; return what is owed by whom."""
    topic, owed = make_topic(joy), []
    for number in range(40):
        if number % 2:
            row, kinds = make_asked(topic, council, joy), (K.EVIDENCE_SOON, K.EVIDENCE_OVERDUE)
        else:
            row = make_red(topic.id, council, joy, About.TOPIC)
            kinds = K.RATING_SOON, K.RATING_OVERDUE
        row.answer_by = clock.today() + timedelta(days=dice.randrange(2, 330))
        owed.append((row, *kinds))
    return owed


def test_evidence_and_red_ratings_of_a_year_are_told_once_before_and_once_after_their_day(
    session, at, council, joy, lena
):
    dice = random.Random(9)
    owed = scrutinise(dice, council, joy)
    after = {row.id: dice.choice((-60, -2, 0, 1, 9, 999)) for row, _soon, _overdue in owed}
    for number in range(DAYS):
        for hour in (0, 23):
            at(BEGINS + timedelta(days=number, hours=hour))
            if clock.today().isoformat() not in MISSED:
                services.remind()
        for row, _soon, overdue in owed:
            is_due = row.answer_by + timedelta(days=after[row.id]) <= clock.today()
            if is_due and not row.answer:
                write = evidence.answer if overdue is K.EVIDENCE_OVERDUE else ratings.answer
                write(row, "Ninety.", by=lena)

    told = told_on(session)
    begun, last = BEGINS.date(), clock.today()
    for row, soon, overdue in owed:
        due = row.answer_by
        answered = due + timedelta(days=after[row.id])
        day = runs_on(due + timedelta(days=1))
        is_told = answered >= day and day <= last
        assert told.get((row.id, overdue)) == (day if is_told else None)
        if day := told.get((row.id, soon)):
            assert left(day, due) <= 5
            before = day - timedelta(days=1)
            assert day == begun or before.isoformat() in MISSED or left(before, due) > 5
        else:
            assert after[row.id] == -60 or left(begun, due) < 0
    assert queries.for_body(council.id) == queries.for_group() == queries.for_board() == []


def test_evidence_that_was_moved_too_late_is_told_by_both_days_and_so_is_the_board(
    session, at, partnership, council, joy, lena
):
    at(BEGINS)
    made = make_asked(make_topic(joy), council, joy)
    at(BEGINS + timedelta(days=30))
    services.remind()
    promised = clock.today() + timedelta(days=10)
    evidence.move(uuid.uuid4(), made, promised, "Busy.", by=lena)
    raised = evidence.bring_up(uuid.uuid4(), made, "They say nothing.", by=joy)
    for days in range(30, 70):
        at(BEGINS + timedelta(days=days))
        services.remind()

    told = Counter(
        (row.subject_id, row.kind, row.due_on) for row in session.scalars(select(Reminder))
    )
    first = {
        (made.id, K.EVIDENCE_OVERDUE, made.answer_by): 1,
        (made.id, K.EVIDENCE_SOON, promised): 1,
        (made.id, K.EVIDENCE_OVERDUE, promised): 1,
    }
    board = {
        (raised.id, kind, raised.answer_by): 1 for kind in (K.EVIDENCE_SOON, K.EVIDENCE_OVERDUE)
    }
    assert told == first | board


def test_what_a_meeting_heard_of_a_red_rating_is_told_no_more(session, at, council, joy, lena):
    at(BEGINS)
    made = make_red(make_topic(joy).id, council, joy, About.TOPIC)
    made.feedback = "They told us at the meeting."
    for days in range(40):
        at(BEGINS + timedelta(days=days))
        services.remind()

    assert session.scalars(select(Reminder)).all() == []
