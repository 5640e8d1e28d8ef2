"""Leave, then Back: nothing sensitive comes up again, nor stays in the browser (T31, T32)."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2
import pytest
from playwright.sync_api import Browser, Error, Page

from tests.browser import server
from tests.browser.fixtures import CHROMIUM, QUIET
from tests.databases import opened
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.responses.test_sensitive import NOTE, SECTIONS, TITLE
from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db

pytestmark = pytest.mark.browser
TYPED = "Zanzibar-4711"
#: What must never be seen again.
SECRETS = (TITLE, NOTE, "At home", "safe at home", TYPED)
BACK = 10


@pytest.fixture(scope="module")
def asking(prepared: Path, tmp_path_factory: Any) -> Iterator[str]:
    """Return the address of a sensitive activity in a service of its own."""
    folder = tmp_path_factory.mktemp("sensitive")
    for path in prepared.glob("*.sqlite*"):
        (folder / path.name).write_bytes(path.read_bytes())
    with opened(config.for_tests(data_dir=folder)):
        author = db.session.query(Account).first()
        opportunity = make_opportunity(author, is_public=True, is_sensitive=True, title=TITLE)
        make_version(opportunity, sections=SECTIONS)
        db.session.commit()
        code = opportunity.code
    with server.serving(folder) as address:
        yield f"{address}/o/{code}"


def press(page: Page, value: str = "") -> None:
    selector = f"main button[value={value}]:not(.visually-hidden)" if value else "main form button"
    page.locator(selector).first.click()
    page.wait_for_load_state()


def _about(page: Page) -> None:
    press(page)


def _start(page: Page) -> None:
    press(page, "told")


def _age(page: Page) -> None:
    press(page, "next")


def _street(page: Page) -> None:
    page.locator("input[value='18-24']").check()
    press(page, "next")


def _note(page: Page) -> None:
    page.locator("#questions [name=street]").fill(TYPED)
    press(page, "next")


def _hard(page: Page) -> None:
    press(page, "next")


def _last(page: Page) -> None:
    page.locator("#questions [name=home]").fill(TYPED)
    press(page, "next")


def _check(page: Page) -> None:
    press(page, "next")


def _sent(page: Page) -> None:
    press(page, "send")


def _checked_in(page: Page) -> None:
    press(page, "upset")


#: What leads from each page to the next.
STEPS: tuple[Callable[[Page], None], ...] = (
    _about,
    _start,
    _age,
    _street,
    _note,
    _hard,
    _last,
    _check,
    _sent,
    _checked_in,
)


#: After how many steps somebody leaves; the way back passes all earlier pages each time. The drill
#: leaves after each of them.
LEFT_AFTER = (
    tuple(range(1, len(STEPS) + 1))
    if os.environ.get("VRN_LEAVING") == "all"
    else (1, 5, 7, len(STEPS))
)


def leave_and_go_back(page: Page) -> list[str]:
    """Leave the site, press Back ten times, and return all that was seen."""
    page.locator("header a[data-exit]").last.click()
    page.wait_for_url(f"**{server.NEUTRAL}")
    seen: list[str] = []
    for _press in range(BACK):
        with suppress(Error):  # A form is not sent again by itself: Chromium says so instead.
            page.go_back(timeout=400, wait_until="commit")
        page.wait_for_timeout(20)
        seen += [page.title(), page.url, page.content()]
    return seen


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_back_never_shows_what_somebody_left(asking: str, context: Any, script: bool) -> None:
    for steps in LEFT_AFTER:
        page = context(width=360, height=740, java_script_enabled=script).new_page()
        page.goto(asking)
        for step in STEPS[:steps]:
            step(page)

        seen = leave_and_go_back(page)

        shown = {secret for secret in SECRETS for text in seen if secret in text}
        assert shown == set(), (steps, shown)
        page.context.close()


def test_nothing_of_it_stays_in_the_folder_of_the_browser(
    asking: str, browser: Browser, tmp_path: Path
) -> None:
    window = browser.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=CHROMIUM, args=list(QUIET)
    )
    page = window.pages[0]
    page.goto(asking)
    for step in STEPS[:-1]:
        step(page)
    receipt = page.locator(".receipt-code").inner_text()
    page.locator("header a[data-exit]").last.click()
    page.wait_for_url(f"**{server.NEUTRAL}")
    window.close()

    kept = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    wanted = {text.encode() for text in (TYPED, receipt, receipt.replace(" ", ""), TITLE)}
    wanted |= {text.decode().encode("utf-16-le") for text in wanted}
    found = {(name, text) for name, content in kept.items() for text in wanted if text in content}
    assert found == set()
    assert len(names_in_history(tmp_path)) <= 2


def names_in_history(folder: Path) -> set[str]:
    """Return the names of the pages that the history of a browser knows."""
    [history] = folder.rglob("History")
    with closing(pysqlite3.dbapi2.connect(str(history))) as connection:
        return {title for (title,) in connection.execute("SELECT title FROM urls")}
