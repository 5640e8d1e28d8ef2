"""A peer analyst codes cleared words of what has closed, and opens nothing else."""

import pytest

from tests.factories.passages import make_passage
from tests.insights.conftest import CROWD
from tests.insights.test_desk import at as results_at
from tests.insights.words.conftest import ABOUT, cleared
from tests.insights.words.test_desk import add_theme, at, only
from tests.pages import Page, send
from vrn_community.accounts import roles
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import PassageState
from vrn_community.extensions import db
from vrn_community.foundation.permissions import Permission
from vrn_community.insights.words.models import Coding, Theme
from vrn_community.opportunities.lifecycle import OpportunityState


@pytest.fixture
def peer(sign_in_as):
    return sign_in_as(Role.PEER_ANALYST, email="peer@example.org")


@pytest.fixture
def spoken(stored, arrange):
    """Return a function that stores an activity with words to read, and one that waits."""

    def make(**changes):
        opportunity = stored(CROWD, **changes)
        with arrange():
            cleared(opportunity, ABOUT[:20], question_id="why")
            make_passage(opportunity, "CANARY", PassageState.PENDING, "why")
        return opportunity

    return make


def test_a_peer_codes_what_is_cleared(peer, sign_in_as, spoken, app):
    closed = spoken()
    add_theme(sign_in_as(Role.ANALYST, email="ana@example.org"), closed)
    theme = only(app, Theme)

    assert at(closed) in Page.get(peer, "/desk/words").links()
    assert at(closed, "/why") in Page.get(peer, at(closed)).links()
    page = Page.get(peer, at(closed, "/why"))
    assert page.has(ABOUT[0].split(".")[0]) or page.all("blockquote")
    assert not page.has("CANARY")
    keys = [i.get("value") for i in page.all("input") if i.get("name") == "among"]
    send(peer, at(closed, "/why"), {"among": keys, "given": [f"{keys[0]} {theme.id}"]})

    with app.app_context():
        assert db.session.query(Coding).count() == 1
    Page.get(peer, at(closed, "/why/agreement"))


def test_a_peer_is_led_to_no_page_that_is_refused(peer, spoken):
    closed = spoken()

    for address in ("/desk/words", at(closed), at(closed, "/why")):
        for link in Page.get(peer, address).links():
            if link.startswith("/desk"):
                assert peer.get(link).status_code < 400, (address, link)


@pytest.mark.parametrize("state", [OpportunityState.PUBLISHED, OpportunityState.PAUSED])
def test_a_peer_reads_nothing_of_what_is_still_open(peer, spoken, state):
    still_open = spoken(state=state)

    for ending in ("", "/why", "/why/agreement"):
        assert peer.get(at(still_open, ending)).status_code == 404
    assert send(peer, at(still_open, "/why"), {}).status_code == 404
    assert at(still_open) not in Page.get(peer, "/desk/words").links()


def test_a_peer_opens_nothing_else(peer, spoken):
    closed = spoken()

    for ending in ("", "/by", "/quality", "/reach", "/releases"):
        assert peer.get(results_at(closed, ending)).status_code == 403
    for ending in ("/why/themes", "/why/suggestions"):
        assert peer.get(at(closed, ending)).status_code == 403
        assert send(peer, at(closed, ending), {}).status_code == 403
    for address in ("/desk/moderation", "/desk/results", "/desk/insights", "/desk/accounts"):
        assert peer.get(address).status_code in (403, 404)


def test_the_role_gives_one_thing_and_goes_with_no_body(session):
    assert roles.permissions_of([Role.PEER_ANALYST]) == {Permission.THEME_CODE}
    assert not roles.are_compatible([Role.PEER_ANALYST, Role.PARTNER])
