"""What stands in a register of some years: activities, and all that followed from each.

For 2,000 activities: 20,000 recommendations, 10,000 commitments, 4,000 insights with what they
rest on, 4,000 decisions, 2,000 changes and 200 things before the board.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.foundation.db import table_of
from vrn_community.insights.evidence.models import Evidence, Insight, insight_priority
from vrn_community.insights.models import Release
from vrn_community.opportunities.models import Opportunity, opportunity_priority
from vrn_community.outcomes.decisions.models import (
    BodyDecision,
    Change,
    body_decision_insight,
    body_decision_recommendation,
    change_success_measure,
)
from vrn_community.outcomes.models import Outcome, OutcomeState
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.commitments.models import Commitment, CommitmentState
from vrn_community.oversight.recommendations.models import (
    Answer,
    Citation,
    Escalation,
    Recommendation,
    RecommendationState,
    Reply,
)
from vrn_community.partnership.models import Body, Priority, SuccessMeasure

EACH = 10
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Filled:
    """One of each kind that has a page of its own, for addresses."""

    code: str
    recommendation: uuid.UUID
    insight: uuid.UUID
    decision: uuid.UUID
    change: uuid.UUID


@dataclass(frozen=True)
class Known:
    """What of the demonstration is taken again for every new row."""

    opportunity: dict[str, Any]
    release: dict[str, Any]
    insight: dict[str, Any]
    evidence: Rows
    author: Any
    ballot: Any
    bodies: list[Any]


def fill(total: int) -> Filled:
    """Add activities in every standing with all that followed, and return one of each."""
    known = _known()
    made = _activities(total, known)
    releases = _answer_a_third(made, known)
    asked = _recommend(made, known)
    told = _insights(2 * total, releases, known)
    _cite(asked, told)
    promised = _promise(5 * total, asked, known)
    decided = _decide(2 * total, asked, told, known)
    changed = _change(total, decided, promised, known)
    _escalate(total // 10, asked, known)
    db.session.commit()
    first = (rows[0]["id"] for rows in (asked, told, decided, changed))
    return Filled(str(made[0]["code"]), *first)


def _values(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in table_of(type(row)).columns}


def _known() -> Known:
    first = select(Outcome).order_by(Outcome.created_at).limit(1)
    opportunity = db.session.scalars(first).one().opportunity
    of_it = Release.opportunity_id == opportunity.id
    release = db.session.scalars(select(Release).where(of_it)).first()
    resting = select(Insight).where(Insight.evidence.any(Evidence.release_id == release.id))
    insight = db.session.scalars(resting.order_by(Insight.created_at)).first()
    return Known(
        _values(opportunity),
        _values(release),
        _values(insight),
        [_values(each) for each in insight.evidence if not each.theme_id],
        opportunity.author_id,
        db.session.scalars(select(Ballot.id).order_by(Ballot.created_at)).first(),
        list(db.session.scalars(select(Body.id).order_by(Body.position))),
    )


def _store(model: type[Any], rows: Rows) -> Rows:
    db.session.execute(insert(model), rows)
    return rows


def _activities(total: int, known: Known) -> Rows:
    today, now = clock.today(), clock.now()
    made = []
    for number in range(total):
        closes_on = today + timedelta(days=60 - number * 7 % 400)
        new = {**known.opportunity, "id": uuid.uuid4(), "code": crypto.new_code(7)}
        new |= {"title": f"Activity {number}", "opens_on": closes_on - timedelta(days=40)}
        new |= {"closes_on": closes_on, "decision_on": closes_on, "results_frozen_on": None}
        new |= {"asking_body_id": known.bodies[number % len(known.bodies)]}
        new |= {"published_at": now - timedelta(hours=number)}
        made.append(new)
    _store(Opportunity, made)
    four = db.session.scalar(select(Priority.id).where(Priority.number == 4))
    tags = [{"opportunity_id": row["id"], "priority_id": four} for row in made]
    db.session.execute(insert(opportunity_priority), tags)
    return made


def _answer_a_third(made: Rows, known: Known) -> Rows:
    words = {"we_asked": "What?", "you_said": "This.", "changed": "That.", "decided_by": "Us"}
    shared = {"state": OutcomeState.PUBLISHED, "published_at": clock.now()}
    shared |= {"author_id": known.author, **words}
    _store(Outcome, [{"opportunity_id": row["id"], **shared} for row in made[::3]])
    new = ({**known.release, "id": uuid.uuid4(), "opportunity_id": row["id"]} for row in made[::3])
    return _store(Release, list(new))


def _recommend(made: Rows, known: Known) -> Rows:
    states = (RecommendationState.SENT, RecommendationState.REPLIED, RecommendationState.CLOSED)
    rows = [
        {
            "id": uuid.uuid4(),
            "opportunity_id": row["id"],
            "number": place + 1,
            "body_id": known.bodies[(number + place) % len(known.bodies)],
            "author_id": known.author,
            "text": "Put up lights.",
            "reply_by": clock.today() + timedelta(days=place - 5),
            "state": states[place % 3],
            "sent_at": clock.now() - timedelta(days=40),
            "ballot_id": known.ballot,
        }
        for number, row in enumerate(made)
        for place in range(EACH)
    ]
    _store(Recommendation, rows)
    given = {"answer": Answer.PARTLY, "reasons": "It costs little.", "author_id": known.author}
    replies = [
        {"recommendation_id": row["id"], "due_on": row["reply_by"], **given}
        for row in _replied(rows)
    ]
    _store(Reply, replies)
    return rows


def _replied(asked: Rows) -> Rows:
    return [row for row in asked if row["state"] is not RecommendationState.SENT]


def _insights(total: int, releases: Rows, known: Known) -> Rows:
    rows, evidence = [], []
    for number in range(total):
        key, release = uuid.uuid4(), releases[number % len(releases)]
        new = {**known.insight, "id": key, "family_id": key, "number": 1}
        rows.append({**new, "published_at": clock.now() - timedelta(hours=number)})
        of_it = {"insight_id": key, "release_id": release["id"]}
        evidence += [{**each, "id": uuid.uuid4(), **of_it} for each in known.evidence]
    _store(Insight, rows)
    _store(Evidence, evidence)
    four = db.session.scalar(select(Priority.id).where(Priority.number == 4))
    tags = [{"insight_id": row["id"], "priority_id": four} for row in rows]
    db.session.execute(insert(insight_priority), tags)
    return rows


def _cite(asked: Rows, told: Rows) -> None:
    """Let each insight be cited by one recommendation."""
    pairs = zip(asked[:: len(asked) // len(told)], told, strict=False)
    rows = [{"recommendation_id": a["id"], "insight_id": t["id"]} for a, t in pairs]
    _store(Citation, [{**row, "reference": ""} for row in rows])


def _promise(total: int, asked: Rows, known: Known) -> Rows:
    states = (CommitmentState.PLANNED, CommitmentState.UNDER_WAY, CommitmentState.DONE)
    rows = [
        {
            "id": uuid.uuid4(),
            "recommendation_id": row["id"],
            "author_id": known.author,
            "owner": "Head of lights",
            "text": "Put up twelve lights.",
            "due_on": clock.today() + timedelta(days=number % 90 - 30),
            "state": states[number % 3],
        }
        for number, row in enumerate(_replied(asked)[:total])
    ]
    return _store(Commitment, rows)


def _said(number: int, known: Known, body: Any) -> dict[str, Any]:
    key = uuid.uuid4()
    return {"id": key, "family_id": key, "number": 1, "author_id": known.author, "body_id": body}


def _decide(total: int, asked: Rows, told: Rows, known: Known) -> Rows:
    words = {"decided": "Lights along the path.", "reasons": "Most asked.", "not_done": "Cameras."}
    chosen = asked[:: max(1, len(asked) // total)][:total]
    rows = [
        {**_said(number, known, row["body_id"]), **words, "decided_on": clock.today()}
        for number, row in enumerate(chosen)
    ]
    _store(BodyDecision, rows)
    of_asked = [
        {"body_decision_id": row["id"], "recommendation_id": before["id"]}
        for row, before in zip(rows, chosen, strict=True)
    ]
    of_told = [
        {"body_decision_id": row["id"], "insight_id": told[number % len(told)]["id"]}
        for number, row in enumerate(rows)
    ]
    db.session.execute(insert(body_decision_recommendation), of_asked)
    db.session.execute(insert(body_decision_insight), of_told)
    return rows


def _change(total: int, decided: Rows, promised: Rows, known: Known) -> Rows:
    words = {"what": "Twelve lights stand there.", "effect": "The path is lit at night."}
    rows = []
    for number, row in enumerate(decided[:total]):
        promise = promised[number % len(promised)]
        tied = {"decision_id": row["id"], "recommendation_id": promise["recommendation_id"]}
        tied |= {"commitment_id": promise["id"], "happened_on": clock.today()}
        rows.append({**_said(number, known, row["body_id"]), **words, **tied})
    _store(Change, rows)
    aims = list(db.session.scalars(select(SuccessMeasure.id)))
    tags = [
        {"change_id": row["id"], "success_measure_id": aims[(number + more) % len(aims)]}
        for number, row in enumerate(rows)
        for more in range(2)
    ]
    db.session.execute(insert(change_success_measure), tags)
    return rows


def _escalate(total: int, asked: Rows, known: Known) -> None:
    owed = [row for row in asked if row["state"] is RecommendationState.SENT][:total]
    words = {"reasons": "Nobody else can.", "author_id": known.author}
    rows = [
        {"recommendation_id": row["id"], **words, "answer_by": clock.today() + timedelta(days=9)}
        for row in owed
    ]
    _store(Escalation, rows)
