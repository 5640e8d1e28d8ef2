"""One consultation from the first word of a draft to the answer that people were promised."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import answering, consultation, reading, replying
from tests.journeys.people import PHONE, press, sign_in, stay_on_the_screen
from tests.later import Calendar

pytestmark = pytest.mark.browser

Window = Callable[..., BrowserContext]
BODY = "Blaby, Hinckley and Bosworth CSP"


def test_a_resident_answers_and_sees_what_changed(
    own_site: str, context: Window, calendar: Calendar
) -> None:
    publisher = sign_in(context(), own_site, "publisher")
    consultation.begin_a_consultation(publisher, own_site)
    consultation.say_what_it_is_about(publisher)
    consultation.build_the_questions(publisher)
    consultation.try_the_questions_and_put_them_into_use(publisher)
    consultation.submit(publisher)
    consultation.approve_and_publish(sign_in(context(), own_site, "approver"), own_site)

    phone = context(**PHONE)
    code = answering.answer_and_permit_a_quote(phone.new_page(), own_site)
    answering.go_back_and_change_an_answer(phone.new_page(), own_site)
    answering.skip_everything_but_one_question(phone.new_page(), own_site)
    reading.see_no_numbers_of_three_people(publisher, own_site)
    many_more_answer(own_site, phone.new_page())

    reading.read_every_passage(sign_in(context(), own_site, "moderator"), own_site)
    consultation.close(publisher, own_site)
    reading.freeze_the_results(sign_in(context(), own_site, "analyst"), own_site)

    member = sign_in(context(), own_site, "oversight-member")
    replying.read_the_results_and_note_something(member, own_site)
    chair = sign_in(context(), own_site, "oversight-chair")
    replying.recommend(chair, own_site, BODY)
    calendar.turn(days=8)
    everybody_sees_that_the_reply_is_late(phone.new_page(), own_site)
    replying.reply_late(sign_in(context(), own_site, "partner"), own_site)
    replying.answer_everybody(sign_in(context(), own_site, "publisher"), own_site)

    resident = context(**PHONE).new_page()
    find_what_changed_in_the_register(resident, own_site)
    find_what_changed_with_the_code(resident, own_site, code)
    nothing_that_was_hidden_is_anywhere(resident, own_site)
    assert resident.context.cookies() == []


def many_more_answer(site: str, page: Page) -> None:
    """Let so many answer that no table can show what one of them said."""
    page.goto(f"{site}/opportunities?q=lamps")
    link = page.get_by_role("link", name=consultation.TITLE).get_attribute("href")
    for answer in ("Yes", "No"):
        for _ in range(11):
            chosen = (answer, "Going to work", "Agree")
            answering.answer_without_a_browser(f"{site}{link}/answer", chosen)


def everybody_sees_that_the_reply_is_late(page: Page, site: str) -> None:
    page.goto(f"{site}/register")
    page.get_by_role("link", name=consultation.TITLE).click()
    expect(page.get_by_text("No reply yet, overdue since")).to_be_visible()
    stay_on_the_screen(page)


def find_what_changed_in_the_register(page: Page, site: str) -> None:
    page.goto(f"{site}/register")
    page.get_by_role("link", name="Answered").click()
    page.get_by_role("link", name=consultation.TITLE).click()
    see_what_changed(page)


def find_what_changed_with_the_code(page: Page, site: str, code: str) -> None:
    page.goto(f"{site}/code")
    page.get_by_label("Your code").fill(code.lower())
    press(page, "Open")
    assert code.replace(" ", "").lower() not in page.url.lower()
    expect(page.get_by_text(answering.QUOTE)).to_be_visible()
    expect(page.get_by_text("cannot be taken back")).to_be_visible()
    stay_on_the_screen(page)
    page.get_by_role("link", name="See what came of it").click()
    see_what_changed(page)


def see_what_changed(page: Page) -> None:
    page.locator("summary", has_text="Why, and what was answered").click()
    for words in (replying.CHANGED, answering.QUOTE, replying.ASKED, replying.REASONS):
        expect(page.get_by_text(words).first).to_be_visible()
    table = page.get_by_role("region", name=consultation.AFTER_DARK)
    table.locator("summary").click()
    expect(table.get_by_role("row", name="Yes People 12")).to_be_visible()
    stay_on_the_screen(page)


def nothing_that_was_hidden_is_anywhere(page: Page, site: str) -> None:
    """Look through every public page that could show words of people."""
    shown = page.url
    code = shown.rpartition("/")[2]
    for path in (f"/register/{code}", f"/register/{code}/print", f"/o/{code}", "/register", "/"):
        source = page.request.get(f"{site}{path}").text()
        for hidden in (answering.RECOGNISABLE, answering.NAMED, answering.NAME, answering.OTTERS):
            assert not re.search(re.escape(hidden), source), (path, hidden)
