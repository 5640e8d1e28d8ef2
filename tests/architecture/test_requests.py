"""What holds for all routes: reading writes nothing, nonsense breaks nothing."""

import gc
import hashlib
import random
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.architecture.test_guards import RULES, address, guard
from tests.conftest import Arrange
from vrn_community.accounts.roles import Role, permissions_of
from vrn_community.extensions import db

EVERYTHING = tuple(role for role in Role if role not in (Role.PARTNER, Role.BOARD_MEMBER))
REQUESTS = 500
NONSENSE = [
    "", "\x00", "%00", "../../etc/passwd", "a" * 5_000, "-1", "9" * 400, "\ud7ff", "\u202e", "'--",
    "<script>alert(1)</script>", "{{7*7}}", "%(x)s", "None", "[]", "1e309", "٣", "𝟙", "\r\nX: y",
]  # fmt: skip
ODD_BYTES = ["%ff%fe", "%c0%af", "%ED%A0%80", "%", "%zz", "%0d%0aSet-Cookie:x=1"]


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


def test_malformed_requests_get_an_answer_and_never_an_error(
    app: Flask,
    world: dict[str, Any],
    sign_in_as: Any,
) -> None:
    chance = random.Random(20261122)
    clients = [app.test_client(use_cookies=False), sign_in_as(*EVERYTHING, email="all@example.org")]
    answered = 0

    for _ in range(REQUESTS):
        rule = chance.choice(RULES)
        url = address(rule, world["opportunity"], world["account"])
        answer = malformed(chance, chance.choice(clients), url)
        assert answer.status_code < 500, (url, answer.status_code)
        assert "Traceback" not in answer.text
        answered += 1

    assert answered == REQUESTS


def malformed(chance: random.Random, client: FlaskClient, url: str) -> Any:
    """Send one request that no page of ours would send."""
    names = ["q", "page", "level", "area", "state", "id", "title", "held", "csrf_token", "next"]
    fields = {chance.choice(names): chance.choice(NONSENSE) for _ in range(4)}
    shapes: list[dict[str, Any]] = [
        {"query_string": fields},
        {"query_string": "&".join(f"{name}={chance.choice(ODD_BYTES)}" for name in names)},
        {"data": fields},
        {"data": b"\x00\xff" * 500, "content_type": "application/x-www-form-urlencoded"},
        {"data": b"--x\r\nbroken", "content_type": "multipart/form-data; boundary=x"},
        {"data": b'{"deep":' * 500, "content_type": "application/json"},
        {"headers": {"Cookie": f"desk={chance.choice(ODD_BYTES)}; desk-messages=x.y.z"}},
        {"headers": {"Accept-Language": "x" * 2_000, "Range": "bytes=9-1", "Expect": "?"}},
        {"headers": {"If-None-Match": "*", "Accept-Encoding": ";;q=", "Content-Length": "x"}},
    ]
    method = chance.choice(["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
    tail = chance.choice(["", "", "/", "/" + chance.choice(ODD_BYTES)])
    return client.open(f"{url.rstrip('/')}{tail}" or "/", method=method, **chance.choice(shapes))


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
