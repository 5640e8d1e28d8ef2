"""While many answers arrive: the sum and the wait in a real browser, and two processes."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import server
from tests.browser.barriers import barriers
from tests.browser.steps import follow
from tests.browser.test_public_pages import HEAVIEST, WORRYING, sizes_of
from tests.faults.people import CODE, Person
from vrn_community.config import Settings

pytestmark = pytest.mark.browser
#: How much slower a cheap phone is than this machine, and how long its sum may take.
SLOWER, LONGEST_SECONDS = 6, 3.0
WAIT = "Many answers are arriving just now"
THANKS = "Thank you. Your answers are in."
SOLVED = "[name=proof][value]"
#: More than two processes take in a minute of quiet times.
BALLOTS = 60


@pytest.fixture(scope="module")
def busy(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """Return somebody at a service that asks everybody."""
    folder = tmp_path_factory.mktemp("busy")
    server.copy(prepared, folder)
    always = {"application": "tests.crowded:app", "CALM_RATE": "-1"}
    with server.serving(folder, workers=2, **always) as site, closing(Person(site)) as person:
        yield person


@pytest.fixture
def last_page(busy: Person, context: Any) -> Callable[..., Page]:
    """Return a function that goes through the questions up to the page with *Send*."""

    def walk(language: str = "", **options: Any) -> Page:
        page: Page = context(width=360, height=740, **options).new_page()
        page.goto(busy.site + language + busy.url)
        while not page.locator("main .button[value=send]").count():
            follow(page.locator("main .button-forward").first)
        return page

    return walk


def send(page: Page) -> None:
    page.locator("main .button-forward[value=send]").click()


def test_with_javascript_nobody_notices_the_sum(last_page: Any) -> None:
    page = last_page()
    complaints: list[str] = []
    page.on("console", lambda said: said.type in WORRYING and complaints.append(said.text))

    send(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)
    assert complaints == []


def test_on_a_slow_phone_the_sum_takes_no_more_than_three_seconds(last_page: Any) -> None:
    page = last_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    taken = []

    for _time in range(5):
        follow(page.locator("main .button[value=back]"))
        follow(page.locator("main .button-forward[value=next]"))
        began = time.monotonic()
        page.wait_for_selector(SOLVED, state="attached", timeout=30_000)
        taken.append(time.monotonic() - began)

    # One of them may have bad luck: it is a lottery.
    assert statistics.median(taken) <= LONGEST_SECONDS, taken


def test_whoever_presses_send_before_the_sum_is_done_need_not_press_again(last_page: Any) -> None:
    page = last_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    follow(page.locator("main .button[value=back]"))
    follow(page.locator("main .button-forward[value=next]"))
    send(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS, timeout=30_000)


def test_without_javascript_somebody_waits_and_sends(last_page: Any) -> None:
    page = last_page(java_script_enabled=False)

    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(WAIT)
    seconds = int(page.locator("main .lead").inner_text().split()[1])
    assert 0 < seconds <= 20
    page.wait_for_timeout(seconds * 1_000)
    send(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)


def test_the_page_with_the_sum_is_light(last_page: Any) -> None:
    page = last_page()
    follow(page.locator("main .button[value=back]"))

    sizes = sizes_of(page, lambda: page.locator("main .button-forward[value=next]").click())

    assert sum(sizes) <= HEAVIEST, sizes


@pytest.mark.parametrize(("language", "direction"), [("", "ltr"), ("/ur", "rtl")])
def test_the_wait_follows_the_rules_and_fits_a_phone(
    last_page: Any, language: str, direction: str
) -> None:
    page = last_page(language)
    page.route("**/js/proof*", lambda route: route.abort())
    follow(page.locator("main .button[value=back]"))
    follow(page.locator("main .button-forward[value=next]"))

    send(page)
    page.set_viewport_size({"width": 320, "height": 640})

    expect(page.locator("main [data-challenge]")).to_have_count(1)
    assert barriers(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.dir") == direction


def test_the_field_for_programs_is_on_no_way_of_a_person(last_page: Any) -> None:
    page = last_page()
    reached = set()

    for _press in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.name || ''"))

    assert not reached & {"your_website", "proof"}
    assert "Leave this empty" not in page.locator("main").aria_snapshot()
    assert page.locator("[name=your_website]").locator("..").bounding_box()["width"] <= 1


def test_two_processes_take_few_answers_of_a_program(prepared: Path, tmp_path: Path) -> None:
    server.copy(prepared, tmp_path)
    with server.serving(tmp_path, workers=2) as site:
        answers = [ballot(site) for _ballot in range(BALLOTS)]

    taken = sum(bool(CODE.search(page)) for page in answers)
    calm = Settings.calm_rate
    assert calm <= taken <= 2 * calm
    assert all(WAIT in page for page in answers if not CODE.search(page))


def ballot(site: str) -> str:
    """Answer as a program would, over a connection of its own; return the last page."""
    with closing(Person(site)) as person:
        return person.post(person.walk())
