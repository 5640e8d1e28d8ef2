"""How people answer: on a phone, page by page, and many of them at once."""

import re
import urllib.parse
import urllib.request
from collections.abc import Iterable

from playwright.sync_api import Page, expect

from tests.journeys.consultation import (
    AFTER_DARK,
    LISTENED,
    ONE_THING,
    TITLE,
    WHAT_FOR,
    WHY_NOT,
)
from tests.journeys.people import press, stay_on_the_screen

QUOTE = "Lamps by the weir, because two bends there hide the whole path."
OTTERS = "Looking for otters"
NAMED = "Mr Greenwood shouts at everybody who passes the boat house."
NAME = "Greenwood"
RECOGNISABLE = "My brother was robbed under the bridge the night before his wedding."

HIDDEN = re.compile(r'name="(state|v)" value="([^"]+)"')
CHOICE = re.compile(r'name="([\w-]+)" value="([\w-]+)"[^>]*>\s*<span>([^<]+)</span>')


def find_the_questions(page: Page, site: str) -> None:
    page.goto(f"{site}/opportunities?q=lamps")
    page.get_by_role("link", name=TITLE).click()
    stay_on_the_screen(page)
    page.get_by_role("link", name="Answer the questions").click()
    press(page, "Start")


def go_on(page: Page) -> None:
    # Nothing on the screen or in its history says what the questions are about.
    assert TITLE not in page.title()
    stay_on_the_screen(page)
    press(page, "Continue")


def choose(page: Page, question: str, *answers: str) -> None:
    for answer in answers:
        page.get_by_role("group", name=question).or_(
            page.get_by_role("radiogroup", name=question)
        ).get_by_label(answer, exact=True).check()


def write(page: Page, question: str, words: str) -> None:
    page.get_by_role("textbox", name=question).fill(words)


def receive_the_code(page: Page, thanks: str = "Thank you. Your answers are in.") -> str:
    expect(page.get_by_role("heading", level=1)).to_have_text(thanks)
    stay_on_the_screen(page)
    assert page.context.cookies() == []
    return page.locator(".receipt-code").inner_text()


def answer_and_permit_a_quote(page: Page, site: str) -> str:
    """Answer everything, also about oneself, and allow to be quoted."""
    find_the_questions(page, site)
    choose(page, "How old are you?", "35 to 44")
    go_on(page)
    choose(page, AFTER_DARK, "Yes")
    choose(page, WHAT_FOR, "Walking the dog", "Something else")
    write(page, "If something else: what is it?", OTTERS)
    go_on(page)
    # Whoever walks there is not asked what keeps them away.
    expect(page.get_by_label(WHY_NOT)).to_have_count(0)
    write(page, ONE_THING, QUOTE)
    choose(page, LISTENED, "Disagree")
    go_on(page)
    page.get_by_label("You may quote what I wrote").check()
    go_on(page)
    choose(page, "What is your sex?", "Female")
    press(page, "Send my answers")
    return receive_the_code(page)


def go_back_and_change_an_answer(page: Page, site: str) -> str:
    """Say yes, think again, say no, and find the words still there."""
    find_the_questions(page, site)
    go_on(page)
    choose(page, AFTER_DARK, "Yes")
    go_on(page)
    write(page, ONE_THING, "Ask him to stop.")
    press(page, "Back")
    expect(page.get_by_label("Yes", exact=True)).to_be_checked()
    choose(page, AFTER_DARK, "No")
    go_on(page)
    expect(page.get_by_label(ONE_THING)).to_have_value("Ask him to stop.")
    write(page, ONE_THING, "")
    write(page, WHY_NOT, NAMED)
    go_on(page)
    expect(page.get_by_role("definition").filter(has_text=NAMED)).to_be_visible()
    go_on(page)
    press(page, "Skip these and send my answers")
    return receive_the_code(page)


def skip_everything_but_one_question(page: Page, site: str) -> str:
    """Write one thing, allow to be quoted, and leave the rest empty."""
    find_the_questions(page, site)
    go_on(page)
    go_on(page)
    write(page, ONE_THING, RECOGNISABLE)
    go_on(page)
    expect(page.get_by_text("Not answered")).to_have_count(4)
    page.get_by_label("You may quote what I wrote").check()
    go_on(page)
    press(page, "Skip these and send my answers")
    return receive_the_code(page)


def answer_without_a_browser(url: str, answers: Iterable[str]) -> None:
    """Choose on every page whatever is among the answers, without a word, and send."""
    page = exchange(url)
    while "A few questions about you" not in page:
        chosen = [(name, value) for name, value, text in CHOICE.findall(page) if text in answers]
        page = exchange(url, [*HIDDEN.findall(page), *chosen, ("go", "next")])
    assert "receipt-code" in exchange(url, [*HIDDEN.findall(page), ("go", "send")])


def exchange(url: str, fields: list[tuple[str, str]] | None = None) -> str:
    """Open a page, or send a form to it."""
    sent = urllib.parse.urlencode(fields).encode() if fields else None
    with urllib.request.urlopen(url, sent, timeout=30) as answer:
        page: str = answer.read().decode()
        return page
