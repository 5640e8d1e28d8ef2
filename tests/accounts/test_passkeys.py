"""Passkeys in place of the code of an app: only the right device, for this address, once."""

import dataclasses

import pytest
from sqlalchemy import select

from tests.accounts.authenticator import Device, challenge_of, options_of
from tests.accounts.signing_in import (
    MINE,
    SECOND,
    SET_UP,
    is_signed_in,
    recovery_codes_of,
    send_code,
    send_password,
    sign_in,
)
from tests.conftest import PASSWORD
from tests.pages import Page, send
from vrn_community.accounts import passkeys, queries
from vrn_community.accounts.models import AuthenticatorApp, Passkey, RecoveryCode
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db

ADD = "/desk/second-step/passkey"


@pytest.fixture(autouse=True)
def under_a_name(policy):
    """Browsers use passkeys under a name alone, not under a number."""
    policy(base_url="http://localhost:8000")


@pytest.fixture
def member(stored, arrange):
    """Return a moderator who has no second factor yet."""
    account = stored(Role.MODERATOR, name="Noor Khan")
    with arrange() as session:
        session.delete(queries.account(account.id).app)
    return account


@pytest.fixture
def device():
    return Device()


def add(client, device, name="My phone", *, options="", **more):
    """Add a passkey with what the page asks for now, or asked for before."""
    asked = options or options_of(Page.get(client, ADD))
    return send(client, ADD, {"name": name, "signed": device.make(asked), **more}, page=ADD)


@pytest.fixture
def joined(client, member, device):
    """Return the address of somebody whose only factor is a passkey, and who is signed out."""
    send_password(client, member.email)
    Page.of(add(client, device))
    send(client, "/desk/sign-out", {})
    return member.email


def sign(client, device, options=""):
    asked = options or options_of(Page.get(client, SECOND))
    return send(client, SECOND, {"proof_passkey": device.sign(asked)}, page=SECOND)


def keys(app):
    with app.app_context():
        return list(db.session.scalars(select(Passkey)))


# Adding one


def test_whoever_needs_a_second_step_can_begin_with_a_passkey(app, client, member, device):
    send_password(client, member.email)
    assert ADD in Page.get(client, SET_UP).links()

    page = Page.of(add(client, device))

    assert len(recovery_codes_of(page)) == 8
    assert is_signed_in(client)
    assert [key.name for key in keys(app)] == ["My phone"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://localhost:8000"},
        {"origin": "http://localhost:8000.evil.example"},
        {"host": "evil.example"},
        {"flags": 0},
        {"cross_origin": True},
    ],
)
def test_a_passkey_made_elsewhere_or_by_nobody_is_refused(app, client, member, wrong):
    send_password(client, member.email)

    assert Page.of(add(client, Device(**wrong))).errors()
    assert keys(app) == []
    assert not is_signed_in(client)


@pytest.mark.parametrize("sent", ["", "{}", "[]", "null", '{"response": 1}', "x" * 30_000])
def test_what_makes_no_sense_is_refused(app, client, member, sent):
    send_password(client, member.email)

    page = Page.of(send(client, ADD, {"name": "A", "signed": sent}, page=ADD))

    assert page.errors()
    assert keys(app) == []


def test_what_another_session_was_asked_is_refused(app, client, member, device):
    other = app.test_client()
    for browser in (client, other):
        send_password(browser, member.email)
    asked = options_of(Page.get(other, ADD))

    assert Page.of(add(client, device, options=asked)).errors()
    assert keys(app) == []


def test_one_device_is_added_once_and_for_one_account(app, client, joined, device, stored):
    send_password(client, joined)
    assert sign(client, device).status_code == 303
    assert Page.of(add(client, device)).errors()
    other = app.test_client()
    somebody = stored(Role.ANALYST)
    sign_in(other, somebody.email)

    assert Page.of(add(other, device)).errors()
    assert len(keys(app)) == 1


def test_a_stranger_adds_nothing(client):
    assert client.get(ADD).location == "/desk/sign-in"


def test_under_a_number_passkeys_are_not_offered(client, member, policy):
    policy(base_url="http://127.0.0.1:8000")
    send_password(client, member.email)

    assert ADD not in Page.get(client, SET_UP).links()
    assert client.get(ADD).location == SET_UP


@pytest.mark.parametrize(
    ("settings", "host", "origin"),
    [
        ({"base_url": "https://x.example"}, "x.example", "https://x.example"),
        (
            {"base_url": "https://x.example", "staff_host": "staff.example"},
            "staff.example",
            "https://staff.example",
        ),
    ],
)
def test_passkeys_are_for_the_host_of_the_desk(session, policy, settings, host, origin):
    policy(**settings)

    assert (passkeys.name_of_host(), passkeys.origin()) == (host, origin)
    assert passkeys.are_possible()


# Signing in


def test_a_passkey_signs_in_after_the_password(app, client, joined, device):
    assert send_password(client, joined).location == SECOND
    assert not is_signed_in(client)

    assert sign(client, device).location == "/desk"

    assert is_signed_in(client)
    assert keys(app)[0].last_used_on


def test_the_same_answer_signs_in_once(app, client, joined, device):
    send_password(client, joined)
    cookie = client.get_cookie("desk", path="/desk").value
    options = options_of(Page.get(client, SECOND))
    sent = device.sign(options)
    assert send(client, SECOND, {"proof_passkey": sent}, page=SECOND).status_code == 303
    again = app.test_client()
    again.set_cookie("desk", cookie, path="/desk")

    assert again.get(SECOND).status_code == 303  # The session from before is over.
    send_password(again, joined)
    assert Page.of(send(again, SECOND, {"proof_passkey": sent}, page=SECOND)).errors()
    assert not is_signed_in(again)


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"host": "evil.example"},
        {"flags": 0},
        {"cross_origin": True},
        {"key": Device().key},
        {"credential_id": b"another one"},
    ],
)
def test_what_is_signed_elsewhere_or_by_another_key_opens_nothing(client, joined, device, wrong):
    send_password(client, joined)

    assert Page.of(sign(client, dataclasses.replace(device, **wrong))).errors()
    assert not is_signed_in(client)


def test_the_passkey_of_somebody_else_opens_nothing(app, client, joined, stored):
    other, own = app.test_client(), Device()
    somebody = stored(Role.ANALYST)
    sign_in(other, somebody.email)
    assert add(other, own).status_code == 303
    send_password(client, joined)

    assert Page.of(sign(client, own)).errors()
    assert not is_signed_in(client)


def test_an_answer_to_the_page_that_adds_one_signs_nobody_in(app, client, joined, device):
    send_password(client, joined)
    made = device.make(options_of(Page.get(client, SECOND)))

    assert Page.of(send(client, SECOND, {"proof_passkey": made}, page=SECOND)).errors()
    assert not is_signed_in(client)


def test_a_copy_that_is_behind_in_counting_is_refused(client, joined, device):
    copy = dataclasses.replace(device)
    send_password(client, joined)
    sign(client, device)
    sign_in(client, joined)
    send(client, "/desk/sign-out", {})
    send_password(client, joined)

    assert Page.of(sign(client, copy)).errors()


def test_a_device_that_does_not_count_works_again_and_again(client, member):
    device = Device(counts=False)
    send_password(client, member.email)
    Page.of(add(client, device))
    for _time in range(2):
        send(client, "/desk/sign-out", {})
        send_password(client, member.email)
        assert sign(client, device).status_code == 303


def test_after_five_wrong_tries_there_is_a_pause(client, joined):
    send_password(client, joined)
    codes = [sign(client, Device()).status_code for _try in range(6)]

    assert codes == [200] * 5 + [429]


def test_a_recovery_code_stands_in_for_a_lost_device(client, member, device):
    send_password(client, member.email)
    made = recovery_codes_of(Page.of(add(client, device)))
    send(client, "/desk/sign-out", {})
    send_password(client, member.email)

    assert send_code(client, made[0]).status_code == 303


# Showing it again


def test_a_passkey_is_shown_again_and_what_was_filled_in_is_sent(client, stored, later, device):
    administrator = stored(Role.ADMINISTRATOR)
    sign_in(client, administrator.email)
    assert add(client, device).status_code == 303
    later(minutes=11)
    sent = {"email": "new@example.org", "display_name": "New"}
    asked = Page.post(client, "/desk/accounts/invite", sent)
    assert asked.has("What you filled in is kept")
    options = options_of(asked)

    signed = {**sent, "proof_passkey": device.sign(options)}
    assert "/desk/invitation/" in Page.post(client, "/desk/accounts/invite", signed).text

    later(minutes=22)
    replayed = Page.post(client, "/desk/accounts/invite", {**signed, "email": "b@example.org"})
    assert replayed.errors()
    assert challenge_of(replayed) != challenge_of(asked)


# My passkeys


def test_passkeys_are_named_renamed_and_removed(app, client, stored, device):
    account = stored(Role.MODERATOR)
    sign_in(client, account.email)
    add(client, device, "My phone")
    add(client, Device(), "A key")
    page = Page.get(client, MINE)
    assert page.has("My phone")
    assert page.has("A key")
    phone, key = keys(app) if keys(app)[0].name == "My phone" else reversed(keys(app))

    send(client, f"{MINE}/passkeys/{phone.id}/rename", {"name": "Old phone"})
    send(client, f"{MINE}/passkeys/{key.id}/remove", {})

    page = Page.get(client, MINE)
    assert page.has("Old phone")
    assert not page.has("A key")


def test_the_last_factor_stays_where_it_is_needed(app, client, joined, device):
    send_password(client, joined)
    sign(client, device)

    Page.post(client, f"{MINE}/passkeys/{keys(app)[0].id}/remove", {}, status=409)

    assert len(keys(app)) == 1


def test_the_app_can_go_when_there_is_a_passkey(app, client, stored, device):
    account = stored(Role.MODERATOR)
    sign_in(client, account.email)
    Page.post(client, f"{MINE}/remove-app", {}, status=409)
    add(client, device)

    assert send(client, f"{MINE}/remove-app", {}).status_code == 303

    with app.app_context():
        assert db.session.scalars(select(AuthenticatorApp)).all() == []
        assert db.session.scalars(select(RecoveryCode)).first()


def test_nobody_touches_the_passkey_of_somebody_else(app, client, joined, stored):
    somebody = stored(Role.ANALYST)
    sign_in(client, somebody.email)
    for act in ("rename", "remove"):
        url = f"{MINE}/passkeys/{keys(app)[0].id}/{act}"
        assert send(client, url, {"name": "Mine"}).status_code == 404

    assert [key.name for key in keys(app)] == ["My phone"]


def test_an_administrator_takes_passkeys_away_too(app, client, joined, device, administrator):
    with app.app_context():
        key = queries.by_email(joined).id

    send(administrator, f"/desk/accounts/{key}/reset", {})

    assert keys(app) == []
    assert send_password(client, joined).location == SET_UP


# A first factor that nobody asked for


@pytest.mark.parametrize("path", [ADD, SET_UP])
def test_whoever_sets_one_up_by_choice_gives_the_password_again(app, client, stored, device, path):
    facilitator = stored(Role.FACILITATOR)
    send_password(client, facilitator.email)
    assert is_signed_in(client)

    page = Page.get(client, path)

    assert [i for i in page.all("input") if i.get("name") == "password"]
    if path == ADD:
        for wrong in ({}, {"password": "wrong"}):
            assert Page.of(add(client, device, **wrong)).errors()
        assert keys(app) == []
        Page.of(add(client, device, password=PASSWORD))
        assert len(keys(app)) == 1


def test_tries_of_the_password_are_counted(client, stored):
    facilitator = stored(Role.FACILITATOR)
    send_password(client, facilitator.email)

    codes = [add(client, Device(), password="wrong").status_code for _try in range(6)]

    assert codes == [200] * 5 + [429]
