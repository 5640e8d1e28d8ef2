"""Nobody who must answer to people, or who checks on others, opens what people said (P1)."""

import itertools
import uuid
from collections.abc import Iterator, Set

import pytest

from tests.factories.passages import WORDS
from tests.moderation.secret_words import SECRETS, Scene
from tests.moderation.visitors import addresses
from tests.pages import csrf_token
from vrn_community.accounts.roles import SEES_RAW, Role, permissions_of
from vrn_community.foundation.permissions import Permission, guard_of

P = Permission
#: What lets somebody open raw words, cases, contacts, what was asked in private, or a file of
#: answers, or act on them. That no other page shows any is seen in `tests/moderation/
#: test_canary.py`.
SHOWS_RAW = frozenset(
    {
        P.ALLEGATION_DECIDE,
        P.BREACH_RECORD,
        P.CONCERN_DECIDE,
        P.CONCERN_RAISE,
        P.EXPORT_APPROVE,
        P.EXPORT_ASK,
        P.FOLLOWER_TELL,
        P.PASSAGE_MODERATE,
        P.PRIVACY_REQUEST_ANSWER,
        P.RAW_DATA_DECIDE,
    }
)
Way = tuple[str, str, str]


def test_only_roles_that_are_kept_apart_from_outsiders_show_raw_words() -> None:
    assert {role for role in Role if permissions_of([role]) & SHOWS_RAW} == SEES_RAW
    assert SEES_RAW.isdisjoint(
        {
            Role.PARTNER,
            Role.BOARD_MEMBER,
            Role.OVERSIGHT_MEMBER,
            Role.OVERSIGHT_CHAIR,
            Role.SECRETARIAT,
            Role.ADMINISTRATOR,
            Role.YOUTH_PANEL,
        }
    )


@pytest.mark.once
def test_nobody_opens_an_original_a_contact_or_a_case_unless_their_role_does(
    app, scene, visitors
) -> None:
    for who, visitor in visitors.items():
        token = csrf_token(visitor) if who else ""
        for method, endpoint, url in closed_to(
            app, scene, permissions_of([Role(who)] if who else [])
        ):
            answer = visitor.open(url, method=method, data=typed(method, token))
            is_sent_away = not who and answer.status_code in (303, 401)
            assert is_sent_away or answer.status_code == 403, (who, endpoint, url)
            assert not [word for word in (*SECRETS, WORDS) if word in answer.text]


def typed(method: str, token: str) -> dict[str, str]:
    good = {"reveal-reason": "decide", "reason": "asked", "csrf_token": token}
    return good if method == "POST" else {}


def closed_to(app, scene: Scene, held: Set[Permission]) -> Iterator[Way]:
    """Yield every route that shows raw words and asks for more than somebody has."""
    for method in ("GET", "POST"):
        found = itertools.groupby(addresses(app, scene, method), key=lambda way: way[0])
        for endpoint, ways in found:
            if guard_of(app.view_functions[endpoint]).permission in SHOWS_RAW - held:
                real = next(ways)[1]
                # Whether there is one is not told either.
                for url in dict.fromkeys((real, unknown(scene, real))):
                    yield method, endpoint, url


def unknown(scene: Scene, url: str) -> str:
    """Return an address with keys that nothing has."""
    keys = {str(key) for key in itertools.chain.from_iterable(scene.known.values())}
    parts = (
        str(uuid.uuid4()) if len(part) == 36 and part in keys else part for part in url.split("/")
    )
    return "/".join(parts)


@pytest.mark.once
def test_every_route_about_passages_cases_and_requests_is_tried(app, scene) -> None:
    tried = {url for _method, _endpoint, url in closed_to(app, scene, frozenset())}
    for ending in ("open", "agree", "hold", "withhold", "appeal/keep", "reveal", "clear-alike"):
        assert [url for url in tried if url.endswith(f"/{ending}")], ending
    for start in ("moderation/alike", "safeguarding", "exports", "breaches", "privacy-requests"):
        assert [url for url in tried if url.startswith(f"/desk/{start}")], start
