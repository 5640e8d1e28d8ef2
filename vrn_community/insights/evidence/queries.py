"""Reads of insights: drafts for the desk, and for a body only what was sent to it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased, joinedload, load_only, selectinload

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock, folding
from vrn_community.foundation.paging import Page, paginate
from vrn_community.insights.evidence.models import (
    SEEN,
    Evidence,
    Insight,
    InsightState,
    Routing,
    Use,
)
from vrn_community.insights.models import Release, ReleaseState
from vrn_community.insights.words.models import CodeFrame, Theme
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership.models import Area, LocalIssue, Priority

LONGEST_SEARCH = 100
#: What an insight in a list shows.
CARD = (
    selectinload(Insight.areas).load_only(Area.name),
    selectinload(Insight.priorities).load_only(Priority.short_title),
)
_author = joinedload(Insight.author).load_only(Account.display_name)
_of_evidence = selectinload(Insight.evidence)
#: What the page of an insight shows.
WHOLE = (
    _author,
    selectinload(Insight.areas),
    selectinload(Insight.priorities),
    selectinload(Insight.local_issues),
    selectinload(Insight.beneficiary_groups),
    selectinload(Insight.prevention),
    _of_evidence.joinedload(Evidence.release)
    .joinedload(Release.opportunity)
    .load_only(
        Opportunity.code,
        Opportunity.title,
        Opportunity.state,
        Opportunity.published_at,
        Opportunity.is_sensitive,
    ),
    _of_evidence.joinedload(Evidence.theme).joinedload(Theme.frame),
)
_whole_routing = (
    joinedload(Routing.body),
    joinedload(Routing.received_by).load_only(Account.display_name),
    selectinload(Routing.uses).joinedload(Use.author).load_only(Account.display_name),
)


@dataclass(frozen=True)
class Filters:
    """Which insights are asked for; empty means any."""

    words: str = ""
    priority: int | None = None
    area: str = ""
    local_issue: str = ""
    is_expired: bool | None = None

    @property
    def are_set(self) -> bool:
        """Whether anything at all is asked for."""
        return self != Filters()


def library(
    filters: Filters, number: int, *, body_id: uuid.UUID | None = None, size: int = 20
) -> Page[Insight]:
    """Return a page of insights, what changed last first; of a body only what it was sent."""
    query = select(Insight).where(*_conditions(filters), Insight.state != InsightState.CORRECTED)
    if body_id:
        query = query.where(_is_sent_to(body_id))
    return paginate(query.order_by(Insight.changed_at.desc(), Insight.id), number, size, CARD)


def _is_sent_to(body_id: uuid.UUID) -> ColumnElement[bool]:
    sent = select(Routing.id).where(Routing.insight_id == Insight.id, Routing.body_id == body_id)
    return sent.exists() & Insight.state.in_(SEEN)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    asked = [folding.contains(Insight.statement, word) for word in filters.words.split()[:8]]
    if filters.priority:
        asked.append(Insight.priorities.any(Priority.number == filters.priority))
    if filters.area:  # Without an area it is about all of them.
        asked.append(or_(~Insight.areas.any(), Insight.areas.any(Area.code == filters.area)))
    if filters.local_issue:
        asked.append(Insight.local_issues.any(LocalIssue.slug == filters.local_issue))
    if filters.is_expired is not None:
        is_old = Insight.expires_on < clock.today()
        asked.append(Insight.state != InsightState.WITHDRAWN)
        asked.append(is_old if filters.is_expired else ~is_old)
    return asked


def insight(insight_id: uuid.UUID) -> Insight:
    """Return an insight in any state with all that it rests on; NoResultFound if there is none."""
    return db.session.scalars(_whole().where(Insight.id == insight_id)).one()


def sent_to(insight_id: uuid.UUID, body_id: uuid.UUID | None) -> Routing:
    """Return the way of an insight that is no draft to a body; NoResultFound for every other."""
    query = select(Routing).join(Routing.insight)
    query = query.where(Routing.insight_id == insight_id, Routing.body_id == body_id)
    found = query.where(Insight.state.in_(SEEN)).options(*_whole_routing)
    return db.session.scalars(found).one()


def _whole() -> Select[Insight]:
    return select(Insight).options(*WHOLE)


def find(insight_id: uuid.UUID) -> Insight | None:
    """Return an insight if it exists."""
    return db.session.get(Insight, insight_id)


def use(use_id: uuid.UUID) -> Use | None:
    """Return a use if it exists."""
    return db.session.get(Use, use_id)


def routings(insight_id: uuid.UUID) -> list[Routing]:
    """Return to whom an insight was sent, the first first, with what became of it."""
    query = select(Routing).where(Routing.insight_id == insight_id).options(*_whole_routing)
    return list(db.session.scalars(query.order_by(Routing.created_at, Routing.id)))


def routing(insight_id: uuid.UUID, routing_id: uuid.UUID) -> Routing:
    """Return one way of an insight to a body; NoResultFound if there is none."""
    query = select(Routing).where(Routing.id == routing_id, Routing.insight_id == insight_id)
    return db.session.scalars(query.options(*_whole_routing, joinedload(Routing.insight))).one()


def versions(of: Insight, body_id: uuid.UUID | None = None) -> list[Insight]:
    """Return all versions of an insight, newest first; of a body only those that it was sent."""
    query = select(Insight).where(Insight.family_id == of.family_id).options(_of_evidence)
    if body_id:
        query = query.where(_is_sent_to(body_id))
    return list(db.session.scalars(query.order_by(Insight.number.desc())))


def newer_results(insights: Iterable[Insight]) -> dict[uuid.UUID, list[Release]]:
    """Return the current releases that took the place of those which insights cite, by insight."""
    newer = aliased(Release)
    query = select(Evidence.insight_id, newer).join(Evidence.release).distinct()
    query = query.join(newer, newer.opportunity_id == Release.opportunity_id)
    query = query.where(
        Evidence.insight_id.in_([insight.id for insight in insights]),
        Release.state == ReleaseState.SUPERSEDED,
        newer.state == ReleaseState.FROZEN,
    )
    light = joinedload(newer.opportunity).load_only(Opportunity.code, Opportunity.title)
    only = (newer.opportunity_id, newer.number, newer.state)
    found: dict[uuid.UUID, list[Release]] = {}
    for insight_id, release in db.session.execute(query.options(light, load_only(*only))):
        found.setdefault(insight_id, []).append(release)
    return found


def waiting_for(body_id: uuid.UUID, most: int = 10) -> list[Insight]:
    """Return what a body was sent and nobody there said to have got, or to know as withdrawn."""
    query = select(Insight).join(Routing, Routing.insight_id == Insight.id)
    is_new = (Insight.state == InsightState.PUBLISHED) & Routing.received_on.is_(None)
    is_gone = (Insight.state == InsightState.WITHDRAWN) & Routing.knows_on.is_(None)
    waiting = query.where(Routing.body_id == body_id, is_new | is_gone)
    return list(db.session.scalars(waiting.order_by(Routing.sent_on, Insight.id).limit(most)))


def to_publish(account_id: uuid.UUID, most: int = 10) -> list[Insight]:
    """Return drafts with evidence that somebody else wrote, oldest first."""
    query = select(Insight).where(
        Insight.state == InsightState.DRAFT,
        Insight.author_id != account_id,
        Insight.evidence.any(),
    )
    return list(db.session.scalars(query.order_by(Insight.changed_at, Insight.id).limit(most)))


def resting_on(release_id: uuid.UUID) -> list[Insight]:
    """Return the insights that cite a release, what changed last first."""
    query = select(Insight).where(Insight.evidence.any(Evidence.release_id == release_id))
    return list(db.session.scalars(query.order_by(Insight.changed_at.desc(), Insight.id)))


def released(number: int) -> Page[Release]:
    """Return a page of what the public sees now, the newest first, each with its activity."""
    query = select(Release).where(Release.state == ReleaseState.FROZEN)
    title = joinedload(Release.opportunity).load_only(Opportunity.title)
    return paginate(query.order_by(Release.frozen_at.desc(), Release.id), number, load=[title])


def release(release_id: uuid.UUID) -> Release:
    """Return what was frozen, with its activity; NoResultFound for a draft."""
    query = select(Release).where(Release.id == release_id, Release.state != ReleaseState.DRAFT)
    return db.session.scalars(query.options(joinedload(Release.opportunity))).one()


def themes(release: Release) -> list[Theme]:
    """Return the active themes beside a release, by name, each with its frame."""
    query = select(Theme).join(Theme.frame).options(joinedload(Theme.frame))
    beside = (CodeFrame.opportunity_id == release.opportunity_id, Theme.retired_at.is_(None))
    return list(db.session.scalars(query.where(*beside).order_by(Theme.name, Theme.id)))
