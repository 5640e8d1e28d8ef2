"""Every route says who may call it, and that is who can."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.conftest import Arrange, make_account
from vrn_community import config, create_app
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import AccountState
from vrn_community.accounts.roles import PERMISSIONS, Role
from vrn_community.extensions import db
from vrn_community.foundation.permissions import Guard, Permission, guard_of, public, requires

SPECIMEN = create_app(config.for_tests())
RULES = sorted(SPECIMEN.url_map.iter_rules(), key=str)
TYPED = {"UUIDConverter", "IntegerConverter", "UnicodeConverter", "AnyConverter", "PathConverter"}
NOBODY = "nobody"
DISABLED = "disabled"
CALLERS = (NOBODY, DISABLED, *Role)


def ways(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
        yield method, rule


def guard(rule: Rule) -> Guard:
    found = guard_of(SPECIMEN.view_functions[rule.endpoint])
    assert found is not None, f"{rule.endpoint} declares no guard."
    return found


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_route_declares_a_guard_and_typed_parts(rule: Rule) -> None:
    declared = guard(rule)

    assert declared.needs_account == str(rule).startswith("/desk") or rule.endpoint in (
        "accounts_desk.sign_in",
        "accounts_desk.join",
        "sign_in_desk.code",
        "sign_in_desk.set_up",
        "passkeys_desk.add",
    )
    assert {type(converter).__name__ for converter in rule._converters.values()} <= TYPED


def address(rule: Rule, opportunity: Any, account: Any) -> str:
    known = {
        "opportunity_id": str(opportunity.id),
        "account_id": str(account.id),
        "code": opportunity.code,
        "number": "4",
        "token": "x" * 43,
        "name": "nothing.css",
        "act": "enable",
        "answer": "keep",
        "ages": "10-12",
    }
    # Anything else is an object that does not exist: who may open it gets 404, nobody else.
    unknown = {name: str(uuid.uuid4()) for name in rule.arguments}
    parts = {**unknown, **{name: known[name] for name in rule.arguments if name in known}}
    path: str = SPECIMEN.url_map.bind("127.0.0.1").build(rule.endpoint, parts)
    return path


@pytest.fixture
def token(app: Flask, arrange: Arrange, caller: str) -> str:
    """Return what stands in the cookie of a caller."""
    if caller == NOBODY:
        return ""
    with arrange():
        roles = () if caller == DISABLED else (Role(caller),)
        account = make_account(*roles, email=f"{caller}@caller.example")
        made = accounts.begin_session(account, is_proved=True)
        if caller == DISABLED:
            account.state = AccountState.DISABLED
    return made


@pytest.mark.parametrize("caller", CALLERS)
def test_each_role_can_open_exactly_what_its_permissions_say(
    caller: str, token: str, world: dict[str, Any], app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    # What pages show is looked at elsewhere: here they only open or not.
    monkeypatch.setattr("flask.templating._render", lambda *_page: "")
    with app.app_context():
        connection = db.engine
    wrong = []
    for rule in RULES:
        url = address(rule, world["opportunity"], world["account"])
        for method, _rule in ways(rule):
            client = app.test_client()
            client.set_cookie("desk", token, path="/desk")
            savepoint = connection.begin_nested()  # What a view does is undone again.
            answer = client.open(url, method=method)
            savepoint.rollback()
            sent_to_sign_in = "/desk/sign-in?next" in (answer.location or "")
            refused = answer.status_code in (401, 403) or sent_to_sign_in
            if refused == is_allowed(rule, caller):
                wrong.append(f"{method} {url}: {answer.status}")

    assert wrong == []


def is_allowed(rule: Rule, caller: str) -> bool:
    declared = guard(rule)
    if not declared.needs_account:
        return True
    if caller in (NOBODY, DISABLED):
        return False
    return declared.permission is None or declared.permission in PERMISSIONS.get(
        Role(caller), frozenset()
    )


#: What is decided with these is asked of nobody who has only left a desk unlocked.
STEPPED_UP = {
    Permission.ALLEGATION_DECIDE,
    Permission.CONCERN_DECIDE,
    Permission.CONTACT_CHECK,
    Permission.COVER_EDIT,
    Permission.DATA_PROTECTION_SIGN_OFF,
    Permission.SAFEGUARDING_SIGN_OFF,
}


def test_safeguarding_and_signatures_ask_for_the_second_step_again() -> None:
    asking = [rule for rule in RULES if guard(rule).permission in STEPPED_UP]
    writing = [rule for rule in asking if "POST" in (rule.methods or ())]

    assert len(writing) > 10
    assert [rule.endpoint for rule in writing if not guard(rule).is_fresh] == []


def test_a_view_without_a_guard_is_refused_when_it_is_called() -> None:
    app = create_app(config.for_tests())
    app.add_url_rule("/forgotten", "forgotten", lambda: "unguarded words")

    answer = app.test_client().get("/forgotten")

    assert answer.status_code == 403
    assert "unguarded words" not in answer.text


def test_a_view_cannot_declare_two_guards() -> None:
    with pytest.raises(TypeError):
        public(requires(Permission.AUDIT_READ)(lambda: ""))


def test_permissions_are_listed_in_order_and_every_one_is_given_and_asked_for() -> None:
    given = set().union(*PERMISSIONS.values())
    asked = {guard(rule).permission for rule in RULES} - {None}

    assert list(Permission) == sorted(Permission)
    assert given == asked == set(Permission)


def test_an_unknown_object_is_not_found_rather_than_an_error(sign_in_as: Any) -> None:
    client = sign_in_as(Role.PUBLISHER, Role.ADMINISTRATOR)

    for url in ("opportunities", "accounts"):
        assert client.get(f"/desk/{url}/{uuid.uuid4()}").status_code == 404
        assert client.get(f"/desk/{url}/{'9' * 40}").status_code == 404
