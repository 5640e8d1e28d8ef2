"""How a consultation is begun, given its questions, approved, and closed."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.people import begin_with, fill_date, fill_in, press
from vrn_community.foundation import clock

TITLE = "Lamps along the river path"
AFTER_DARK = "Do you walk there after dark?"
WHAT_FOR = "What do you use the path for?"
WHY_NOT = "What keeps you away?"
LISTENED = "The council listens to people who use the path."
ONE_THING = "What one thing would help most?"


def in_days(number: int) -> str:
    day: date = clock.today() + timedelta(days=number)
    return f"{day:%d %m %Y}"


def named(act: str, part: str) -> str:
    """Return how a screen reader says what an act in a list is for."""
    return f"{act} : {part}"


def begin_a_consultation(page: Page, site: str) -> None:
    page.goto(f"{site}/desk")
    page.get_by_role("link", name="New opportunity").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Consult").check()
    press(page, "Begin the draft")


def say_what_it_is_about(page: Page) -> None:
    fill_in(
        page,
        {
            "In one or two sentences": "Tell us whether the river path needs lamps.",
            "Description": "The path is **dark** from four o’clock in winter.",
            "Where to ask questions": "paths@example.org",
            "Who it is for": "Everybody who lives near the river",
            "Youngest age": "18",
            "Time needed": "Five minutes",
            "Payment or thank-you": "There is none.",
            "Who decides": "The head of street lighting",
            "What can still change": "Where lamps stand, and how bright they are",
            "What cannot change, and why": "The path stays: it is a right of way.",
            "The decision to be made": "Are there lamps along the river path?",
            "The options, and the reasons for each": "Lamps: safer.\nNothing: cheaper.",
            "Background documents": "There are none: it is a new idea.",
            "Who may be affected more than others": "Women walk there less after dark.",
        },
    )
    page.get_by_label("Who asks").select_option(index=1)
    page.get_by_label("Nothing has been decided yet").check()
    fill_date(page, "Opens on", in_days(-1))
    fill_date(page, "Closes on", in_days(30))
    fill_date(page, "Date of the decision", in_days(60))
    for group in ("Priorities of the strategy", "Level of prevention", "Groups of people"):
        page.get_by_role("group", name=group).get_by_role("checkbox").first.check()
    press(page, "Save")
    expect(page.get_by_role("region", name="Before it can be submitted")).to_have_count(0)


def build_the_questions(page: Page) -> None:
    page.get_by_role("link", name="Questions", exact=True).click()
    press(page, "Begin the questions")
    say_what_comes_before_and_after(page)
    add_a_section(page, "The path")
    choices = {"Choices": "Yes\nNo"}
    add_a_question(page, "The path", "One of several", AFTER_DARK, choices, "Prefer not to say")
    choices = {"Choices": "Going to work\nWalking the dog", "Choices that go with no other": "None"}
    add_a_question(page, "The path", "Any of several", WHAT_FOR, choices, "Something else")
    add_a_section(page, "What would help")
    add_a_question(page, "What would help", "Several sentences", ONE_THING)
    add_a_question(page, "What would help", "How much people agree", LISTENED)
    add_a_question(page, "What would help", "Several sentences", WHY_NOT)
    ask_only_after(page, WHY_NOT, AFTER_DARK, "No")
    move_up(page, WHY_NOT, times=2)


def say_what_comes_before_and_after(page: Page) -> None:
    page.get_by_role("link", name="Change what comes before and after").click()
    fill_in(page, {"Introduction": "It takes five minutes."})
    page.get_by_label("Ask the age first").check()
    page.get_by_label("Ask the equality questions at the end").check()
    press(page, "Save")


def add_a_section(page: Page, title: str) -> None:
    page.get_by_role("link", name="Add a section").click()
    page.get_by_label("Title").fill(title)
    press(page, "Save")


def add_a_question(
    page: Page,
    section: str,
    kind: str,
    text: str,
    more: dict[str, str] | None = None,
    offered: str = "",
) -> None:
    page.get_by_role("link", name=named("Add a question", section)).click()
    page.get_by_role("link", name=kind, exact=True).click()
    fill_in(page, {"Question": text, **(more or {})})
    if offered:
        page.get_by_label(f"Offer “{offered}”").check()
    press(page, "Save")
    expect(page.get_by_role("listitem").filter(has_text=text)).to_be_visible()


def ask_only_after(page: Page, text: str, earlier: str, answer: str) -> None:
    page.get_by_role("link", name=named("Change", text)).click()
    page.get_by_role("link", name="Change when it is shown").click()
    page.get_by_role("link", name=earlier).click()
    page.get_by_label(answer, exact=True).check()
    press(page, "Save")
    page.get_by_role("link", name="Back to the questions").click()


def move_up(page: Page, text: str, *, times: int) -> None:
    for _ in range(times):
        press(page, named("Up", text))


def try_the_questions_and_put_them_into_use(page: Page) -> None:
    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_role("group", name=WHAT_FOR).get_by_label("Going to work")).to_be_visible()
    asked = page.get_by_role("textbox")
    expect(asked.nth(1)).to_have_accessible_name(WHY_NOT)
    page.get_by_role("link", name="Back to the questions").click()
    press(page, "Put version 1 into use")
    expect(page.get_by_text("Version 1 is now in use.")).to_be_visible()


def submit(page: Page) -> None:
    page.get_by_role("link", name="Back to the opportunity").click()
    page.get_by_role("link", name="Write the record of processing.").click()
    fill_in(page, {"What it is for": "To decide about the lamps. We count the ticks."})
    press(page, "Save")
    page.get_by_role("link", name=TITLE).click()
    press(page, "Submit for approval")
    expect(page.get_by_text("Waiting for approval").first).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)


def approve_and_publish(page: Page, site: str) -> None:
    begin_with(page, site, "Waiting for your approval", TITLE)
    page.get_by_role("link", name="Questions", exact=True).click()
    expect(page.get_by_text(WHY_NOT)).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(1)  # Signing out.
    page.get_by_role("link", name="Back to the opportunity").click()
    press(page, "Approve")
    press(page, "Publish")


def close(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/opportunities?state=published")
    page.get_by_role("link", name=TITLE).click()
    page.locator("summary", has_text="Close").click()
    page.locator("details[open]").get_by_role("textbox").fill("Enough people have answered.")
    press(page, "Close now")
    expect(page.get_by_text("Closed").first).to_be_visible()
