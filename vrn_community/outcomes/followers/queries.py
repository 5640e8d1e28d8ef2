"""Reads of who wants to be told; the contacts themselves only `services.open_list` gives."""

import uuid

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from vrn_community import config
from vrn_community.extensions import db
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import LISTED
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes import queries as outcomes
from vrn_community.outcomes.followers.models import Follower, Telling
from vrn_community.outcomes.models import Outcome, OutcomeState


def can_follow(opportunity: Opportunity) -> bool:
    """Return whether an outcome is owed that people can still ask to be told.

    Nobody leaves a contact about offences: it would name who was asked.
    """
    if opportunity.is_offence_related:
        return False
    is_owed = opportunity.level is not ParticipationLevel.INFORM and opportunity.published_at
    if not is_owed or opportunity.state not in LISTED:
        return False
    found = outcomes.outcome(opportunity.id)
    return found is None or found.state is OutcomeState.DRAFT


def number(opportunity_id: uuid.UUID) -> int:
    """Return how many people want to be told one outcome."""
    query = select(func.count()).select_from(Follower)
    return db.session.scalar(query.where(Follower.opportunity_id == opportunity_id)) or 0


def number_in_steps(opportunity_id: uuid.UUID) -> int:
    """Return the same rounded down to steps of the threshold.

    A number that grows by one while answers come in would tell who of them asked.
    """
    step = config.current().disclosure_threshold
    return number(opportunity_id) // step * step


def telling(outcome: Outcome) -> Telling | None:
    """Return who opened the list of an outcome, if anybody has."""
    return db.session.scalars(select(Telling).where(Telling.outcome_id == outcome.id)).first()


def to_tell(most: int = 10) -> list[Outcome]:
    """Return published outcomes that people wait to be told, at most some."""
    query = _published().where(
        exists().where(Follower.opportunity_id == Outcome.opportunity_id),
        ~exists().where(Telling.outcome_id == Outcome.id, Telling.told_on.is_not(None)),
    )
    return list(db.session.scalars(query.order_by(Outcome.published_at, Outcome.id).limit(most)))


def _published() -> Select[Outcome]:
    query = select(Outcome).options(joinedload(Outcome.opportunity))
    return query.where(Outcome.state == OutcomeState.PUBLISHED)
