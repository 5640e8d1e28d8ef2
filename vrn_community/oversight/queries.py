"""Reads of oversight: results of closed activities only, and what became of recommendations."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload, load_only

from vrn_community.accounts.models import Account
from vrn_community.contributions import queries as contributions
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.insights import results
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.opportunities.queries import is_in_stage
from vrn_community.oversight import reading
from vrn_community.oversight.models import (
    Observation,
    Recommendation,
    RecommendationState,
    Reply,
)

_state = Recommendation.state
#: What a list or a page of recommendations shows.
WHOLE = (
    joinedload(Recommendation.body),
    joinedload(Recommendation.opportunity).load_only(Opportunity.code, Opportunity.title),
    joinedload(Recommendation.author).load_only(Account.display_name),
    joinedload(Recommendation.reply),
)

#: What the public reads: bodies, never the names of people.
PUBLIC = (
    joinedload(Recommendation.body),
    joinedload(Recommendation.reply),
    load_only(Recommendation.text, Recommendation.reasons, Recommendation.reply_by, _state),
)


@dataclass(frozen=True)
class Filters:
    """Which recommendations are asked for; empty means any."""

    state: RecommendationState | None = None
    is_overdue: bool = False
    body_id: uuid.UUID | None = None
    opportunity_id: uuid.UUID | None = None


def closed_activities(number: int) -> Page[Opportunity]:
    """Return a page of the activities that people could answer and that are over, newest first."""
    latest = Opportunity.closes_on.desc().nulls_last()
    query = _closed().order_by(latest, Opportunity.id)
    return paginate(query, number, load=[joinedload(Opportunity.asking_body)])


def closed_activity(opportunity_id: uuid.UUID) -> Opportunity:
    """Return one activity that is over; NoResultFound while people can still answer."""
    query = _closed().where(Opportunity.id == opportunity_id)
    return db.session.scalars(query.options(joinedload(Opportunity.asking_body))).one()


def is_over(opportunity: Opportunity) -> bool:
    """Return whether an opportunity is one that people could answer and now no longer can."""
    is_asked = opportunity.level is not ParticipationLevel.INFORM
    return is_asked and opportunity.stage is Stage.CLOSED


def _closed() -> Select[Opportunity]:
    is_asked = Opportunity.level != ParticipationLevel.INFORM
    return select(Opportunity).where(is_asked, is_in_stage(Stage.CLOSED))


def tables(opportunity: Opportunity) -> Sequence[Any]:
    """Return the suppressed tables of an activity that is over; NoResultFound for any other."""
    _refuse_open(opportunity)
    return list(results.live(opportunity).tables)


def passages(
    opportunity: Opportunity, questions: Mapping[str, str], number: int, size: int = 30
) -> Page[Passage]:
    """Return a page of the cleared passages of an activity that is over, by question.

    Within a question they stand in the order of their random keys. NoResultFound for
    an activity that is not over.
    """
    _refuse_open(opportunity)
    places = {question_id: place for place, question_id in enumerate(questions)}
    found = contributions.readable_passages(opportunity.id)
    found.sort(key=lambda passage: places.get(question_of(passage), len(places)))
    pages = max(1, -(-len(found) // size))
    number = min(max(1, number), pages)
    return Page(found[(number - 1) * size : number * size], number, pages, len(found))


def question_of(passage: Passage) -> str:
    """Return the question under which a passage stands: words behind "other" have it in front."""
    return passage.question_id.partition(".")[0]


def _refuse_open(opportunity: Opportunity) -> None:
    if not is_over(opportunity):
        raise NoResultFound


def observations(opportunity_id: uuid.UUID) -> list[Observation]:
    """Return what members noticed in an activity, oldest first, with their names.

    What is about a passage that may not be read any more is gone with it.
    """
    author = joinedload(Observation.author).load_only(Account.display_name)
    query = select(Observation).where(Observation.opportunity_id == opportunity_id).options(author)
    found = list(db.session.scalars(query.order_by(Observation.created_at, Observation.id)))
    return reading.with_words(found)


def observation(observation_id: uuid.UUID) -> Observation | None:
    """Return an observation if it exists."""
    return db.session.get(Observation, observation_id)


def is_overdue() -> ColumnElement[bool]:
    """Return the condition that a reply should be there by today and is not."""
    return and_(_state == RecommendationState.SENT, Recommendation.reply_by < clock.today())


def recommendations(number: int, filters: Filters | None = None) -> Page[Recommendation]:
    """Return a page of recommendations: overdue first, then drafts and open ones, soonest first."""
    query = select(Recommendation).where(*_conditions(filters or Filters()))
    return paginate(query.order_by(*_order()), number, load=WHOLE)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if filters.state:
        asked.append(_state == filters.state)
    if filters.is_overdue:
        asked.append(is_overdue())
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


def recommendation(recommendation_id: uuid.UUID) -> Recommendation:
    """Return a recommendation for the oversight group; NoResultFound if there is none."""
    return db.session.scalars(_whole().where(Recommendation.id == recommendation_id)).one()


def find(recommendation_id: uuid.UUID) -> Recommendation | None:
    """Return a recommendation if it exists."""
    return db.session.get(Recommendation, recommendation_id)


def for_body(recommendation_id: uuid.UUID, body_id: uuid.UUID | None) -> Recommendation:
    """Return a recommendation that was sent to a body; NoResultFound for every other."""
    addressed = and_(Recommendation.body_id == body_id, Recommendation.sent_at.is_not(None))
    query = _whole().where(Recommendation.id == recommendation_id, addressed)
    return db.session.scalars(query).one()


def sent_to(body_id: uuid.UUID, number: int) -> Page[Recommendation]:
    """Return a page of what was sent to a body, what is overdue first."""
    addressed = and_(Recommendation.body_id == body_id, Recommendation.sent_at.is_not(None))
    return paginate(select(Recommendation).where(addressed).order_by(*_order()), number, load=WHOLE)


def sent_about(opportunity_id: uuid.UUID) -> list[Recommendation]:
    """Return what was sent about one activity, for the public: with replies, without drafts."""
    query = select(Recommendation).options(*PUBLIC).where(Recommendation.sent_at.is_not(None))
    of_this = Recommendation.opportunity_id == opportunity_id
    return list(db.session.scalars(query.where(of_this).order_by(*_order())))


def _whole() -> Select[Recommendation]:
    reply = joinedload(Recommendation.reply).joinedload(Reply.author)
    return select(Recommendation).options(*WHOLE, reply.load_only(Account.display_name))
