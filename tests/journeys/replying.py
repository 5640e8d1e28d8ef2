"""How residents check the results and get a reply, and how everybody gets an answer."""

from playwright.sync_api import Page, expect

from tests.journeys.answering import NAME, QUOTE, RECOGNISABLE
from tests.journeys.consultation import AFTER_DARK, TITLE, in_days
from tests.journeys.people import begin_with, fill_date, fill_in, press

NOTICED = "Half of those who answered stay away after dark."
ASKED = "Put up the first lamps before the clocks change."
REASONS = "The money is in this year’s budget."
CHANGED = "Nine lamps go up at the weir."


def read_the_results_and_note_something(page: Page, site: str) -> None:
    begin_with(page, site, "What has closed", TITLE)
    expect(page.get_by_role("region", name=AFTER_DARK)).to_be_visible()
    words = page.get_by_role("region", name="In people’s own words")
    expect(words.get_by_text(QUOTE)).to_be_visible()
    expect(words.get_by_text("shouts at everybody")).to_be_visible()
    for hidden in (NAME, RECOGNISABLE):
        expect(page.get_by_text(hidden)).to_have_count(0)
    expect(page.get_by_role("link", name="Write a recommendation")).to_have_count(0)
    page.get_by_label("What it is about").select_option(f"Table: {AFTER_DARK}")
    fill_in(page, {"What you noticed": NOTICED})
    press(page, "Note it")
    expect(page.get_by_role("article").get_by_text(NOTICED)).to_be_visible()


def recommend(page: Page, site: str, body: str) -> None:
    begin_with(page, site, "What has closed", TITLE)
    expect(page.get_by_text(NOTICED)).to_be_visible()
    page.get_by_role("link", name="Write a recommendation").click()
    page.get_by_label("Who should do it").select_option(body)
    fill_in(page, {"What should be done": ASKED, "Why": NOTICED})
    fill_date(page, "Reply by", in_days(7))
    press(page, "Save the draft")
    press(page, "Send it to the body")
    expect(page.get_by_text("The recommendation is sent.")).to_be_visible()


def reply_late(page: Page, site: str) -> None:
    begin_with(page, site, "Waiting for your reply", ASKED)
    expect(page.get_by_text("The reply should have come by")).to_be_visible()
    page.get_by_label("Accepted", exact=True).check()
    fill_in(page, {"Your reasons": REASONS})
    press(page, "Send the reply")
    expect(page.get_by_text("Your reply is sent.")).to_be_visible()


def answer_everybody(page: Page, site: str) -> None:
    begin_with(page, site, "Answers that are due", TITLE)
    press(page, "Begin")
    # What was asked stands there already: the decision that the consultation was about.
    expect(page.get_by_label("We asked")).to_have_value("Are there lamps along the river path?")
    fill_in(page, {"You said": NOTICED})
    press(page, "Save")
    page.get_by_role("link", name="Say what changed").click()
    fill_in(
        page,
        {"What changed": CHANGED, "What did not change, and why": "The bridge: it is not ours."},
    )
    fill_in(page, {"Who may be affected more, and how that counted": "Girls, so lamps come first."})
    fill_date(page, "Date of the decision", in_days(0))
    press(page, "Save")
    press(page, "Publish it")
    expect(page.get_by_text("The outcome is published.")).to_be_visible()
