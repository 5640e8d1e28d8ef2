"""Reads of members and of their claims."""

import uuid
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vrn_community.accounts.models import Account, AccountRole, AccountState
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation.paging import Page, paginate
from vrn_community.oversight.members.models import Member, TimeClaim, TimeClaimState

#: The roles that a term gives, and its end takes.
ROLES = (Role.OVERSIGHT_MEMBER, Role.OVERSIGHT_CHAIR)


def page(number: int) -> Page[Member]:
    """Return a page of the members, those whose term began last first."""
    query = select(Member).order_by(Member.starts_on.desc(), Member.id)
    return paginate(query, number, load=[joinedload(Member.account), joinedload(Member.area)])


def member(member_id: uuid.UUID) -> Member:
    """Return a member; NoResultFound if there is none."""
    loaded = (Member.account, Member.area, Member.record_key)
    query = select(Member).options(*map(joinedload, loaded))
    return db.session.scalars(query.where(Member.id == member_id)).one()


def of_account(account_id: uuid.UUID) -> Member | None:
    """Return the record of a member by account, if the secretariat has made one."""
    query = select(Member).options(joinedload(Member.area), joinedload(Member.record_key))
    return db.session.scalars(query.where(Member.account_id == account_id)).first()


def accounts() -> list[Account]:
    """Return the accounts that belong to the group today, by name."""
    held = Account.held_roles.any(AccountRole.role.in_(ROLES))
    query = select(Account).where(held, Account.state == AccountState.ACTIVE)
    found = db.session.scalars(query.order_by(Account.display_name, Account.id))
    return [account for account in found if set(ROLES) & set(account.roles)]


def without_record() -> list[Account]:
    """Return the accounts of the group that have no record of a member yet."""
    known = set(db.session.scalars(select(Member.account_id)))
    return [account for account in accounts() if account.id not in known]


def chairs() -> list[Account]:
    """Return the accounts that can chair a meeting, by name."""
    return [account for account in accounts() if Role.OVERSIGHT_CHAIR in account.roles]


def claim(claim_id: uuid.UUID) -> TimeClaim:
    """Return a claim; NoResultFound if there is none."""
    query = select(TimeClaim).options(joinedload(TimeClaim.account))
    return db.session.scalars(query.where(TimeClaim.id == claim_id)).one()


def claims(
    number: int, *, state: TimeClaimState | None = None, account_id: uuid.UUID | None = None
) -> Page[TimeClaim]:
    """Return a page of claims, the newest first, perhaps of one state or of one member."""
    query = select(TimeClaim).order_by(TimeClaim.done_on.desc(), TimeClaim.id)
    if state:
        query = query.where(TimeClaim.state == state)
    if account_id:
        query = query.where(TimeClaim.account_id == account_id)
    return paginate(query, number, load=[joinedload(TimeClaim.account)])


def claims_between(first: date, last: date) -> list[TimeClaim]:
    """Return the claims of a span of days that were not taken back, for finance."""
    query = select(TimeClaim).where(
        TimeClaim.done_on.between(first, last), TimeClaim.state != TimeClaimState.WITHDRAWN
    )
    ordered = query.order_by(TimeClaim.done_on, TimeClaim.id).options(joinedload(TimeClaim.account))
    return list(db.session.scalars(ordered))


def all_claims(account_id: uuid.UUID) -> list[TimeClaim]:
    """Return everything that a member has claimed, the oldest first."""
    query = select(TimeClaim).where(TimeClaim.account_id == account_id)
    return list(db.session.scalars(query.order_by(TimeClaim.done_on, TimeClaim.id)))
