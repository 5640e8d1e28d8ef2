"""Every page of the desk, as rules and eyes see it: in Urdu, on a phone; and that it fits a desk.

One address of each page is looked at, by a role that may open it: those of the canary's scene,
which has a real value for every parameter. In English the same markup runs the other way.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests import databases
from tests.browser import server
from tests.browser.barriers import barriers
from tests.moderation.secret_words import store
from tests.moderation.visitors import give, open_to
from vrn_community import config
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db

pytestmark = pytest.mark.browser
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
#: Where pictures of the pages are kept, for people who look at them; empty: nowhere.
PICTURES = os.environ.get("VRN_PICTURES", "")
#: Addresses where a file is fetched, pages for people who come in (`test_second_step.py`), and one
#: that needs a host with a name (`test_passkeys.py`).
ELSEWHERE = {
    "accounts_desk.sign_in",
    "asked_desk.enter",  # Opens only while a body that nobody answers for owes evidence.
    "passkeys_desk.add",
    "questionnaires_desk.export",
    "questionnaires_desk.translations_file",
    "scrutiny_desk.bring_up",  # Opens only while evidence is overdue.
    "sign_in_desk.code",
}


@dataclass(frozen=True)
class Visitor:
    """Somebody of the demonstration, signed in, and what they may try to open."""

    token: str
    addresses: list[tuple[str, str]]


@pytest.fixture
def visitors(prepared: Path, tmp_path: Path) -> list[Visitor]:
    """Store the scene beside the demonstration, and let somebody of each role come in."""
    server.copy(prepared, tmp_path)
    settings = config.Settings(mode=config.Mode.DEMO, data_dir=tmp_path)
    with databases.opened(settings) as app:
        scene = store()
        mails = {f"{role}@demo.example": role for role in Role}
        found = db.session.scalars(select(Account).where(Account.email.in_(mails)))
        of_role = {mails[account.email]: account for account in found}
        give(scene, of_role)
        for account in of_role.values():
            account.language = "ur"
        made = [
            Visitor(
                accounts.begin_session(account, is_proved=True), open_to(app, scene, "GET", role)
            )
            for role, account in of_role.items()
        ]
        db.session.commit()
    return made


def look(page: Any, name: str) -> list[str]:
    """Return what is wrong with a page, on a phone and on a desk."""
    wrong = [barriers(page)]
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"scrolls sideways at {size['width']}")
        if PICTURES:
            path = Path(PICTURES) / f"{name}-{size['width']}.png"
            page.screenshot(path=str(path), full_page=True)
    if page.locator("h1").count() != 1 or page.evaluate("document.documentElement.dir") != "rtl":
        wrong.append("one h1, from right to left")
    return [f"{name}: {each}" for each in wrong if each]


def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    visitors: list[Visitor], tmp_path: Path, context: Any
) -> None:
    seen: set[str] = set()
    wrong: list[str] = []
    with server.serving(tmp_path) as site:
        for visitor in visitors:
            page = come_in(context(**PHONE), visitor, site)
            for name, url in visitor.addresses:
                if name not in seen and is_page(page.request.get(f"{site}{url}", max_redirects=0)):
                    seen.add(name)
                    page.goto(f"{site}{url}")
                    wrong += look(page, name)

    assert wrong == []
    assert {name for visitor in visitors for name, _url in visitor.addresses} - seen == ELSEWHERE


def is_page(answer: Any) -> bool:
    return answer.status == 200 and "text/html" in answer.headers["content-type"]


def come_in(window: Any, visitor: Visitor, site: str) -> Any:
    window.add_cookies([{"name": "desk", "value": visitor.token, "url": f"{site}/desk"}])
    return window.new_page()


def test_errors_of_forms_are_found_by_rules_too(
    visitors: list[Visitor], tmp_path: Path, context: Any
) -> None:
    wanted = {"evidence_desk.new", "evidence_desk.withdraw", "opportunities_desk.new"}
    with server.serving(tmp_path) as site:
        for visitor in visitors:
            page = come_in(context(**PHONE), visitor, site)
            for name, url in visitor.addresses:
                if name in wanted and is_page(page.goto(f"{site}{url}")):
                    wanted.remove(name)
                    page.locator("main form button:not([name])").last.click()
                    assert page.locator(".field-error").count() >= 1
                    assert barriers(page) == ""

    assert wanted == set()
