"""How a body is asked, ignores it, answers in part, is asked again, promises, and does it."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import follow
from tests.journeys.consultation import in_days
from tests.journeys.people import begin_with, fill_date, fill_in, press

ASKED = "Put a light at the bus stop before winter."
WHY = "More people want a light than anything else."
PARTLY = "A light costs money that we do not have this year."
CHALLENGE = "You do not say what it would cost."
AGAIN = "It costs 900 pounds. We found the money after all."
PROMISED, OWNER = "Put up one light at the stop.", "Head of street lights"
STEP = "Order the light."
SHOWN = "The light is there, and it works."
DECIDED = "Put up a light at the bus stop by the market."
NOT_DONE = "There is no screen: it costs ten times as much."
CHANGED = "A light was put up at the stop."
EFFECT = "People see who else waits there."
YOU_SAID = "Most of you want a light first."


def recommend(chair: Page, site: str, activity: str, body: str, known: str, decided: str) -> str:
    """Ask a body for what the group decided, resting on what is known; send it, return its key."""
    begin_with(chair, site, "What has closed", activity)
    follow(chair.get_by_role("link", name="Write a recommendation"))
    chair.get_by_label("Who should do it").select_option(body)
    fill_in(chair, {"What should be done": ASKED, "Why": WHY})
    ballots = chair.get_by_label("How the group decided it")
    found = ballots.locator("option", has_text=decided).get_attribute("value")
    ballots.select_option(found)
    chair.locator("summary", has_text="What it rests on").click()
    chair.get_by_label(known).check()
    fill_date(chair, "Reply by", in_days(7))
    press(chair, "Save the draft")
    press(chair, "Send it to the body")
    expect(chair.get_by_text("The recommendation is sent.")).to_be_visible()
    return chair.url.rpartition("/")[2]


def reply_in_part(partner: Page, site: str) -> None:
    """Find on the desk's first page what is overdue, once, and answer it in part."""
    partner.goto(f"{site}/desk")
    days = partner.get_by_role("region", name="Days that are near or past")
    expect(days.get_by_role("listitem").filter(has_text=ASKED)).to_have_count(1)
    expect(days.get_by_role("listitem").filter(has_text=ASKED)).to_contain_text("overdue")
    begin_with(partner, site, "Waiting for your reply", ASKED)
    _reply(partner, "Accepted in part", PARTLY)


def _reply(partner: Page, answer: str, reasons: str) -> None:
    partner.get_by_label(answer, exact=True).check()
    fill_in(partner, {"Your reasons": reasons})
    press(partner, "Send the reply")
    expect(partner.get_by_text("Your reply is sent.")).to_be_visible()


def challenge(chair: Page, site: str, key: str) -> None:
    chair.goto(f"{site}/desk/oversight/recommendations/{key}")
    follow(chair.get_by_role("link", name="Challenge the reply"))
    fill_in(chair, {"Why the reply is not enough": CHALLENGE})
    fill_date(chair, "Answer by", in_days(7))
    press(chair, "Challenge the reply")
    expect(chair.get_by_text("The challenge is public.")).to_be_visible()


def reply_again_and_promise(partner: Page, site: str) -> None:
    """Answer the challenge, and promise something with a step and a post that answers for it."""
    begin_with(partner, site, "Waiting for your reply", ASKED)
    expect(partner.get_by_text(CHALLENGE)).to_be_visible()
    _reply(partner, "Accepted", AGAIN)
    follow(partner.get_by_role("link", name="Promise something"))
    fill_in(
        partner,
        {"What you will do": PROMISED, "Who answers for it": OWNER, "Step 1": STEP},
    )
    fill_date(partner, "Done by", in_days(60))
    fill_date(partner, "By when is step 1 done?", in_days(20))
    press(partner, "Promise it")
    expect(partner.get_by_text("Everyone can read now what you promised.")).to_be_visible()


def do_what_was_promised(partner: Page) -> None:
    """Begin, reach the step, and show that it is done."""
    follow(partner.get_by_role("link", name="Say how far it is"))
    press(partner, "It has begun")
    press(partner, "This step is reached")
    follow(partner.get_by_role("link", name="Say that it is done"))
    fill_in(partner, {"What shows that it is done": SHOWN})
    press(partner, "Say that it is done")
    expect(partner.get_by_text(SHOWN)).to_be_visible()


def write_down_what_was_decided(partner: Page, site: str, known: str) -> None:
    """Say what was decided with people's words in front of the body, and what is different."""
    partner.goto(f"{site}/desk/decisions")
    follow(partner.get_by_role("link", name="Write down a decision"))
    fill_in(partner, {"What was decided": DECIDED, "Why": AGAIN})
    fill_in(partner, {"What you did not do, and why": NOT_DONE})
    fill_date(partner, "On which day", in_days(0))
    before = partner.get_by_role("group", name="What people said that you had in front of you")
    _tick(before, known, ASKED)
    press(partner, "Publish")
    follow(partner.get_by_role("link", name="Write down a change"))
    fill_in(partner, {"What has changed": CHANGED, "What is different now": EFFECT})
    fill_date(partner, "Since which day", in_days(0))
    _tick(partner.get_by_role("group", name="What came before it"), DECIDED, PROMISED)
    press(partner, "Publish")
    expect(partner.get_by_text(CHANGED)).to_be_visible()


def _tick(group: Locator, *texts: str) -> None:
    for text in texts:
        group.get_by_label(text).check()


def answer_everybody(publisher: Page, site: str, activity: str) -> None:
    begin_with(publisher, site, "Answers that are due", activity)
    press(publisher, "Begin")
    fill_in(publisher, {"You said": YOU_SAID, "What changed": EFFECT})
    fill_in(publisher, {"Who decided": "The partnership"})
    fill_in(publisher, {"Who may be affected more, and how that counted": "Girls: lights first."})
    fill_date(publisher, "Date of the decision", in_days(0))
    young = publisher.get_by_label("For young people, in a few words")
    young.fill(YOU_SAID)
    press(publisher, "Save")
    press(publisher, "Publish it")
    expect(publisher.get_by_text("The outcome is published.")).to_be_visible()
