"""Reads of accounts."""

import uuid
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from vrn_community import config
from vrn_community.accounts.models import (
    Account,
    AccountRole,
    AccountState,
    DeskSession,
    Invitation,
    RecoveryCode,
)
from vrn_community.accounts.roles import PERMISSIONS
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.foundation.paging import Page, paginate
from vrn_community.foundation.permissions import Permission


def account(account_id: uuid.UUID) -> Account:
    """Return an account; NoResultFound if there is none."""
    return db.session.scalars(select(Account).where(Account.id == account_id)).one()


def by_email(email: str) -> Account | None:
    """Return the account with an e-mail address."""
    return db.session.scalars(select(Account).where(Account.email == email.lower())).first()


def page(number: int, *, state: AccountState | None = None) -> Page[Account]:
    """Return a page of accounts by name, perhaps of one state only."""
    query = select(Account).order_by(Account.display_name, Account.id)
    return paginate(query.where(Account.state == state) if state else query, number)


def names(ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the display names of accounts by key, in one query."""
    query = select(Account.id, Account.display_name).where(Account.id.in_(ids))
    return {row.id: row.display_name for row in db.session.execute(query)}


def who_can(permission: Permission, *, body_id: uuid.UUID | None = None) -> list[Account]:
    """Return the active accounts with a permission, perhaps of one body only."""
    giving = [role for role, given in PERMISSIONS.items() if permission in given]
    held = Account.held_roles.any(AccountRole.role.in_(giving))
    query = select(Account).where(Account.state == AccountState.ACTIVE, held)
    if body_id:
        query = query.where(Account.body_id == body_id)
    return [row for row in db.session.scalars(query) if row.can(permission)]


def bodies_that_can(permission: Permission) -> Select[uuid.UUID | None]:
    """Return the query for the bodies of which an active account has a permission."""
    giving = [role for role, given in PERMISSIONS.items() if permission in given]
    is_in_force = or_(AccountRole.ends_on.is_(None), AccountRole.ends_on > clock.today())
    held = Account.held_roles.any(AccountRole.role.in_(giving) & is_in_force)
    is_active = Account.state == AccountState.ACTIVE
    return select(Account.body_id).where(Account.body_id.is_not(None), is_active, held).distinct()


def able_bodies(permission: Permission) -> set[uuid.UUID]:
    """Return the bodies for which somebody can act now."""
    return {body_id for body_id in db.session.scalars(bodies_that_can(permission)) if body_id}


def has_who_can(permission: Permission, body_id: uuid.UUID) -> bool:
    """Return whether somebody can act for a body now."""
    able = bodies_that_can(permission).where(Account.body_id == body_id)
    return db.session.scalar(able) is not None


def demo_accounts() -> list[Account]:
    """Return the accounts of the demonstration."""
    query = select(Account).where(Account.is_demo).order_by(Account.display_name)
    return list(db.session.scalars(query))


def open_invitation(token: str) -> Invitation | None:
    """Return the invitation of a link that still works; one that is over is not even read.

    So a link that is over takes as long as one that never was.
    """
    query = select(Invitation).join(Invitation.account)
    is_open = (Invitation.expires_at > clock.now(), Account.state != AccountState.DISABLED)
    of_link = Invitation.token_hash == crypto.token_hash(token)
    return db.session.scalars(query.where(of_link, *is_open)).first()


def live_session(token: str) -> DeskSession | None:
    """Return the session of a cookie, unless it is over or the account is not active."""
    query = select(DeskSession).where(DeskSession.token_hash == crypto.token_hash(token))
    found = db.session.scalars(query).first()
    if found is None or not found.account.is_active or is_over(found, clock.now()):
        return None
    return found


def is_over(session: DeskSession, moment: datetime) -> bool:
    """Return whether a session was idle too long, or lasted too long."""
    settings = config.current()
    idle, age = moment - session.last_seen_at, moment - session.began_at
    longest = settings.second_step_lives if session.is_waiting else settings.session_longest
    return idle > settings.session_idle or age > longest


def sessions_of(account: Account) -> list[DeskSession]:
    """Return the live sessions of an account, the one used last first, at most 50."""
    query = select(DeskSession).where(DeskSession.account_id == account.id)
    newest = query.order_by(DeskSession.last_seen_at.desc(), DeskSession.token_hash).limit(50)
    moment = clock.now()
    return [found for found in db.session.scalars(newest) if not is_over(found, moment)]


def recovery_codes_left(account: Account) -> int:
    """Return how many recovery codes of an account were not used."""
    query = select(func.count()).where(RecoveryCode.account_id == account.id)
    return db.session.scalar(query) or 0
