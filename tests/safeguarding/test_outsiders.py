"""Nobody who must answer to people, or who checks on others, opens what people said (P1)."""

import uuid

import pytest

from tests.factories.passages import WORDS
from tests.moderation import secret_words
from tests.pages import send
from vrn_community.accounts.roles import Role

OUTSIDERS = (
    Role.PARTNER,
    Role.BOARD_MEMBER,
    Role.OVERSIGHT_MEMBER,
    Role.OVERSIGHT_CHAIR,
    Role.SECRETARIAT,
    Role.ADMINISTRATOR,
    Role.DATA_PROTECTION_OFFICER,
)


@pytest.fixture
def scene(arrange, partnership):
    with arrange():
        return secret_words.store()


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_outsider_opens_an_original_a_case_or_a_list_of_either(sign_in_as, scene, role):
    client = sign_in_as(role, email="outsider@example.org")
    [concern, *_more] = scene.known["concern_id"]
    words = "/desk/moderation"
    for passage in (*scene.known["passage_id"][:3], uuid.uuid4()):
        for act in ("", "/reveal", "/clear", "/redact", "/concern"):
            refused(client, f"{words}/{passage}{act}")
    for key in (concern, uuid.uuid4()):  # Whether there is one is not told either.
        for act in ("", "/reveal", "/decide", "/close"):
            refused(client, f"/desk/safeguarding/{key}{act}")
    for url in (words, "/desk/safeguarding"):
        refused(client, url)


def refused(client, url):
    reason = {"reveal-reason": "decide", "reason": "asked"}
    answers = (client.get(url), send(client, url, reason))
    assert {answer.status_code for answer in answers} in ({403}, {403, 405}), url
    for answer in answers:
        assert not [word for word in (*secret_words.SECRETS, WORDS) if word in answer.text]
