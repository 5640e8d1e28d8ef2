"""The second step of signing in: nothing of the desk opens before it."""

import re

import pytest
from sqlalchemy import select

from tests.accounts.signing_in import (
    MINE,
    SECOND,
    SECRET,
    SET_UP,
    SIGN_IN,
    cookie,
    is_signed_in,
    next_code,
    now_code,
    read_secret,
    recovery_codes_of,
    send_code,
    send_password,
    set_up,
    sign_in,
    with_cookie,
)
from tests.conftest import PASSWORD
from tests.pages import Page, send
from vrn_community.accounts import codes, proving, queries, roles
from vrn_community.accounts.models import AuthenticatorApp, RecoveryCode
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.foundation import clock, crypto


@pytest.fixture
def member(stored):
    return stored(Role.MODERATOR, name="Noor Khan")


@pytest.fixture
def bare(stored, arrange):
    """Return a moderator who has no second factor yet."""
    account = stored(Role.MODERATOR)
    with arrange() as session:
        session.delete(queries.account(account.id).app)
    return account


# Who needs it


def test_whoever_sees_unpublished_data_needs_a_second_step():
    free = {role for role in Role if not roles.need_second_factor([role])}

    assert free == {Role.FACILITATOR}
    assert roles.need_second_factor([Role.FACILITATOR, Role.ANALYST])


def test_a_facilitator_signs_in_with_the_password_alone(client, stored):
    answer = send_password(client, stored(Role.FACILITATOR).email)

    assert answer.location == "/desk"
    assert is_signed_in(client)


# Two steps


def test_the_password_alone_opens_nothing(client, member):
    answer = send_password(client, member.email)

    assert answer.location == SECOND
    for url in ("/desk", "/desk/settings", "/desk/moderation", MINE, "/desk/prove"):
        assert client.get(url).location.startswith(SIGN_IN), url
    assert client.get(SET_UP).location == SECOND  # Not a way around.


def test_both_steps_open_the_page_that_was_wanted(client, member):
    asked = client.get("/desk/moderation?state=held")

    answer = sign_in(client, member.email, url=asked.location)

    assert answer.location == "/desk/moderation?state=held"
    assert is_signed_in(client)


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/desk/", "/desk/%5C"])
def test_nobody_is_led_away_from_the_desk(client, member, target):
    assert sign_in(client, member.email, url=f"{SIGN_IN}?next={target}").location == "/desk"


def test_the_session_changes_its_name_at_each_step(app, client, member):
    client.get(SIGN_IN)
    first = cookie(client)
    send_password(client, member.email)
    second = cookie(client)
    send_code(client, now_code())
    third = cookie(client)

    assert len({first, second, third}) == 3
    assert is_signed_in(client)
    assert not is_signed_in(with_cookie(app, second))


def test_a_code_works_once_in_all_sessions(app, client, member):
    code = now_code()
    send_password(client, member.email)
    assert send_code(client, code).status_code == 303
    other = app.test_client()
    send_password(other, member.email)

    page = Page.of(send_code(other, code))

    assert "used before" in page.errors()[0]
    assert not is_signed_in(other)
    assert send_code(other, next_code(app, member.email)).status_code == 303


def test_an_older_code_does_not_work_after_a_newer_one(app, client, member):
    send_password(client, member.email)
    send_code(client, now_code())
    other = app.test_client()
    send_password(other, member.email)

    old = codes.code_of(SECRET, codes.step_at(clock.now()) - 1)

    assert Page.of(send_code(other, old)).errors()


def test_the_second_step_waits_ten_minutes(client, member, later):
    send_password(client, member.email)
    later(minutes=9)
    assert client.get(SECOND).status_code == 200
    later(minutes=11)
    assert client.get(SECOND).location == SIGN_IN


def test_wrong_codes_pause_one_account_and_nobody_else(app, client, member, stored):
    other = stored(Role.ANALYST)
    send_password(client, member.email)
    for _ in range(5):
        assert Page.of(send_code(client, "000000")).errors()

    assert send_code(client, now_code()).status_code == 429
    assert sign_in(app.test_client(), other.email).status_code == 303


def test_the_pause_is_over_after_a_quarter_of_an_hour(client, member, later):
    send_password(client, member.email)
    for _ in range(6):
        send_code(client, "000000")

    later(minutes=16)
    send_password(client, member.email)

    assert send_code(client, now_code()).status_code == 303


def test_a_wrong_code_is_in_the_trail_without_the_code(arrange, client, member):
    send_password(client, member.email)
    send_code(client, "000000")

    with arrange():
        entry = audit.of_subject(member.id)[-1]
    assert (entry.action, entry.actor_id, entry.details) == ("account:refuse-code", None, {})


# Setting it up


def test_whoever_needs_it_and_has_none_can_only_set_it_up(client, bare):
    answer = send_password(client, bare.email, url=f"{SIGN_IN}?next=/desk/moderation")

    assert answer.location == f"{SET_UP}?next=/desk/moderation"
    assert client.get("/desk").location.startswith(SIGN_IN)
    assert client.get(SECOND).location == SET_UP

    page = Page.of(set_up(client))

    assert page.heading == "Your recovery codes"
    assert len(set(recovery_codes_of(page))) == 8
    assert is_signed_in(client)


def test_a_wrong_code_keeps_the_secret_that_was_shown(client, bare):
    send_password(client, bare.email)
    page = Page.of(set_up(client, code="000000"))

    assert page.errors()
    data = {"state": page.hidden("state"), "code": now_code(read_secret(page))}
    assert Page.of(send(client, SET_UP, data, page=SET_UP)).heading == "Your recovery codes"


def test_a_secret_of_somebody_else_is_not_taken(app, client, bare, stored):
    send_password(client, bare.email)
    state = Page.get(client, SET_UP)
    other_client = app.test_client()
    facilitator = stored(Role.FACILITATOR)
    send_password(other_client, facilitator.email)
    data = {"state": state.hidden("state"), "code": now_code(read_secret(state))}

    assert Page.of(send(other_client, SET_UP, data, page=SET_UP)).errors()


def test_the_code_of_setting_up_does_not_sign_in_again(app, client, bare):
    send_password(client, bare.email)
    page = Page.get(client, SET_UP)
    secret = read_secret(page)
    code = now_code(secret)
    send(client, SET_UP, {"state": page.hidden("state"), "code": code}, page=SET_UP)
    other = app.test_client()
    send_password(other, bare.email)

    assert Page.of(send_code(other, code)).errors()


def test_the_tables_show_neither_secret_nor_codes(arrange, client, bare):
    send_password(client, bare.email)
    made = recovery_codes_of(Page.of(set_up(client)))

    with arrange() as session:
        app = session.scalars(select(AuthenticatorApp)).one()
        hashes = set(session.scalars(select(RecoveryCode.code_hash)))
        other = proving.AuthenticatorApp(account_id=crypto.secrets and app.id)
        other.sealed_secret = app.sealed_secret
        with pytest.raises(crypto.SealBrokenError):
            assert other.secret  # The seal is bound to the account.
    assert not {code.replace("-", "") for code in made} & hashes


# Recovery codes


def test_a_recovery_code_signs_in_once(app, client, bare):
    send_password(client, bare.email)
    made = recovery_codes_of(Page.of(set_up(client)))
    first, second = app.test_client(), app.test_client()

    send_password(first, bare.email)
    assert send_code(first, made[0].lower()).status_code == 303
    assert Page.get(first, "/desk").has("You have 7 left.")
    send_password(second, bare.email)
    assert Page.of(send_code(second, made[0])).errors()
    assert send_code(second, made[1].replace("-", " ")).status_code == 303


def test_new_recovery_codes_replace_the_old_ones(app, client, bare):
    send_password(client, bare.email)
    old = recovery_codes_of(Page.of(set_up(client)))

    new = recovery_codes_of(Page.post(client, f"{MINE}/recovery-codes", {}))

    assert len(new) == 8
    assert not set(new) & set(old)
    other = app.test_client()
    send_password(other, bare.email)
    assert Page.of(send_code(other, old[0])).errors()


def test_known_and_unknown_addresses_answer_alike_before_and_after(client, member):
    answers = {
        re.sub(r'value="[^"]*"', "", send_password(client, email, "wrong").text)
        for email in (member.email, "nobody@example.org")
    }

    assert len(answers) == 1
    assert PASSWORD not in answers.pop()
