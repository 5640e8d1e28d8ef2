"""Rules that are written down are those of the code, and nothing of the inside is served."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.architecture.test_requests import EVERYTHING, every_page
from tests.conftest import Arrange
from tests.pages import send
from vrn_community.accounts import passwords
from vrn_community.accounts.models import Account, AccountState
from vrn_community.accounts.roles import Role, permissions_of
from vrn_community.config import PROJECT_ROOT, Settings

RULES = (PROJECT_ROOT / "docs" / "rules.md").read_text("utf-8")
POLICY = Settings.__dataclass_fields__
SECTIONS = (
    "What may come in",
    "How often",
    "What takes long",
    "Keys",
    "Where it connects to",
    "What is classified",
    "What is logged",
)


def default(name: str) -> Any:
    return POLICY[name].default


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        (r"Signing in: (\d+) tries for one account", default("sign_in_tries")),
        (r"(\d+) for one account, \d+ from one address, and", default("sign_in_tries_per_account")),
        (r"(\d+) from one address, and \d+ codes", default("sign_in_tries_per_address")),
        (r"and (\d+) codes of the second step", default("second_factor_tries")),
        (r"codes and drafts: (\d+) tries", default("draft_tries")),
        (r"one's information: (\d+)", default("request_tries")),
        (r"Asking for help: (\d+)", default("help_tries")),
        (r"A body of a request: (\d+) MB", default("largest_request") // 1024**2),
        (r"works once within (\d+) days", default("invitation_lifetime").days),
        (r"ends after (\d+) minutes without", default("session_idle").seconds // 60),
        (r"and after (\d+) hours, as", default("session_longest").seconds // 3600),
        (r"password \| (\d+) to", passwords.SHORTEST),
        (r"password \| 12 to (\d+) characters", passwords.LONGEST),
    ],
)
def test_the_numbers_that_are_written_down_are_those_of_the_code(sentence: str, value: int) -> None:
    found = re.search(sentence, RULES.replace("\n", " "))

    assert found, sentence
    assert int(found[1]) == value


def test_every_subject_that_the_standard_asks_for_is_written_down() -> None:
    assert re.findall(r"^## (.+)$", RULES, re.M) == list(SECTIONS)
    for secret in ("VRN_DATA_KEY", "VRN_PEPPER", "VRN_SECRET_KEY"):
        assert f"`{secret}`" in RULES


def test_every_answer_names_its_type_and_its_letters_and_the_desk_its_way_out(
    app: Flask, world: dict[str, Any], sign_in_as: Any
) -> None:
    signed_in = sign_in_as(*EVERYTHING, email="all@example.org")
    for client, held in ((app.test_client(), None), (signed_in, permissions_of(EVERYTHING))):
        for url in every_page(world, held):
            answer = client.get(url)
            kind = answer.headers.get("Content-Type", "")
            assert kind or not answer.data, url
            if kind.startswith("text/") or "xml" in kind.split(";")[0].split("+")[-1]:
                assert "charset=utf-8" in kind.lower(), (url, kind)
            is_desk = client is signed_in and url.startswith("/desk") and not answer.location
            if is_desk and kind.startswith("text/html"):
                assert 'action="/desk/sign-out"' in answer.text, url


def test_a_form_takes_its_own_fields_and_nothing_else(sign_in_as: Any, arrange: Arrange) -> None:
    client = sign_in_as(Role.FACILITATOR)
    more = {"held": "administrator", "roles": "administrator", "email": "x@example.org"}

    send(client, "/desk/settings", {"language": "ur", "is_demo": "1", "state": "disabled", **more})

    with arrange() as session:
        account = session.get(Account, client.account_id)
        assert (account.language, account.roles) == ("ur", [Role.FACILITATOR])
        assert (account.is_demo, account.state) == (False, AccountState.ACTIVE)
        assert account.email != "x@example.org"


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.git/HEAD",
        "/.env",
        "/wsgi.py",
        "/static/../wsgi.py",
        "/static/%2e%2e/wsgi.py",
        "/static/..%2f.git/config",
        "/var/vrn.sqlite",
        "/static/",
        "/static/css/",
        "/translations/messages.pot",
        "/docs/",
        "/openapi.json",
        "/metrics",
        "/server-status",
        "/console",
    ],
)
def test_nothing_of_the_inside_is_served_and_no_folder_is_listed(
    client: FlaskClient, path: str
) -> None:
    assert client.get(path).status_code in (404, 405), path


@pytest.mark.parametrize("path", ["/", "/desk/sign-in", "/healthz", "/help"])
def test_no_request_is_sent_back_as_it_came(client: FlaskClient, path: str) -> None:
    answer = client.open(path, method="TRACE", headers={"X-Mine": "zanzibar"})

    assert answer.status_code in (404, 405)
    assert "zanzibar" not in answer.text


def test_the_health_of_the_service_tells_nothing_else(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert len(answer.data) < 20


def test_a_parameter_sent_twice_or_of_the_wrong_place_is_none(client: FlaskClient) -> None:
    page = client.post("/desk/sign-in?email=a@example.org&password=b", data={})

    assert page.status_code in (200, 400)
    assert "a@example.org" not in page.text
