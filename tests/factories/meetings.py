"""A meeting with everything that can hang on it, and what the group looks into."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from tests.conftest import make_account
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.meetings import items
from vrn_community.oversight.meetings import services as meetings
from vrn_community.oversight.meetings.models import AgendaItem, Meeting, Paper
from vrn_community.oversight.members import services as members
from vrn_community.oversight.members.models import Member, TimeClaim
from vrn_community.oversight.scrutiny import rating
from vrn_community.oversight.scrutiny import services as scrutiny
from vrn_community.oversight.scrutiny.models import (
    Colour,
    EvidenceRequest,
    Rating,
    ScrutinyTopic,
)
from vrn_community.oversight.scrutiny.queries import About
from vrn_community.partnership.models import Body


def make_meeting(chair: Account, by: Account, *, days: int = 20, **changes: Any) -> Meeting:
    """Return a stored meeting so many days from now."""
    planned = {
        "title": "Autumn meeting",
        "starts_at": clock.now() + timedelta(days=days),
        "place": "The library",
        "wellbeing_contact": "Kai, 0116 496 0123",
        "chair": chair,
    }
    return meetings.plan(uuid.uuid4(), meetings.Plan(**{**planned, **changes}), by=by)


def make_item(meeting: Meeting, by: Account, title: str = "Lights on paths") -> AgendaItem:
    """Return a stored item of an agenda."""
    return meetings.add_item(uuid.uuid4(), meeting, title, "Decide.", by=by)


def make_paper(item: AgendaItem, by: Account, text: str = "It is dark.", note: str = "") -> Paper:
    """Return a stored paper."""
    return items.file_paper(uuid.uuid4(), item, items.Draft("A paper", text, note), by=by)


def make_member(account: Account, by: Account, **changes: Any) -> Member:
    """Return a stored record of a member."""
    term = {"starts_on": clock.today() - timedelta(days=90), "hourly_pence": 1_500}
    return members.begin(uuid.uuid4(), account, members.Term(**{**term, **changes}), by=by)


def make_claim(by: Account, minutes: int = 90) -> TimeClaim:
    """Return a stored claim of a member."""
    spent = members.Spent(clock.today(), "Read papers", minutes, 450)
    return members.claim(uuid.uuid4(), spent, by=by)


def make_topic(by: Account) -> ScrutinyTopic:
    """Return a stored topic."""
    return scrutiny.begin_topic(uuid.uuid4(), "Help for families", "They wait.", by=by)


def make_asked(
    topic: ScrutinyTopic, body: Body, by: Account, *, is_sent: bool = True
) -> EvidenceRequest:
    """Return a stored request for evidence."""
    question = scrutiny.Question(body, "How many were rung?")
    made = scrutiny.ask(uuid.uuid4(), topic, question, by=by)
    if is_sent:
        scrutiny.send(made, by=by)
    return made


def make_red(rated_id: uuid.UUID, body: Body, by: Account, about: About = About.ITEM) -> Rating:
    """Return a stored red rating that goes to a body."""
    to = rating.Addressed(body, "Head of lights", rating.usual_answer_by())
    verdict = rating.Verdict(Colour.RED, "Nobody checks.", to)
    return rating.rate(uuid.uuid4(), about, rated_id, verdict, by=by)


def store_group(closed: Opportunity, body: Body) -> Mapping[str, Sequence[Any]]:
    """Store all that the group has, and return a value for each parameter of its addresses."""
    chair = make_account(Role.OVERSIGHT_CHAIR, email="cleo.group@example.org", name="Cleo")
    member = make_account(Role.OVERSIGHT_MEMBER, email="imo.group@example.org", name="Imo")
    kai = make_account(Role.SECRETARIAT, email="kai.group@example.org", name="Kai")
    record = make_member(member, kai)
    members.edit_own(member, members.Own("Imo", "Knows Wombatthyme.", "Wombatthyme in large."))
    held = make_meeting(chair, kai, days=-1)
    item, other = make_item(held, kai), make_item(held, kai, "Clubs")
    papers = [make_paper(item, kai), make_paper(item, kai, note="It is about knives.")]
    meetings.send_papers(held, by=kai)
    items.declare(other, "Wombatthyme is my boss.", by=member)
    meetings.hold(held, {}, by=kai)
    items.note(uuid.uuid4(), item, "Agreed.", by=kai)
    task = items.Task("Write to them.", clock.today(), member)
    action = items.agree_action(uuid.uuid4(), item, task, by=kai)
    topic = make_topic(chair)
    asked = [make_asked(topic, body, chair, is_sent=is_sent) for is_sent in (True, False)]
    red = make_red(item.id, body, chair)
    later = make_meeting(chair, kai, days=0)  # There the body says what it did about the rating.
    make_item(later, kai)
    meetings.send_papers(later, by=kai)
    meetings.hold(later, {}, by=kai)
    return {
        "meeting_id": [held.id, make_meeting(chair, kai).id],
        "item_id": [item.id, other.id],
        "paper_id": [paper.id for paper in papers],
        "action_id": [action.id],
        "member_id": [record.id],
        "claim_id": [make_claim(member).id],
        "topic_id": [topic.id],
        "asked_id": [one.id for one in asked],
        "rating_id": [red.id],
        "rated_id": [item.id, topic.id, closed.id],
        "about": list(About),
    }
