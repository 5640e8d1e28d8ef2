from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.accounts.signing_in import SIGN_IN, cookie, is_signed_in, sign_in, with_cookie
from tests.pages import Page, send
from vrn_community import config
from vrn_community.accounts import queries, services, sessions
from vrn_community.accounts.models import DeskSession
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.privacy.jobs import apply_retention

HTTPS = "https://localhost"
PUBLIC = ["/", "/ur/", "/privacy", "/help", "/opportunities", "/leave", "/no", "/static/no.css"]


@pytest.fixture
def member(stored):
    return stored(Role.PUBLISHER)


@pytest.fixture
def bare(app):
    """Return a client that sends exactly the cookies of its headers."""
    return app.test_client(use_cookies=False)


@pytest.fixture
def signed_in(client, member):
    assert sign_in(client, member.email).status_code == 303
    return client


def test_signing_in_takes_a_new_cookie_and_the_old_one_opens_nothing(app, client, member):
    client.get(SIGN_IN)
    before = cookie(client)

    sign_in(client, member.email)

    assert cookie(client) != before
    assert is_signed_in(client)
    assert not is_signed_in(with_cookie(app, before))


def test_a_cookie_chosen_by_somebody_else_is_not_kept(app, member):
    client = with_cookie(app, "planted")

    sign_in(client, member.email)

    assert cookie(client) != "planted"
    assert not is_signed_in(with_cookie(app, "planted"))


def test_signing_out_ends_the_session_for_everyone_who_has_the_cookie(app, signed_in):
    copied = cookie(signed_in)

    answer = send(signed_in, "/desk/sign-out", {})

    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert not is_signed_in(signed_in)
    assert not is_signed_in(with_cookie(app, copied))


def change(arrange, member, act):
    """Let an administrator do something with an account."""
    with arrange():
        admin, _token = services.invite("admin@example.org", "A", [Role.ADMINISTRATOR], by=None)
        act(queries.account(member.id), by=admin)


@pytest.mark.parametrize(
    "act",
    [
        services.disable,
        lambda account, by: services.give_roles(account, [Role.APPROVER], by=by),
        lambda account, by: services.join(
            queries.open_invitation(services.renew_link(account, by=by)), "a wholly new password"
        ),
    ],
    ids=["disabled", "other roles", "new password"],
)
def test_sessions_end_at_once_when_the_account_changes(arrange, signed_in, member, act):
    assert is_signed_in(signed_in)

    change(arrange, member, act)

    assert not is_signed_in(signed_in)


def test_a_session_ends_after_half_an_hour_without_a_request(signed_in, later):
    later(minutes=29)
    assert is_signed_in(signed_in)
    later(minutes=29 + 31)
    assert not is_signed_in(signed_in)


def test_a_session_ends_after_twelve_hours_whatever_happens(signed_in, later):
    for quarter in range(1, 12 * 4):
        later(minutes=15 * quarter)
        assert is_signed_in(signed_in)

    later(hours=12, minutes=1)

    assert not is_signed_in(signed_in)


def write(client, words, token):
    """Send a form of the desk with words, and fields that are nobody's words."""
    form = {
        "title": words,
        "description_source": "First line\nSecond <b>line</b>",
        "level": "",
        "password": "a password of mine",
        "again": "a password of mine",
        "id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        "version": "12345",
    }
    return client.post("/desk/opportunities/new", data={**form, "csrf_token": token})


def test_who_was_away_too_long_gets_back_what_they_wrote(signed_in, later):
    token = Page.get(signed_in, "/desk/opportunities/new").hidden("csrf_token")
    later(minutes=31)

    page = Page.of(write(signed_in, "A long <i>story</i>", token), status=401)

    assert page.heading == "You are signed out"
    assert page.has("A long <i>story</i>")
    assert page.has("Second <b>line</b>")
    assert SIGN_IN in page.links()
    for hidden in (token, "a password of mine", "7c9e6679", "12345", "Sam Okafor"):
        assert hidden not in page.text
    assert page.response.headers["Cache-Control"] == "no-store"


def test_who_signed_out_in_another_tab_gets_back_what_they_wrote(signed_in):
    token = Page.get(signed_in, "/desk/opportunities/new").hidden("csrf_token")
    send(signed_in, "/desk/sign-out", {})

    assert Page.of(write(signed_in, "A long story", token), status=401).has("A long story")


def test_another_website_cannot_put_words_on_our_page(client):
    foreign = {"Sec-Fetch-Site": "cross-site"}

    answer = client.post("/desk/settings", data={"title": "Pay here"}, headers=foreign)

    assert answer.status_code == 403
    assert "Pay here" not in answer.text


def test_an_account_of_a_demonstration_is_signed_out_in_production(
    arrange, signed_in, member, policy
):
    with arrange():
        queries.account(member.id).is_demo = True
    assert is_signed_in(signed_in)

    policy(mode=config.Mode.PRODUCTION)

    assert not is_signed_in(signed_in)
    assert Page.of(sign_in(signed_in, member.email)).errors()


def last_seen(arrange):
    with arrange():
        return db.session.scalars(select(DeskSession.last_seen_at)).one()


def test_the_last_visit_is_written_at_most_every_five_minutes(arrange, signed_in, later):
    first = last_seen(arrange)

    later(minutes=4)
    signed_in.get("/desk")
    assert last_seen(arrange) == first

    later(minutes=6)
    signed_in.get("/desk")
    assert last_seen(arrange) == clock.now()
    assert last_seen(arrange) > first + timedelta(minutes=5)


def test_the_table_of_sessions_opens_nothing(app, arrange, signed_in):
    token = cookie(signed_in)

    with arrange():
        stored = db.session.scalars(select(DeskSession.token_hash)).one()

    assert stored == crypto.token_hash(token)
    assert not is_signed_in(with_cookie(app, stored))


def test_over_sessions_are_deleted_by_themselves(arrange, signed_in, later):
    later(minutes=31)
    with arrange():
        apply_retention()

    with arrange():
        assert not db.session.scalars(select(DeskSession)).all()


def test_the_cookie_is_for_the_desk_alone_and_no_script_reads_it(client):
    (sent,) = client.get(SIGN_IN).headers.getlist("Set-Cookie")

    assert {"Path=/desk", "HttpOnly", "SameSite=Lax"} <= set(sent.split("; "))
    assert sent.startswith("desk=")
    assert "Secure" not in sent
    assert "Expires" not in sent
    assert "Max-Age" not in sent


def test_over_https_the_cookie_insists_on_it(client, member, policy):
    policy(base_url="https://participate.example.org")

    (sent,) = client.get(SIGN_IN, base_url=HTTPS).headers.getlist("Set-Cookie")

    assert sent.startswith("__Secure-desk=")
    assert {"Path=/desk", "HttpOnly", "SameSite=Lax", "Secure"} <= set(sent.split("; "))


def test_forms_can_be_sent_over_https(client, member, policy):
    policy(base_url="https://participate.example.org")
    token = Page.get(client, SIGN_IN, base_url=HTTPS).hidden("csrf_token")
    form = {"email": member.email, "password": "wrong", "csrf_token": token}

    answer = client.post(
        SIGN_IN, data=form, base_url=HTTPS, headers={"Referer": HTTPS + SIGN_IN, "Origin": HTTPS}
    )

    assert Page.of(answer).errors()


@pytest.mark.parametrize("url", PUBLIC)
def test_public_pages_set_no_cookie_even_if_one_is_sent(bare, signed_in, url):
    sent = f"desk={cookie(signed_in)}; __Secure-desk=x; desk-messages=y; remember_token=1|z"

    answer = bare.get(url, headers={"Cookie": sent})

    assert answer.status_code < 500
    assert "Set-Cookie" not in answer.headers
    assert "Sam Okafor" not in answer.text


def test_a_browser_that_came_back_gets_no_new_cookie(signed_in):
    assert "Set-Cookie" not in signed_in.get("/desk").headers


def test_a_message_survives_one_redirect_and_is_then_gone(signed_in):
    answer = send(signed_in, "/desk/settings", {"language": "en"})
    assert answer.status_code == 303

    assert Page.get(signed_in, "/desk/settings").has("Your settings are saved.")
    assert not Page.get(signed_in, "/desk/settings").has("Your settings are saved.")
    assert signed_in.get_cookie("desk-messages", path="/desk") is None


def test_over_https_the_message_is_taken_back_as_it_was_given(app, bare, policy):
    policy(base_url="https://participate.example.org")
    with app.test_request_context():
        value = sessions._write_messages([("message", "Hello.")])
    headers = {"Cookie": f"__Secure-desk=x; __Secure-desk-messages={value}"}

    answer = bare.get(SIGN_IN, base_url=HTTPS, headers=headers)

    (taken_back,) = answer.headers.getlist("Set-Cookie")
    assert "Hello." in answer.text
    assert {"__Secure-desk-messages=", "Secure", "Path=/desk", "Max-Age=0"} <= set(
        taken_back.split("; ")
    )


@pytest.mark.parametrize("value", ["made.up.message", "", "W1tdXQ", "%ff%fe", "x" * 5_000])
def test_a_made_up_message_is_not_shown(bare, value):
    answer = bare.get(SIGN_IN, headers={"Cookie": f"desk=x; desk-messages={value}"})

    assert answer.status_code == 200
    assert 'role="status"' not in answer.text


def test_a_message_is_shown_for_five_minutes_only(app, bare, monkeypatch):
    with app.test_request_context():
        value = sessions._write_messages([("message", "Hello.")])
    monkeypatch.setattr(sessions, "MESSAGES_LIVE_SECONDS", -1)

    answer = bare.get(SIGN_IN, headers={"Cookie": f"desk=x; desk-messages={value}"})

    assert "Hello." not in answer.text


def test_the_desk_is_shown_in_the_language_of_the_account(signed_in):
    send(signed_in, "/desk/settings", {"language": "ur"})

    page = Page.get(signed_in, "/desk/settings")

    root = page.all("html")[0]
    assert (root.get("lang"), root.get("dir")) == ("ur", "rtl")
    with signed_in.application.app_context():
        assert audit.last().subject_type == "Account"
