"""What is typed into any public form stays out of the browser's profile (T32)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page
from sqlalchemy import select

from tests.browser import server
from tests.browser.fixtures import CHROMIUM, PATIENCE, QUIET
from tests.browser.steps import follow
from tests.databases import opened
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version, send
from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.moderation import services as moderation

pytestmark = pytest.mark.browser
#: What everything that is typed here begins with.
CANARY = "zanzibar"
#: The forms that anybody can open; those behind a receipt code come after.
FORMS = ("/code", "/session", "/privacy/ask", "/privacy/complain", "HARD/reach")
FORMS += ("OPEN/follow", "OPEN/answer")
BOX = "input[type=text]:visible:not([name=your_website]), textarea:visible"


@dataclass(frozen=True)
class Site:
    """A running service, and the receipts of two people who sent words to it."""

    address: str
    codes: dict[str, str]
    receipts: list[str]

    def url(self, path: str) -> str:
        for name, code in self.codes.items():
            path = path.replace(name, f"/o/{code}")
        return self.address + path


@pytest.fixture(scope="module")
def public(prepared: Path, tmp_path_factory: Any) -> Iterator[Site]:
    """Return a service of its own, in which somebody wrote words that others may not read."""
    folder = tmp_path_factory.mktemp("forms")
    server.copy(prepared, folder)
    with opened(config.for_tests(data_dir=folder)):
        author = db.session.scalars(select(Account)).first()
        assert author
        made = {"OPEN": make_opportunity(author, is_public=True)}
        made["HARD"] = make_opportunity(author, is_public=True, is_sensitive=True)
        versions = {name: make_version(asked) for name, asked in made.items()}
        receipts = [send(versions["OPEN"], words={"one-word": "Quiet"}) for _person in range(2)]
        written = select(Passage).where(Passage.contribution.has(opportunity_id=made["OPEN"].id))
        for passage in db.session.scalars(written):
            moderation.withhold(passage, moderator=author, reason="accuses")
        db.session.commit()
        codes = {name: asked.code for name, asked in made.items()}
    with server.serving(folder) as address:
        yield Site(address, codes, receipts)


@contextmanager
def browsing(browser: Browser, folder: Path, **options: Any) -> Iterator[Page]:
    """Give a page of a browser that keeps its profile in a folder, and close the browser."""
    window = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=CHROMIUM, args=list(QUIET), **options
    )
    window.set_default_timeout(PATIENCE)
    yield window.pages[0]
    window.close()


def asking(page: Page) -> list[Locator]:
    """Open all that is folded, and return the forms in which somebody can type."""
    folded = page.locator("main details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    forms = page.locator("main form[method=post]").all()
    return [form for form in forms if form.locator(BOX).count()]


def fill(form: Locator, text: str) -> None:
    for box in form.locator(BOX).all():
        box.fill(text)


def leave(page: Page) -> None:
    page.locator("header a[data-exit]").last.click()
    page.wait_for_url(f"**{server.NEUTRAL}")


def move_on(page: Page) -> None:
    """Open another page, so that the one before stays among those that Back brings."""
    page.goto("about:blank")


def type_and_leave(page: Page, url: str) -> None:
    for go in (leave, move_on):
        page.goto(url)
        for form in asking(page):
            fill(form, f"{CANARY}-left@example.org")
        go(page)


def type_and_send(page: Page, url: str) -> None:
    page.goto(url)
    for number in range(len(asking(page))):
        page.goto(url)
        form = asking(page)[number]
        fill(form, f"{CANARY}-sent@example.org")
        follow(form.locator("button").last)
        move_on(page)


def use_receipt(page: Page, site: Site, receipt: str) -> None:
    """Do all that a receipt is for: look, ask to look again, change, and take back."""
    acts = (
        (_look_again, "Use my code"),
        (_change, "Check your answers"),
        (_take_back, "Nothing of it"),
    )
    for act, heading in acts:
        page.goto(site.url("/code"))
        page.fill("#code", receipt)
        follow(page.get_by_role("button", name="Open"))
        act(page)
        assert page.get_by_role("heading", name=heading).count(), page.url
        move_on(page)


def _look_again(page: Page) -> None:
    [form] = asking(page)
    fill(form, f"{CANARY}-reason")
    follow(form.locator("button"))


def _change(page: Page) -> None:
    follow(page.get_by_role("button", name="Change my answers"))


def _take_back(page: Page) -> None:
    asking(page)
    follow(page.get_by_role("button", name="Delete what I sent"))


def kept(folder: Path, *secrets: str) -> set[tuple[str, str]]:
    """Return which files of a profile hold a secret, in either way of writing letters down."""
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    ways: tuple[Callable[[str], bytes], ...] = (str.encode, lambda text: text.encode("utf-16-le"))
    return {
        (name, secret)
        for name, content in files.items()
        for secret in secrets
        for way in ways
        if way(secret) in content
    }


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_no_form_leaves_what_was_typed_in_the_folder_of_the_browser(
    public: Site, browser: Browser, tmp_path: Path, script: bool
) -> None:
    receipt = public.receipts[script]
    with browsing(browser, tmp_path, java_script_enabled=script) as page:
        for path in FORMS:
            type_and_leave(page, public.url(path))
            type_and_send(page, public.url(path))
        use_receipt(page, public, receipt)

    assert kept(tmp_path, CANARY, receipt, receipt.replace(" ", "")) == set()


def test_a_form_that_the_browser_keeps_would_be_noticed(
    public: Site, browser: Browser, tmp_path: Path
) -> None:
    with browsing(browser, tmp_path) as page:
        page.goto(public.url("/code"))
        page.evaluate("document.querySelectorAll('main [type=password]').forEach(e => e.remove())")
        page.fill("#code", CANARY)
        follow(page.get_by_role("button", name="Open"))

    assert kept(tmp_path, CANARY)
