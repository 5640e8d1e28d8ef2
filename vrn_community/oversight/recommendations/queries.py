"""Reads of recommendations: for the group, for a body what it was sent, for the public."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.insights.evidence.models import Insight
from vrn_community.opportunities.lifecycle import LISTED
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.ballots import queries as ballots
from vrn_community.oversight.ballots.models import Ballot, Vote
from vrn_community.oversight.recommendations.models import (
    OWED,
    Answer,
    Challenge,
    Citation,
    Escalation,
    Extension,
    Recommendation,
    RecommendationState,
    Reply,
)

_state = Recommendation.state
_activity = joinedload(Recommendation.opportunity).load_only(Opportunity.code, Opportunity.title)
#: What a list of recommendations shows.
CARD = (
    joinedload(Recommendation.body),
    _activity,
    joinedload(Recommendation.author).load_only(Account.display_name),
    selectinload(Recommendation.replies),
    joinedload(Recommendation.escalation),
)
#: The ballot in which it was decided, with what its result is counted from, and nobody's name.
DECIDED = (
    joinedload(Recommendation.ballot).selectinload(Ballot.votes).load_only(Vote.choice),
    joinedload(Recommendation.ballot).selectinload(Ballot.views),
)
_citations = selectinload(Recommendation.citations)
_history = (
    _citations.joinedload(Citation.release),
    _citations.joinedload(Citation.insight).load_only(
        Insight.statement, Insight.state, Insight.end_reason
    ),
    selectinload(Recommendation.wordings),
    selectinload(Recommendation.extensions),
    joinedload(Recommendation.challenge),
    joinedload(Recommendation.escalation),
)
#: What the page of one shows, with the names of people.
WHOLE = (
    *CARD,
    *_history,
    *DECIDED,
    selectinload(Recommendation.replies).joinedload(Reply.author).load_only(Account.display_name),
)
#: What the public reads: bodies, never the names of people.
PUBLIC = (
    joinedload(Recommendation.body),
    *_history,
    selectinload(Recommendation.replies),
    load_only(
        Recommendation.text,
        Recommendation.reasons,
        Recommendation.reply_by,
        Recommendation.number,
        Recommendation.sent_at,
        Recommendation.ballot_id,
        _state,
    ),
)


@dataclass(frozen=True)
class Filters:
    """Which recommendations are asked for; empty means any."""

    state: RecommendationState | None = None
    is_overdue: bool = False
    is_escalated: bool = False
    body_id: uuid.UUID | None = None
    opportunity_id: uuid.UUID | None = None


# Conditions: usable in any query about recommendations, for many at once.


def is_public() -> ColumnElement[bool]:
    """Return the condition that a recommendation was sent, so that everybody can read it."""
    return Recommendation.sent_at.is_not(None)


def is_owed() -> ColumnElement[bool]:
    """Return the condition that a body has to answer, for the first time or again."""
    return _state.in_(OWED)


def is_overdue() -> ColumnElement[bool]:
    """Return the condition that an answer should be there by today and is not."""
    return and_(is_owed(), Recommendation.reply_by < clock.today())


def is_before_board() -> ColumnElement[bool]:
    """Return the condition that something waits for the words of the board."""
    return Recommendation.escalation.has(Escalation.answered_at.is_(None))


def is_again() -> ColumnElement[bool]:
    """Return the condition that a day was moved after the challenge, so in the second round."""
    began = select(Challenge.id).where(
        Challenge.recommendation_id == Extension.recommendation_id,
        Challenge.created_at < Extension.created_at,
    )
    return began.exists()


def latest_answer() -> ColumnElement[Answer | None]:
    """Return what a body answers as things stand, as an expression; NULL without a reply."""
    query = select(Reply.answer).where(Reply.recommendation_id == Recommendation.id)
    return query.order_by(Reply.round.desc()).limit(1).scalar_subquery()


# Reads


def recommendations(
    number: int, filters: Filters | None = None, reader: Account | None = None
) -> Page[Recommendation]:
    """Return a page of recommendations: overdue first, then drafts and open ones, soonest first.

    A reader finds no draft from whose ballot an interest keeps them.
    """
    query = select(Recommendation).where(*_conditions(filters or Filters()), *_open_to(reader))
    return paginate(query.order_by(*_order()), number, load=CARD)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if filters.state:
        asked.append(_state == filters.state)
    if filters.is_overdue:
        asked.append(is_overdue())
    if filters.is_escalated:
        asked.append(Recommendation.escalation.has())
    if filters.body_id:
        asked.append(Recommendation.body_id == filters.body_id)
    if filters.opportunity_id:
        asked.append(Recommendation.opportunity_id == filters.opportunity_id)
    return asked


def _order() -> tuple[ColumnElement[Any], ...]:
    is_settled = _state.in_((RecommendationState.REPLIED, RecommendationState.CLOSED))
    urgency = case((is_overdue(), 0), (is_settled, 2), else_=1)
    # What is settled stands last, the newest first.
    newest = case((is_settled, Recommendation.reply_by)).desc().nulls_first()
    return urgency, newest, Recommendation.reply_by.asc(), Recommendation.id.asc()


def recommendation(recommendation_id: uuid.UUID, reader: Account | None = None) -> Recommendation:
    """Return a recommendation for the oversight group.

    NoResultFound if there is none, or for a draft of others from whose ballot an interest keeps
    the reader.
    """
    query = _whole().where(Recommendation.id == recommendation_id, *_open_to(reader))
    return db.session.scalars(query).one()


def _open_to(reader: Account | None) -> list[ColumnElement[bool]]:
    if reader is None:
        return []
    of_ballot = Ballot.id == Recommendation.ballot_id, ballots.keeps_out(reader)
    is_kept_out = exists().where(*of_ballot)
    return [or_(is_public(), Recommendation.author_id == reader.id, ~is_kept_out)]


def decided_by(ballot_id: uuid.UUID, *, for_public: bool, most: int = 20) -> list[Recommendation]:
    """Return what the group asked for because of a ballot; for the public what it may read."""
    query = select(Recommendation).where(Recommendation.ballot_id == ballot_id)
    if for_public:
        is_seen = Recommendation.opportunity.has(Opportunity.state.in_(LISTED))
        query = query.where(is_public(), is_seen)
    newest = query.order_by(Recommendation.created_at.desc(), Recommendation.id).limit(most)
    return list(db.session.scalars(newest.options(joinedload(Recommendation.body))))


def find(recommendation_id: uuid.UUID) -> Recommendation | None:
    """Return a recommendation if it exists."""
    return db.session.get(Recommendation, recommendation_id)


def for_body(recommendation_id: uuid.UUID, body_id: uuid.UUID | None) -> Recommendation:
    """Return a recommendation that was sent to a body; NoResultFound for every other."""
    addressed = and_(Recommendation.body_id == body_id, is_public())
    query = _whole().where(Recommendation.id == recommendation_id, addressed)
    return db.session.scalars(query).one()


def sent_to_any(recommendation_id: uuid.UUID) -> Recommendation:
    """Return a recommendation that was sent to anybody; NoResultFound for a draft."""
    query = _whole().where(Recommendation.id == recommendation_id, is_public())
    return db.session.scalars(query).one()


def sent_to(whom: ColumnElement[bool], number: int) -> Page[Recommendation]:
    """Return a page of what was sent to bodies, see `speaking`; what is overdue first."""
    addressed = and_(whom, is_public())
    return paginate(select(Recommendation).where(addressed).order_by(*_order()), number, load=CARD)


def sent(number: int, filters: Filters | None = None) -> Page[Recommendation]:
    """Return a page of what was sent to anybody, for the board: what is before it first."""
    query = select(Recommendation).where(is_public(), *_conditions(filters or Filters()))
    waits = case((is_before_board(), 0), else_=1)
    return paginate(query.order_by(waits, *_order()), number, load=CARD)


def replies(number: int, size: int = 10) -> Page[Reply]:
    """Return a page of the replies of all bodies, the newest first, with what was asked."""
    newest = select(Reply).order_by(Reply.created_at.desc(), Reply.id)
    asked = joinedload(Reply.recommendation).joinedload(Recommendation.body)
    return paginate(newest, number, size, [asked])


def waiting_for_board(number: int, size: int = 10) -> Page[Recommendation]:
    """Return a page of what waits for the words of the board, the oldest first."""
    query = select(Recommendation).join(Recommendation.escalation)
    oldest = query.where(Escalation.answered_at.is_(None))
    oldest = oldest.order_by(Escalation.answer_by, Recommendation.id)
    return paginate(oldest, number, size, load=CARD)


def owed_by(whom: ColumnElement[bool], most: int = 20) -> list[Recommendation]:
    """Return what bodies have to answer, see `speaking`; what is overdue first."""
    addressed = and_(whom, is_owed())
    query = select(Recommendation).where(addressed).order_by(*_order()).options(*CARD)
    return list(db.session.scalars(query.limit(most)))


def before_board(but_of: uuid.UUID | None = None, most: int = 20) -> list[Recommendation]:
    """Return what waits for the board, the oldest first; not what its own body was asked."""
    query = select(Recommendation).join(Recommendation.escalation).options(*CARD)
    query = query.where(Escalation.answered_at.is_(None))
    if but_of:
        query = query.where(Recommendation.body_id != but_of)
    oldest = query.order_by(Escalation.answer_by, Recommendation.id)
    return list(db.session.scalars(oldest.limit(most)))


def sent_about(opportunity_id: uuid.UUID) -> list[Recommendation]:
    """Return what was sent about one activity, for the public: with replies, without drafts."""
    query = select(Recommendation).options(*PUBLIC).where(is_public())
    of_this = Recommendation.opportunity_id == opportunity_id
    return list(db.session.scalars(query.where(of_this).order_by(*_order())))


def _whole() -> Select[Recommendation]:
    return select(Recommendation).options(*WHOLE)
