"""Every public page in every language, on a phone and a desk, as rules and eyes see it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.barriers import barriers
from tests.browser.fixtures import PATIENCE
from tests.browser.server import NEUTRAL

pytestmark = pytest.mark.browser

PATHS = [
    "/",
    "/opportunities",
    "/opportunities?q=nothing-like-this",
    "/opportunities?level=consult&age=13-15&state=open",
    "/priorities",
    "/priorities/4",
    "/about",
    "/decides",
    "/sources",
    "/help",
    "/help?area=E06000016&age=14",
    "/privacy",
    "/privacy/ask",
    "/privacy/complain",
    "/privacy/data-requests",
    "/privacy/10-12",
    "/privacy/what-we-hold",
    "/accessibility",
    "/safety-online",
    "/style-guide",
    "/oversight",
    "SCRUTINY",
    "/register",
    "/register/debts",
    "/register/debts/strategic-partnership-board-executive",
    "/reports",
    "/reports/board",
    "/reports/group",
    "/reports/panel",
    "/reports/bodies/blaby-hinckley-and-bosworth-csp",
    "/priorities/4/trail",
    "/priorities/issues/places-with-most-violence",
    "KNOWN",
    "ASKED-FOR",
    "DECIDED",
    "CHANGED",
    "/heard",
    "/code",
    "/words",
    "/nowhere",
    "FIRST",
    "FIRST/print",
    "TOLD",
    "TOLD/print",
    "ASKED",
    "FIRST/follow",
    "RECORDED",
    "REACH",
]
#: Pages found through a list: the list, how a link in it begins, and what follows the link.
LISTED = {
    "SCRUTINY": ("/oversight", "/oversight/", ""),
    "FIRST": ("/opportunities", "/o/", ""),
    "TOLD": ("/register?state=answered", "/register/", ""),
    "KNOWN": ("/priorities/4/trail", "/insights/", ""),
    "ASKED-FOR": ("/priorities/4/trail", "/recommendations/", ""),
    "DECIDED": ("/priorities/4/trail", "/decisions/", ""),
    "CHANGED": ("/priorities/4/trail", "/changes/", ""),
    "REACH": ("/opportunities?q=daily+life", "/o/", "/reach"),
    "ASKED": ("/opportunities?q=home+from+school", "/o/", "/answer"),
    "RECORDED": ("/opportunities?q=home+from+school", "/o/", "/privacy"),
}
LANGUAGES = ["", "/ur"]
WORRYING = ("error", "warning")
HEAVIEST = 50 * 1024
SIZES = [{"width": 320, "height": 640}, {"width": 1280, "height": 900}]


def address(site: str, path: str, window: Any) -> str:
    """Return the full address; some stand for what a list leads to first."""
    name, _slash, rest = path.partition("/")
    if name not in LISTED:
        return site + path
    listed, start, end = LISTED[name]
    page = window.new_page()
    page.goto(f"{site}{listed}")
    leading = page.locator(f"main a[href^='{start}']:not([href='/register/debts'])")
    href = leading.first.get_attribute("href")
    page.close()
    return f"{site}{href}{end}{'/' + rest if rest else ''}"


@pytest.fixture(scope="module")
def window(browser: Any) -> Iterator[Any]:
    """Return a window for all pages: no public page keeps anything in it."""
    made = browser.new_context()
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture(scope="module")
def plain_window(browser: Any) -> Iterator[Any]:
    """Return a window of a phone without JavaScript."""
    viewport = {"width": 320, "height": 640}
    made = browser.new_context(viewport=viewport, java_script_enabled=False)
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(site: str, window: Any, path: str) -> None:
    """Each size and each language is looked at once by axe, and for sideways scrolling always."""
    url = address(site, path, window)
    page = window.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: said.type in WORRYING and complaints.append(said.text))
    page.on("request", lambda asked: asked.url.startswith(site) or complaints.append(asked.url))

    for language, size in zip(LANGUAGES, reversed(SIZES), strict=True):
        page.set_viewport_size(size)
        page.goto(url.replace(site, site + language))
        assert barriers(page, in_colour=not language) == ""
        for other in SIZES:
            page.set_viewport_size(other)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), other
        direction = "rtl" if language == "/ur" else "ltr"
        assert page.evaluate("document.documentElement.dir") == direction
    page.close()

    expected = "404" if path == "/nowhere" else None
    assert [c for c in complaints if not (expected and expected in c)] == []
    assert window.cookies() == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_works_without_javascript(site: str, plain_window: Any, path: str) -> None:
    page = plain_window.new_page()
    page.goto(address(site, path, plain_window))

    assert page.locator("h1").count() == 1
    assert page.locator("h1").is_visible()
    assert page.locator("a[href*='/leave']").last.is_visible()
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_controls_are_large_enough_to_touch(site: str, context: Any, language: str) -> None:
    page = context(width=360, height=740).new_page()
    for path in ("/", "/opportunities", "/style-guide", "/help"):
        page.goto(f"{site}{language}{path}")
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 'button, summary, input:not([type=hidden]), select, .button, nav a, .chips a')]
               .filter(element => element.offsetParent)
               .map(element => [element.closest('label') || element, element])
               .map(([box, element]) => [box.getBoundingClientRect().height, element.outerHTML])
               .filter(([height]) => height < 43.5)"""
        )
        assert small == [], (path, small)


@pytest.mark.parametrize("height", [740, 300])
def test_the_focus_is_never_hidden(site: str, context: Any, height: int) -> None:
    page = context(width=360, height=height).new_page()
    page.goto(f"{site}/opportunities")
    hidden = """() => {
        const element = document.activeElement, box = element.getBoundingClientRect();
        if (element === document.body || element.closest('header')) return false;
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return !(top && (element.contains(top) || top.contains(element)));
    }"""
    for _ in range(40):
        page.keyboard.press("Tab")
        assert not page.evaluate(hidden), page.evaluate("document.activeElement.outerHTML")


def test_the_first_page_is_light(site: str, context: Any) -> None:
    page = context(width=360, height=740).new_page()

    sizes = sizes_of(page, lambda: page.goto(site))

    assert len(sizes) <= 6, len(sizes)
    assert sum(sizes) <= HEAVIEST, sizes


def sizes_of(page: Any, visit: Callable[[], object]) -> list[int]:
    """Return how many bytes each request of a visit brings, with nothing kept from before."""
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[int] = []
    page.on("requestfinished", lambda asked: sizes.append(weight(asked)))
    visit()
    page.wait_for_load_state("networkidle")
    return sizes


def weight(asked: Any) -> int:
    measured = asked.sizes()
    return int(measured["responseBodySize"] + measured["responseHeadersSize"])


def test_leaving_is_quick_with_and_without_javascript(site: str, context: Any) -> None:
    for script in (True, False):
        window = context(width=360, height=740, java_script_enabled=script)
        page = window.new_page()
        page.goto(f"{site}/opportunities")
        page.locator("header a[href*='/leave']").last.click()
        page.wait_for_url(site + NEUTRAL)
        assert window.cookies() == []


def test_pressing_shift_three_times_leaves(site: str, context: Any) -> None:
    page = context().new_page()
    page.goto(f"{site}/help")

    for _ in range(3):
        page.keyboard.press("Shift")

    page.wait_for_url(site + NEUTRAL)


def test_the_language_can_be_changed_and_kept(site: str, context: Any) -> None:
    page = context(width=360, height=740).new_page()
    page.goto(f"{site}/opportunities")

    page.locator("details summary", has_text="English").click()
    page.get_by_role("link", name="اردو").click()
    page.locator("nav a[href='/ur/priorities']").click()

    assert page.url == f"{site}/ur/priorities"
    assert page.locator("html").get_attribute("dir") == "rtl"
