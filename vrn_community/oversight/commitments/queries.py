"""Reads of commitments: for a body its own, for everybody beside what was recommended."""

import uuid
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.oversight.commitments.models import OPEN, Commitment, Milestone
from vrn_community.oversight.recommendations.models import Recommendation

#: What a commitment shows, with all that happened to it.
WHOLE = (
    selectinload(Commitment.milestones),
    selectinload(Commitment.postponements),
    selectinload(Commitment.progress),
)


def is_open() -> ColumnElement[bool]:
    """Return the condition that a commitment still has to be done."""
    return Commitment.state.in_(OPEN)


def is_overdue() -> ColumnElement[bool]:
    """Return the condition that a commitment should be done by today and is not."""
    return and_(is_open(), Commitment.due_on < clock.today())


def is_milestone_open() -> ColumnElement[bool]:
    """Return the condition that a milestone still has to be reached."""
    return and_(Milestone.reached_on.is_(None), Milestone.commitment.has(is_open()))


def is_milestone_overdue() -> ColumnElement[bool]:
    """Return the condition that a milestone should be reached by today and is not."""
    return and_(is_milestone_open(), Milestone.due_on < clock.today())


def of(recommendation_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Commitment]]:
    """Return what was promised because of some recommendations, by recommendation, oldest first."""
    query = select(Commitment).where(Commitment.recommendation_id.in_(recommendation_ids))
    oldest = query.options(*WHOLE).order_by(Commitment.created_at, Commitment.id)
    found: dict[uuid.UUID, list[Commitment]] = {}
    for commitment in db.session.scalars(oldest) if recommendation_ids else ():
        found.setdefault(commitment.recommendation_id, []).append(commitment)
    return found


def find(commitment_id: uuid.UUID) -> Commitment | None:
    """Return a commitment if it exists."""
    return db.session.get(Commitment, commitment_id)


def commitment(commitment_id: uuid.UUID) -> Commitment:
    """Return a commitment with all that happened to it; NoResultFound if there is none."""
    return db.session.scalars(_whole().where(Commitment.id == commitment_id)).one()


def for_body(commitment_id: uuid.UUID, body_id: uuid.UUID | None) -> Commitment:
    """Return a commitment of a body with all that happened to it; NoResultFound for any other."""
    is_own = Recommendation.body_id == body_id
    return db.session.scalars(_whole().where(Commitment.id == commitment_id, is_own)).one()


def _whole() -> Select[Commitment]:
    query = select(Commitment).join(Commitment.recommendation)
    eager = contains_eager(Commitment.recommendation)
    activity, body = Recommendation.opportunity, Recommendation.body
    return query.options(*WHOLE, eager.options(joinedload(activity), joinedload(body)))


def due_of(whom: ColumnElement[bool], until: date, most: int = 20) -> list[Commitment]:
    """Return what bodies have still to do and owe by a day, in whole or in a step.

    For whom, see `recommendations.speaking`; the soonest first.
    """
    step = Commitment.milestones.any(Milestone.reached_on.is_(None) & (Milestone.due_on <= until))
    is_near = or_(Commitment.due_on <= until, step)
    query = _whole().where(whom, is_open(), is_near).order_by(Commitment.due_on, Commitment.id)
    return list(db.session.scalars(query.limit(most)))
