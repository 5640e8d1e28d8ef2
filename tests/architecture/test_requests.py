"""What holds for all routes: reading writes nothing, nonsense breaks nothing."""

import gc
import hashlib
import itertools
import os
import random
import resource
import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests import nonsense
from tests.architecture.test_guards import RULES, address, guard
from tests.conftest import Arrange
from vrn_community.accounts.roles import Role, permissions_of
from vrn_community.extensions import db

EVERYTHING = tuple(role for role in Role if role not in (Role.PARTNER, Role.BOARD_MEMBER))
#: Far more in `make drill`; before memory is measured, pages are made ready.
REQUESTS = int(os.environ.get("VRN_NONSENSE", "400"))
WARMING = max(100, REQUESTS // 10)
#: What one answer to nonsense, and all of them together, may cost at most (T28).
SLOWEST_SECONDS, MOST_GROWTH_MB = 5, 50


def fingerprint(app: Flask) -> str:
    """Return a hash of every row of every table."""
    with app.app_context():
        digest = hashlib.sha256()
        for table in sorted(db.metadata.tables):
            for row in sorted(map(repr, db.session.execute(text(f'SELECT * FROM "{table}"')))):
                digest.update(f"{table}{row}".encode())
        return digest.hexdigest()


def test_no_page_that_is_read_writes_anything(
    app: Flask,
    world: dict[str, Any],
    sign_in_as: Any,
) -> None:
    signed_in = sign_in_as(*EVERYTHING, email="all@example.org")
    before = fingerprint(app)

    for client, held in ((app.test_client(), None), (signed_in, permissions_of(EVERYTHING))):
        for url in every_page(world, held):
            assert client.get(url).status_code < 500, url
            assert client.head(url).status_code < 500, url

    assert fingerprint(app) == before


def every_page(world: dict[str, Any], held: Collection[Any] | None = None) -> Iterator[str]:
    """Go through all pages; with permissions, without those that refuse: that is written down."""
    for rule in RULES:
        asked = guard(rule).permission
        is_refused = held is not None and asked is not None and asked not in held
        if "GET" in (rule.methods or ()) and not is_refused:
            yield address(rule, world["opportunity"], world["account"])


def test_no_public_page_sets_a_cookie_or_asks_a_third_party(
    app: Flask,
    world: dict[str, Any],
) -> None:
    client = app.test_client(use_cookies=False)
    for url in every_page(world):
        if url.startswith("/desk"):
            continue
        answer = client.get(url, headers={"Cookie": "desk=stale; lang=ur"})
        assert "Set-Cookie" not in answer.headers, url
        policy = answer.headers["Content-Security-Policy"]
        assert "http" not in policy, policy
        assert "unsafe" not in policy, policy


def test_malformed_requests_get_an_answer_and_never_an_error(app, scene, visitors) -> None:
    made = nonsense.Nonsense(app, scene, visitors, random.Random(20261122))
    attempts = itertools.islice(made.attempts(), WARMING + REQUESTS)
    before, seen = 0.0, set()
    for number, attempt in enumerate(attempts):
        before = memory_mb() if number == WARMING else before
        began = time.monotonic()
        answer = answered(app, visitors, attempt)
        assert answer.status_code < 500, attempt
        assert time.monotonic() - began < SLOWEST_SECONDS, attempt
        assert "Traceback" not in answer.text
        seen.add(answer.status_code)

    assert memory_mb() - before < MOST_GROWTH_MB
    # It was read, and some of it was even taken; it did not end at the door.
    assert seen >= {200, 303, 400, 404}


def answered(
    app: Flask, visitors: Mapping[str, FlaskClient], attempt: nonsense.Attempt
) -> TestResponse:
    """Send a request, and undo what it did."""
    client = visitors[attempt.who] if attempt.has_cookie else app.test_client(use_cookies=False)
    cookie = client.get_cookie("desk", path="/desk") if attempt.has_cookie else None
    with app.app_context():
        savepoint = db.engine.begin_nested()
    answer = client.open(attempt.url, method=attempt.method, **attempt.options)
    savepoint.rollback()
    if cookie:
        client.set_cookie("desk", cookie.value, path="/desk")
    return answer


def memory_mb() -> float:
    """Return how much memory this process holds now; rubbish does not count."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


@pytest.mark.parametrize("body", [b'{"deep":' * 5_000, b'{"email": 7}', b"[7]"], ids=len)
def test_a_form_is_never_read_from_json(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/desk/sign-in", data=body, content_type="application/json")

    assert answer.status_code == 415
    assert "use the form on the page" in answer.get_data(as_text=True)


@pytest.mark.filterwarnings("ignore:unclosed file")  # The parser stops in the middle of a body.
@pytest.mark.parametrize("shape", ["too large", "too many fields"])
def test_what_is_too_much_is_refused_kindly(client: FlaskClient, shape: str) -> None:
    data = {"x": "y" * 3_000_000} if shape == "too large" else {f"f{n}": "1" for n in range(2_500)}
    answer = client.post("/desk/sign-in", data=data, content_type="multipart/form-data")

    gc.collect()  # What the parser left open is closed here, not in another test.
    assert answer.status_code == 413
    assert "too much" in answer.text


def test_the_tables_can_be_read_by_this_test(app: Flask, arrange: Arrange) -> None:
    before = fingerprint(app)
    with arrange():
        db.session.execute(
            text("INSERT INTO rate_limit (key, tries, expires_at) VALUES ('x', 1, '2026-01-01')")
        )

    assert fingerprint(app) != before
