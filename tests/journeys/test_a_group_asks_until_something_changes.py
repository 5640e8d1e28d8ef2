"""What one person answered, followed by the group of residents until something is different."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys import answering, backstage, duty, group, public
from tests.journeys.people import PHONE, press
from tests.later import Calendar

pytestmark = pytest.mark.browser

Window = Callable[..., BrowserContext]
#: The page of each person who takes part, signed in.
Desks = dict[str, Page]
ACTIVITY = "One quick question: the bus stop"
KNOWN = "More people want a light at this stop than anything else."
BODY, SLUG = "Blaby, Hinckley and Bosworth CSP", "blaby-hinckley-and-bosworth-csp"
CHAIR = "oversight-chair"
GROUP = ("oversight-member", "member-2", "member-3", "member-4")
PEOPLE = ("secretariat", CHAIR, *GROUP, "partner", "publisher")


def test_a_group_asks_until_something_changes(
    own_site: str, tmp_path: Path, context: Window, calendar: Calendar
) -> None:
    code = answer(context(**PHONE).new_page(), own_site)
    backstage.close_and_learn(tmp_path, ACTIVITY, KNOWN, SLUG)
    inside = {name: context().new_page() for name in PEOPLE}
    come_in(inside, tmp_path, own_site)
    anybody = context().new_page()

    meeting = the_group_prepares_a_meeting(inside, own_site)
    calendar.turn(days=13)
    come_in(inside, tmp_path, own_site)
    the_group_meets(inside, own_site, meeting)
    the_group_decides(inside, own_site)
    asked = duty.recommend(inside[CHAIR], own_site, ACTIVITY, BODY, KNOWN, group.PROPOSAL)
    calendar.turn(days=8)
    come_in(inside, tmp_path, own_site)
    assert backstage.tell_twice_who_is_late(tmp_path, asked) == 1
    public.see_that_the_reply_is_late(anybody, own_site, asked)
    late = public.late_debts(anybody, own_site, BODY)
    the_body_answers_and_does_it(inside, own_site, asked)
    assert public.late_debts(anybody, own_site, BODY) == late - 1
    duty.answer_everybody(inside["publisher"], own_site, ACTIVITY)

    read_everything(public.Reader(anybody, own_site, looks_for_barriers=True), code)
    phone = context(**PHONE, java_script_enabled=False).new_page()
    read_everything(public.Reader(phone, f"{own_site}/ur", public.urdu), code)


def the_group_prepares_a_meeting(inside: Desks, site: str) -> str:
    """Keep out of one item whoever has an interest; return where the meeting is."""
    member = inside[GROUP[0]]
    meeting = group.plan_the_meeting(inside["secretariat"], site)
    paper = group.declare_an_interest(member, meeting)
    group.see_who_is_kept_out(member, inside[GROUP[1]], meeting, paper)
    return meeting


def the_group_meets(inside: Desks, site: str, meeting: str) -> None:
    """Hold the meeting, and rate what is looked into."""
    group.hold_the_meeting(inside["secretariat"], inside[CHAIR], meeting)
    group.rate_it_amber(inside[GROUP[0]], group.begin_a_topic(inside[CHAIR], site))


def the_group_decides(inside: Desks, site: str) -> None:
    """Decide by consent what to ask: one objects, that is met, and a minority keeps its view."""
    secretariat, chair, objector = (inside[n] for n in ("secretariat", CHAIR, GROUP[-1]))
    ballot = group.prepare_the_ballot(secretariat, chair, site)
    for name in (CHAIR, *GROUP[:-1]):
        group.vote(inside[name], ballot, "I agree")
    group.vote(objector, ballot, "I object", group.OBJECTION)
    group.meet_the_objection(chair, objector, ballot)
    group.tell_the_public(secretariat, chair, ballot)


def the_body_answers_and_does_it(inside: Desks, site: str, asked: str) -> None:
    """Answer in part, be asked again, promise, do it, and say what is different."""
    partner = inside["partner"]
    duty.reply_in_part(partner, site)
    duty.challenge(inside[CHAIR], site, asked)
    duty.reply_again_and_promise(partner, site)
    duty.do_what_was_promised(partner)
    duty.write_down_what_was_decided(partner, site, KNOWN)


def read_everything(reader: public.Reader, code: str) -> None:
    """Read all that became public, beginning with a code, the group, and the register."""
    public.open_the_trail_with_a_code(reader, code)
    public.follow_the_trail(reader, KNOWN)
    public.read_what_the_group_decided(reader)
    public.find_it_in_the_register(reader, ACTIVITY)


def answer(page: Page, site: str) -> str:
    """Answer one question, and keep the code."""
    page.goto(f"{site}/opportunities?q=bus")
    page.get_by_role("link", name=ACTIVITY).click()
    page.get_by_role("link", name="Answer the questions").click()
    press(page, "Start")
    answering.choose(page, "How old are you?", "25 to 34")
    press(page, "Continue")
    answering.choose(page, "What should come first?", "A light")
    press(page, "Continue")
    press(page, "Send my answers")
    return answering.receive_the_code(page)


def come_in(inside: Desks, folder: Path, site: str) -> None:
    """Sign in everybody who takes part, for the first time or again."""
    for name, token in backstage.let_in(folder, tuple(inside)).items():
        cookie = {"name": "desk", "value": token, "url": f"{site}/desk"}
        inside[name].context.add_cookies([cookie])
