"""A simulated year of concerns: each alert once, whenever it is due and however the job runs."""

import random
import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import make_account
from tests.factories.cover import make_cover
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.foundation.test_working_days import PUBLISHED
from vrn_community import config
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.notifications import jobs as mail
from vrn_community.notifications.models import Mail
from vrn_community.safeguarding import (
    alerts,
    asking,
    jobs,
    queries,
    services,
    working_time,
)
from vrn_community.safeguarding.kinds import Outcome
from vrn_community.safeguarding.models import (
    Alert,
    AlertKind,
    Concern,
    ConcernState,
    CoverRole,
    Urgency,
)

#: From the middle of a winter, over both changes of the clocks, and a little into the next.
BEGINS = datetime(2026, 1, 5, 0, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
ENDS = BEGINS + timedelta(days=366)
LAST = ENDS.date()
CONCERNS = 80
#: When the job does not run at all: over a change of the clocks, Easter, and some working days.
MISSED = tuple(
    datetime(2026, *day, tzinfo=UTC) for day in ((3, 27, 12), (4, 3, 9), (9, 8, 11), (10, 23, 15))
)
HOLIDAYS = {
    date.fromisoformat(f"{year}-{d}") for year in PUBLISHED for d in PUBLISHED[year].split()
}
WORKING = {Urgency.TODAY: 4 * 60, Urgency.ROUTINE: 16 * 60}


@pytest.fixture
def people(session):
    return {
        CoverRole.LEAD: make_account(Role.SAFEGUARDING_LEAD, name="Elif Demir"),
        CoverRole.DEPUTY: make_account(Role.SAFEGUARDING_DEPUTY, name="Femi Ade"),
    }


def name(people, ends=LAST):
    for role, account in people.items():
        make_cover(account, role, (BEGINS.date(), ends))


def decide(concern, by):
    services.decide(concern, Outcome.REFERRED, {"reasons": "Rang."}, by=by)


def raise_at(at, people, moment, urgency):
    at(moment)
    lead = people[CoverRole.LEAD]
    passage = make_passage(people["opportunity"])
    return services.raise_concern(passage, urgency, "He waits.", by=lead)


def due_by_the_minute(since, urgency):
    """Return when a concern is due, by counting minutes on a clock on the wall in London."""
    if urgency is Urgency.IMMEDIATE:
        return since + HOUR
    moment, left = since, WORKING[urgency]
    while left:
        local = moment.astimezone(clock.LONDON)
        works = local.weekday() < 5 and local.date() not in HOLIDAYS and 9 <= local.hour < 17
        left -= works
        moment += timedelta(minutes=1)
    return moment


def runs():
    moment = BEGINS
    while moment < ENDS:
        missed = any(gap <= moment < gap + timedelta(days=3) for gap in MISSED)
        if not missed:
            yield moment
        moment += HOUR


class Year:
    """A year of worries: half of them decided just in time, half a day after they were due."""

    def __init__(self, session, people, at):
        self.session, self.people, self.at = session, people, at
        self.chance = random.Random(20260105)
        minutes = int((ENDS - BEGINS) / timedelta(minutes=1)) - 14 * 24 * 60
        plan = [
            BEGINS + timedelta(minutes=self.chance.randrange(minutes)) for _n in range(CONCERNS - 8)
        ]
        self.plan = sorted(plan + [gap + n * HOUR for gap in MISSED for n in (5, 25)], reverse=True)
        self.raised, self.to_decide, self.late, self.sent = {}, {}, set(), {}

    def live(self):
        for moment in runs():
            while self.plan and self.plan[-1] <= moment:
                self.worry(self.plan.pop())
            for key in [key for key, when in self.to_decide.items() if when <= moment]:
                self.at(self.to_decide.pop(key))
                decide(self.session.get(Concern, key), self.people[CoverRole.LEAD])
            self.at(moment)
            jobs.tell_who_must_act()
            if self.session.scalar(select(func.count()).select_from(Alert)) > len(self.sent):
                for row in self.session.scalars(select(Alert)):
                    self.sent.setdefault(row, moment)

    def worry(self, since):
        urgency = self.chance.choice(list(Urgency))
        concern = raise_at(self.at, self.people, since, urgency)
        due = due_by_the_minute(since, urgency)
        self.raised[concern.id] = (since, due)
        if self.chance.random() < 0.5:
            self.to_decide[concern.id] = due - timedelta(minutes=1)
        else:
            self.late.add(concern.id)
            self.to_decide[concern.id] = due + timedelta(days=5)


def each_is_sent_once_when_it_is_due(year, people):
    """See that each concern was told of once, and again if it was late, to whom and when it is."""
    assert len(year.raised) == CONCERNS
    assert Counter((row.concern_id, row.kind) for row in year.sent) == Counter(
        [(key, AlertKind.RAISED) for key in year.raised]
        + [(key, AlertKind.OVERDUE) for key in year.late]
    )
    for row, moment in year.sent.items():
        due = year.raised[row.concern_id][1]
        is_raised = row.kind is AlertKind.RAISED
        assert row.due_at == due
        assert row.account_id == people[CoverRole.LEAD if is_raised else CoverRole.DEPUTY].id
        assert is_raised or moment == next(run for run in runs() if run > due)
    hours = {since.astimezone(clock.LONDON).hour for since, _due in year.raised.values()}
    assert hours & set(range(9, 17))
    assert hours - set(range(9, 17))


def test_who_asks_for_help_is_never_late_before_anybody_could_see_it(session, people, at):
    """There is a day and no hour: at worst it waits a working day longer than it would with one."""
    settings = config.current()
    for hours in range(0, 24 * 14, 3):
        asked = BEGINS + timedelta(hours=hours, minutes=30)
        at(asked)
        asking.ask_for_help(key := uuid.uuid4(), {"reach": "x"}, area_id=None)
        concern = session.get(Concern, key)

        assert not concern.is_overdue
        assert concern.created_at == working_time.opens(clock.today())
        known = working_time.later(asked, settings.decide_today)
        assert known <= working_time.later(concern.waits_since, settings.decide_today)
        at(working_time.later(known, timedelta(hours=8)) + timedelta(seconds=1))
        assert concern.is_overdue


def test_two_jobs_at_once_send_one_alert(session, people, at, monkeypatch):
    people["opportunity"] = make_opportunity(people[CoverRole.LEAD])
    concern = raise_at(at, people, BEGINS, Urgency.IMMEDIATE)
    at(BEGINS + 2 * HOUR)
    monkeypatch.setattr(alerts, "_sent", lambda keys: set())  # Neither sees what the other sent.

    for _job in range(2):
        jobs.tell_who_must_act()

    sent = session.scalars(select(Alert).where(Alert.concern_id == concern.id))
    assert Counter(row.kind for row in sent) == {AlertKind.RAISED: 1, AlertKind.OVERDUE: 1}


def test_the_deputy_of_the_day_is_told_and_everybody_where_there_is_none(session, people, at):
    people["opportunity"] = make_opportunity(people[CoverRole.LEAD])
    lead, deputy = people[CoverRole.LEAD], people[CoverRole.DEPUTY]
    name({CoverRole.DEPUTY: deputy}, ends=BEGINS.date())
    concern = raise_at(at, people, BEGINS, Urgency.IMMEDIATE)
    at(BEGINS + 2 * HOUR)
    jobs.tell_who_must_act()

    told = {row.kind: row.account_id for row in session.scalars(select(Alert))}
    assert told == {AlertKind.RAISED: None, AlertKind.OVERDUE: deputy.id}
    assert [row.kind for row in queries.alerts_for(lead)] == [AlertKind.RAISED]
    assert {row.kind for row in queries.alerts_for(deputy)} == set(AlertKind)
    decide(concern, lead)
    assert queries.alerts_for(deputy) == []


def test_a_concern_that_comes_again_gets_a_new_clock_and_a_new_alert(session, people, at):
    people["opportunity"] = make_opportunity(people[CoverRole.LEAD])
    lead = people[CoverRole.LEAD]
    concern = raise_at(at, people, BEGINS, Urgency.ROUTINE)
    first = concern.due_at
    at(BEGINS + HOUR)
    services.raise_concern(concern.passage, Urgency.ROUTINE, "Again.", by=lead)
    assert concern.due_at == first  # What is noticed beside it gives nobody more time.
    services.raise_concern(concern.passage, Urgency.IMMEDIATE, "He is here.", by=lead)
    assert concern.due_at == BEGINS + 2 * HOUR
    decide(concern, lead)

    at(BEGINS + 9 * HOUR)
    services.raise_concern(concern.passage, Urgency.ROUTINE, "Once more.", by=lead)

    assert (concern.state, concern.is_overdue) == (ConcernState.OPEN, False)
    assert concern.due_at == BEGINS + 10 * HOUR
    sent = list(session.scalars(select(Alert)))
    assert len({row.due_at for row in sent}) == len(sent) == 3
    assert session.get(Concern, concern.id) is concern


# Mail

#: When the mail server is silent: for a day.
SILENT = BEGINS + timedelta(days=120)
WORDS = """{}

Sign in here:
http://127.0.0.1:8000/desk

This mail says no more, so that nobody else learns what it is about.

Nobody reads an answer to it.
"""
TODAY = WORDS.format("Please look today.")
NOW = WORDS.format("Please look as soon as you can.")
SUBJECT = "Something waits for you at the desk"


@pytest.mark.once
def test_in_a_year_each_alert_is_sent_once_and_is_one_mail_that_says_nothing_of_it(
    session,
    people,
    at,
    mailbox,
    monkeypatch,
    caplog,
):
    tell = jobs.tell_who_must_act

    def tell_and_send():
        tell()
        mail.send()

    monkeypatch.setattr(jobs, "tell_who_must_act", tell_and_send)
    mailbox.is_silent = lambda: SILENT <= clock.now() < SILENT + timedelta(days=1)
    name(people)
    people["opportunity"] = make_opportunity(people[CoverRole.LEAD])
    year = Year(session, people, at)
    year.live()

    each_is_sent_once_when_it_is_due(year, people)
    emails = {people[role].id: people[role].email for role in CoverRole}
    late = SILENT + timedelta(days=1)
    assert Counter((str(one["To"]), when) for when, one in mailbox.mails) == Counter(
        (emails[row.account_id], late if SILENT <= moment < late else moment)
        for row, moment in year.sent.items()
    )
    assert mailbox.texts() == {(SUBJECT, TODAY), (SUBJECT, NOW)}
    assert caplog.text == ""


def test_who_asks_for_help_sends_no_mail_and_leaves_no_time(session, people, at, mailbox):
    name(people)
    at(working_time.opens(BEGINS.date()) + timedelta(hours=3, minutes=37))
    asking.ask_for_help(uuid.uuid4(), {"reach": "Quollbracken"}, area_id=None)
    assert session.scalars(select(Mail)).all() == []

    jobs.tell_who_must_act()
    mail.send()

    assert mailbox.addresses() == [people[CoverRole.LEAD].email]
    assert mailbox.texts() == {(SUBJECT, TODAY)}
    session.expire_all()
    row = session.scalars(select(Mail)).one()
    assert (row.stored_on, row.try_at, row.tries) == (clock.today(), None, 0)


def test_where_nobody_is_there_every_lead_and_deputy_but_the_accused_gets_a_mail(
    session,
    people,
    at,
    mailbox,
):
    at(BEGINS)
    lead, deputy = people[CoverRole.LEAD], people[CoverRole.DEPUTY]
    third = make_account(Role.SAFEGUARDING_LEAD, email="third@example.org")
    people["opportunity"] = make_opportunity(lead)
    passage = make_passage(people["opportunity"])
    services.raise_concern(passage, Urgency.IMMEDIATE, "He.", by=third, accused_id=lead.id)
    jobs.tell_who_must_act()
    mail.send()

    assert sorted(mailbox.addresses()) == sorted([deputy.email, third.email])
    assert mailbox.texts() == {(SUBJECT, NOW)}
