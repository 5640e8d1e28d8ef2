"""One's own password: changed by oneself, with the one of now, and by no other way."""

from datetime import timedelta

import pytest

from tests.accounts.signing_in import MINE, SIGN_IN, is_signed_in, send_password, sign_in
from tests.conftest import PASSWORD
from tests.pages import Page, send
from vrn_community.accounts import services
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.config import PROJECT_ROOT
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed

CHANGE = f"{MINE}/password"
NEXT = "seven loud amber kettles"


@pytest.fixture
def person(stored):
    return stored(Role.FACILITATOR, name="Noor Khan")


def change(client, *, before=PASSWORD, password=NEXT, again=None):
    typed = {"before": before, "password": password, "again": again or password}
    return send(client, CHANGE, typed)


def test_a_new_password_opens_the_desk_and_the_old_one_does_not(app, client, person):
    other = app.test_client()
    for device in (client, other):
        sign_in(device, person.email)

    assert change(client).location == MINE

    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert not is_signed_in_with(app, person, PASSWORD)
    assert is_signed_in_with(app, person, NEXT)


def is_signed_in_with(app, person, password):
    device = app.test_client()
    send_password(device, person.email, password)
    return is_signed_in(device)


def test_who_does_not_know_the_password_of_now_changes_nothing(client, person, reload):
    sign_in(client, person.email)
    stored = reload(person).password_hash

    page = Page.of(change(client, before="something else entirely"))

    assert page.errors() == ["This is not your password."]
    assert reload(person).password_hash == stored


def test_the_password_of_now_is_not_guessed_here(client, person):
    sign_in(client, person.email)

    answers = [change(client, before=f"guess number {number}") for number in range(6)]

    assert answers[-1].status_code == 429


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"before": ""}, "Enter your password."),
        ({"password": ""}, "Choose a password."),
        ({"again": "another thing here"}, "The two passwords are not the same."),
        ({"password": "short"}, "Use at least 12 characters."),
        ({"password": "LiverpoolFC1892"}, "This one is easy to guess."),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(client, person, typed, error):
    sign_in(client, person.email)

    page = Page.of(change(client, **typed))

    assert any(found.startswith(error) for found in page.errors())


def test_nobody_who_is_signed_out_gets_there(client):
    assert client.get(CHANGE).location.startswith(SIGN_IN)


def test_it_is_written_down_without_the_password(arrange, client, person):
    sign_in(client, person.email)
    change(client)

    with arrange():
        entry = db.session.query(AuditEntry).order_by(AuditEntry.number.desc()).first()
        assert entry.action == "account:change-password"
        assert NEXT not in str(vars(entry))


def test_made_up_accounts_keep_theirs(arrange, person):
    with arrange():
        account = db.session.get(Account, person.id)
        account.is_demo = True
        with pytest.raises(NotAllowed):
            services.change_password(account, NEXT, token="any")


def test_no_password_runs_out(arrange, person, monkeypatch):
    later = clock.now() + timedelta(days=3 * 365)
    monkeypatch.setattr(clock, "now", lambda: later)

    with arrange():
        assert services.sign_in(person.email, PASSWORD, address="192.0.2.1")


def test_fields_of_passwords_hide_what_is_typed_and_let_it_be_pasted(client, person):
    pages = [Page.get(client, SIGN_IN)]
    sign_in(client, person.email)
    pages.append(Page.get(client, CHANGE))

    fields = [
        field
        for page in pages
        for field in page.all("input")
        if "password" in (field.get("autocomplete") or "")
    ]

    assert len(fields) == 4
    for field in fields:
        assert field.get("type") == "password"
        assert field.get("autocomplete") in {"current-password", "new-password"}
        assert not {"onpaste", "readonly", "pattern"} & set(field.keys())


def test_no_script_listens_to_pasting():
    scripts = list((PROJECT_ROOT / "static" / "js").rglob("*.js"))
    assert scripts
    assert not [path for path in scripts if '"paste"' in path.read_text("utf-8")]
