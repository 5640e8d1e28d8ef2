"""Reads of reminders: those that still hold, for a body, for the group, for the board."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.oversight.commitments import queries as commitments
from vrn_community.oversight.commitments.models import Commitment, Milestone, Postponement
from vrn_community.oversight.recommendations import queries as recommendations
from vrn_community.oversight.recommendations.models import (
    Escalation,
    Extension,
    Recommendation,
    RecommendationState,
)
from vrn_community.oversight.reminders.models import OF_BOARD, OVERDUE, Reminder


def for_body(body_id: uuid.UUID, most: int = 20) -> list[Reminder]:
    """Return what a body is told now, the earliest day first."""
    asked = Recommendation.body_id == body_id, Reminder.kind.not_in(OF_BOARD)
    return _first(_standing().where(*asked), most)


def for_group(most: int = 20) -> list[Reminder]:
    """Return what is overdue now, from whomever, the earliest day first."""
    return _first(_standing().where(Reminder.kind.in_(OVERDUE)), most)


def for_board(most: int = 20) -> list[Reminder]:
    """Return what the board is told now, the earliest day first."""
    return _first(_standing().where(Reminder.kind.in_(OF_BOARD)), most)


def _first(query: Select[Reminder], most: int) -> list[Reminder]:
    return list(db.session.scalars(query.order_by(Reminder.due_on, Reminder.id).limit(most)))


def _standing() -> Select[Reminder]:
    """Return the reminders that still hold: nothing was done since, and the day still counts."""
    query = select(Reminder).join(Reminder.recommendation)
    query = query.options(
        contains_eager(Reminder.recommendation).options(
            joinedload(Recommendation.body), joinedload(Recommendation.opportunity)
        )
    )
    is_in_time = or_(Reminder.kind.in_(OVERDUE), Reminder.due_on >= clock.today())
    holds = or_(_of_reply(), _of_board(), _of_commitment(), _of_milestone())
    return query.where(is_in_time, holds)


def _of_reply() -> ColumnElement[bool]:
    is_now = or_(recommendations.is_again(), Recommendation.state == RecommendationState.SENT)
    moved = _moved(Extension, Extension.recommendation_id == Recommendation.id, is_now)
    counts = or_(Reminder.due_on == Recommendation.reply_by, moved)
    return and_(Reminder.subject_id == Recommendation.id, recommendations.is_owed(), counts)


def _of_board() -> ColumnElement[bool]:
    waits = and_(Escalation.id == Reminder.subject_id, Escalation.answered_at.is_(None))
    return select(Escalation.id).where(waits).exists()


def _of_commitment() -> ColumnElement[bool]:
    moved = _moved(
        Postponement,
        Postponement.commitment_id == Reminder.subject_id,
        Postponement.milestone_id.is_(None),
    )
    found = select(Commitment.id).where(Commitment.id == Reminder.subject_id, commitments.is_open())
    return found.where(or_(Commitment.due_on == Reminder.due_on, moved)).exists()


def _of_milestone() -> ColumnElement[bool]:
    moved = _moved(Postponement, Postponement.milestone_id == Reminder.subject_id)
    found = select(Milestone.id).where(Milestone.id == Reminder.subject_id)
    found = found.where(commitments.is_milestone_open())
    return found.where(or_(Milestone.due_on == Reminder.due_on, moved)).exists()


def _moved(model: Any, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    late = select(model.id).where(*which, model.came_late, model.day == Reminder.due_on)
    return late.correlate(Reminder, Recommendation).exists()
