import uuid
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from tests.conftest import make_account
from tests.opportunities.conftest import counted
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock, kept
from vrn_community.partnership.models import SupportService
from vrn_community.safeguarding import contacts

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
