"""The oversight group at work: a meeting that was held, one that comes, a topic, and a rating."""

import uuid
from datetime import date, datetime, time, timedelta

from vrn_community.accounts.roles import Role
from vrn_community.demo.opportunities import NAMESPACE, People
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.meetings import items
from vrn_community.oversight.meetings import services as meetings
from vrn_community.oversight.meetings.models import AgendaItem, Meeting, PlaceKind, Presence
from vrn_community.oversight.members import services as members
from vrn_community.oversight.scrutiny import rating
from vrn_community.oversight.scrutiny import services as scrutiny
from vrn_community.oversight.scrutiny.models import Colour
from vrn_community.oversight.scrutiny.queries import About
from vrn_community.partnership import queries as partnership

CONTACT = "Kai Brown, secretariat, 0116 496 0123"
PLACE = "Room 2, Coalville Library, and online"
#: The meeting whose notes are published, and its item about which the group decides.
HELD = uuid.uuid5(NAMESPACE, "group held")
PATH = uuid.uuid5(NAMESPACE, "group path")
PATH_PAPER = """## What people said

Many go another way after dark. Most asked for **lights**.

## What the group can decide

- to ask the partnership by when every dark path is checked
- to look at how young people were asked
"""
HARD_PAPER = """## What the partnership does after a stabbing

People from the hospital and a youth worker talk with the family within two days. Last year that
worked for most families, and not for those who had moved.
"""
NOTE = "The group wants lights on every path that people named. It asks for a list with dates."
AMENDED = "The group wants lights on every path that people named. It asks for a list by spring."


def load(opportunity: Opportunity, people: People) -> None:
    """Add the group's work, unless it is there already."""
    if db.session.get(Meeting, HELD):
        return
    _join(people)
    _hold(people)
    _prepare(people)
    _look_into(opportunity, people)


def _join(people: People) -> None:
    kai = people[Role.SECRETARIAT]
    began = clock.today() - timedelta(days=200)
    term = members.Term(began, None, partnership.areas()[0], 1_500, "How we keep people safe, May")
    for role in (Role.OVERSIGHT_MEMBER, Role.OVERSIGHT_CHAIR):
        members.begin(_key(f"member {role}"), people[role], term, by=kai)
    imran = people[Role.OVERSIGHT_MEMBER]
    needs = members.Own(imran.display_name, "I coach at a boxing club.", "A break every hour.")
    members.edit_own(imran, needs)
    spent = members.Spent(clock.today() - timedelta(days=20), "Read papers and came", 180, 450)
    members.approve(members.claim(_key("claim"), spent, by=imran), by=kai)
    spent = members.Spent(clock.today() - timedelta(days=2), "Read papers", 60)
    members.claim(_key("second claim"), spent, by=imran)


def _meeting(name: str, title: str, day: date, people: People) -> Meeting:
    starts_at = datetime.combine(day, time(18), clock.LONDON)
    chair = people[Role.OVERSIGHT_CHAIR]
    planned = meetings.Plan(title, starts_at, PLACE, CONTACT, chair, PlaceKind.BOTH)
    return meetings.plan(_key(name), planned, by=people[Role.SECRETARIAT])


def _hold(people: People) -> None:
    kai, joy = people[Role.SECRETARIAT], people[Role.OVERSIGHT_CHAIR]
    imran = people[Role.OVERSIGHT_MEMBER]
    held = _meeting("held", "Autumn meeting", clock.today() - timedelta(days=20), people)
    asked = "Read the results, and say what the partnership must answer."
    path = meetings.add_item(PATH, held, "Lights on dark paths", asked, by=kai)
    clubs = meetings.add_item(_key("clubs"), held, "Money for sports clubs", "Decide.", by=kai)
    draft = items.Draft("What people said about the path", PATH_PAPER)
    _file("path paper", path, draft, people, days=40)
    draft = items.Draft("Which clubs ask for money", "Four clubs ask.")
    _file("clubs paper", clubs, draft, people, days=22)
    meetings.send_papers(held, by=kai)
    items.declare(clubs, "I coach at one of the clubs.", by=imran)
    presences = {joy.id: Presence.CAME, imran.id: Presence.CAME}
    meetings.hold(held, presences, by=kai)
    items.note(_key("note"), path, NOTE, by=kai)
    items.note(_key("amended"), path, AMENDED, by=kai)
    items.note(_key("clubs note"), clubs, "The group agreed to two of the four.", by=kai)
    due = clock.today() - timedelta(days=2)
    items.agree_action(_key("a"), path, items.Task("Draft the question.", due, imran), by=kai)
    team = partnership.body("blaby-hinckley-and-bosworth-csp")
    later = clock.today() + timedelta(days=30)
    items.agree_action(_key("b"), path, items.Task("List dark paths.", later, body=team), by=kai)
    meetings.approve_notes(held, by=joy)


def _prepare(people: People) -> None:
    kai = people[Role.SECRETARIAT]
    comes = _meeting("comes", "Winter meeting", clock.today() + timedelta(days=12), people)
    asked = "Read the paper, and rate what you see: green, amber or red."
    item = meetings.add_item(_key("family"), comes, "Help for families", asked, by=kai)
    meetings.add_item(_key("plan"), comes, "What we look into next year", "Choose.", by=kai)
    draft = items.Draft("Help after a stabbing", HARD_PAPER, "It is about knives and grief.")
    _file("hard paper", item, draft, people)
    meetings.send_papers(comes, by=kai)


def _file(
    name: str, item: AgendaItem, draft: items.Draft, people: People, *, days: int = 0
) -> None:
    made = items.file_paper(_key(name), item, draft, by=people[Role.SECRETARIAT])
    made.filed_at = clock.now() - timedelta(days=days)


def _look_into(opportunity: Opportunity, people: People) -> None:
    joy, imran = people[Role.OVERSIGHT_CHAIR], people[Role.OVERSIGHT_MEMBER]
    why = "People told us that families hear nothing for weeks."
    topic = scrutiny.begin_topic(_key("topic"), "Help for families", why, by=joy)
    body = partnership.body("blaby-hinckley-and-bosworth-csp")
    question = scrutiny.Question(body, "How many families were rung within two days last year?")
    asked = scrutiny.ask(_key("asked"), topic, question, by=joy)
    scrutiny.send(asked, by=joy)
    found = rating.Verdict(Colour.AMBER, "The lights are coming. Who checks the other paths?")
    rating.rate(_key("amber"), About.ACTIVITY, opportunity.id, found, by=imran)
    to = rating.Addressed(body, "Head of support", rating.usual_answer_by())
    found = rating.Verdict(Colour.RED, "Families who moved still hear nothing.", to)
    rating.rate(_key("red"), About.TOPIC, topic.id, found, by=imran)
    board = partnership.body("strategic-partnership-board-executive")
    question = scrutiny.Question(board, "Who answers for families who have moved?")
    scrutiny.ask(_key("draft"), topic, question, by=joy)


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"group {name}")
