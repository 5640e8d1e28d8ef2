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


RIGHTS = {
    "/desk/privacy-requests": ("request_id", ("", "/reveal", "/letter", "/answer", "/note")),
    "/desk/breaches": ("breach_id", ("", "/add")),
    "/desk/exports": ("export_id", ("/file",)),
    "/desk/exports/approvals": ("export_id", ("", "/approve", "/refuse")),
}


@pytest.mark.parametrize("role", [*OUTSIDERS[:-1], Role.PEER_ANALYST, Role.FACILITATOR])
def test_no_outsider_opens_a_rights_request_a_breach_or_an_export(sign_in_as, scene, role):
    client = sign_in_as(role, email="outsider@example.org")
    for place, (name, acts) in RIGHTS.items():
        for key in (*scene.known[name], uuid.uuid4()):
            for act in acts:
                refused(client, f"{place}/{key}{act}")
        refused(client, place)


def test_the_officer_opens_no_export_and_the_analyst_approves_none(sign_in_as, scene):
    officer = sign_in_as(Role.DATA_PROTECTION_OFFICER, email="officer@example.org")
    analyst = sign_in_as(Role.ANALYST, email="analyst@example.org")
    for key in scene.known["export_id"]:
        refused(officer, f"/desk/exports/{key}/file")
        for act in ("", "/approve", "/refuse"):
            refused(analyst, f"/desk/exports/approvals/{key}{act}")


def refused(client, url):
    reason = {"reveal-reason": "decide", "reason": "asked"}
    answers = (client.get(url), send(client, url, reason))
    assert {answer.status_code for answer in answers} in ({403}, {403, 405}), url
    assert answers[1].status_code in (403, 405), url
    for answer in answers:
        assert not [word for word in (*secret_words.SECRETS, WORDS) if word in answer.text]
