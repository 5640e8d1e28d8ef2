import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.factories.cover import make_check, make_cover
from tests.factories.keys import make_key
from tests.factories.opportunities import make_opportunity
from tests.factories.records import make_record
from tests.opportunities.conftest import counted
from tests.pages import Page, send
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import PERMISSIONS, Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities import services as opportunities
from vrn_community.opportunities.lifecycle import Act, OpportunityState
from vrn_community.opportunities.models import Opportunity, SignOff, SignOffKind
from vrn_community.opportunities.services import GatesClosed
from vrn_community.safeguarding import covering, queries
from vrn_community.safeguarding.models import Cover, CoverRole

DESK = "/desk/cover"
DAY = timedelta(days=1)
LEAD, DEPUTY = CoverRole


@pytest.fixture
def people(session, partnership):
    return {
        LEAD: make_account(Role.SAFEGUARDING_LEAD, name="Elif Demir"),
        DEPUTY: make_account(Role.SAFEGUARDING_DEPUTY, name="Femi Ade"),
    }


@pytest.fixture
def approved(people):
    make_key(people[LEAD])
    author = make_account(Role.PUBLISHER, Role.APPROVER, email="author@example.org")
    made = make_opportunity(author, state=OpportunityState.APPROVED, is_sensitive=True)
    made.sign_offs = [SignOff(kind=kind, account=author) for kind in SignOffKind]
    make_record(made)
    return made


def cover(account, role, begins, ends):
    return make_cover(account, role, (begins, ends))


def publish(opportunity):
    opportunities.change_state(opportunity, Act.PUBLISH, by=opportunity.author)


def test_nothing_sensitive_opens_without_a_lead_and_a_deputy_on_every_day(people, approved):
    begins, ends = approved.opens_on, approved.closes_on
    with pytest.raises(GatesClosed):
        publish(approved)
    cover(people[LEAD], LEAD, begins, ends)
    with pytest.raises(GatesClosed) as refused:
        publish(approved)
    assert ["deputy" in gap.message for gap in refused.value.gaps] == [True]
    cover(people[DEPUTY], DEPUTY, begins, ends - 3 * DAY)
    cover(people[DEPUTY], DEPUTY, ends - DAY, ends)
    with pytest.raises(GatesClosed):
        publish(approved)
    cover(people[DEPUTY], DEPUTY, ends - 2 * DAY, ends - 2 * DAY)

    publish(approved)

    assert approved.state is OpportunityState.PUBLISHED


def test_what_is_not_sensitive_opens_and_says_who_is_missing(approved):
    approved.is_sensitive = False

    publish(approved)

    assert approved.state is OpportunityState.PUBLISHED


def test_what_has_no_last_day_needs_four_weeks(people, approved):
    today = clock.today()
    approved.closes_on = None
    approved.duties = {**approved.duties, "open_ended": "We read it each week."}
    for role, account in people.items():
        cover(account, role, today, today + 27 * DAY)
    with pytest.raises(GatesClosed):
        publish(approved)
    for role, account in people.items():
        cover(account, role, today + 28 * DAY, today + 28 * DAY)

    publish(approved)


def test_whoever_cannot_decide_any_more_covers_nothing(people, approved, session):
    days = (approved.opens_on, approved.closes_on)
    for role, account in people.items():
        cover(account, role, *days)
    assert not any(queries.cover_gaps(*days).values())

    accounts.disable(people[LEAD], by=people[DEPUTY])
    accounts.give_roles(people[DEPUTY], [Role.MODERATOR], by=people[LEAD])
    session.flush()

    assert queries.cover_gaps(*days) == {LEAD: [days], DEPUTY: [days]}
    assert queries.on_cover(LEAD, days[0]) == []


def test_nobody_is_lead_and_deputy_on_one_day(people):
    today = clock.today()
    cover(people[LEAD], LEAD, today, today + DAY)

    with pytest.raises(NotAllowed, match="on the same day"):
        cover(people[LEAD], DEPUTY, today + DAY, today + 2 * DAY)
    cover(people[LEAD], DEPUTY, today + 2 * DAY, today + 3 * DAY)


def test_days_that_something_sensitive_needs_stay(people, approved, session):
    days = (approved.opens_on, approved.closes_on)
    made = [cover(account, role, *days) for role, account in people.items()]
    publish(approved)
    with pytest.raises(NotAllowed, match="Name somebody else"):
        covering.remove_cover(made[0], by=people[LEAD])
    session.expire_all()
    approved.state = OpportunityState.CLOSED
    session.flush()

    covering.remove_cover(session.get_one(Cover, made[1].id), by=people[LEAD])


def test_days_that_nothing_needs_go_though_somebody_is_missing_elsewhere(people, approved):
    days = (approved.opens_on, approved.closes_on)
    for role, account in people.items():
        cover(account, role, *days)
    publish(approved)
    doubled = cover(people[LEAD], LEAD, *days)
    last = cover(people[DEPUTY], DEPUTY, days[1] + DAY, days[1] + DAY)
    approved.closes_on = days[1] + 3 * DAY  # Nobody is named for two of these days.
    db.session.flush()

    covering.remove_cover(doubled, by=people[LEAD])

    with pytest.raises(NotAllowed, match="Name somebody else"):
        covering.remove_cover(last, by=people[LEAD])


@pytest.fixture
def lead(sign_in_as, arrange):
    client = sign_in_as(Role.SAFEGUARDING_LEAD, email="elif@example.org", name="Elif Demir")
    with arrange() as session:
        make_check(session.get(Account, client.account_id))
    return client


def typed(account_id, role="lead", begins=None, ends=None, key=None):
    begins = begins or clock.today()
    parts = {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in (("begins_on", begins), ("ends_on", ends or begins + DAY))
        for part in ("day", "month", "year")
    }
    return {"id": str(key or uuid.uuid4()), "account": str(account_id), "role": role, **parts}


def test_days_are_named_once_shown_and_taken_out(app, lead):
    assert Page.get(lead, DESK).has("Nobody is named yet.")
    assert Page.get(lead, DESK).has("Nobody is named as safeguarding lead")
    sent = typed(lead.account_id)

    answers = [send(lead, DESK, sent) for _press in range(2)]

    assert [(a.status_code, a.location) for a in answers] == [(303, DESK)] * 2
    with app.app_context():
        row = db.session.scalars(select(Cover)).one()
        actions = db.session.scalars(select(AuditEntry.action)).all()
    assert actions.count("cover:name") == 1
    assert Page.get(lead, DESK).has("Elif Demir")
    assert send(lead, f"{DESK}/{row.id}/remove", {}).location == DESK
    assert Page.get(lead, DESK).has("Nobody is named yet.")
    assert send(lead, f"{DESK}/{uuid.uuid4()}/remove", {}).status_code == 404


def test_errors_stand_beside_the_fields_and_keep_what_was_typed(lead):
    page = Page.post(lead, DESK, {})
    assert set(page.errors()) == {
        "Choose who it is.", "Choose one of the two.", "Give the first day.", "Give the last day.",
    }  # fmt: skip
    today = clock.today()
    page = Page.post(lead, DESK, typed(lead.account_id, begins=today, ends=today - DAY))
    assert page.errors() == ["The last day comes before the first."]
    assert Page.post(lead, DESK, typed("nonsense")).errors()
    assert Page.post(lead, DESK, typed(uuid.uuid4())).errors()
    send(lead, DESK, typed(lead.account_id))
    page = Page.post(lead, DESK, typed(lead.account_id, role="deputy"))
    assert page.errors() == ["Nobody can be the lead and the deputy on the same day."]


def test_the_list_takes_as_many_queries_for_ten_as_for_one(app, lead):
    sent = []
    for more in (1, 9):
        for _number in range(more):
            send(lead, DESK, typed(lead.account_id))
        with app.app_context(), counted() as statements:
            assert lead.get(DESK).status_code == 200
        sent.append(len(statements))

    assert sent[0] == sent[1]


def test_the_page_is_for_who_may_change_it(sign_in_as):
    for role in Role:
        allowed = Permission.COVER_EDIT in PERMISSIONS.get(role, ())
        status = 200 if allowed else 403
        assert sign_in_as(role, email=f"{role}@x.example").get(DESK).status_code == status
    may = {role for role in Role if Permission.COVER_EDIT in PERMISSIONS.get(role, ())}
    assert may == {Role.ADMINISTRATOR, Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_DEPUTY}


def test_a_publisher_reads_who_is_missing_before_it_opens(app, arrange, sign_in_as, partnership):
    client = sign_in_as(Role.PUBLISHER, email="p@example.org")
    with arrange():
        author = make_account(Role.PUBLISHER, email="author@example.org")
        keys = {
            is_sensitive: make_opportunity(author, is_sensitive=is_sensitive).id
            for is_sensitive in (True, False)
        }
        make_record(db.session.get(Opportunity, keys[True]))
    page = Page.get(client, f"/desk/opportunities/{keys[True]}")
    assert page.has("Before it can be submitted Nobody is named as safeguarding lead")
    page = Page.get(client, f"/desk/opportunities/{keys[False]}")
    assert page.has("Good to settle before it opens Nobody is named as safeguarding lead")
    assert not page.has("Before it can be submitted")


@pytest.mark.parametrize("role", [Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR])
def test_days_that_lost_their_cover_are_told_while_something_sensitive_is_open(
    app, arrange, sign_in_as, partnership, role
):
    reader = sign_in_as(role, email="reader@example.org")
    with arrange():
        author = make_account(Role.PUBLISHER, email="author@example.org")
        opened = make_opportunity(author, is_public=True)
    assert Page.get(reader, "/desk").has("Somebody is there on each day.")

    with arrange() as session:
        session.get_one(Opportunity, opened.id).is_sensitive = True

    page = Page.get(reader, "/desk")
    assert page.has("Nobody is named as safeguarding lead:")
    assert page.has("Nobody is named as safeguarding deputy:")
    assert DESK in page.links()
