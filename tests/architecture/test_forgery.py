"""No form that another website sends in somebody's name does anything (V15, T13)."""

from typing import Any

import pytest
from flask import Flask

from tests.architecture.test_guards import RULES, address, guard
from tests.architecture.test_requests import EVERYTHING, fingerprint
from vrn_community.extensions import csrf

WRITING = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.mark.parametrize("token", ["", "made-up", "." * 200])
def test_no_form_of_the_desk_counts_without_its_token(
    app: Flask, world: dict[str, Any], sign_in_as: Any, token: str
) -> None:
    client = sign_in_as(*EVERYTHING, email="all@example.org")
    rules = [rule for rule in RULES if WRITING & set(rule.methods or ()) and "/desk" in str(rule)]
    before, refused = fingerprint(app), 0

    for rule in rules:
        url = address(rule, world["opportunity"], world["account"])
        answer = client.post(url, data={"csrf_token": token} if token else {})
        # 403 where only a partner may go: the roles of partners go with no other role.
        assert answer.status_code in (400, 403), (url, answer.status_code)
        refused += answer.status_code == 400

    assert refused > len(rules) * 0.9
    assert fingerprint(app) == before


def test_only_public_pages_have_forms_without_a_session_to_protect(app: Flask) -> None:
    open_to_all = {blueprint.name for blueprint in csrf._exempt_blueprints}

    assert open_to_all
    for rule in RULES:
        if rule.endpoint.partition(".")[0] in open_to_all:
            assert not guard(rule).needs_account, rule
