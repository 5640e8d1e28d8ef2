import re

import pytest

from tests.accounts.signing_in import SIGN_IN, is_signed_in, sign_in
from tests.conftest import PASSWORD
from tests.pages import Page, csrf_token, send
from vrn_community import config
from vrn_community.accounts import passwords, queries
from vrn_community.accounts.models import AccountState
from vrn_community.accounts.roles import Role

ELSEWHERE = [
    "//evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "/desk/\\evil.example",
    "https:evil.example",
    "https://evil.example/desk/",
    "http:///evil.example",
    "javascript:alert(1)",
    "/desk/\r\nSet-Cookie: x=1",
    "/desk/\tx",
    " /desk/",
    "/deskevil",
    "desk/settings",
    "/privacy",
    "",
]


@pytest.fixture
def member(stored):
    return stored(Role.PUBLISHER, name="Noor Khan")


def test_a_member_signs_in_and_sees_what_waits(client, member):
    answer = sign_in(client, "  PUBLISHER@example.org ")

    assert (answer.status_code, answer.location) == (303, "/desk")
    assert Page.get(client, "/desk").has("Noor Khan")


def test_a_page_of_the_desk_is_opened_after_signing_in(client, member):
    asked = client.get("/desk/opportunities?state=draft")
    assert asked.location.startswith("/desk/sign-in?next=")

    answer = sign_in(client, member.email, url=asked.location)

    assert answer.location == "/desk/opportunities?state=draft"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_away_from_the_desk(client, stored, target):
    member = stored(Role.FACILITATOR)  # Whose password is enough.
    form = {"email": member.email, "password": PASSWORD}
    form["csrf_token"] = Page.get(client, SIGN_IN).hidden("csrf_token")

    for _ in range(2):  # The second time somebody is signed in already.
        answer = client.post(SIGN_IN, data=form, query_string={"next": target})
        assert (answer.status_code, answer.location) == (303, "/desk")
        form["csrf_token"] = csrf_token(client)


@pytest.mark.parametrize("target", ["%2F%2Fevil", "/desk/%0d%0aSet-Cookie:x=1", "%5C%5Cevil"])
def test_a_coded_target_leads_nowhere_else_either(client, member, target):
    answer = sign_in(client, member.email, url=f"{SIGN_IN}?next={target}")

    assert answer.location.startswith("/desk")
    assert "evil" not in answer.location
    assert "x=1" not in str(answer.headers.getlist("Set-Cookie"))


def test_known_and_unknown_addresses_get_the_same_answer(client, stored):
    stored(email="known@example.org")

    bodies = {
        re.sub(r'name="csrf_token"[^>]*', "", answer.text).replace("unknown", "known")
        for email in ("known@example.org", "unknown@example.org")
        for answer in [sign_in(client, email, "not the password")]
    }

    (body,) = bodies
    assert "do not fit" in body


def test_a_wrong_password_is_said_beside_the_field(client, member):
    page = Page.of(sign_in(client, member.email, "not my password"))

    assert page.errors() == ["The e-mail address and the password do not fit."]
    assert not is_signed_in(client)
    assert "not my password" not in page.text


@pytest.mark.parametrize("state", [AccountState.INVITED, AccountState.DISABLED])
def test_only_active_accounts_sign_in(arrange, client, member, state):
    with arrange():
        queries.account(member.id).state = state

    assert Page.of(sign_in(client, member.email)).errors()


def test_five_wrong_passwords_pause_one_account_and_nobody_else(client, member, stored):
    stored(email="other@example.org")
    for _ in range(5):
        assert sign_in(client, member.email, "wrong").status_code == 200

    page = Page.of(sign_in(client, member.email), status=429)

    assert page.heading == "Please wait a little"
    assert page.response.headers["Retry-After"] == "900"
    assert sign_in(client, "other@example.org").status_code == 303


def test_the_pause_is_over_after_a_quarter_of_an_hour(client, member, later):
    for _ in range(7):
        sign_in(client, member.email, "wrong")

    later(minutes=16)

    assert sign_in(client, member.email).status_code == 303


def test_somebody_at_another_address_is_not_paused(client, member):
    for _ in range(6):
        sign_in(client, member.email, "wrong")
    client.environ_base["REMOTE_ADDR"] = "10.9.8.7"

    assert sign_in(client, member.email).status_code == 303


def test_an_unknown_address_is_paused_just_the_same(client):
    answers = [sign_in(client, "nobody@example.org", "x").status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


def test_who_is_signed_in_needs_no_sign_in_page(client, member):
    sign_in(client, member.email)

    assert client.get(SIGN_IN).location == "/desk"


def test_signing_out_is_a_form_and_not_a_link(client, member):
    sign_in(client, member.email)

    assert client.get("/desk/sign-out").status_code == 405
    assert is_signed_in(client)
    assert send(client, "/desk/sign-out", {}).location == SIGN_IN


def test_a_form_sent_when_signed_out_leads_to_sign_in_and_not_back_to_the_form(client, member):
    client.get(SIGN_IN)

    page = Page.of(send(client, "/desk/sign-out", {}, page=SIGN_IN), status=401)

    assert page.heading == "You are signed out"
    assert SIGN_IN in page.links()
    assert not page.has("What you wrote")
    assert sign_in(client, member.email).location == "/desk"


def test_accounts_to_try_out_are_listed_in_a_demonstration_only(arrange, client, member, policy):
    with arrange():
        queries.account(member.id).is_demo = True
    assert not Page.get(client, SIGN_IN).has(member.email)

    policy(mode=config.Mode.DEMO)

    page = Page.get(client, SIGN_IN)
    assert all(page.has(words) for words in (member.email, "Publisher", passwords.DEMO_PASSWORD))


# Forms from elsewhere


def test_a_form_without_its_token_changes_nothing(administrator, member, reload):
    for url in (f"/desk/accounts/{member.id}/disable", f"/desk/accounts/{member.id}/roles"):
        page = Page.of(administrator.post(url, data={"held": "administrator"}), status=400)
        assert page.heading == "We could not read that"

    assert reload(member).is_active
    assert reload(member).roles == [Role.PUBLISHER]


def test_the_token_of_another_session_does_not_count(app, administrator, member, reload):
    token = Page.get(app.test_client(), SIGN_IN).hidden("csrf_token")

    answer = administrator.post(f"/desk/accounts/{member.id}/disable", data={"csrf_token": token})

    assert answer.status_code == 400
    assert reload(member).is_active


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_a_form_from_another_website_is_refused(administrator, member, reload, headers):
    token = csrf_token(administrator)

    answer = administrator.post(
        f"/desk/accounts/{member.id}/disable", data={"csrf_token": token}, headers=headers
    )

    assert Page.of(answer, status=403).heading == "You cannot open this page"
    assert reload(member).is_active
