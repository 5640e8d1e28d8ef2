"""One's own sign-in, what administrators can do about it, and showing the code again."""

import pytest
from sqlalchemy import select

from tests.accounts.signing_in import (
    MINE,
    SECOND,
    SET_UP,
    cookie,
    is_signed_in,
    next_code,
    send_password,
    set_up,
    sign_in,
)
from tests.conftest import PASSWORD
from tests.pages import Page, send
from vrn_community.accounts import queries, services
from vrn_community.accounts.models import DeskSession
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import crypto


@pytest.fixture
def member(stored):
    return stored(Role.MODERATOR, name="Noor Khan")


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
    assert Page.of(set_up(client)).errors() == ["Enter your password."]
    assert Page.of(set_up(client, password="wrong")).errors() == ["This is not your password."]
    Page.of(set_up(client, password=PASSWORD))
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
