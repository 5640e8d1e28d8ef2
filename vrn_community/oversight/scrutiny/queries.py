"""Reads of topics, requests for evidence and ratings."""

import uuid
from collections.abc import Collection
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight import queries as oversight
from vrn_community.oversight.meetings import queries as meetings
from vrn_community.oversight.meetings.models import AgendaItem, Interest
from vrn_community.oversight.scrutiny.models import (
    Colour,
    EvidenceRequest,
    EvidenceState,
    Rating,
    ScrutinyTopic,
)

NAME = Account.display_name


class About(StrEnum):
    """What a rating can be about."""

    ITEM = "item"
    TOPIC = "topic"
    ACTIVITY = "activity"


RATED: dict[About, Any] = {
    About.ITEM: Rating.item_id,
    About.TOPIC: Rating.topic_id,
    About.ACTIVITY: Rating.opportunity_id,
}


def topics(number: int, *, is_closed: bool = False) -> Page[ScrutinyTopic]:
    """Return a page of topics that are open, or closed, the newest first."""
    is_shown = ScrutinyTopic.closed_on.is_not(None) == is_closed
    query = select(ScrutinyTopic).where(is_shown)
    newest = query.order_by(ScrutinyTopic.created_at.desc(), ScrutinyTopic.id)
    return paginate(newest, number, load=[joinedload(ScrutinyTopic.author).load_only(NAME)])


def topic(topic_id: uuid.UUID) -> ScrutinyTopic:
    """Return a topic; NoResultFound if there is none."""
    query = select(ScrutinyTopic).options(joinedload(ScrutinyTopic.author).load_only(NAME))
    return db.session.scalars(query.where(ScrutinyTopic.id == topic_id)).one()


def _requests() -> Select[EvidenceRequest]:
    return select(EvidenceRequest).options(
        joinedload(EvidenceRequest.topic),
        joinedload(EvidenceRequest.body),
        joinedload(EvidenceRequest.author).load_only(NAME),
        joinedload(EvidenceRequest.answered_by).load_only(NAME),
    )


def asked(asked_id: uuid.UUID) -> EvidenceRequest:
    """Return a request for evidence, for the group; NoResultFound if there is none."""
    return db.session.scalars(_requests().where(EvidenceRequest.id == asked_id)).one()


def asked_in(topic_id: uuid.UUID) -> list[EvidenceRequest]:
    """Return what was asked about a topic, what is due first at the top."""
    query = _requests().where(EvidenceRequest.topic_id == topic_id)
    ordered = query.order_by(EvidenceRequest.answer_by, EvidenceRequest.id)
    return list(db.session.scalars(ordered))


def asked_of(asked_id: uuid.UUID, body_id: uuid.UUID | None) -> EvidenceRequest:
    """Return what a body was asked; NoResultFound for what others were, and for drafts."""
    query = _requests().where(EvidenceRequest.id == asked_id, _is_for(body_id))
    return db.session.scalars(query).one()


def waiting_for(body_id: uuid.UUID, number: int) -> Page[EvidenceRequest]:
    """Return a page of what a body was asked, what is overdue or waits first."""
    urgency = case((is_overdue(), 0), (EvidenceRequest.state == EvidenceState.SENT, 1), else_=2)
    query = select(EvidenceRequest).where(_is_for(body_id))
    ordered = query.order_by(urgency, EvidenceRequest.answer_by, EvidenceRequest.id)
    return paginate(ordered, number, load=[joinedload(EvidenceRequest.topic)])


def is_overdue() -> ColumnElement[bool]:
    """Return the condition that an answer should be there by today and is not."""
    is_sent = EvidenceRequest.state == EvidenceState.SENT
    return and_(is_sent, EvidenceRequest.answer_by < clock.today())


def _is_for(body_id: uuid.UUID | None) -> ColumnElement[bool]:
    return and_(EvidenceRequest.body_id == body_id, EvidenceRequest.sent_at.is_not(None))


def rated(about: str, rated_id: uuid.UUID, reader: Account) -> Any:
    """Return what can be rated; NoResultFound for whoever is kept out of it, or if it is open."""
    if about == About.ITEM:
        return meetings.item_for(rated_id, reader)
    if about == About.TOPIC:
        return topic(rated_id)
    if about == About.ACTIVITY:
        return oversight.closed_activity(rated_id)
    raise NoResultFound


def ratings_of(about: About, rated_id: uuid.UUID) -> list[Rating]:
    """Return all ratings of one thing, the newest first."""
    query = _ratings().where(RATED[about] == rated_id)
    return list(db.session.scalars(query.order_by(Rating.created_at.desc(), Rating.id)))


def ratings_of_items(items: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Rating]]:
    """Return the ratings of some items, each list the newest first, in one query."""
    found: dict[uuid.UUID, list[Rating]] = {item: [] for item in items}
    query = _ratings().where(Rating.item_id.in_(items))
    for row in db.session.scalars(query.order_by(Rating.created_at.desc(), Rating.id)):
        if row.item_id:
            found[row.item_id].append(row)
    return found


def rating(rating_id: uuid.UUID, reader: Account) -> Rating:
    """Return a rating; NoResultFound for whoever is kept out of the item that it is about."""
    return db.session.scalars(_ratings().where(Rating.id == rating_id, _is_open_to(reader))).one()


def ratings(number: int, reader: Account, *, is_waiting: bool = False) -> Page[Rating]:
    """Return a page of ratings, the newest first, perhaps only red ones without feedback."""
    query = select(Rating).where(_is_open_to(reader))
    if is_waiting:
        query = query.where(Rating.colour == Colour.RED, Rating.feedback == "")
    newest = query.order_by(Rating.created_at.desc(), Rating.id)
    return paginate(newest, number, load=_LOADED)


def _is_open_to(reader: Account) -> ColumnElement[bool]:
    own = select(Interest.item_id).where(Interest.account_id == reader.id)
    return or_(Rating.item_id.is_(None), Rating.item_id.not_in(own))


_LOADED = (
    joinedload(Rating.item).load_only(AgendaItem.title),
    joinedload(Rating.topic).load_only(ScrutinyTopic.title),
    joinedload(Rating.opportunity).load_only(Opportunity.title),
    joinedload(Rating.author).load_only(NAME),
    joinedload(Rating.feedback_by).load_only(NAME),
    joinedload(Rating.heard_at),
)


def _ratings() -> Select[Rating]:
    return select(Rating).options(*_LOADED)
