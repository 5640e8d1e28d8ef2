"""No form that another website sends in somebody's name does anything (V15, T13)."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.architecture.test_guards import RULES, address, guard
from tests.architecture.test_requests import EVERYTHING, fingerprint
from vrn_community.accounts.roles import permissions_of
from vrn_community.extensions import csrf

WRITING = {"POST", "PUT", "PATCH", "DELETE"}


def is_form_of_desk(rule: Rule) -> bool:
    return bool(WRITING & set(rule.methods or ())) and str(rule).startswith("/desk")


@pytest.mark.parametrize("token", ["", "made-up", "." * 200])
def test_no_form_of_the_desk_counts_without_its_token(
    app: Flask, world: dict[str, Any], sign_in_as: Any, token: str
) -> None:
    client = sign_in_as(*EVERYTHING, email="all@example.org")
    held = permissions_of(EVERYTHING)
    # The roles of partners go with no other role: what only they may do is refused anyway.
    rules = [rule for rule in RULES if is_form_of_desk(rule) and guard(rule).permission in held]
    before = fingerprint(app)

    for rule in rules:
        url = address(rule, world["opportunity"], world["account"])
        answer = client.post(url, data={"csrf_token": token} if token else {})
        assert answer.status_code == 400, url

    assert len(rules) > 50
    assert fingerprint(app) == before


def test_only_public_pages_have_forms_without_a_session_to_protect(app: Flask) -> None:
    open_to_all = {blueprint.name for blueprint in csrf._exempt_blueprints}

    assert open_to_all
    for rule in RULES:
        if rule.endpoint.partition(".")[0] in open_to_all:
            assert not guard(rule).needs_account, rule
