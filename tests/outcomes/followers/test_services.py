"""Asking to be told what changed: kept apart, sealed, told once, and forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect, select

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.outcomes.conftest import day, make_closed, make_outcome
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.record_keys import RecordKey
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.outcomes.followers import contacts, queries, services
from vrn_community.outcomes.followers.models import Follower, Telling
from vrn_community.outcomes.followers.services import ListReason
from vrn_community.outcomes.models import OutcomeState

MAIL = "zoe@example.org"


@pytest.fixture
def closed(ben):
    return make_closed(ben)


def followers():
    return list(db.session.scalars(select(Follower)))


def keys():
    return set(db.session.scalars(select(RecordKey.record_id)))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" Zoe@Example.ORG ", MAIL),
        ("0116 496 0000", "01164960000"),
        ("+44 (0)116 496-0000", "01164960000"),
        ("0044 116 496 0000", "01164960000"),
        ("+48 22 123 45 67", "+48221234567"),
        ("", ""),
        ("zoe", ""),
        ("zoe@example", ""),
        ("zoe @example.org", ""),
        ("12345", ""),
        ("٠١١٦٤٩٦٠٠٠٠", ""),
        ("a" * 200 + "@example.org", ""),
    ],
)
def test_contacts_are_read_as_people_type_them(typed, read):
    assert contacts.read(typed) == read


def test_what_is_sent_twice_is_kept_once_and_sealed(closed):
    for _twice in range(2):
        services.follow(closed, MAIL)

    (kept,) = followers()
    assert kept.contact == MAIL
    assert MAIL.encode() not in kept.sealed_contact
    assert MAIL not in kept.contact_hash
    assert kept.month.day == 1
    assert keys() == {kept.id}


def test_nobody_is_looked_up_from_one_opportunity_to_the_next(ben, closed):
    for opportunity in (closed, make_closed(ben)):
        services.follow(opportunity, MAIL)

    assert len({kept.contact_hash for kept in followers()}) == 2


def test_whoever_changes_their_mind_is_forgotten(ben, closed):
    other = make_closed(ben)
    for opportunity in (closed, other):
        services.follow(opportunity, MAIL)

    for _twice in range(2):
        services.unfollow(closed, MAIL)

    (kept,) = followers()
    assert kept.opportunity_id == other.id
    assert keys() == {kept.id}


@pytest.mark.parametrize(
    "changes",
    [
        {"level": ParticipationLevel.INFORM},
        {"state": OpportunityState.WITHDRAWN},
        {"state": OpportunityState.DRAFT, "published_at": None},
    ],
)
def test_what_nobody_will_answer_cannot_be_followed(ben, changes):
    opportunity = make_opportunity(ben, is_public=True)
    for name, value in changes.items():
        setattr(opportunity, name, value)

    services.follow(opportunity, MAIL)

    assert followers() == []


def test_what_is_answered_cannot_be_followed_any_more(closed):
    assert queries.can_follow(closed)
    make_outcome(closed)

    services.follow(closed, MAIL)

    assert followers() == []


def test_what_the_public_does_leaves_no_entry(session, closed):
    services.follow(closed, MAIL)
    services.unfollow(closed, MAIL)

    assert session.scalars(select(AuditEntry.action)).all() == []


def test_nothing_joins_a_contact_to_an_answer(session):
    with_answers = {"contribution", "passage", "response", "check_in"}
    keys = inspect(db.engine).get_foreign_keys("follower")
    columns = {c["name"]: str(c["type"]) for c in inspect(db.engine).get_columns("follower")}

    assert {key["referred_table"] for key in keys} == {"opportunity"}
    for table in with_answers:
        pointing = {key["referred_table"] for key in inspect(db.engine).get_foreign_keys(table)}
        assert pointing.isdisjoint({"follower", "telling"})
        shared = set(columns) & {c["name"] for c in inspect(db.engine).get_columns(table)}
        assert shared <= {"id", "opportunity_id"}
    assert [name for name, kind in columns.items() if "TIME" in kind.upper()] == []
    assert set(columns) == {"id", "opportunity_id", "month", "contact_hash", "sealed_contact"}


# Telling


@pytest.fixture
def outcome(closed):
    for mail in ("b@example.org", "a@example.org"):
        services.follow(closed, mail)
    return make_outcome(closed)


def test_the_list_is_opened_with_a_reason_in_the_order_of_the_alphabet(ben, outcome):
    listed = services.open_list(outcome, ListReason.TELL, by=ben)

    assert listed == ["a@example.org", "b@example.org"]
    entry = audit.of_subject(outcome.id)[-1]
    assert (entry.action, entry.details) == ("follower:list", {"reason": "tell", "count": 2})


def test_nobody_sees_a_contact_before_there_is_something_to_tell(ben, closed):
    services.follow(closed, MAIL)
    draft = make_outcome(closed, is_published=False)

    for act in (lambda: services.open_list(draft, ListReason.TELL, by=ben),
                lambda: services.mark_told(draft, by=ben)):  # fmt: skip
        with pytest.raises(NotAllowed, match="nothing to tell"):
            act()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PUBLISHER}))
def test_only_who_tells_people_opens_the_list(outcome, role):
    with pytest.raises(NotAllowed, match="roles"):
        services.open_list(outcome, ListReason.TELL, by=make_account(role, email="x@example.org"))


def test_once_people_are_told_the_list_is_never_opened_again(ben, outcome):
    with pytest.raises(NotAllowed, match="Open the list first"):
        services.mark_told(outcome, by=ben)
    services.open_list(outcome, ListReason.TELL, by=ben)
    services.open_list(outcome, ListReason.LOST, by=ben)
    assert [found.id for found in queries.to_tell()] == [outcome.id]

    for _twice in range(2):
        services.mark_told(outcome, by=ben)

    with pytest.raises(NotAllowed, match="told already"):
        services.open_list(outcome, ListReason.LOST, by=ben)
    assert queries.to_tell() == []
    actions = [entry.action for entry in audit.of_subject(outcome.id)]
    assert actions == ["follower:list", "follower:list", "follower:tell"]


def over():
    return db.session.scalars(select(Follower).where(services.are_over())).all()


@pytest.mark.parametrize(("days", "left"), [(30, 2), (31, 0)])
def test_a_month_after_they_were_told_they_are_forgotten(ben, outcome, days, left):
    services.follow(make_closed(ben), MAIL)
    services.open_list(outcome, ListReason.TELL, by=ben)
    services.mark_told(outcome, by=ben)
    db.session.scalars(select(Telling)).one().told_on = day(0) - timedelta(days=days)

    assert len(over()) == 2 - left


@pytest.mark.parametrize(("days", "left"), [(-1, 2), (0, 0), (40, 0)])
def test_a_year_after_the_answer_they_are_forgotten_though_nobody_told_them(outcome, days, left):
    a_year_ago = clock.months_after(clock.today(), -12)
    outcome.published_at = clock.end_of(a_year_ago) - timedelta(days=days, hours=1)

    assert len(over()) == 2 - left


def test_no_contact_goes_while_the_answer_is_a_draft(closed):
    services.follow(closed, MAIL)
    draft = make_outcome(closed)
    draft.state, draft.published_at = OutcomeState.DRAFT, clock.end_of(day(0) - timedelta(days=800))

    assert over() == []


def test_where_nothing_will_ever_be_told_contacts_go_too(closed):
    services.follow(closed, MAIL)
    closed.state = OpportunityState.WITHDRAWN

    assert len(over()) == 1


@pytest.mark.parametrize(("people", "shown"), [(0, 0), (9, 0), (10, 10), (19, 10)])
def test_before_that_the_number_grows_in_steps(closed, people, shown):
    for number in range(people):
        services.follow(closed, f"{number}@example.org")

    assert queries.number_in_steps(closed.id) == shown
    assert make_outcome(closed).state is OutcomeState.PUBLISHED
    assert queries.number(closed.id) == people
