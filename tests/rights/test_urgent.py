"""Who needs help soon, or now, is told of: once, to those who act, and at no telling moment."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.factories.cover import make_cover
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.pages import Page
from tests.rights.conftest import asking
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import PassageState
from vrn_community.moderation import jobs as moderation
from vrn_community.notifications import jobs as mail
from vrn_community.notifications.models import Mail
from vrn_community.rights import jobs as rights
from vrn_community.rights import services
from vrn_community.rights.models import RequestKind, Result
from vrn_community.safeguarding import covering, queries
from vrn_community.safeguarding import services as safeguarding
from vrn_community.safeguarding.models import CoverRole, Urgency
from vrn_community.screening.signals import Signal

#: A Friday evening in summer, 21:30 in London.
FRIDAY = datetime(2026, 6, 5, 20, 30, tzinfo=UTC)
SATURDAY = datetime(2026, 6, 6, 8, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
HELP = "Please help me soon."


@pytest.fixture
def people(session, at):
    at(FRIDAY)
    made = {
        role: make_account(role, email=f"{role}@example.org")
        for role in (Role.DATA_PROTECTION_OFFICER, Role.MODERATOR, Role.SAFEGUARDING_LEAD)
    }
    lead = made[Role.SAFEGUARDING_LEAD]
    make_cover(lead, CoverRole.LEAD, (FRIDAY.date(), SATURDAY.date()))
    make_account(Role.SAFEGUARDING_LEAD, email="away@example.org")
    return made


@pytest.fixture
def live(session, at, mailbox):
    """Return a function that lets time pass by quarters and returns when mail came, to whom."""

    def live(until):
        before = len(mailbox.mails)
        moment = FRIDAY
        while moment <= until:
            at(moment)
            rights.tell_of_urgent_requests()
            moderation.tell_moderators()
            mail.send()
            moment += QUARTER
        return [(when, str(one["To"])) for when, one in mailbox.mails[before:]]

    return live


def test_an_urgent_complaint_of_friday_night_is_told_on_saturday_morning_once(
    people, live, session, mailbox
):
    services.receive(asking(kind=RequestKind.COMPLAINT, words=HELP, is_urgent=True))
    assert session.scalars(select(Mail)).all() == []  # Nothing in the request of the public.

    told = live(SATURDAY + timedelta(days=9))

    assert sorted(told) == sorted(
        (SATURDAY, people[role].email)
        for role in (Role.DATA_PROTECTION_OFFICER, Role.SAFEGUARDING_LEAD)
    )
    assert all("Please look as soon as you can." in text for _subject, text in mailbox.texts())
    assert not any(HELP in text for _subject, text in mailbox.texts())


def test_the_hour_of_a_mail_is_the_same_whenever_somebody_wrote(people, live, at, session):
    for hours in (0, 5, 11):
        at(FRIDAY + timedelta(hours=hours))
        services.receive(asking(token=str(hours), words=HELP, is_urgent=True))
        assert session.scalars(select(Mail)).all() == []

    assert {when for when, _to in live(SATURDAY + timedelta(hours=12))} == {SATURDAY}


def test_of_what_is_not_urgent_or_answered_nobody_is_told(people, live):
    services.receive(asking(words="Please correct my street."))
    answered = services.receive(asking(token="b", words=HELP, is_urgent=True))
    officer = people[Role.DATA_PROTECTION_OFFICER]
    services.answer(answered, Result.GRANTED, "Done.", by=officer)

    assert live(SATURDAY + timedelta(days=1)) == []


def test_where_nobody_is_on_cover_everybody_who_decides_is_told(people, live):
    services.receive(asking(words=HELP, is_urgent=True))
    (cover,) = queries.cover_page(1)
    covering.remove_cover(cover, by=people[Role.SAFEGUARDING_LEAD])

    told = {to for _when, to in live(SATURDAY)}

    deciders = {people[Role.SAFEGUARDING_LEAD].email, "away@example.org"}
    assert told == deciders | {people[Role.DATA_PROTECTION_OFFICER].email}


def danger(people, state=PassageState.PENDING, found=(Signal.DANGER,)):
    passage = make_passage(make_opportunity(people[Role.MODERATOR]), HELP, state)
    passage.flag(found)
    return passage


def test_moderators_are_told_once_a_day_while_somebody_may_need_help_now(people, live, session):
    passage = danger(people)
    assert session.scalars(select(Mail)).all() == []
    moderator = people[Role.MODERATOR].email

    told = live(SATURDAY + timedelta(days=1, hours=12))

    assert told == [(SATURDAY, moderator), (SATURDAY + timedelta(days=1), moderator)]
    passage.state = PassageState.HELD
    session.flush()
    assert live(SATURDAY + timedelta(days=2)) == []


def test_no_moderator_is_told_of_what_they_may_not_read_or_need_not(people, live, session):
    danger(people, found=(Signal.WEAPON,))
    danger(people, state=PassageState.HELD)
    accused = danger(people)
    by = people[Role.SAFEGUARDING_LEAD]
    key = people[Role.MODERATOR].id
    safeguarding.raise_concern(accused, Urgency.TODAY, "x", by=by, accused_id=key)
    accused.state = PassageState.PENDING
    session.flush()

    assert people[Role.MODERATOR].email not in {to for _when, to in live(SATURDAY)}


def test_the_lead_reads_on_the_first_page_that_somebody_waits(sign_in_as, asked):
    lead = sign_in_as(Role.SAFEGUARDING_LEAD)
    words = "1 urgent request: speak with the data protection officer today"
    assert not Page.get(lead, "/desk").has(words)

    asked(words=HELP, is_urgent=True)

    assert Page.get(lead, "/desk").has(words)
    assert not Page.get(lead, "/desk").has(HELP)
