"""Reads of concerns, and of who can be rung about one."""

import uuid

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from vrn_community.extensions import db
from vrn_community.foundation.paging import Page, paginate
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import SupportKind, SupportService
from vrn_community.safeguarding.models import Concern, ConcernState, Urgency


def page(number: int, *, state: ConcernState = ConcernState.OPEN) -> Page[Concern]:
    """Return a page of the concerns in a state, the most urgent first, then the oldest."""
    order = case({urgency: place for place, urgency in enumerate(Urgency)}, value=Concern.urgency)
    query = select(Concern).where(Concern.state == state)
    return paginate(
        query.order_by(order, Concern.created_at, Concern.id),
        number,
        load=[joinedload(Concern.opportunity)],
    )


def concern(concern_id: uuid.UUID) -> Concern:
    """Return a concern with its passage and opportunity; NoResultFound if there is none."""
    loaded = (joinedload(Concern.opportunity), joinedload(Concern.passage))
    return db.session.scalars(
        select(Concern).options(*loaded).where(Concern.id == concern_id)
    ).one()


def of_passage(passage_id: uuid.UUID) -> Concern | None:
    """Return the concern about a passage, if there is one."""
    return db.session.scalars(select(Concern).where(Concern.passage_id == passage_id)).first()


def waiting() -> int:
    """Return how many concerns wait for a decision."""
    query = select(func.count()).select_from(Concern).where(Concern.state == ConcernState.OPEN)
    return db.session.scalar(query) or 0


def front_doors(opportunity: Opportunity) -> list[SupportService]:
    """Return whom to ring in the areas of an opportunity; in all, if it has none."""
    here = {area.id for area in opportunity.areas}
    return [
        service
        for service in partnership.support_services()
        if service.kind is SupportKind.FRONT_DOOR
        and (not here or not service.areas or here & {area.id for area in service.areas})
    ]
