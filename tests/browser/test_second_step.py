"""The second step in a real browser: two presses in the demonstration, and no barriers."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.journeys.people import PHONE, press, stay_on_the_screen

pytestmark = pytest.mark.browser

SIZES = [{"width": 1280, "height": 900}, PHONE]
#: Where pictures of the pages are kept, for people who look at them; empty: nowhere.
PICTURES = os.environ.get("VRN_PICTURES", "")


def test_two_presses_let_a_newcomer_in_without_javascript(own_site: str, context: Any) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{own_site}/desk/sign-in")

    press(page, "Sign in as Dana Nowak")
    press(page, "Go on")

    expect(page.get_by_role("heading", level=1)).to_have_text("What waits for you")


def test_no_page_of_the_second_step_has_barriers(own_site: str, context: Any) -> None:
    page = context().new_page()
    page.goto(f"{own_site}/desk/sign-in")
    look(page, "sign-in")
    page.locator("form:has([value='analyst@demo.example']) button").click()
    look(page, "code")
    page.locator("main form button").click()
    page.goto(f"{own_site}/desk/settings")
    page.locator("[name=language]").select_option("ur")
    page.locator("main form button").click()

    page.goto(f"{own_site}/desk/my-sign-in")
    look(page, "mine")
    page.goto(f"{own_site}/desk/second-step")
    look(page, "set-up")
    page.locator("[name=code]").fill("000000")
    page.locator("main form button").click()
    look(page, "set-up-wrong")
    page.goto(f"{own_site}/desk/my-sign-in")
    page.locator("form[action$='recovery-codes'] button").click()
    look(page, "recovery-codes")
    page.goto(f"{own_site}/desk/prove")
    look(page, "prove")


def look(page: Page, name: str) -> None:
    for size in SIZES:
        page.set_viewport_size(size)
        stay_on_the_screen(page)
        if PICTURES:
            path = Path(PICTURES) / f"{name}-{size['width']}.png"
            page.screenshot(path=str(path), full_page=True)
    assert barriers(page) == ""
