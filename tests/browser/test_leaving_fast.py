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
from tests.browser.steps import follow
from tests.databases import opened
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.responses.test_sensitive import NOTE, SECTIONS
from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities import neutral

pytestmark = pytest.mark.browser
TYPED = "Zanzibar-4711"
#: What lists call it, and what is said about it behind the warning.
NAME, ABOUT = "Days and evenings", "Hurt at home"
#: What must never be seen again.
SECRETS = (ABOUT, NOTE, "At home", "safe at home", TYPED)
BACK = 12


@pytest.fixture(scope="module")
def browser(whole_browser: Browser) -> Browser:
    return whole_browser


@pytest.fixture(scope="module")
def asking(prepared: Path, tmp_path_factory: Any) -> Iterator[str]:
    """Return the address of a service of its own that asks something sensitive."""
    folder = tmp_path_factory.mktemp("sensitive")
    server.copy(prepared, folder)
    with opened(config.for_tests(data_dir=folder)):
        author = db.session.query(Account).first()
        named = {"title": NAME, "summary": NAME, "description_source": ABOUT}
        opportunity = make_opportunity(author, is_public=True, is_sensitive=True, **named)
        opportunity.opens_on = opportunity.closes_on = clock.today()  # So it comes first in lists.
        assert not list(neutral.telling_words(opportunity))
        make_version(opportunity, sections=SECTIONS)
        db.session.commit()
    with server.serving(folder) as address:
        yield address


def find(page: Page, address: str) -> None:
    """Come to the sensitive activity as people do: by the front page and the list."""
    page.goto(address)
    assert page.get_by_role("link", name=NAME).count()
    follow(page.get_by_role("link", name="See what is open"))
    follow(page.get_by_role("link", name=NAME))


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
    """Leave the site, press Back until there is no more, and return all that was seen."""
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
        find(page, asking)
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
    find(page, asking)
    for step in STEPS[:-1]:
        step(page)
    receipt = page.locator(".receipt-code").inner_text()
    page.locator("header a[data-exit]").last.click()
    page.wait_for_url(f"**{server.NEUTRAL}")
    window.close()

    kept = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    wanted = {text.encode() for text in (TYPED, receipt, receipt.replace(" ", ""), ABOUT)}
    wanted |= {text.decode().encode("utf-16-le") for text in wanted}
    found = {(name, text) for name, content in kept.items() for text in wanted if text in content}
    assert found == set()
    assert len(names_in_history(tmp_path)) <= 4


def names_in_history(folder: Path) -> set[str]:
    """Return the names of the pages that the history of a browser knows."""
    [history] = folder.rglob("History")
    with closing(pysqlite3.dbapi2.connect(str(history))) as connection:
        return {title for (title,) in connection.execute("SELECT title FROM urls")}
