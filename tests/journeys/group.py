"""How the oversight group meets, keeps out whoever has an interest, rates, and decides."""

from playwright.sync_api import Page, expect

from tests.browser.steps import follow
from tests.journeys.consultation import in_days
from tests.journeys.people import fill_date, fill_in, press

MEETING = "The meeting about the bus stop"
LIGHT, CLUBS = "A light at the bus stop", "Money for the boxing club"
LIGHT_PAPER, CLUBS_PAPER = "What people said about the stop", "What the club asks for"
INTEREST = "I coach there."
NOTED = "The group wants to ask for a light, and decides by consent."
TOPIC, WHY_TOPIC = "Dark bus stops", "People told us that they wait in the dark."
RATED = "The timetable is good. Nobody looks after the lamps."
PROPOSAL = "We ask for a light at the bus stop before winter."
OBJECTION = "It should not be paid from the money for youth clubs."
MET = "We add that no money for young people is used for it."
MINORITY = "A seat would help more people than a light."


def plan_the_meeting(secretariat: Page, site: str) -> str:
    """Plan it, put two items with papers on the agenda, and let members read; return where."""
    secretariat.goto(f"{site}/desk/meetings")
    follow(secretariat.get_by_role("link", name="Plan a meeting"))
    fill_in(
        secretariat,
        {
            "What the meeting is called": MEETING,
            "When it begins": "18:00",
            "Where it is": "The library",
            "Whom members can talk to": "Kai, 0116 496 0123",
        },
    )
    fill_date(secretariat, "The day", in_days(12))
    secretariat.get_by_label("Who chairs it").select_option("Joy Mensah")
    press(secretariat, "Save")
    address = secretariat.url
    for item, paper in ((LIGHT, LIGHT_PAPER), (CLUBS, CLUBS_PAPER)):
        _add_item(secretariat, item, paper)
        secretariat.goto(address)
    press(secretariat, "Let members read the papers")
    return address


def _add_item(secretariat: Page, item: str, paper: str) -> None:
    follow(secretariat.get_by_role("link", name="Add an item"))
    fill_in(secretariat, {"What it is called": item, "What the group is asked to do": "Decide."})
    press(secretariat, "Save")
    follow(secretariat.get_by_role("link", name=item, exact=True))
    follow(secretariat.get_by_role("link", name="Add a paper"))
    fill_in(secretariat, {"What the paper is called": paper, "The paper": "Please read it."})
    press(secretariat, "Save")
    expect(secretariat.get_by_role("link", name=paper)).to_be_visible()


def declare_an_interest(member: Page, meeting: str) -> str:
    """Read both papers' titles, declare an interest in one item; return where its paper was."""
    member.goto(meeting)
    expect(member.get_by_role("link", name=LIGHT_PAPER)).to_be_visible()
    follow(member.get_by_role("link", name=CLUBS_PAPER))
    expect(member.get_by_text("Please read it.")).to_be_visible()
    paper = member.url
    follow(member.get_by_role("link", name=CLUBS))
    member.locator("summary", has_text="Declare an interest").click()
    fill_in(member, {"What your interest is": INTEREST})
    press(member, "Declare it")
    expect(member.get_by_text("You see only the title of this item now.")).to_be_visible()
    return paper


def see_who_is_kept_out(member: Page, other: Page, meeting: str, paper: str) -> None:
    """See that whoever declared it finds the title alone, and somebody else everything."""
    member.goto(meeting)
    expect(member.get_by_role("link", name=LIGHT_PAPER)).to_be_visible()
    expect(member.get_by_role("link", name=CLUBS_PAPER)).to_have_count(0)
    expect(member.get_by_text("You declared an interest")).to_be_visible()
    expect(member.get_by_role("heading", name=f"2. {CLUBS}")).to_be_visible()
    for page in (paper, f"{paper}/copy", f"{paper}/copy?text=large"):
        assert member.request.get(page).status == 404
    follow(member.get_by_role("link", name=CLUBS, exact=True))
    expect(member.get_by_role("heading", name="Papers")).to_have_count(0)

    other.goto(meeting)
    follow(other.get_by_role("link", name=CLUBS_PAPER))
    expect(other.get_by_text("Please read it.")).to_be_visible()


def hold_the_meeting(secretariat: Page, chair: Page, meeting: str) -> None:
    """Say who came, write a note, and let the chair approve it."""
    secretariat.goto(meeting)
    for name in ("Joy Mensah", "Imran Malik"):
        secretariat.get_by_role("radiogroup", name=name).get_by_label("Came").check()
    press(secretariat, "The meeting was held")
    follow(secretariat.get_by_role("link", name=LIGHT, exact=True))
    fill_in(secretariat, {"What was said and agreed": NOTED})
    press(secretariat, "Keep the note")
    chair.goto(meeting)
    press(chair, "Approve the notes")
    expect(chair.get_by_text("Notes approved")).to_be_visible()


def begin_a_topic(chair: Page, site: str) -> str:
    chair.goto(f"{site}/desk/scrutiny")
    follow(chair.get_by_role("link", name="Look into something"))
    labels = chair.locator("main form").get_by_role("textbox")
    labels.first.fill(TOPIC)
    labels.last.fill(WHY_TOPIC)
    press(chair, "Save")
    return chair.url


def rate_it_amber(member: Page, topic: str) -> None:
    member.goto(topic)
    follow(member.get_by_role("link", name="Rate it"))
    member.get_by_label("Amber: it can be better").check()
    fill_in(member, {"Your reasons": RATED})
    press(member, "Rate it")
    member.goto(topic)
    rating = member.get_by_role("article").filter(has_text=RATED)
    expect(rating.get_by_text("Amber: it can be better")).to_be_visible()


def prepare_the_ballot(secretariat: Page, chair: Page, site: str) -> str:
    """Draft a decision by consent, and let the chair open it; return where it is."""
    secretariat.goto(f"{site}/desk/ballots/new")
    fill_in(secretariat, {"What is to be decided": PROPOSAL})
    secretariat.get_by_label("By consent: it passes when nobody objects").check()
    press(secretariat, "Save the draft")
    chair.goto(secretariat.url)
    follow(chair.get_by_role("link", name="Open the ballot"))
    press(chair, "Open the ballot")
    return secretariat.url


def vote(member: Page, ballot: str, choice: str, reason: str = "") -> None:
    member.goto(ballot)
    member.get_by_label(choice).check()
    fill_in(member, {"Your reasons": reason})
    press(member, "Send my vote")
    expect(member.get_by_text("What came of it stands here after the end.")).to_be_visible()


def meet_the_objection(chair: Page, objector: Page, ballot: str) -> None:
    """Count it, see who objects and why, say how that was met, and keep the minority's view."""
    chair.goto(ballot)
    press(chair, "Close and count it")
    expect(chair.get_by_text("Somebody objected")).to_be_visible()
    expect(chair.get_by_role("row").filter(has_text=OBJECTION)).to_contain_text("I object")
    follow(chair.get_by_role("link", name="Say how the objection was met"))
    fill_in(chair, {"Your words": MET})
    press(chair, "Write it down")
    expect(chair.get_by_text("Decided, after an objection was met")).to_be_visible()
    objector.goto(ballot)
    follow(objector.get_by_role("link", name="Write a minority view"))
    fill_in(objector, {"Your words": MINORITY})
    press(objector, "Keep it beside the decision")
    expect(objector.get_by_role("article").filter(has_text=MINORITY)).to_be_visible()


def tell_the_public(secretariat: Page, chair: Page, ballot: str) -> None:
    """Draft a text from the ballot, and let the chair clear and publish it."""
    secretariat.goto(ballot)
    follow(secretariat.get_by_role("link", name="Write a text for the public"))
    press(secretariat, "Save the draft")
    chair.goto(secretariat.url)
    follow(chair.get_by_role("link", name="Clear it of personal data"))
    chair.get_by_label("I have read all of it, and nobody can be recognised").check()
    press(chair, "Clear it")
    press(chair, "Publish it")
    expect(chair.get_by_text("Everyone can read it now.")).to_be_visible()
