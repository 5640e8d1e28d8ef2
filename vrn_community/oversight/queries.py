"""Reads of oversight: results of closed activities only, and what members noticed in them."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload

from vrn_community.accounts.models import Account
from vrn_community.contributions import queries as contributions
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.foundation.paging import Page, paginate
from vrn_community.insights import results
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.opportunities.queries import is_in_stage
from vrn_community.oversight import reading
from vrn_community.oversight.models import Observation


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
