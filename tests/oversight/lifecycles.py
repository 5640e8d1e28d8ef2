"""Every state, role and act of a lifecycle, made from its table and tried over HTTP."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.pages import csrf_token
from vrn_community.accounts.roles import PERMISSIONS, Role
from vrn_community.extensions import db

REFUSED_BY_ROLE, REFUSED_BY_STATE = 403, 409
#: A secret vote is answered with a page, everything else that is done leads to one.
DONE = 303


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    """Undo afterwards what requests did."""
    with app.app_context():
        savepoint = db.engine.begin_nested()
    yield
    savepoint.rollback()


def expected(steps: Mapping[Any, Any], state: Any, role: Role, act: Any) -> int:
    """Return how an act is answered, by the tables of states and of roles alone."""
    if steps[act].permission not in PERMISSIONS.get(role, frozenset()):
        return REFUSED_BY_ROLE
    return DONE if state in steps[act].begins_in else REFUSED_BY_STATE


def tried(
    app: Flask,
    client: FlaskClient,
    urls: Mapping[Any, Mapping[Any, str]],
    form_of: Callable[[Any, Any], dict[str, Any]],
) -> dict[tuple[Any, Any], int]:
    """Return the status of each act in each state; whatever it does is undone again."""
    token = csrf_token(client)
    cookie = client.get_cookie("desk", path="/desk")
    found = {}
    for state, of_state in urls.items():
        for act, url in of_state.items():
            form = form_of(state, act)
            with undone(app):
                answer = client.post(url, data={**form, "csrf_token": token})
            assert cookie
            client.set_cookie("desk", cookie.value, path="/desk")
            found[state, act] = DONE if answer.status_code == 200 else answer.status_code
    return found
