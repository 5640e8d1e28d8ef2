"""What the oversight group asked for, and every way in which it can go on from there."""

import uuid
from datetime import timedelta
from typing import Any

from vrn_community.accounts.roles import Role
from vrn_community.demo.opportunities import NAMESPACE, People
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.commitments import services as commitments
from vrn_community.oversight.recommendations import answering, citing, services
from vrn_community.oversight.recommendations.models import Answer, Recommendation
from vrn_community.oversight.reminders import services as reminders
from vrn_community.partnership import queries as partnership

PARTNERSHIP = "blaby-hinckley-and-bosworth-csp"
COUNCIL = "leicestershire-county-council"
BOARD = "strategic-partnership-board-executive"
LIGHTS = (
    "Put up lights before the clocks change.",
    "It was promised, and most people asked for it.",
)
CHECK = ("Say by when every dark path is checked.", "There are more paths like this one.")
BUSHES = ("Cut the bushes four times a year.", "They hide the path from the road again by summer.")
ROUTE = ("Open a second way past the shops.", "People want to choose where they walk.")

SIGNS = ("Put up signs to the lit path.", "Many people did not know that there is one.")


def load(opportunity: Opportunity, people: People) -> None:
    """Store a recommendation for each way: accepted, overdue, challenged, escalated, by letter."""
    _accepted(opportunity, people)
    _overdue(opportunity, people)
    _challenged(opportunity, people)
    _escalated(opportunity, people)
    _sent_in(opportunity, people)
    reminders.remind()  # Whoever opens the desk before the hourly job has run sees what is late.


def sent(
    opportunity: Opportunity,
    slug: str,
    words: tuple[str, str],
    people: People,
    days: int,
    ballot: Ballot | None = None,
) -> Recommendation:
    """Send a recommendation, some days ago."""
    chair, body = people[Role.OVERSIGHT_CHAIR], partnership.body(slug)
    published = {each.kind: each.name for each in reversed(citing.offered(opportunity))}
    request = services.Request(body, *words, cites=list(published.values()), ballot=ballot)
    made = services.recommend(_key(words[0]), opportunity, request, by=chair)
    services.send(made, is_checked=True, by=chair)
    made.sent_at = clock.now() - timedelta(days=days)
    made.reply_by = clock.today() + timedelta(days=28 - days)
    return made


def _ago(row: Any, days: int) -> None:
    row.created_at = clock.now() - timedelta(days=days)
    db.session.flush()


def _accepted(opportunity: Opportunity, people: People) -> None:
    partner = people[Role.PARTNER]
    asked = sent(opportunity, PARTNERSHIP, LIGHTS, people, days=40)
    reasons = "The money is there, and the work begins next month."
    _ago(answering.reply(asked, Answer.ACCEPTED, reasons, by=partner), 30)
    today = clock.today()
    measured = commitments.Promise(
        "Head of street lights", "Measure the light along the whole path.", today
    )
    done = commitments.promise(_key("measure"), asked, measured, by=partner)
    shown = "Everybody can read what was measured, lamp by lamp."
    commitments.finish(done, shown, "https://example.org/lights", by=partner)
    steps = (("Order twelve lights.", today), ("Dig the trench.", today + timedelta(days=20)))
    lights = commitments.Promise(
        "Head of street lights", "Put up twelve lights.", today + timedelta(days=60), steps
    )
    running = commitments.promise(_key("lights"), asked, lights, by=partner)
    commitments.reach(running.milestones[0], by=partner)
    told = "The lights are ordered. They come in three weeks."
    commitments.note(_key("note"), running, told, by=partner)


def _overdue(opportunity: Opportunity, people: People) -> None:
    sent(opportunity, BOARD, CHECK, people, days=31)


def _challenged(opportunity: Opportunity, people: People) -> None:
    partner, chair = people[Role.PARTNER], people[Role.OVERSIGHT_CHAIR]
    asked = sent(opportunity, PARTNERSHIP, BUSHES, people, days=39)
    asked.reply_by = clock.today() - timedelta(days=15)
    once = answering.reply(asked, Answer.PARTLY, "Twice a year is what we can pay for.", by=partner)
    _ago(once, 20)
    why = "You do not say why two cuts are enough. Please say what four would cost."
    day = clock.today() + timedelta(days=8)
    _ago(answering.challenge(asked, why, day, by=chair), 12)
    again = "Four cuts cost twice as much. We make three, and look again after the summer."
    answering.reply(asked, Answer.PARTLY, again, by=partner)
    cuts = commitments.Promise(
        "Head of parks", "Cut the bushes three times a year.", clock.today() + timedelta(days=120)
    )
    commitments.promise(_key("cuts"), asked, cuts, by=partner)


def _escalated(opportunity: Opportunity, people: People) -> None:
    partner, chair = people[Role.PARTNER], people[Role.OVERSIGHT_CHAIR]
    asked = sent(opportunity, PARTNERSHIP, ROUTE, people, days=35)
    _ago(answering.reply(asked, Answer.NOT_ACCEPTED, "The land is not ours.", by=partner), 10)
    why = "Several bodies own land there. Only the board can bring them together."
    answering.escalate(asked, why, by=chair)


def _sent_in(opportunity: Opportunity, people: People) -> None:
    """Let a body answer by letter that nobody answers for here: the team writes it down."""
    team = people[Role.PUBLISHER]
    asked = sent(opportunity, COUNCIL, SIGNS, people, days=25)
    day = clock.today() + timedelta(days=20)
    meets, letter = "The council decides about signs next month.", "a call from the head of roads"
    move = answering.extend(_key("signs"), asked, day, meets, by=team, sent_in=letter)
    _ago(move, 10)
    reasons, letter = "We put up six signs, not ten.", "a letter from the head of roads"
    _ago(answering.reply(asked, Answer.PARTLY, reasons, by=team, sent_in=letter), 2)


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"duty {name}")
