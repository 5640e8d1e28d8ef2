"""From an empty form to the public page, through the hands of two people."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.steps import follow
from tests.journeys.people import fill_date, fill_in, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_collaboration_goes_from_draft_to_the_public_list(
    own_site: str, context: Callable[..., BrowserContext], script: bool
) -> None:
    publisher = sign_in(context(java_script_enabled=script), own_site, "publisher")
    draft_url = begin_a_draft(publisher, own_site)
    see_what_is_missing(publisher)
    fill_in_the_rest(publisher)
    submit(publisher)
    expect(publisher.get_by_role("button", name="Approve")).to_have_count(0)

    approver = sign_in(context(java_script_enabled=script), own_site, "approver")
    expect(approver.get_by_role("link", name="A choir for the whole street")).to_be_visible()
    approver.goto(draft_url)
    approver.get_by_role("button", name="Approve").click()
    follow(approver.get_by_role("button", name="Publish"))

    visitor = context(width=360, height=740, java_script_enabled=script).new_page()
    visitor.goto(f"{own_site}/opportunities?q=choir")
    visitor.get_by_role("link", name="A choir for the whole street").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("A choir for the whole street")
    expect(visitor.get_by_text("We will work it out with you")).to_be_visible()
    expect(visitor.get_by_text("A voucher of £10")).to_be_visible()
    assert visitor.context.cookies() == []


def begin_a_draft(page: Page, site: str) -> str:
    page.goto(f"{site}/desk/opportunities/new")
    page.get_by_role("button").last.click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    page.get_by_label("Title").fill("A choir for the whole street")
    page.get_by_label("Collaborate").check()
    follow(page.get_by_role("button", name="Begin"))
    return page.url.removesuffix("/edit")


def see_what_is_missing(page: Page) -> None:
    page.get_by_label("In one or two sentences").fill("Sing with your neighbours.")
    fill_date(page, "Closes on", "31 2 2028")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Enter a real date")).to_be_visible()
    expect(page.get_by_label("In one or two sentences")).to_have_value("Sing with your neighbours.")
    fill_date(page, "Closes on", "29 2 2028")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Say who asks.").click()
    expect(page.get_by_label("Who asks")).to_be_visible()


def fill_in_the_rest(page: Page) -> None:
    texts = {
        "Description": "We meet on **Mondays**.",
        "Where to ask questions": "choir@example.org",
        "Who it is for": "Everybody in the street",
        "Youngest age": "18",
        "Time needed": "An hour a week",
        "Payment or thank-you": "A voucher of £10",
        "Who decides": "The singers",
        "What can still change": "The songs",
        "What cannot change, and why": "The day of the week",
        "The partners": "Us and you",
        "Who does what": "You sing",
        "What is made together": "A concert",
        "How disagreements are settled": "We vote",
    }
    fill_in(page, texts)
    page.get_by_label("Who asks").select_option(index=1)
    fill_date(page, "Opens on", "1 1 2026")
    fill_date(page, "Date of the decision", "1 6 2028")
    page.get_by_label("Primary prevention").check()
    page.get_by_label("Young people", exact=True).check()
    page.get_by_label("Stronger communities").or_(page.get_by_label("protective")).first.check()
    page.get_by_role("button", name="Save").click()


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_text("Waiting for approval").first).to_be_visible()


def test_an_old_link_to_what_was_withdrawn_says_so_kindly(
    own_site: str, context: Callable[..., BrowserContext]
) -> None:
    visitor = context(width=360, height=740).new_page()
    visitor.goto(f"{own_site}/opportunities?q=Melton")
    visitor.get_by_role("link", name="You choose: activities in your area").click()
    old_link = visitor.url

    manager = sign_in(context(), own_site, "publisher")
    manager.goto(f"{own_site}/desk/opportunities?state=published")
    manager.get_by_role("link", name="You choose: activities in your area").click()
    manager.locator("summary", has_text="Withdraw").click()
    manager.get_by_role("button", name="Withdraw", exact=True).click()
    expect(manager.get_by_role("link", name="Give a reason.")).to_be_visible()
    manager.locator("details[open]").get_by_role("textbox").fill("The money went to repairs.")
    manager.get_by_role("button", name="Withdraw", exact=True).click()
    expect(manager.get_by_text("Withdrawn").first).to_be_visible()

    answer = visitor.goto(old_link.lower())
    assert answer is not None
    assert answer.status == 410
    expect(visitor.get_by_text("The money went to repairs.")).to_be_visible()
    expect(visitor.get_by_role("link", name="Opportunities").first).to_be_visible()
