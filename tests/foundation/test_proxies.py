"""What a reverse proxy may say, and what nobody may say in its name."""

from dataclasses import replace

import pytest
from flask import request

from tests.databases import opened
from tests.pages import Page
from vrn_community.foundation.permissions import public

OURS, STAFF, EVIL = "participate.example.org", "staff.example.org", "evil.example"


@pytest.fixture
def behind_a_proxy(database):
    """Return a browser in front of one proxy, on a service with a host for the desk alone."""
    settings = replace(
        database.settings, proxy_hops=1, base_url=f"https://{OURS}", staff_host=STAFF
    )
    with opened(settings) as app:
        yield app.test_client()


def get(client, url, host, **headers):
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(url, headers={"Host": host, "X-Forwarded-Proto": "https", **sent})


@pytest.mark.parametrize("url", ["/desk/sign-in", "/desk"])
def test_a_forwarded_host_opens_no_door(behind_a_proxy, url):
    assert get(behind_a_proxy, url, STAFF).status_code in (200, 303)
    for name in ("X_Forwarded_Host", "X_Forwarded_Server", "Forwarded", "X_Host"):
        answer = get(behind_a_proxy, url, OURS, **{name: STAFF})
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (404, False), name


@pytest.mark.parametrize("url", ["/", "/nowhere", "/opportunities.atom", "/leave", "/favicon.ico"])
def test_a_forwarded_host_is_written_nowhere(behind_a_proxy, url):
    answer = get(behind_a_proxy, url, OURS, X_Forwarded_Host=EVIL, X_Forwarded_Prefix="/evil")

    assert answer.status_code < 500
    assert "evil" not in answer.text
    assert "evil" not in str(answer.headers)


def test_a_forwarded_host_does_not_make_another_one_ours(behind_a_proxy):
    answer = get(behind_a_proxy, "/", EVIL, X_Forwarded_Host=OURS)

    assert answer.status_code == 400


def test_the_proxy_says_who_asks_and_that_it_was_over_https(behind_a_proxy, monkeypatch):
    seen = public(lambda: f"{request.remote_addr} {request.scheme}")
    monkeypatch.setitem(behind_a_proxy.application.view_functions, "pages.privacy", seen)

    answer = get(behind_a_proxy, "/privacy", OURS, X_Forwarded_For="6.6.6.6, 10.0.0.1")

    assert answer.text == "10.0.0.1 https"


def test_without_a_proxy_nobody_says_it_for_us(app, client, monkeypatch):
    monkeypatch.setitem(
        app.view_functions, "pages.privacy", public(lambda: f"{request.remote_addr} {request.url}")
    )
    headers = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "https", "X-Forwarded-Host": EVIL}

    assert client.get("/privacy", headers=headers).text == "127.0.0.1 http://localhost/privacy"


# One way to the desk


def path(client, value, **options):
    """Ask for a path exactly as it stands: clients would take `//desk` for a host."""
    return client.get("/", environ_overrides={"PATH_INFO": value}, **options)


@pytest.mark.parametrize("value", ["//desk", "///desk", "//desk/settings", "//desk//settings"])
def test_more_slashes_lead_to_the_same_desk(client, value):
    answer = path(client, value, follow_redirects=True)

    assert (answer.status_code, answer.request.path) == (200, "/desk/sign-in")


@pytest.mark.parametrize(
    "value",
    [
        "/ur/desk",
        "/ur//desk",
        "/ur//desk/sign-in",
        "/ur///desk/sign-in",
        "//ur//desk/sign-in",
        "/en//desk/sign-in",
        "/ur/en/desk/sign-in",
        "/ur/./desk/sign-in",
        "/./desk/sign-in",
        "/x/../desk/sign-in",
        "/static/../desk/sign-in",
        "/healthz/../desk/sign-in",
        "/desk%2fsign-in",
        "/DESK/sign-in",
    ],
)
def test_there_is_no_second_way_to_the_desk(client, value):
    page = Page.of(path(client, value), status=404)

    assert "Set-Cookie" not in page.response.headers
    assert not page.has("Password")


@pytest.mark.parametrize(
    "value", ["//desk", "//desk/sign-in", "/ur//desk/sign-in", "/static//../desk", "/healthz/desk"]
)
def test_no_spelling_opens_the_desk_on_the_public_host(client, policy, value):
    policy(staff_host="127.0.0.1")

    answer = path(client, value, base_url="http://localhost", follow_redirects=True)

    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers
