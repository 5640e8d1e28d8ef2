"""One device in a room: whoever gets it next sees nothing of whoever had it before (V13)."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.steps import follow
from vrn_community.accounts.passwords import DEMO_PASSWORD

WORDS = "My secret words"
QUESTIONS = "Safe on the way home from school"


@pytest.fixture(scope="module")
def browser(whole_browser: Browser) -> Browser:
    return whole_browser


def code_of_session(desk: Page, site: str) -> str:
    desk.goto(f"{site}/desk/sign-in")
    desk.fill("[name=email]", "facilitator@demo.example")
    desk.fill("[name=password]", DEMO_PASSWORD)
    follow(desk.locator("main button[type=submit]").first)
    desk.goto(f"{site}/desk/sessions/new")
    desk.select_option("[name=opportunity]", label=QUESTIONS)
    desk.fill("[name=setting]", "A youth club")
    desk.fill("[name=responsible_adult]", "Youth worker")
    desk.check("[name=is_there]")
    follow(desk.get_by_role("button", name="Open the session"))
    return desk.locator(".receipt-code").inner_text()


def answer(page: Page) -> None:
    follow(page.get_by_role("button", name="Start"))
    page.check("[value='10-12']")
    for _section in range(6):
        if page.get_by_role("heading", name="Thank you.").count():
            return
        for box in page.locator("textarea").all():
            box.fill(WORDS)
        follow(page.locator("main .button-forward").first)


def test_back_on_a_shared_device_never_shows_the_last_persons_answers(own_site, context) -> None:
    code = code_of_session(context().new_page(), own_site)
    page = context(width=360, height=740).new_page()
    page.goto(f"{own_site}/session")
    page.fill("#code", code)
    page.get_by_role("button", name="Open").click()
    answer(page)
    page.get_by_role("button", name="Next person").click()
    expect(page.get_by_role("heading", name="Before you start")).to_be_visible()

    seen = [look(page) for _step in range(6)]

    assert not [text for text in seen if WORDS in text]
    assert not [text for text in seen if re.search(r"([0-9A-Z]{4} ){5}[0-9A-Z]{4}", text)]
    assert any("These answers are in" in text for text in seen)


def look(page: Page) -> str:
    """Go back, and let the browser send the form again if it wants to."""
    try:
        page.go_back(timeout=3_000)
    except Error:  # The browser kept nothing, and asks before it sends anything again.
        send_again(page)
    return page.content()


def send_again(page: Page) -> None:
    """Reload as soon as the browser stands still: until then it has no page to reload."""
    for _time in range(20):
        page.wait_for_timeout(300)
        with suppress(Error):
            page.reload()
            return
    raise AssertionError("The browser does not stand still.")
