"""Reads of concerns, of who is there to decide, and of who can be rung about one."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account, AccountRole, AccountState
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.safeguarding.cover import Span, uncovered
from vrn_community.safeguarding.models import (
    Alert,
    AlsoAccused,
    CaseEntry,
    Concern,
    ConcernState,
    Cover,
    CoverRole,
    KeyHolder,
    StaffCheck,
    TeamKey,
    Urgency,
)

#: Roles of accounts that can be the lead or the deputy of a day.
DECIDERS = (Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_DEPUTY)
MOST_ALERTS = 20


def seen_by(account: Account) -> ColumnElement[bool]:
    """Return the condition that somebody may see a concern: not an allegation about themselves.

    Allegations about people who work or volunteer here are for those alone who decide about them.
    """
    if not account.can(Permission.ALLEGATION_DECIDE):
        return no_allegation()
    return Concern.id.not_in(accused_in(account.id))


def no_allegation() -> ColumnElement[bool]:
    """Return the condition that a concern is about nobody who works or volunteers here."""
    return and_(Concern.accused_id.is_(None), Concern.is_about_helper.is_(False))


def page(number: int, *, to: Account, state: ConcernState = ConcernState.OPEN) -> Page[Concern]:
    """Return a page of the concerns in a state, the most urgent first, then the oldest."""
    order = case({urgency: place for place, urgency in enumerate(Urgency)}, value=Concern.urgency)
    query = select(Concern).where(Concern.state == state, seen_by(to))
    return paginate(
        query.order_by(order, Concern.created_at, Concern.id),
        number,
        load=[joinedload(Concern.opportunity), joinedload(Concern.area)],
    )


def concern(concern_id: uuid.UUID, *, to: Account) -> Concern:
    """Return a concern that somebody may see; NoResultFound if there is none for them."""
    loaded = (joinedload(Concern.opportunity), joinedload(Concern.area))
    query = select(Concern).options(*loaded).where(Concern.id == concern_id, seen_by(to))
    return db.session.scalars(query).one()


def of_passage(passage_id: uuid.UUID) -> Concern | None:
    """Return the concern about a passage, if there is one."""
    return db.session.scalars(select(Concern).where(Concern.passage_id == passage_id)).first()


def accused_in(account_id: uuid.UUID) -> Select[uuid.UUID]:
    """Return the keys of the allegations about an account: it must learn of none of them."""
    return select(Concern.id).where(_is_about(account_id))


def seen_by_nobody() -> ColumnElement[bool]:
    """Return the condition that an open concern is about everybody who could decide about it."""
    deciders = accounts.who_can(Permission.ALLEGATION_DECIDE)
    return and_(Concern.state == ConcernState.OPEN, *(_is_about(row.id) for row in deciders))


def unseen(*, by: Account | None = None) -> list[Concern]:
    """Return the open concerns that nobody can see; for an account none about itself."""
    query = select(Concern).where(seen_by_nobody())
    if by:
        query = query.where(Concern.id.not_in(accused_in(by.id)))
    return list(db.session.scalars(query.order_by(Concern.id)))


def is_unseen(concern: Concern) -> bool:
    """Return whether nobody can see a concern and decide about it."""
    query = select(Concern.id).where(Concern.id == concern.id, seen_by_nobody())
    return db.session.scalar(query) is not None


def _is_about(account_id: uuid.UUID) -> ColumnElement[bool]:
    return or_(
        Concern.accused_id == account_id,
        Concern.also_accused.any(AlsoAccused.account_id == account_id),
    )


def passages_about(account_id: uuid.UUID | None) -> Select[Any]:
    """Return the keys of passages that allege something about an account."""
    is_about = false() if account_id is None else _is_about(account_id)
    return select(Concern.passage_id).where(is_about, Concern.passage_id.is_not(None))


def alleges(passage_id: uuid.UUID, account_id: uuid.UUID) -> bool:
    """Return whether a passage alleges something about an account."""
    query = passages_about(account_id).where(Concern.passage_id == passage_id)
    return db.session.scalar(query.limit(1)) is not None


def waiting(account: Account) -> int:
    """Return how many concerns that somebody may see wait for a decision."""
    query = select(func.count()).select_from(Concern)
    return db.session.scalar(query.where(Concern.state == ConcernState.OPEN, seen_by(account))) or 0


def entries(concern_id: uuid.UUID) -> list[CaseEntry]:
    """Return what was written about a concern, oldest first."""
    return entries_where(CaseEntry.concern_id == concern_id)


def entries_where(condition: ColumnElement[bool]) -> list[CaseEntry]:
    """Return entries of cases with what opens them, oldest first."""
    query = select(CaseEntry).options(joinedload(CaseEntry.record_key)).where(condition)
    return list(db.session.scalars(query.order_by(CaseEntry.created_at, CaseEntry.id)))


def team_key(*, to_change: bool | None = None) -> TeamKey | None:
    """Return the key for which cases are sealed, if there is one.

    Whoever seals with it (False) and whoever changes it (True) wait for each other.
    """
    query = select(TeamKey).execution_options(populate_existing=True)
    if to_change is not None:
        query = query.with_for_update(read=not to_change)
    return db.session.scalars(query).first()


def holder(account_id: uuid.UUID) -> KeyHolder | None:
    """Return the key pair of an account."""
    return db.session.get(KeyHolder, account_id)


def holders() -> list[KeyHolder]:
    """Return the key pairs of all accounts that have one, by name."""
    query = select(KeyHolder).join(KeyHolder.account).options(contains_eager(KeyHolder.account))
    return list(db.session.scalars(query.order_by(Account.display_name, Account.id)))


def who_opens() -> list[KeyHolder]:
    """Return those who hold the team's key and may still decide about concerns."""
    held = {row.account_id: row for row in holders() if row.sealed_team_key is not None}
    return [held[account.id] for account in deciders() if account.id in held]


def deciders() -> list[Account]:
    """Return the active accounts that can be named for days of cover, by name."""
    query = select(Account).where(_can_decide())
    return list(db.session.scalars(query.order_by(Account.display_name, Account.id)))


def colleagues() -> list[Account]:
    """Return everybody who has an account and whom an allegation could be about, by name."""
    return list(db.session.scalars(select(Account).order_by(Account.display_name, Account.id)))


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
    """Return for each role the days between two days on which nobody who can decide has it.

    Whoever was not trained and checked, or too long ago on a day, is nobody on it (G14).
    """
    rows = _there(begins, ends)
    spans = {role: [span for row, span in rows if row.role is role] for role in CoverRole}
    return {role: uncovered(found, begins, ends) for role, found in spans.items()}


def on_cover(role: CoverRole, day: date) -> list[uuid.UUID]:
    """Return the keys of the accounts that have a role on a day, who had it first before others."""
    rows = _there(day, day)
    return [row.account_id for row, (_first, last) in rows if row.role is role and day <= last]


def _there(begins: date, ends: date) -> list[tuple[Cover, Span]]:
    """Return cover between two days, each with its days up to the end of training and check."""
    checked = _covering(begins, ends).join(StaffCheck, StaffCheck.account_id == Cover.account_id)
    both = checked.add_columns(StaffCheck).order_by(Cover.begins_on, Cover.id)
    rows = db.session.execute(both)
    spans = [(row, (row.begins_on, min(row.ends_on, check.good_until))) for row, check in rows]
    return [(row, (first, last)) for row, (first, last) in spans if first <= last]


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
        .where(Concern.state == ConcernState.OPEN, seen_by(account))
        .where(or_(Alert.account_id == account.id, Alert.account_id.is_(None)))
    )
    return list(db.session.scalars(query.order_by(Alert.due_at, Alert.id).limit(MOST_ALERTS)))


def oldest_waiting(account: Account) -> Concern | None:
    """Return the concern that has waited for a decision longest, of those somebody may see."""
    query = select(Concern).where(Concern.state == ConcernState.OPEN, seen_by(account))
    return db.session.scalars(query.order_by(Concern.waits_since).limit(1)).first()
