import gzip

import pytest

from tests.conftest import make_account
from tests.pages import Page
from vrn_community.accounts import queries as accounts
from vrn_community.accounts.roles import Role
from vrn_community.foundation.http import CONTENT_SECURITY_POLICY
from vrn_community.foundation.permissions import public

EVERYWHERE = [
    "/",
    "/ur/",
    "/privacy",
    "/nowhere",
    "/leave",
    "/robots.txt",
    "/opportunities.atom",
    "/desk",
    "/desk/sign-in",
    "/static/nothing.css",
    "/healthz",
]
STAFF, PUBLIC = "http://127.0.0.1", "http://localhost"


@pytest.fixture
def writing(app, monkeypatch):
    """Return a function that lets a page write an account and answer with a status."""

    def answer(status):
        @public
        def view():
            make_account(email="written@example.org")
            return "", status

        monkeypatch.setitem(app.view_functions, "accounts_desk.sign_in", view)
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)

    return answer


def is_written(arrange):
    with arrange():
        return accounts.by_email("written@example.org") is not None


# One commit for one good write


@pytest.mark.parametrize(
    ("method", "status", "kept"),
    [
        ("POST", 200, True),
        ("POST", 303, True),
        ("POST", 400, False),
        ("POST", 409, False),
        ("POST", 500, False),
        ("GET", 200, False),
    ],
)
def test_a_good_form_is_kept_and_nothing_else(client, writing, arrange, method, status, kept):
    writing(status)

    client.open("/desk/sign-in", method=method)

    assert is_written(arrange) is kept


# Forms from elsewhere


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "nonsense"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://localhost"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[broken"}, 403),
        ({"Referer": "http://localhost/desk/sign-in?next=/desk"}, 200),
        ({"Referer": "http://localhost.evil.example/"}, 403),
        ({"Referer": "https://evil.example/http://localhost/"}, 403),
        ({"Referer": "http://[broken"}, 403),
    ],
    ids=str,
)
def test_a_form_counts_only_if_our_own_page_sent_it(client, writing, headers, status):
    writing(200)

    assert client.post("/desk/sign-in", headers=headers).status_code == status


def test_reading_is_free_for_links_from_anywhere(client):
    answer = client.get("/privacy", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 200


# Headers


@pytest.mark.parametrize("url", EVERYWHERE)
def test_every_answer_carries_the_security_headers(client, url):
    headers = client.get(url).headers

    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_the_policy_lets_nothing_come_from_elsewhere_or_stand_inline():
    parts = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))

    assert parts["default-src"] == parts["base-uri"] == parts["frame-ancestors"] == "'none'"
    assert {parts[f"{kind}-src"] for kind in ("script", "style", "img", "font")} == {"'self'"}
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def test_over_https_browsers_are_told_to_stay_there(client, policy):
    policy(base_url="https://participate.example.org")

    assert "max-age=31536000" in client.get("/").headers["Strict-Transport-Security"]


@pytest.mark.parametrize("url", ["/desk", "/desk/sign-in", "/desk/nowhere"])
def test_the_desk_is_never_stored(client, url):
    assert client.get(url).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", ["/", "/privacy", "/nowhere"])
def test_public_pages_are_asked_for_again(client, url):
    assert client.get(url).headers["Cache-Control"] == "no-cache"


# Compression


def test_public_pages_are_small_on_the_way(client):
    plain = client.get("/privacy")
    small = client.get("/privacy", headers={"Accept-Encoding": "gzip"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 2
    assert "Accept-Encoding" in small.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("url", ["/desk/sign-in", "/healthz", "/leave", "/nowhere"])
def test_what_holds_tokens_or_is_tiny_is_not_compressed(client, url):
    answer = client.get(url, headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in answer.headers


# Two hosts


@pytest.mark.parametrize(
    ("host", "url", "status"),
    [
        (PUBLIC, "/privacy", 200),
        (PUBLIC, "/ur/privacy", 200),
        (PUBLIC, "/desk/sign-in", 404),
        (PUBLIC, "/desk", 404),
        (STAFF, "/desk/sign-in", 200),
        (STAFF, "/", 404),
        (STAFF, "/ur/privacy", 404),
        (STAFF, "/healthz", 200),
        (PUBLIC, "/healthz", 200),
    ],
)
def test_each_host_serves_its_own_half(client, policy, host, url, status):
    policy(staff_host="127.0.0.1")

    assert client.get(url, base_url=host).status_code == status


def test_both_hosts_serve_what_pages_look_like(app, client, policy):
    policy(staff_host="127.0.0.1")
    style = app.jinja_env.globals["asset_url"]("css/site.css")

    assert [client.get(style, base_url=host).status_code for host in (STAFF, PUBLIC)] == [200, 200]


def test_the_wrong_half_looks_like_the_host_that_was_asked(client, policy):
    policy(staff_host="127.0.0.1")

    assert "/desk" in Page.get(client, "/privacy", base_url=STAFF, status=404).links()
    assert "/opportunities" in Page.get(client, "/desk", base_url=PUBLIC, status=404).links()


def test_a_session_of_the_desk_opens_nothing_on_the_public_host(sign_in_as, policy):
    client = sign_in_as(Role.ADMINISTRATOR)
    policy(staff_host="127.0.0.1")

    answer = client.get("/desk/accounts", base_url=PUBLIC)

    assert answer.status_code == 404
    assert "administrator@example.org" not in answer.text


@pytest.mark.parametrize("url", ["/desk/oversight/recommendations?body=a%00b", "/decisions/a%00b"])
def test_what_no_database_can_look_for_is_not_found(sign_in_as, url):
    assert sign_in_as(Role.OVERSIGHT_CHAIR).get(url).status_code == 404
