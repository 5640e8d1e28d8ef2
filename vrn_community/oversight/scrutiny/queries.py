"""Reads of topics, requests for evidence and ratings."""

import uuid
from collections.abc import Collection
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import aliased, joinedload, selectinload

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.foundation.permissions import Permission
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
        joinedload(EvidenceRequest.raised_from).joinedload(EvidenceRequest.body),
        joinedload(EvidenceRequest.raised_as),
        selectinload(EvidenceRequest.extensions),
    )


def asked(asked_id: uuid.UUID) -> EvidenceRequest:
    """Return a request for evidence, for the group; NoResultFound if there is none."""
    return db.session.scalars(_requests().where(EvidenceRequest.id == asked_id)).one()


def asked_in(topic_id: uuid.UUID) -> list[EvidenceRequest]:
    """Return what was asked about a topic, what is due first at the top."""
    query = _requests().where(EvidenceRequest.topic_id == topic_id)
    ordered = query.order_by(EvidenceRequest.answer_by, EvidenceRequest.id)
    return list(db.session.scalars(ordered))


def asked_of(asked_id: uuid.UUID, reader: Account) -> EvidenceRequest:
    """Return what a reader's body was asked; NoResultFound for what others were, and for drafts."""
    query = _requests().where(EvidenceRequest.id == asked_id, _is_for(reader))
    return db.session.scalars(query).one()


def waiting_for(reader: Account, number: int) -> Page[EvidenceRequest]:
    """Return a page of what a reader's body was asked, what is overdue or waits first."""
    urgency = case((is_overdue(), 0), (is_owed(), 1), else_=2)
    query = select(EvidenceRequest).where(_is_for(reader))
    ordered = query.order_by(urgency, EvidenceRequest.answer_by, EvidenceRequest.id)
    return paginate(ordered, number, load=[joinedload(EvidenceRequest.topic)])


def owed(most: int = 20) -> list[EvidenceRequest]:
    """Return what the group waits for, from whomever, what is due first at the top."""
    return list(db.session.scalars(_owed().limit(most)))


def owed_by(reader: Account, most: int = 20) -> list[EvidenceRequest]:
    """Return what a reader's body has to answer, what is due first at the top."""
    return list(db.session.scalars(_owed().where(_is_for(reader)).limit(most)))


def owed_but_by(bodies: Collection[uuid.UUID], most: int = 20) -> list[EvidenceRequest]:
    """Return what is owed by other bodies than these, what is due first at the top."""
    query = _owed().where(EvidenceRequest.body_id.not_in(bodies))
    return list(
        db.session.scalars(query.where(EvidenceRequest.raised_from_id.is_(None)).limit(most))
    )


def _owed() -> Select[EvidenceRequest]:
    return _requests().where(is_owed()).order_by(EvidenceRequest.answer_by, EvidenceRequest.id)


def is_owed() -> ColumnElement[bool]:
    """Return the condition that a body has to answer."""
    return EvidenceRequest.state == EvidenceState.SENT


def is_overdue() -> ColumnElement[bool]:
    """Return the condition that an answer should be there by today and is not."""
    return and_(is_owed(), EvidenceRequest.answer_by < clock.today())


def _is_for(reader: Account) -> ColumnElement[bool]:
    """Return the condition that a reader answers for who was asked: for a body, or the board."""
    addressed = EvidenceRequest.body_id == reader.body_id
    if reader.can(Permission.ESCALATION_ANSWER):
        first = aliased(EvidenceRequest)
        not_own = EvidenceRequest.raised_from.of_type(first).has(first.body_id != reader.body_id)
        addressed = or_(addressed, not_own)
    return and_(addressed, EvidenceRequest.sent_at.is_not(None))


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


def red_for(reader: Account, number: int) -> Page[Rating]:
    """Return a page of what was rated red and goes to a reader's body, what waits first."""
    ordered = case((is_rating_owed(), 0), else_=1), Rating.answer_by, Rating.id
    query = select(Rating).where(_is_addressed_to(reader)).order_by(*ordered)
    return paginate(query, number, load=_OUTSIDE)


def red_of(rating_id: uuid.UUID, reader: Account) -> Rating:
    """Return a rating that goes to a reader's body; NoResultFound for every other."""
    query = select(Rating).options(*_OUTSIDE).where(Rating.id == rating_id)
    return db.session.scalars(query.where(_is_addressed_to(reader))).one()


def red_owed_by(reader: Account, most: int = 20) -> list[Rating]:
    """Return the red ratings that a reader's body has to answer, what is due first at the top."""
    return list(db.session.scalars(_red_owed().where(_is_addressed_to(reader)).limit(most)))


def red_owed_but_by(bodies: Collection[uuid.UUID], reader: Account, most: int = 20) -> list[Rating]:
    """Return red ratings that other bodies have to answer, but of items that one is kept out of."""
    query = _red_owed().where(Rating.body_id.not_in(bodies), _is_open_to(reader))
    return list(db.session.scalars(query.limit(most)))


def red_to_enter(rating_id: uuid.UUID, reader: Account) -> Rating:
    """Return a rating that goes to any body; NoResultFound for whoever is kept out of its item."""
    shown = Rating.body_id.is_not(None), _is_open_to(reader)
    query = select(Rating).options(*_OUTSIDE).where(Rating.id == rating_id, *shown)
    return db.session.scalars(query).one()


def _red_owed() -> Select[Rating]:
    query = select(Rating).options(*_OUTSIDE).where(is_rating_owed())
    return query.order_by(Rating.answer_by, Rating.id)


def is_rating_owed() -> ColumnElement[bool]:
    """Return the condition that a body has to answer a red rating, and no meeting heard of it."""
    is_open = and_(Rating.answer == "", Rating.feedback == "")
    return and_(Rating.colour == Colour.RED, Rating.body_id.is_not(None), is_open)


def _is_addressed_to(reader: Account) -> ColumnElement[bool]:
    has_body = Rating.body_id.is_not(None)
    return and_(has_body, Rating.body_id == reader.body_id, _is_open_to(reader))


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
    joinedload(Rating.body),
    joinedload(Rating.answered_by).load_only(NAME),
)
#: What bodies read of a rating: not who wrote it, and of what is rated no more than its title.
_OUTSIDE = (
    joinedload(Rating.item).load_only(AgendaItem.title),
    joinedload(Rating.topic).load_only(ScrutinyTopic.title),
    joinedload(Rating.opportunity),
    joinedload(Rating.body),
    joinedload(Rating.answered_by).load_only(NAME),
)


def _ratings() -> Select[Rating]:
    return select(Rating).options(*_LOADED)
