"""Reads of contributions and passages; nothing here is ordered by arrival."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from vrn_community.contributions import receipts
from vrn_community.contributions.models import READABLE, Contribution, Passage
from vrn_community.extensions import db
from vrn_community.foundation import clock, record_keys


def count(opportunity_id: uuid.UUID) -> int:
    """Return how many contributions an opportunity has."""
    query = select(func.count()).select_from(Contribution)
    return db.session.scalar(query.where(Contribution.opportunity_id == opportunity_id)) or 0


def count_all() -> int:
    """Return how many contributions there are."""
    return db.session.scalar(select(func.count()).select_from(Contribution)) or 0


def without_keys() -> list[Contribution]:
    """Return contributions whose keys are gone: a restore brought them back."""
    return list(
        db.session.scalars(select(Contribution).where(record_keys.is_missing(Contribution)))
    )


def by_receipt(code: str) -> Contribution | None:
    """Return the contribution of a receipt code, unless there is none, or none any more."""
    query = select(Contribution).options(joinedload(Contribution.opportunity))
    return db.session.scalars(
        query.where(Contribution.receipt_hash == receipts.hash_of(code))
    ).first()


def passage(passage_id: uuid.UUID) -> Passage:
    """Return a passage with its activity and its key; NoResultFound if there is none."""
    activity = joinedload(Passage.contribution).joinedload(Contribution.opportunity)
    query = select(Passage).options(activity, joinedload(Passage.record_key))
    return db.session.scalars(query.where(Passage.id == passage_id)).one()


def passages_of(contribution: Contribution) -> list[Passage]:
    """Return the passages of a contribution, with what opens them."""
    query = select(Passage).where(Passage.contribution_id == contribution.id)
    query = query.options(joinedload(Passage.record_key))
    return list(db.session.scalars(query.order_by(Passage.id)))


def readable_passages(opportunity_id: uuid.UUID) -> list[Passage]:
    """Return what others may read of an opportunity, in the order of random keys."""
    query = (
        select(Passage)
        .join(Passage.contribution)
        .options(joinedload(Passage.contribution))
        .where(Contribution.opportunity_id == opportunity_id, Passage.state.in_(READABLE))
    )
    return list(db.session.scalars(query.order_by(Passage.id)))


def can_withdraw(contribution: Contribution) -> bool:
    """Return whether a contribution can still be withdrawn.

    Until the first results are frozen, or a week after closing, whichever is earlier;
    what somebody closed early is closed from that day.
    """
    opportunity, today = contribution.opportunity, clock.today()
    if opportunity.results_frozen_on:
        return False
    last_day = opportunity.answers_change_until
    return last_day is None or today <= last_day
