"""Decisions of the oversight group, an activity that residents proposed, and what was published."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.demo import duties
from vrn_community.demo.group import HELD, PATH
from vrn_community.demo.opportunities import NAMESPACE, People
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.ballots import queries as ballot_queries
from vrn_community.oversight.ballots import services as ballots
from vrn_community.oversight.ballots import voting
from vrn_community.oversight.ballots.counting import AGREE, ASIDE, OBJECT, Method
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.meetings import queries as meetings
from vrn_community.oversight.proposals import services as proposals
from vrn_community.oversight.proposals.models import Power
from vrn_community.oversight.proposals.services import Suggested
from vrn_community.oversight.publishing import queries as statements
from vrn_community.oversight.publishing import services as publishing
from vrn_community.oversight.publishing import telling
from vrn_community.oversight.publishing.models import StatementKind

DAYS = timedelta(days=1)
CONSENT = "We ask the council to light the path behind the leisure centre before winter."
COST = "It should not be paid from the money for youth clubs."
MET = "We add a sentence: no money for young people may be used for it."
VIEW = "Lights move a problem on. I would first ask the people who meet there what they need."
FIRST = "What should we look at first next year?"
TOPICS = ["Streets and parks", "The way to school", "Help for families"]
CHAIR = "Who leads the meetings from April on?"
ASKED = (
    "Light the path behind the leisure centre before winter, with no money of young people.",
    "It is dark from four in the afternoon, and there is no other way to the bus.",
)
NOTES = """Five of us met. We read the results about the path behind the leisure centre.
Most people who answered go another way after dark. We asked who had not answered: few girls had.
We decided what to ask of the council. It stands here too."""
IDEA = proposals.Idea(
    title="Young people choose what their club buys",
    why="Clubs get money for things that adults choose. Then nobody comes.",
    audience="Young people who go to a club, or stopped going",
    level=ParticipationLevel.EMPOWER,
    power=Power.BUDGET,
    power_words="They decide about 5,000 pounds for each club.",
)
OTHER = proposals.Idea(
    title="Ask at bus stops",
    why="Many who feel unsafe wait there, and nobody asked them.",
    audience="People who take the bus in the evening",
    level=ParticipationLevel.CONSULT,
)


def load(opportunity: Opportunity, people: People, members: Sequence[Account]) -> None:
    """Add all of it, unless it is there already."""
    if ballot_queries.find(_key(CONSENT)):
        return
    chair, member = people[Role.OVERSIGHT_CHAIR], people[Role.OVERSIGHT_MEMBER]
    group = [member, *members]
    decided = _decide(chair, group)
    duties.sent(opportunity, duties.PARTNERSHIP, ASKED, people, days=11, ballot=decided)
    _vote_in_secret(chair, group)
    _propose(people)
    _publish(decided, people)


def _decide(chair: Account, group: Sequence[Account]) -> Ballot:
    """Decide by consent: one objects, the chair says how that was met, and a minority remains."""
    ballot = _open(chair, CONSENT, Method.CONSENT, item_id=PATH)
    choices = ((AGREE, ""), (AGREE, ""), (OBJECT, COST), (ASIDE, ""))
    for who, (choice, reason) in zip(group, choices, strict=True):
        _cast(ballot, who, choice, reason)
    _cast(ballot, chair, AGREE)
    _close(ballot, chair, days_ago=12)
    ballots.resolve(ballot, MET, by=chair)
    ballots.dissent(_key(VIEW), ballot, VIEW, by=group[-1])
    return ballot


def _vote_in_secret(chair: Account, group: Sequence[Account]) -> None:
    """Let one secret ballot be over, and another one be open."""
    over = _open(chair, FIRST, Method.VOTE, options=TOPICS, is_secret=True)
    for who, choice in zip(group, ("1", "1", "2", "1"), strict=True):
        _cast(over, who, choice)
    _close(over, chair, days_ago=5)
    names = ["One chair for a year", "Another one each time"]
    is_open = _open(chair, CHAIR, Method.VOTE, options=names, is_secret=True)
    for who in group[1:3]:
        _cast(is_open, who, "2")


def _open(
    chair: Account,
    question: str,
    method: Method,
    *,
    options: Sequence[str] = (),
    is_secret: bool = False,
    item_id: uuid.UUID | None = None,
) -> Ballot:
    asked = ballots.Question(
        question,
        method,
        clock.today(),
        ballots.usual_last_day(),
        options=list(options),
        is_secret=is_secret,
        item_id=item_id,
    )
    ballot = ballots.begin(_key(question), asked, by=chair)
    ballots.open_ballot(ballot, ballots.Rules(quorum=3), by=chair)
    return ballot


def _cast(ballot: Ballot, by: Account, choice: str, reason: str = "") -> None:
    tracker = voting.tracker_of(voting.new_form(ballot, by), ballot, by)
    voting.vote(ballot, voting.Cast(choice, reason), tracker, by=by)


def _close(ballot: Ballot, chair: Account, *, days_ago: int) -> None:
    """Close a ballot as if that had been on a day in the past."""
    ballot.closes_on = clock.today()
    db.session.flush()
    ballots.close(ballot, by=chair)
    last_day = clock.today() - days_ago * DAYS
    ballot.opens_on, ballot.closes_on = last_day - 7 * DAYS, last_day
    ballot.closed_on = last_day
    db.session.flush()


def _propose(people: People) -> None:
    """Let the team take up one proposal and one part of its words, and another proposal wait."""
    panel, team = people[Role.YOUTH_PANEL], people[Role.PUBLISHER]
    member = people[Role.OVERSIGHT_MEMBER]
    taken = proposals.propose(_key(IDEA.title), IDEA, by=panel)
    draft = proposals.take_up(taken, "Yes. Two clubs want to begin in spring.", by=team)
    draft.is_demo = True
    said = (
        (panel, Suggested("title", "Your club, your money, your choice")),
        (member, Suggested("limits", "Nothing that needs a licence, and nothing for one person.")),
        (panel, Suggested("audience", "Everyone under 25", "Some come back to help.")),
        (member, Suggested(comment="Please say how people who cannot read well can choose too.")),
    )
    made = [
        proposals.suggest(_key(f"words {number}"), taken, words, by=by)
        for number, (by, words) in enumerate(said)
    ]
    proposals.accept(taken, made[0], "Everybody sees at once what it is about.", by=team)
    proposals.refuse(taken, made[2], "The money is for people up to 18.", by=team)
    late = proposals.propose(_key(OTHER.title), OTHER, by=member)
    late.proposed_on = clock.today() - 30 * DAYS
    late.due_on = clock.today() - 2 * DAYS
    db.session.flush()


def _publish(decided: Ballot, people: People) -> None:
    """Publish notes of a meeting, amended once, and a decision; a report is being written."""
    chair, helper = people[Role.OVERSIGHT_CHAIR], people[Role.SECRETARIAT]
    held, held_on = meetings.meeting(HELD), clock.today() - 12 * DAYS
    notes = publishing.begin(
        _key("notes"),
        publishing.Subject(StatementKind.NOTES, held.held_on, meeting=held),
        publishing.Text("We talked about the path", NOTES),
        by=helper,
    )
    _make_public(notes.id, chair)
    publishing.amend(notes, "We had left out that few girls answered.", by=helper)
    _make_public(notes.id, chair)
    told = publishing.Text("What we ask of the council", telling.words_of(decided))
    subject = publishing.Subject(StatementKind.DECISION, held_on, decided)
    publishing.begin(_key("decision"), subject, told, by=helper)
    _make_public(_key("decision"), chair)
    report = publishing.Text("Our first year", "What we did, and what we learned.")
    subject = publishing.Subject(StatementKind.REPORT, clock.today())
    publishing.begin(_key("report"), subject, report, by=helper)


def _make_public(key: uuid.UUID, chair: Account) -> None:
    statement = statements.statement(key, chair)
    reason = "What was found names nobody." if publishing.findings(statement.newest) else ""
    publishing.clear(statement, reason, by=chair, version=statement.newest.version)
    publishing.publish(statement, by=chair)


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"scrutiny {name}")
