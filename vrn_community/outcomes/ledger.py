"""The whole public register for other programs, and what is new in it; the queries never grow."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from vrn_community.extensions import db
from vrn_community.opportunities.lifecycle import LISTED, OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes import queries, trail
from vrn_community.outcomes.decisions import queries as decisions
from vrn_community.outcomes.decisions.models import BodyDecision, Change, SaidState
from vrn_community.outcomes.models import Outcome, OutcomeState
from vrn_community.outcomes.queries import Entry, Standing
from vrn_community.oversight.recommendations import queries as recommendations
from vrn_community.oversight.recommendations.models import (
    OWED,
    Answer,
    Recommendation,
    RecommendationState,
    Reply,
)
from vrn_community.partnership.models import Body

#: How many rows of a large file are read at once.
CHUNK = 500


@dataclass(frozen=True)
class Whole:
    """One activity of the register with its outcome, and how much was asked and answered."""

    entry: Entry
    outcome: Outcome | None
    asked: int
    answered: int
    late: int


def whole() -> Iterator[Whole]:
    """Go through the whole register, newest first."""
    standing = queries.standing()
    # Where it stands asks the table of outcomes too, so this is a second look at it.
    outcome = aliased(Outcome)
    is_published = outcome.state == OutcomeState.PUBLISHED
    counts = _recommendation_counts()
    query = (
        queries.everything()
        .add_columns(standing.label("standing"), outcome, *counts.c[1:])
        .outerjoin(outcome, (outcome.opportunity_id == Opportunity.id) & is_published)
        .outerjoin(counts, counts.c.opportunity_id == Opportunity.id)
        .options(joinedload(Opportunity.asking_body))
        .order_by(Opportunity.published_at.desc(), Opportunity.id)
    )
    for opportunity, found, told, *numbers in db.session.execute(query):
        entry = Entry(opportunity, Standing(found))
        yield Whole(entry, told, *(number or 0 for number in numbers))


def _recommendation_counts() -> Any:
    is_late = recommendations.is_overdue()
    return (
        select(
            Recommendation.opportunity_id,
            func.count().label("asked"),
            func.count().filter(recommendations.latest_answer().is_not(None)).label("answered"),
            func.count().filter(is_late).label("late"),
        )
        .where(recommendations.is_public())
        .group_by(Recommendation.opportunity_id)
        .subquery()
    )


@dataclass(frozen=True)
class Asked:
    """One recommendation with the newest reply to it, if there is one."""

    id: uuid.UUID
    text: str
    reasons: str
    sent_at: datetime
    reply_by: date
    state: RecommendationState
    addressee: str
    answer: Answer | None
    answer_reasons: str | None
    replied_at: datetime | None
    code: str
    activity_state: OpportunityState

    @property
    def is_seen(self) -> bool:
        """Whether the public may read the words of the activity now."""
        return self.activity_state in LISTED

    @property
    def is_owed(self) -> bool:
        """Whether the body has to answer, for the first time or again."""
        return self.state in OWED


def asked() -> Iterator[Asked]:
    """Go through all that was sent about activities that the public knows, newest first."""
    known = (Recommendation.sent_at.is_not(None), Opportunity.published_at.is_not(None))
    newest = Recommendation.sent_at.desc(), Recommendation.id
    query = _asked().where(*known).order_by(*newest)
    # Rows, not objects: of many thousands, making objects takes most of the time.
    for row in db.session.execute(query, execution_options={"yield_per": CHUNK}):
        yield Asked(*row)


def _asked() -> Any:
    later = aliased(Reply)
    of_it = later.recommendation_id == Recommendation.id
    last = select(func.max(later.round)).where(of_it).scalar_subquery()
    is_last = (Reply.recommendation_id == Recommendation.id) & (Reply.round == last)
    own = ("id", "text", "reasons", "sent_at", "reply_by", "state")
    return (
        select(
            *(getattr(Recommendation, name) for name in own),
            Body.name,
            *(Reply.answer, Reply.reasons, Reply.created_at),
            *(Opportunity.code, Opportunity.state),
        )
        .join(Recommendation.opportunity)
        .join(Recommendation.body)
        .outerjoin(Reply, is_last)
    )


@dataclass(frozen=True)
class News:
    """One thing that happened in public: an answer, a reply, a decision or a change."""

    id: uuid.UUID
    kind: str
    words: str
    by: str
    at: datetime
    #: The code of the activity; empty where it has a page of its own.
    code: str = ""


def news(most: int) -> list[News]:
    """Return what is new in the register, newest first: at most so many of all kinds together."""
    found = [
        each
        for kind in (_outcomes, _replies, _decisions, _changes)
        for each in islice(kind(most), most)
    ]
    return sorted(found, key=lambda news: (news.at, news.id.int), reverse=True)[:most]


def _outcomes(most: int) -> Iterator[News]:
    query = select(Outcome).join(Outcome.opportunity).options(joinedload(Outcome.opportunity))
    shown = query.where(Outcome.state == OutcomeState.PUBLISHED, Opportunity.state.in_(LISTED))
    newest = shown.order_by(Outcome.published_at.desc(), Outcome.id).limit(most)
    for row in db.session.scalars(newest):
        words = row.changed or row.not_changed
        if row.published_at:
            code = row.opportunity.code
            yield News(row.id, "outcome", words, row.decided_by, row.published_at, code)


def _replies(most: int) -> Iterator[News]:
    query = select(Reply, Recommendation).join(
        Recommendation, Reply.recommendation_id == Recommendation.id
    )
    shown = query.join(Recommendation.opportunity).where(Opportunity.state.in_(LISTED))
    newest = shown.order_by(Reply.created_at.desc(), Reply.id).limit(most)
    for reply, asked in db.session.execute(newest.options(joinedload(Recommendation.body))):
        yield News(asked.id, "reply", reply.reasons, asked.body.name, reply.created_at)


def _decisions(most: int) -> Iterator[News]:
    query = select(BodyDecision).where(BodyDecision.state == SaidState.PUBLISHED)
    newest = query.order_by(BodyDecision.created_at.desc(), BodyDecision.id).limit(most)
    for row in db.session.scalars(newest.options(*decisions.WHOLE_DECISION)):
        if trail.activities_of(row):
            yield News(row.id, "decision", row.decided, row.body.name, row.created_at)


def _changes(most: int) -> Iterator[News]:
    query = select(Change).where(Change.state == SaidState.PUBLISHED)
    newest = query.order_by(Change.created_at.desc(), Change.id).limit(most)
    for row in db.session.scalars(newest.options(joinedload(Change.body))):
        yield News(row.id, "change", row.effect, row.body.name, row.created_at)
