"""The second step of signing in: nothing of the desk opens before it."""

import re

import pytest
from sqlalchemy import select

from tests.accounts.signing_in import (
    SECOND,
    SECRET,
    SIGN_IN,
    cookie,
    is_signed_in,
    next_code,
    send_code,
    send_password,
    sign_in,
    with_cookie,
)
from tests.conftest import PASSWORD
from tests.pages import Page, send
from vrn_community.accounts import codes, proving, queries, roles, services
from vrn_community.accounts.models import AuthenticatorApp, DeskSession, RecoveryCode
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto

SET_UP = "/desk/second-step"
MINE = "/desk/my-sign-in"


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


def now_code(secret=SECRET):
    return codes.code_of(secret, codes.step_at(clock.now()))


def read_secret(page):
    found = re.search(r'<bdi class="code" dir="ltr">([A-Z2-7 ]+)</bdi>', page.text)
    return found[1].replace(" ", "")


def recovery_codes_of(page):
    return re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", page.text)


def set_up(client, secret="", code=""):
    page = Page.get(client, SET_UP)
    data = {"state": page.hidden("state"), "code": code or now_code(read_secret(page))}
    data["csrf_token"] = page.hidden("csrf_token")
    return client.post(SET_UP, data=data)


# Who needs it


def test_whoever_sees_unpublished_data_needs_a_second_step():
    free = {role for role in Role if not roles.need_second_factor([role])}

    assert free == {Role.FACILITATOR, Role.SECRETARIAT}
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
            proving._secret(other)  # The seal is bound to the account.
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


# My sign-in


def test_one_session_is_ended_and_this_one_stays(app, client, member):
    other = app.test_client()
    for device in (client, other):
        sign_in(device, member.email)
    page = Page.get(client, MINE)
    assert page.has("This one")
    (button,) = [b for b in page.all("button") if b.get("name") == "session"]

    send(client, f"{MINE}/end", {"session": button.get("value")})

    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_all_other_sessions_are_ended_at_once(app, client, member):
    others = [app.test_client(), app.test_client()]
    for device in (client, *others):
        sign_in(device, member.email)

    send(client, f"{MINE}/end", {})

    assert [is_signed_in(device) for device in (client, *others)] == [True, False, False]


def test_nobody_ends_a_session_of_somebody_else(app, arrange, client, member, sign_in_as):
    other = sign_in_as(Role.ANALYST)
    sign_in(client, member.email)

    send(client, f"{MINE}/end", {"session": crypto.token_hash(cookie(other))})

    assert is_signed_in(other)


def test_a_facilitator_may_have_it_and_remove_it(client, stored):
    account = stored(Role.FACILITATOR)
    send_password(client, account.email)
    Page.of(set_up(client))
    assert send_password(client.application.test_client(), account.email).location == SECOND

    send(client, f"{MINE}/remove", {})

    assert send_password(client.application.test_client(), account.email).location == "/desk"


def test_whoever_needs_it_cannot_remove_it(client, member, reload):
    sign_in(client, member.email)

    Page.post(client, f"{MINE}/remove", {}, status=409)

    assert sign_in(client.application.test_client(), member.email).location == "/desk"


# Administrators


def test_a_lost_phone_is_taken_away_and_the_person_is_told(client, member, administrator):
    sign_in(client, member.email)

    send(administrator, f"/desk/accounts/{member.id}/reset", {})

    assert not is_signed_in(client)
    assert send_password(client, member.email).location == SET_UP
    assert Page.get(client, SET_UP).has("An administrator took the second step")
    Page.of(set_up(client))
    assert not Page.get(client, MINE).has("An administrator took")


def test_an_administrator_does_not_reset_themselves(administrator):
    own = administrator.account_id

    Page.post(administrator, f"/desk/accounts/{own}/reset", {}, status=409)


def test_an_administrator_ends_the_sessions_of_somebody(client, member, administrator):
    sign_in(client, member.email)

    send(administrator, f"/desk/accounts/{member.id}/end", {})

    assert not is_signed_in(client)


# Showing it again


@pytest.fixture
def stale(client, stored, later):
    """Return an administrator who signed in eleven minutes ago."""
    account = stored(Role.ADMINISTRATOR)
    sign_in(client, account.email)
    later(minutes=11)
    return client


def test_roles_are_changed_only_with_the_code_shown_lately(app, stale, member, reload):
    url = f"/desk/accounts/{member.id}/roles"
    page = Page.post(stale, url, {"held": ["analyst", "publisher"], "body": ""})
    assert page.heading == "Show that it is you"
    assert reload(member).roles == [Role.MODERATOR]
    carried = [i.get("value") for i in page.all("input") if i.get("name") == "held"]
    assert carried == ["analyst", "publisher"]

    form = {"held": carried, "body": "", "proof_code": next_code(app, "administrator@example.org")}
    answer = send(stale, url, form)

    assert answer.location == f"/desk/accounts/{member.id}"
    assert sorted(reload(member).roles) == [Role.ANALYST, Role.PUBLISHER]


def test_a_wrong_code_changes_nothing_and_keeps_the_form(stale, member, reload):
    url = f"/desk/accounts/{member.id}/roles"

    page = Page.post(stale, url, {"held": ["analyst"], "body": "", "proof_code": "000000"})

    assert page.errors()
    assert [i.get("value") for i in page.all("input") if i.get("name") == "held"] == ["analyst"]
    assert reload(member).roles == [Role.MODERATOR]


def test_the_code_does_not_stand_for_the_anti_forgery_token(app, stale, member, reload):
    form = {"held": ["analyst"], "proof_code": next_code(app, "administrator@example.org")}

    answer = stale.post(f"/desk/accounts/{member.id}/roles", data=form)

    assert answer.status_code == 400
    assert reload(member).roles == [Role.MODERATOR]


def test_a_page_is_opened_after_the_code(app, stale):
    asked = stale.get("/desk/accounts/invite")
    assert asked.location == "/desk/prove?next=/desk/accounts/invite"

    code = next_code(app, "administrator@example.org")
    answer = send(stale, asked.location, {"proof_code": code})

    assert answer.location == "/desk/accounts/invite"
    assert stale.get(answer.location).status_code == 200


def test_other_pages_do_not_ask(stale):
    assert stale.get("/desk/accounts").status_code == 200


def test_the_proof_is_of_one_session_alone(arrange, client, member):
    sign_in(client, member.email)
    with arrange():
        services.begin_session(queries.account(member.id))

    with arrange():
        proofs = [row.proved_at for row in db.session.scalars(select(DeskSession))]
    assert len([proof for proof in proofs if proof]) == 1


def test_known_and_unknown_addresses_answer_alike_before_and_after(client, member):
    answers = {
        re.sub(r'value="[^"]*"', "", send_password(client, email, "wrong").text)
        for email in (member.email, "nobody@example.org")
    }

    assert len(answers) == 1
    assert PASSWORD not in answers.pop()
