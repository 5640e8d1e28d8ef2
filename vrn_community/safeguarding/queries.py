"""Reads of concerns, of who is there to decide, and of who can be rung about one."""

import uuid
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from vrn_community.accounts.models import Account, AccountRole, AccountState
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import SupportKind, SupportService
from vrn_community.safeguarding.cover import Span, uncovered
from vrn_community.safeguarding.models import (
    Alert,
    Concern,
    ConcernState,
    Cover,
    CoverRole,
    Urgency,
)

#: Roles of accounts that can be the lead or the deputy of a day.
DECIDERS = (Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_DEPUTY)
MOST_ALERTS = 20


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


def deciders() -> list[Account]:
    """Return the active accounts that can be named for days of cover, by name."""
    query = select(Account).where(_can_decide())
    return list(db.session.scalars(query.order_by(Account.display_name, Account.id)))


def _can_decide() -> ColumnElement[bool]:
    held = Account.held_roles.any(AccountRole.role.in_(DECIDERS))
    return and_(Account.state == AccountState.ACTIVE, held)


def cover_page(number: int) -> Page[Cover]:
    """Return a page of who is there from today on, the earliest first."""
    query = select(Cover).where(Cover.ends_on >= clock.today())
    order = (Cover.begins_on, Cover.role, Cover.id)
    return paginate(query.order_by(*order), number, load=[joinedload(Cover.account)])


def cover(cover_id: uuid.UUID) -> Cover:
    """Return some days of cover; NoResultFound if there are none."""
    return db.session.scalars(select(Cover).where(Cover.id == cover_id)).one()


def cover_gaps(begins: date, ends: date) -> dict[CoverRole, list[Span]]:
    """Return for each role the days between two days on which nobody who can decide has it."""
    rows = db.session.scalars(_covering(begins, ends)).all()
    spans = {
        role: [(row.begins_on, row.ends_on) for row in rows if row.role is role]
        for role in CoverRole
    }
    return {role: uncovered(found, begins, ends) for role, found in spans.items()}


def on_cover(role: CoverRole, day: date) -> list[uuid.UUID]:
    """Return the keys of the accounts that have a role on a day, who had it first before others."""
    query = _covering(day, day).where(Cover.role == role)
    rows = db.session.scalars(query.order_by(Cover.begins_on, Cover.id))
    return [row.account_id for row in rows]


def has_other_role(account_id: uuid.UUID, role: CoverRole, begins: date, ends: date) -> bool:
    """Return whether an account has the other role on one of some days."""
    query = _covering(begins, ends).where(Cover.account_id == account_id, Cover.role != role)
    return db.session.scalars(query.limit(1)).first() is not None


def _covering(begins: date, ends: date) -> Select[Cover]:
    query = select(Cover).join(Cover.account).where(_can_decide())
    return query.where(Cover.begins_on <= ends, Cover.ends_on >= begins)


def sensitive_ahead() -> list[Opportunity]:
    """Return the sensitive opportunities that are published and not over."""
    query = select(Opportunity).where(
        Opportunity.is_sensitive,
        Opportunity.state == OpportunityState.PUBLISHED,
        or_(Opportunity.closes_on.is_(None), Opportunity.closes_on >= clock.today()),
    )
    return list(db.session.scalars(query))


def alerts_for(account: Account) -> list[Alert]:
    """Return what an account was told and nobody has decided yet, at most twenty, oldest first."""
    query = (
        select(Alert)
        .join(Alert.concern)
        .options(joinedload(Alert.concern))
        .where(Concern.state == ConcernState.OPEN)
        .where(or_(Alert.account_id == account.id, Alert.account_id.is_(None)))
    )
    return list(db.session.scalars(query.order_by(Alert.due_at, Alert.id).limit(MOST_ALERTS)))


def oldest_waiting() -> Concern | None:
    """Return the concern that has waited for a decision longest."""
    query = select(Concern).where(Concern.state == ConcernState.OPEN)
    return db.session.scalars(query.order_by(Concern.waits_since).limit(1)).first()
