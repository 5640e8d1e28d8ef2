"""The pages of people's words, as rules and eyes see them: on a phone, in English and in Urdu."""

from typing import Any

import pytest

from tests.browser.barriers import barriers
from tests.journeys.people import fill_in, press, sign_in, stay_on_the_screen

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
THEMES = {"Lights": "Lamps, and places that are dark", "Buses": "Whether they come, and how late"}


@pytest.fixture
def desk(own_site: str, context: Any) -> Any:
    """Return a page of an analyst who has made themes, with the addresses of the pages of words."""
    page = sign_in(context(), own_site, "analyst")
    page.goto(f"{own_site}/desk/words")
    page.locator("main a[href*='/words']").first.click()
    index = page.url
    page.locator("main li a[href*='/words/']").first.click()
    question = page.url
    for name, definition in THEMES.items():
        page.goto(f"{question}/themes")
        fill_in(page, {"Name": name, "Definition": definition})
        press(page, "Add the theme")
    theme = page.locator("main table a").first.get_attribute("href")
    endings = ("", "/themes", "/suggestions", "/agreement")
    addresses = [f"{own_site}/desk/words", index, *(f"{question}{ending}" for ending in endings)]
    return page, [*addresses, f"{own_site}{theme}", f"{question}?q=nothing-like-this"]


@pytest.mark.parametrize("language", ["English", "اردو"])
def test_axe_finds_nothing_on_the_pages_of_words(own_site: str, desk: Any, language: str) -> None:
    page, addresses = desk
    page.goto(f"{own_site}/desk/settings")
    page.get_by_label("Language").select_option(label=language)
    press(page, "Save")

    page.set_viewport_size(PHONE)
    for address in addresses:
        page.goto(address)
        assert barriers(page) == "", address
        stay_on_the_screen(page)
        assert page.locator("h1").count() == 1
        direction = "ltr" if language == "English" else "rtl"
        assert page.evaluate("document.documentElement.dir") == direction
