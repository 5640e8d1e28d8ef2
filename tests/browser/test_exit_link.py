"""The way out is in view on every screen, wherever somebody is on a page (Y12, T31)."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser
#: A small phone, the same on its side, and what a keyboard leaves of one.
SIZES = ((320, 568), (568, 320), (360, 300))
#: A page with boxes to type in, and one for paper.
PAGES = ("/privacy/complain", "/o/CODE/questions")
QUESTIONS = "Safe on the way home from school"

IS_IN_VIEW = """() => {
    const link = [...document.querySelectorAll('header [data-exit]:not(.skip-link)')].pop();
    const box = link.getBoundingClientRect();
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return link.contains(hit);
}"""


@pytest.fixture(scope="module")
def pages(site: str, browser: Any) -> list[str]:
    page = browser.new_page()
    page.goto(f"{site}/opportunities?state=open")
    address = page.get_by_role("link", name=QUESTIONS).first.get_attribute("href")
    page.close()
    return [path.replace("/o/CODE", str(address)) for path in PAGES]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", ["", "/ur"], ids=["english", "urdu"])
def test_the_way_out_is_in_view_wherever_somebody_is(
    site: str, pages: list[str], context: Any, language: str, width: int, height: int
) -> None:
    page = context(width=width, height=height).new_page()
    for path in pages:
        assert page.goto(f"{site}{language}{path}").status == 200
        if menu := page.locator("header summary").all():
            menu[0].click()
        for box in page.locator("main textarea").all():
            box.focus()
            assert page.evaluate(IS_IN_VIEW), (path, "typing")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")

        assert page.evaluate("scrollY") > height
        assert page.evaluate(IS_IN_VIEW), (path, "at the end")
