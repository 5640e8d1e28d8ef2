"""A member votes in secret and finds the vote again; the pages of the group, as eyes see them."""

import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests import databases
from tests.browser import server
from tests.browser.barriers import barriers
from vrn_community import config
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.demo.scrutiny import CHAIR
from vrn_community.extensions import db
from vrn_community.oversight.ballots.models import Ballot

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("VRN_PICTURES", "")
SIZES = [(360, 740), (1280, 900)]


@pytest.fixture
def tokens(prepared: Path, tmp_path: Path) -> dict[str, str]:
    """Let people of the demonstration come in, beside a copy of its database."""
    server.copy(prepared, tmp_path)
    names = ("oversight-chair", "oversight-member", "member-2", "publisher", "secretariat")
    with databases.opened(config.Settings(mode=config.Mode.DEMO, data_dir=tmp_path)):
        mails = {f"{name}@demo.example": name for name in names}
        found = db.session.scalars(select(Account).where(Account.email.in_(mails)))
        made = {mails[a.email]: accounts.begin_session(a, is_proved=True) for a in found}
        # The last day of the open ballot, so that the chair can close it.
        ballot = db.session.scalars(select(Ballot).where(Ballot.question == CHAIR)).one()
        ballot.closes_on = ballot.opens_on
        db.session.commit()
    return made


def come_in(window: Any, token: str, site: str) -> Any:
    window.add_cookies([{"name": "desk", "value": token, "url": f"{site}/desk"}])
    return window.new_page()


def look(page: Any, name: str) -> None:
    assert barriers(page) == "", name
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        if PICTURES:
            path = Path(PICTURES) / f"{name}-{width}.png"
            page.screenshot(path=str(path), full_page=True)


def test_a_member_votes_in_secret_without_javascript_and_finds_the_vote_again(
    tokens: dict[str, str], tmp_path: Path, context: Any
) -> None:
    with server.serving(tmp_path) as site:
        member = come_in(context(java_script_enabled=False), tokens["oversight-member"], site)
        member.goto(f"{site}/desk/ballots")
        member.get_by_role("link", name=CHAIR).click()
        address = member.url
        member.get_by_label("Another one each time").check()
        member.get_by_role("button", name="Send my vote").click()
        code = member.locator(".receipt-code").inner_text()
        assert code.replace(" ", "") not in member.url
        member.get_by_role("link", name="Back to the ballot").click()
        assert member.get_by_text("3 of 5; at least 3 must").is_visible()
        assert member.get_by_text(code).count() == 0

        chair = come_in(context(java_script_enabled=False), tokens["oversight-chair"], site)
        chair.goto(address)
        chair.get_by_role("button", name="Close and count it").click()

        member.goto(address)
        row = member.get_by_role("row").filter(has_text=code)
        assert row.count() == 1
        assert "Another one each time" in row.inner_text()
        assert member.get_by_text("everybody knows how each of them voted").is_visible()


def test_the_pages_of_ballots_proposals_and_texts_have_no_barriers(
    tokens: dict[str, str], tmp_path: Path, context: Any
) -> None:
    with server.serving(tmp_path) as site:
        chair = come_in(context(), tokens["oversight-chair"], site)
        for name, path, link in (
            ("ballots", "/desk/ballots", ""),
            ("ballot-new", "/desk/ballots/new", ""),
            ("ballot-open", "/desk/ballots", CHAIR),
            ("ballot-consent", "/desk/ballots?state=closed", "We ask the council"),
            ("ballot-secret", "/desk/ballots?state=closed", "What should we look at"),
            ("proposals", "/desk/proposals", ""),
            ("proposal", "/desk/proposals?state=taken-up", "Young people choose"),
            ("statements", "/desk/statements", ""),
            ("statement", "/desk/statements?state=published", "We talked about"),
            ("public", "/oversight", ""),
            ("public-notes", "/oversight", "We talked about"),
            ("public-decision", "/oversight", "What we ask of the council"),
            ("public-urdu", "/ur/oversight", ""),
        ):
            chair.goto(f"{site}{path}")
            if link:
                chair.locator("main a", has_text=link).first.click()
            look(chair, name)
