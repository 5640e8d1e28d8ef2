"""The page on which the key of cases is made, given on and changed."""

import re
import uuid

import pytest

from tests.conftest import make_account
from tests.factories.keys import PASSPHRASE, make_key
from tests.pages import Page, send
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.safeguarding import holding, queries, services
from vrn_community.safeguarding.keys import mark
from vrn_community.safeguarding.kinds import Source
from vrn_community.safeguarding.models import Urgency

DESK = "/desk/case-key"
OTHER = "nine old brass lanterns"
CASES = "/desk/safeguarding"


@pytest.fixture
def lead(sign_in_as):
    return sign_in_as(Role.SAFEGUARDING_LEAD, name="Elif Demir")


@pytest.fixture
def deputy(sign_in_as):
    return sign_in_as(Role.SAFEGUARDING_DEPUTY, name="Femi Ade")


def new(passphrase, again=None, **more):
    return {"new-passphrase": passphrase, "new-again": again or passphrase, **more}


def raised(app):
    with app.app_context():
        by = make_account(Role.MODERATOR, email=f"{uuid.uuid4()}@example.org")
        told = services.Report(Source.PHONE, Urgency.TODAY, {"noticed": "A boy rang."})
        concern = services.report(told, by=by, key=uuid.uuid4())
        db.session.commit()
        return f"{CASES}/{concern.id}"


def test_a_lead_makes_the_key_and_gets_a_paper_that_is_shown_once(app, lead):
    case = raised(app)
    assert Page.get(lead, DESK).has("There is no key yet.")
    assert Page.get(lead, case).has("the service itself could read this case")

    paper = Page.post(lead, f"{DESK}/make", new(PASSPHRASE))

    assert paper.heading == "The recovery key"
    assert re.search(r"(\w{4} ){5}\w{4}", paper.text)
    page = Page.get(lead, DESK)
    assert page.has("Fewer than two people can open cases.")
    assert not re.search(r"(\w{4} ){5}\w{4}", page.words(page.all("main")[0]))
    assert send(lead, f"{DESK}/make", new(PASSPHRASE)).status_code == 409
    opened = Page.post(
        lead, f"{case}/reveal", {"reveal-reason": "decide", "reveal-passphrase": PASSPHRASE}
    )
    assert opened.has("A boy rang.")
    with app.app_context():
        actions = db.session.scalars(db.select(AuditEntry.action)).all()
    assert actions.count("case-key:make") == 1


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Choose a passphrase."),
        (new("short"), "Use at least 12 characters. Three or four words together work well."),
        (new(PASSPHRASE, OTHER), "The two passphrases are not the same."),
        (new("x" * 500), "Use at most 200 characters."),
    ],
)
def test_a_passphrase_must_be_long_and_typed_twice(lead, sent, message):
    page = Page.post(lead, f"{DESK}/make", sent)

    assert message in page.errors()
    assert PASSPHRASE not in page.text


def test_a_wrong_passphrase_is_said_beside_the_field_and_shows_nothing(app, lead, arrange):
    case = raised(app)
    with arrange() as session:
        make_key(session.get(Account, lead.account_id))

    for passphrase, message in (
        ("", "Enter your passphrase."),
        (OTHER, "This does not fit. Try again."),
    ):
        sent = {"reveal-reason": "decide", "reveal-passphrase": passphrase}
        page = Page.post(lead, f"{case}/reveal", sent)
        assert page.errors() == [message]
        assert OTHER not in page.text
        assert not page.has("A boy rang.")
    with app.app_context():
        assert "concern:reveal" not in db.session.scalars(db.select(AuditEntry.action)).all()


def test_a_deputy_asks_and_is_let_in_after_the_marks_are_compared(app, lead, deputy, arrange):
    with arrange() as session:
        make_key(session.get(Account, lead.account_id))
    case = raised(app)
    assert Page.get(deputy, CASES).has("You cannot read cases yet")
    assert Page.get(deputy, case).has("You cannot read cases yet")

    assert send(deputy, f"{DESK}/ask", new(OTHER)).location == DESK
    with app.app_context():
        code = mark(queries.holder(deputy.account_id).public_key)
    assert Page.get(deputy, DESK).has(code)
    assert Page.get(lead, DESK).has(code)
    url = f"{DESK}/{deputy.account_id}/let-in"
    wrong = Page.post(lead, url, {"let_in-passphrase": OTHER})
    assert wrong.errors() == ["This does not fit. Try again."]
    assert send(lead, url, {"let_in-passphrase": PASSPHRASE}).location == DESK

    sent = {"reveal-reason": "decide", "reveal-passphrase": OTHER}
    assert Page.post(deputy, f"{case}/reveal", sent).has("A boy rang.")
    assert send(lead, f"{DESK}/{uuid.uuid4()}/let-in", {}).status_code == 404


def test_the_key_is_changed_and_the_passphrase_too(app, lead, arrange):
    with arrange() as session:
        paper = make_key(session.get(Account, lead.account_id))
    change = {"change-before": PASSPHRASE, "change-passphrase": OTHER, "change-again": OTHER}
    assert send(lead, f"{DESK}/change", change).location == DESK

    assert Page.post(lead, f"{DESK}/renew", {"renew-passphrase": PASSPHRASE}).errors() == [
        "This does not fit. Try again."
    ]
    shown = Page.post(lead, f"{DESK}/renew", {"renew-passphrase": OTHER})
    assert shown.heading == "The recovery key"

    back = {"recover-recovery": paper, "recover-passphrase": OTHER, "recover-again": OTHER}
    assert Page.post(lead, f"{DESK}/recover", back).errors() == ["This does not fit. Try again."]
    back["recover-recovery"] = re.search(r"(\w{4} ){5}\w{4}", shown.text)[0]
    assert send(lead, f"{DESK}/recover", back).location == DESK
    with app.app_context():
        assert holding.opened(db.session.get(Account, lead.account_id), OTHER)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MODERATOR, Role.DATA_PROTECTION_OFFICER])
def test_the_key_is_for_the_lead_and_deputies_alone(sign_in_as, role):
    client = sign_in_as(role)

    assert client.get(DESK).status_code == 403
    for act in ("make", "ask", "recover", "change", "renew", f"{uuid.uuid4()}/let-in"):
        assert send(client, f"{DESK}/{act}", {}).status_code == 403
