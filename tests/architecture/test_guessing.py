"""Nobody learns at any door whether an account, a code, a draft or an invitation exists."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.architecture.guessing import Door, store
from tests.conftest import Arrange

#: What differs from answer to answer whatever was asked.
CHANGES = re.compile(r'(name="csrf_token"|name="state")[^>]*')


@pytest.fixture
def doors(
    app: Flask, arrange: Arrange, partnership: None, monkeypatch: pytest.MonkeyPatch
) -> list[Door]:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    with arrange():
        return store()


def seen(answer: TestResponse, guess: str) -> tuple[int, str, list[tuple[str, str]]]:
    """Return everything that a stranger sees, without what they typed themselves."""
    headers = [
        (name, value)
        for name, value in answer.headers.items()
        if name not in ("Set-Cookie", "Content-Length")
    ]
    return answer.status_code, CHANGES.sub("", answer.text.replace(guess, "")), headers


def test_what_exists_and_what_never_did_get_the_same_bytes(app: Flask, doors: list[Door]) -> None:
    for door in doors:
        answers = [
            seen(door.knock(app.test_client(), guess), guess)
            for guess in (door.known, door.unknown, door.known)
        ]
        assert answers[0] == answers[1] == answers[2], door.name
        assert answers[0][0] in (200, 410), door.name


def test_what_is_asked_has_one_length_and_does_exist(doors: list[Door]) -> None:
    assert {door.name for door in doors} == {
        "account",
        "receipt",
        "receipt taken back",
        "draft",
        "invitation",
    }
    for door in doors:
        assert door.known != door.unknown
