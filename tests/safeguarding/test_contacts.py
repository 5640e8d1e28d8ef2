import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.opportunities.conftest import counted
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.config import Mode
from vrn_community.extensions import db
from vrn_community.foundation import clock, kept
from vrn_community.notifications import jobs as mail
from vrn_community.notifications import services as notifications
from vrn_community.notifications.models import Mail
from vrn_community.partnership.models import Area, SupportService
from vrn_community.safeguarding import checks, contacts, jobs

DESK = "/desk/contacts"


@pytest.fixture
def lead(sign_in_as, partnership):
    return sign_in_as(Role.SAFEGUARDING_LEAD, email="elif@example.org", name="Elif Demir")


def test_a_contact_is_due_again_after_a_month(session, monkeypatch):
    session.execute(delete(SupportService))
    line = SupportService(
        slug="door", name="The door", kind="front-door", phone="116 123", purpose="", hours="",
        source_url="", position=1,
    )  # fmt: skip
    session.add(line)
    session.flush()
    by = make_account(Role.SAFEGUARDING_LEAD)
    today = clock.today()
    assert contacts.overdue() == 1
    for _press in range(2):
        contacts.say_right(line, by=by)
    assert contacts.overdue() == 0
    assert session.scalar(select(func.count()).where(AuditEntry.action == "contact:right")) == 1

    for days, due in ((31, 0), (32, 1)):
        monkeypatch.setattr(clock, "today", lambda days=days: today + timedelta(days=days))
        assert contacts.overdue() == due
    monkeypatch.setattr(clock, "today", lambda: today)
    line.phone = "116 124"  # A new number was looked at by nobody.
    session.flush()
    assert contacts.overdue() == 1


def test_each_row_has_a_button_and_the_desk_says_what_is_due(app, lead):
    page = Page.get(lead, DESK)
    assert page.has("Childline")
    assert page.has("Never Overdue")
    assert "tel:08001111" in page.links()
    assert DESK in Page.get(lead, "/desk").links()
    with app.app_context():
        keys = list(db.session.scalars(select(SupportService.id)))

    for key in keys:
        assert send(lead, f"{DESK}/{key}/right", {}).location == DESK

    assert not Page.get(lead, DESK).has("Overdue")
    assert Page.get(lead, "/desk").has("No number has to be looked at.")
    assert send(lead, f"{DESK}/{uuid.uuid4()}/right", {}).status_code == 404


def test_a_wrong_number_is_shown_to_nobody_but_staff_from_then_on(app, lead, sign_in_as, client):
    admin = sign_in_as(Role.ADMINISTRATOR, email="asha@example.org")
    with app.app_context():
        service = db.session.scalars(select(SupportService).filter_by(slug="childline")).one()
        key, number = service.id, service.phone
    assert number in Page.get(client, "/help").text
    assert number in Page.get(client, "/about").text  # At the foot.

    for _press in range(2):
        assert send(lead, f"{DESK}/{key}/wrong", {}).location == DESK
    kept.forget()

    assert number not in Page.get(client, "/help").text
    assert number not in Page.get(client, "/about").text
    assert Page.get(client, "/about").has("Samaritans")
    assert Page.get(lead, DESK).has("Wrong since")
    assert Page.get(admin, "/desk").has("Childline")
    with app.app_context():
        wrong = select(func.count()).where(AuditEntry.action == "contact:wrong")
        assert db.session.scalar(wrong) == 1

    send(lead, f"{DESK}/{key}/right", {})
    kept.forget()
    assert number in Page.get(client, "/help").text


def test_the_list_takes_a_few_queries_however_long_it_is(app, lead):
    with app.app_context(), counted() as statements:
        assert lead.get(DESK).status_code == 200
    assert len(statements) <= 8


def test_contacts_are_looked_at_by_the_lead_and_deputies(sign_in_as):
    may = {Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_DEPUTY}
    for role in Role:
        status = 200 if role in may else 403
        assert sign_in_as(role, email=f"{role}@x.example").get(DESK).status_code == status


def sensitive(session, *codes, **changes):
    author = make_account(Role.PUBLISHER, email=f"{uuid.uuid4()}@example.org")
    areas = list(session.scalars(select(Area).where(Area.code.in_(codes))))
    return make_opportunity(author, is_sensitive=True, areas=areas, **changes)


def gaps(opportunity):
    return [
        (gap.is_warning, gap.message)
        for gap in checks.contact_gaps(opportunity)
        if gap.field == "is_sensitive"
    ]


@pytest.mark.parametrize(
    ("mode", "is_warning"), [(Mode.PRODUCTION, False), (Mode.DEMO, True), (Mode.TEST, True)]
)
def test_numbers_nobody_looked_at_block_what_is_sensitive_in_production(
    session, partnership, policy, mode, is_warning
):
    policy(mode=mode)
    opportunity = sensitive(session, "E06000016")
    ((is_said, message),) = gaps(opportunity)
    assert is_said is is_warning
    assert "were not looked at this month: see Contacts." in message
    opportunity.is_sensitive = False
    assert gaps(opportunity) == []


def test_only_the_numbers_for_its_people_count_and_a_wrong_one_does(
    session, partnership, policy, at
):
    policy(mode=Mode.PRODUCTION)
    by = make_account(Role.SAFEGUARDING_LEAD)
    adults = sensitive(session, "E06000016", min_age=18, max_age=None)
    for row in contacts.unchecked_for(adults):
        contacts.say_right(row, by=by)
    assert gaps(adults) == []
    unchecked = {row.service.slug for row in contacts.listed() if row.is_overdue}
    assert {"leicester-children", "rutland-adults", "leicester-designated-officer"} <= unchecked
    assert gaps(sensitive(session, "E06000016", min_age=11, max_age=17)) != []

    slug = SupportService.slug == "freeva"
    contacts.say_wrong(session.scalars(select(SupportService).where(slug)).one(), by=by)
    assert [is_warning for is_warning, _message in gaps(adults)] == [False]
    session.scalars(select(SupportService).where(slug)).one().wrong_since = None
    contacts.say_right(session.scalars(select(SupportService).where(slug)).one(), by=by)
    at(clock.now() + timedelta(days=32))
    assert gaps(adults) != []


def test_whoever_looks_at_contacts_is_asked_once_a_month_in_working_hours(
    session, partnership, at, mailbox
):
    lead = make_account(Role.SAFEGUARDING_LEAD, email="lead@example.org")
    make_account(Role.MODERATOR)
    begins = datetime(2026, 8, 1, 0, 7, tzinfo=UTC)  # A Saturday.
    for hours in range(24 * 92):
        at(begins + timedelta(hours=hours))
        jobs.ask_to_look_at_contacts()
        mail.send()
        if hours % 24 == 0:
            session.execute(delete(Mail).where(notifications.are_over()))

    asked = [(str(one["To"]), f"{when:%d %b %H:%M}") for when, one in mailbox.mails]
    days = ("03 Aug 08:07", "01 Sep 08:07", "01 Oct 08:07")
    assert asked == [(lead.email, day) for day in days]


def test_where_every_number_is_right_nobody_is_asked(session, partnership, at, mailbox):
    lead = make_account(Role.SAFEGUARDING_LEAD)
    at(datetime(2026, 9, 1, 10, 7, tzinfo=UTC))
    for row in contacts.listed():
        contacts.say_right(row.service, by=lead)

    jobs.ask_to_look_at_contacts()

    assert session.scalars(select(Mail)).all() == []
