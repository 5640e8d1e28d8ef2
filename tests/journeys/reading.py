"""How words are read first by a moderator, and how results become public."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.answering import NAME, NAMED, OTTERS, QUOTE, RECOGNISABLE
from tests.journeys.consultation import AFTER_DARK, TITLE
from tests.journeys.people import begin_with, press


def see_no_numbers_of_three_people(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/opportunities?state=published")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("main").get_by_role("link", name="Results").click()
    expect(page.get_by_text("Nothing is shown yet.")).to_be_visible()
    expect(page.get_by_text("Show the numbers")).to_have_count(0)


def read_every_passage(page: Page, site: str) -> None:
    """Decide about all that waits, in whatever order it comes."""
    begin_with(page, site, "Words to read", TITLE)
    page.get_by_role("link", name="Read number 1", exact=True).click()
    press(page, "Show the words")
    left = dict(DECISIONS)
    while left:
        words = page.locator(".passage").first.inner_text()
        left.pop(words)(page)
        expect(page.get_by_text(words, exact=True)).to_have_count(0)
    expect(page.get_by_text("Nothing else waits for this opportunity.")).to_be_visible()


def clear(page: Page) -> None:
    press(page, "Clear: others may read all of it")


def take_the_name_out(page: Page) -> None:
    page.locator("summary", has_text="Take words out").click()
    page.locator(".word-tile", has_text="Mr").click()
    page.locator(".word-tile", has_text=NAME).click()
    press(page, "Show the result first")
    result = page.get_by_role("status").locator(".passage")
    expect(result).to_contain_text("shouts at everybody")
    expect(result).not_to_contain_text(NAME)
    page.get_by_label("It names a person").check()
    press(page, "Take the words out and save")


def withhold(page: Page) -> None:
    page.locator("summary", has_text="Withhold").click()
    press(page, "Withhold")
    page.get_by_role("link", name="Choose the main reason.").click()
    page.get_by_label("Somebody could be recognised").check()
    press(page, "Withhold")


DECISIONS: dict[str, Callable[[Page], None]] = {
    QUOTE: clear,
    OTTERS: clear,
    NAMED: take_the_name_out,
    RECOGNISABLE: withhold,
}


def freeze_the_results(page: Page, site: str) -> None:
    begin_with(page, site, "Results to freeze", TITLE)
    press(page, "Put the results together")
    page.get_by_role("link", name="Choose quotes").click()
    # Neither what was withheld nor what nobody permitted can be chosen.
    expect(page.get_by_role("group").get_by_role("checkbox")).to_have_count(2)
    page.get_by_label(QUOTE).check()
    press(page, "Save the choice")
    page.get_by_role("link", name="First check that nobody can be recognised").click()
    page.get_by_label("I tried to find out who these people are").check()
    press(page, "Save the choice")
    expect(page.get_by_role("region", name=AFTER_DARK)).to_be_visible()
    press(page, "Freeze and show to the public")
    expect(page.get_by_text("The results are frozen.")).to_be_visible()
