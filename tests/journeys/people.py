"""What everybody in a journey can do: come in with a device, sign in, and give a date."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.steps import follow
from vrn_community.accounts.passwords import DEMO_PASSWORD

PHONE = {"width": 360, "height": 740}


def sign_in(window: BrowserContext, site: str, role: str) -> Page:
    page = window.new_page()
    page.goto(f"{site}/desk/sign-in")
    page.get_by_label("E-mail address").fill(f"{role}@demo.example")
    page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
    press(page, "Sign in")
    inside = page.get_by_role("button", name="Sign out")
    code = page.get_by_role("textbox", name="Code")
    expect(inside.or_(code)).to_be_visible()
    if code.count():  # The page fills in the code itself.
        press(page, "Go on")
    expect(inside).to_be_visible()
    return page


def begin_with(page: Page, site: str, task: str, title: str) -> None:
    """Open what waits under a heading of the desk's first page."""
    page.goto(f"{site}/desk")
    page.get_by_role("region", name=task).get_by_role("link", name=title).click()


def fill_in(page: Page, texts: dict[str, str]) -> None:
    """Type into the boxes with these labels."""
    for label, text in texts.items():
        named = re.compile(rf"^{re.escape(label)}( \(optional\))?$")
        page.get_by_role("textbox", name=named).fill(text)


def fill_date(page: Page, group: str, day: str) -> None:
    """Type a date, given as day, month and year between blanks."""
    dates = page.get_by_role("group", name=group)
    for label, value in zip(("Day", "Month", "Year"), day.split(), strict=True):
        dates.get_by_label(label).fill(value)


def press(page: Page, name: str) -> None:
    """Press the button with exactly this name, and wait until the page that it opens is whole."""
    follow(page.get_by_role("button", name=name, exact=True))


def stay_on_the_screen(page: Page) -> None:
    """See that nothing has to be scrolled sideways."""
    expect(page.locator("h1")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{page.title()} is {wide} pixels too wide."
