"""A body asks for raw answers; the officer decides with reasons; the public sees how often."""

import uuid
from datetime import date

import pytest
from sqlalchemy import select, text

from tests.conftest import make_account
from tests.outcomes.conftest import make_body
from tests.pages import Page, send
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.rights import raw_data
from vrn_community.rights.models import LegalBasis, RawDataDecision, RawDataRequest

DESK = "/desk/raw-data"
FORM = {
    "wanted": "All answers about the park",
    "purpose": "To look for Ravi Quillfeather",
    "basis": "crime",
}


@pytest.fixture
def partner(arrange, sign_in_as):
    """Return a partner who answers for a body."""
    client = sign_in_as(Role.PARTNER, email="lena@example.org", name="Lena Fox")
    with arrange() as session:
        session.get(Account, client.account_id).body_id = make_body("police").id
    return client


def only(app):
    with app.app_context():
        return db.session.scalars(select(RawDataRequest)).one()


def test_a_partner_asks_and_reads_the_decision_with_its_reasons(app, partner, officer):
    form = {**FORM, "id": str(uuid.uuid4())}
    for _press in range(2):
        assert send(partner, DESK, form).status_code == 303
    url = f"{DESK}/{only(app).id}"
    assert Page.get(partner, url).has("Waiting for a decision")
    assert url in Page.get(officer, "/desk").links()

    assert Page.post(officer, f"{url}/decide", {}).has("Give the reasons.")
    decided = {"decision": "refused", "reasons": "The published results answer it."}
    for _press in range(2):
        assert send(officer, f"{url}/decide", decided).status_code == 303
    assert send(officer, f"{url}/decide", {**decided, "decision": "given"}).status_code == 409

    page = Page.get(partner, url)
    assert page.has("The published results answer it.")
    assert page.has("Refused")
    assert partner.post(f"{url}/decide").status_code in (400, 403)
    with app.app_context():
        for table in ("raw_data_request", "audit_entry"):
            assert "Quillfeather" not in repr(
                db.session.execute(text(f"SELECT * FROM {table}")).all()
            )


def test_nobody_sees_what_another_body_asks_for(app, partner, sign_in_as):
    send(partner, DESK, {**FORM, "id": str(uuid.uuid4())})
    other = sign_in_as(Role.BOARD_MEMBER, email="mo@example.org")
    staff = sign_in_as(Role.PUBLISHER, email="ben@example.org")

    for client in (other, staff):
        assert client.get(f"{DESK}/{only(app).id}").status_code == 404
        assert str(only(app).id) not in Page.get(client, DESK).text


def test_staff_write_down_what_anybody_asks_and_say_who(app, sign_in_as, officer):
    staff = sign_in_as(Role.PUBLISHER, email="ben@example.org")

    assert Page.post(staff, DESK, FORM).has("Say which organisation asks.")
    send(staff, DESK, {**FORM, "organisation": "A newspaper"})

    assert Page.get(officer, f"{DESK}/{only(app).id}").has("A newspaper")


def decided(number, decision, day, by):
    for _one in range(number):
        wish = raw_data.Wish("All", "To know", LegalBasis.RESEARCH, "A university")
        made = raw_data.ask(uuid.uuid4(), wish, by=by)
        raw_data.decide(made, decision, "Because.", by=by)
        made.asked_on = made.decided_on = day


def test_the_public_page_counts_full_years_and_shows_no_small_number(
    arrange, client, partnership, policy
):
    last = clock.today().year - 1
    policy(raw_data_since=last - 2)
    with arrange():
        by = make_account(Role.DATA_PROTECTION_OFFICER)
        decided(12, RawDataDecision.REFUSED, date(last, 12, 31), by)
        decided(10, RawDataDecision.GIVEN, date(last, 1, 1), by)
        decided(11, RawDataDecision.REFUSED, date(last - 1, 5, 5), by)
        decided(3, RawDataDecision.GIVEN, date(last - 1, 5, 5), by)
        decided(11, RawDataDecision.GIVEN, clock.today(), by)

    page = Page.get(client, "/privacy/data-requests")

    rows = [[page.words(cell) for cell in row] for row in page.all("tr")][1:]
    assert rows[0] == [str(last), "22", "Given: 10; Refused: 12"]
    assert rows[1] == [str(last - 1), "14", "Not shown: too few"]
    assert rows[2][1] == "0 to 9"
    assert len(rows) == 3


def test_before_the_first_full_year_is_over_the_page_says_so(client, partnership, policy):
    policy(raw_data_since=clock.today().year)

    page = Page.get(client, "/privacy/data-requests")

    assert page.has("Its numbers stand here from the next January on.")
    assert page.all("table") == []
