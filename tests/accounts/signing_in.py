"""How a person signs in: with a browser that takes the page and sends its form."""

import re

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import PASSWORD
from tests.pages import Page, send
from vrn_community.accounts import codes, proving, queries
from vrn_community.foundation import clock

SIGN_IN = "/desk/sign-in"
SECOND = "/desk/sign-in/code"
SET_UP = "/desk/second-step"
MINE = "/desk/my-sign-in"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(
    client: FlaskClient, email: str, password: str = PASSWORD, *, url: str = SIGN_IN
) -> TestResponse:
    """Send the form of the sign-in page and, where one is asked for, a code of the app."""
    answer = send_password(client, email, password, url=url)
    if not (answer.location or "").startswith(SECOND):
        return answer
    return send_code(client, next_code(client.application, email), url=answer.location)


def send_password(
    client: FlaskClient, email: str, password: str = PASSWORD, *, url: str = SIGN_IN
) -> TestResponse:
    """Send the form of the sign-in page alone."""
    return send(client, url, {"email": email, "password": password}, page=SIGN_IN)


def send_code(client: FlaskClient, code: str, *, url: str = SECOND) -> TestResponse:
    """Send the form of the second step."""
    return send(client, url, {"proof_code": code}, page=SECOND)


def next_code(app: Flask, email: str) -> str:
    """Return the next code of the app of an account that was not used."""
    with app.app_context():
        account = queries.by_email(email.strip())
        assert account
        return proving.current_code(account)


def is_signed_in(client: FlaskClient) -> bool:
    """Return whether a page of the desk opens."""
    answer = client.get("/desk/settings")
    assert answer.status_code in (200, 303), answer.status
    return answer.status_code == 200


def with_cookie(app: Flask, value: str) -> FlaskClient:
    """Return another browser that has a session cookie."""
    client = app.test_client()
    client.set_cookie("desk", value, path="/desk")
    return client


def cookie(client: FlaskClient, name: str = "desk") -> str:
    """Return the value of a cookie of the desk."""
    found = client.get_cookie(name, path="/desk")
    assert found, f"There is no cookie {name}."
    return str(found.value)


def now_code(secret: str = SECRET) -> str:
    """Return the code that an app shows now."""
    return codes.code_of(secret, codes.step_at(clock.now()))


def read_secret(page: Page) -> str:
    """Return the key that the page for setting up shows."""
    found = re.search(r'<bdi class="code" dir="ltr">([A-Z2-7 ]+)</bdi>', page.text)
    assert found
    return found[1].replace(" ", "")


def recovery_codes_of(page: Page) -> list[str]:
    """Return the recovery codes on a page."""
    return re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", page.text)


def set_up(client: FlaskClient, code: str = "", **more: str) -> TestResponse:
    """Set up an app with the key that the page shows."""
    page = Page.get(client, SET_UP)
    data = {"state": page.hidden("state"), "code": code or now_code(read_secret(page))}
    data["csrf_token"] = page.hidden("csrf_token")
    return client.post(SET_UP, data={**data, **more})
