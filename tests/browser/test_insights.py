"""The library of insights and what a body was sent, in English and Urdu, on a phone and a desk."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.barriers import barriers
from tests.journeys import people

pytestmark = pytest.mark.browser
SIZES = [(360, 740), (1280, 900)]
LIBRARY, RECEIVED = "/desk/insights", "/desk/received"


@pytest.fixture(params=["en", "ur"])
def desk_of(own_site: str, context: Any, request: Any) -> Callable[[str], Any]:
    """Return a function that signs somebody in, with the desk in a language."""

    def sign_in(role: str) -> Any:
        page: Any = people.sign_in(context(), own_site, role)
        page.goto(f"{own_site}/desk/settings")
        page.select_option("[name=language]", request.param)
        page.locator("form:has([name=language]) button[type=submit]").click()
        page.site, page.shown_in = own_site, request.param
        return page

    return sign_in


def links(page: Any, beginning: str) -> list[str]:
    found = page.locator(f"main a[href^='{beginning}/']")
    return list(dict.fromkeys(found.evaluate_all("all => all.map(a => a.getAttribute('href'))")))


def library(page: Any) -> Iterator[str]:
    yield LIBRARY
    yield f"{LIBRARY}/new"
    page.goto(page.site + LIBRARY)
    for insight in [url for url in links(page, LIBRARY) if "/new" not in url]:
        yield insight
        page.goto(page.site + insight)
        inside = [url for url in links(page, insight) if "#" not in url]
        yield from inside
        for url in [url for url in inside if url.endswith("/evidence")]:
            page.goto(page.site + url)
            yield from links(page, url)


def received(page: Any) -> Iterator[str]:
    yield RECEIVED
    page.goto(page.site + RECEIVED)
    yield from links(page, RECEIVED)


def check(page: Any, url: str) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(page.site + url)
        assert barriers(page) == ""
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (url, width)
        direction = "rtl" if page.shown_in == "ur" else "ltr"
        assert page.evaluate("document.documentElement.dir") == direction


@pytest.mark.parametrize(("role", "walk"), [("analyst", library), ("partner", received)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(desk_of: Any, role: str, walk: Any) -> None:
    page = desk_of(role)
    urls = list(walk(page))

    for url in urls:
        check(page, url)

    endings = {url.rpartition("/")[2] for url in urls}
    assert len(urls) >= (12 if walk is library else 4)
    assert walk is received or {"correct", "withdraw", "edit", "evidence", "new"} <= endings


def test_errors_of_forms_are_found_by_rules_too(desk_of: Any) -> None:
    page = desk_of("analyst")
    withdrawing = next(url for url in library(page) if url.endswith("/withdraw"))
    for url in (withdrawing, f"{LIBRARY}/new"):
        page.goto(page.site + url)
        page.locator("main form button:not([name])").last.click()
        assert page.locator(".field-error").count() >= 1
        assert barriers(page) == ""
