"""Somebody with an old phone finds, answers and takes back, in Urdu and without JavaScript."""

from collections.abc import Callable

import pytest
from babel.support import Translations
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.answering import choose, receive_the_code, write
from tests.journeys.people import PHONE, press, stay_on_the_screen
from vrn_community.config import PROJECT_ROOT
from vrn_community.demo.opportunities import read

pytestmark = pytest.mark.browser

#: What stands on the page in place of a text, however it is translated.
urdu = Translations.load(PROJECT_ROOT / "translations", ["ur"]).gettext
TITLE = "Safe on the way home from school"
#: What staff ask, as the demonstration translates it, by its place in the questionnaire.
ASKED = read("translations.json")[TITLE]["ur"]
HOW_SAFE, LEAST_SAFE = ASKED["how-safe.text"], ASKED["when.text"]
ONE_THING = ASKED["one-thing.text"]
VERY_SAFE = ASKED["how-safe.choices.very-safe"]
WORDS = "گلی میں روشنی چاہیے۔ The lamp by the shop is broken."


def test_the_public_part_works_in_urdu_without_javascript(
    own_site: str, context: Callable[..., BrowserContext]
) -> None:
    page = context(**PHONE, java_script_enabled=False).new_page()
    find_the_questions(page, own_site)
    say_the_age(page)
    answer_every_section(page)
    go_back_and_find_everything(page)
    change_one_answer(page)
    code = say_something_about_oneself_and_send(page)
    see_what_was_sent(page, own_site, code)
    take_it_back(page)
    find_nothing_with_the_code(page, own_site, code)


def look_around(page: Page) -> None:
    """See that the page is in Urdu, from right to left, fits, and keeps no trace."""
    root = page.locator("html")
    expect(root).to_have_attribute("lang", "ur")
    expect(root).to_have_attribute("dir", "rtl")
    stay_on_the_screen(page)
    assert "/ur/" in page.url
    assert page.context.cookies() == []
    expect(page.get_by_role("link", name=urdu("Leave site")).last).to_be_in_viewport()


def go(page: Page, button: str) -> None:
    press(page, urdu(button))
    look_around(page)
    # Neither the title nor the address says what the questions are about.
    assert TITLE not in page.title()
    assert page.url.partition("#")[0].endswith("/answer")


def find_the_questions(page: Page, site: str) -> None:
    page.goto(f"{site}/ur/opportunities")
    look_around(page)
    page.get_by_role("searchbox").fill("school")
    press(page, urdu("Search"))
    page.get_by_role("link", name=TITLE).click()
    look_around(page)
    expect(page.get_by_text(urdu("What can still change"))).to_be_visible()
    page.get_by_role("link", name=urdu("Answer the questions")).click()
    look_around(page)


def say_the_age(page: Page) -> None:
    go(page, "Start")
    choose(page, urdu("How old are you?"), urdu("16 or 17"))
    go(page, "Continue")


def answer_every_section(page: Page) -> None:
    choose(page, HOW_SAFE, ASKED["how-safe.choices.not-safe"])
    choose(page, ASKED["how.text"], ASKED["how.choices.walk"], urdu("Something else"))
    write(page, urdu("If something else: what is it?"), "سکوٹر")
    page.get_by_label(urdu("The council area")).select_option(urdu("Leicester"))
    go(page, "Continue")
    # This page is there because of the first answer.
    choose(page, LEAST_SAFE, ASKED["when.choices.evening"], ASKED["when.choices.never"])
    press(page, urdu("Continue"))
    look_around(page)
    page.get_by_role("alert").get_by_role("link").click()
    page.get_by_label(ASKED["when.choices.never"]).uncheck()
    go(page, "Continue")
    choose(page, ASKED["adults.text"], urdu("Disagree"))
    write(page, ONE_THING, WORDS)
    go(page, "Continue")
    expect(page.get_by_role("definition").filter(has_text=WORDS)).to_be_visible()


def go_back_and_find_everything(page: Page) -> None:
    go(page, "Back")
    expect(page.get_by_label(ONE_THING)).to_have_value(WORDS)
    go(page, "Back")
    expect(page.get_by_label(ASKED["when.choices.evening"])).to_be_checked()
    go(page, "Back")
    expect(page.get_by_label(urdu("If something else: what is it?"))).to_have_value("سکوٹر")
    for _ in range(3):
        go(page, "Continue")


def change_one_answer(page: Page) -> None:
    """Feel safe after all: what was asked only of those who do not is gone."""
    page.get_by_role("button", name=urdu("Change")).nth(1).click()
    look_around(page)
    choose(page, HOW_SAFE, VERY_SAFE)
    go(page, "Continue")
    expect(page.get_by_role("definition").filter(has_text=VERY_SAFE)).to_be_visible()
    expect(page.get_by_text(LEAST_SAFE)).to_have_count(0)
    page.get_by_label(urdu("You may quote what I wrote, without my name")).check()
    go(page, "Continue")


def say_something_about_oneself_and_send(page: Page) -> str:
    choose(page, urdu("What is your religion?"), urdu("Muslim"))
    go(page, "Send my answers")
    return receive_the_code(page, urdu("Thank you. Your answers are in."))


def use_the_code(page: Page, site: str, code: str) -> None:
    page.goto(f"{site}/ur/code")
    page.get_by_label(urdu("Your code")).fill(code)
    press(page, urdu("Open"))
    look_around(page)
    assert page.url == f"{site}/ur/code"


def see_what_was_sent(page: Page, site: str, code: str) -> None:
    use_the_code(page, site, code)
    for answer in (WORDS, VERY_SAFE, urdu("Disagree"), urdu("16 or 17")):
        expect(page.get_by_role("definition").filter(has_text=answer)).to_be_visible()


def take_it_back(page: Page) -> None:
    page.locator("summary", has_text=urdu("I want to take it back")).click()
    press(page, urdu("Delete what I sent"))
    look_around(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(urdu("Nothing of it is left"))


def find_nothing_with_the_code(page: Page, site: str, code: str) -> None:
    use_the_code(page, site, code)
    expect(
        page.get_by_text(
            urdu("We have nothing for this code. Check it, or it may have been taken back.")
        )
    ).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)
