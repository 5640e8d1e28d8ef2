"""Accounts, their roles, and the sessions in which they work."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community import config
from vrn_community.accounts import roles
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.foundation.db import Base, Record, enum_column
from vrn_community.foundation.permissions import Permission


class AccountState(StrEnum):
    """The life of an account."""

    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class Account(Record):
    """Somebody who works at the desk."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    state: Mapped[AccountState] = mapped_column(
        enum_column(AccountState), default=AccountState.INVITED
    )
    password_hash: Mapped[str | None]
    #: For partners and board members: the body that they answer for.
    body_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("body.id"))
    is_demo: Mapped[bool] = mapped_column(default=False)
    held_roles: Mapped[list["AccountRole"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="AccountRole.role"
    )

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Whether the account may sign in; one of a demonstration never may in production."""
        is_trial_only = self.is_demo and config.current().mode is config.Mode.PRODUCTION
        return self.state is AccountState.ACTIVE and not is_trial_only

    @property
    def roles(self) -> list[Role]:
        """The roles that the account holds."""
        return [held.role for held in self.held_roles]

    def can(self, permission: Permission) -> bool:
        """Return whether one of the account's roles gives a permission."""
        return permission in roles.permissions_of(self.roles)

    def get_id(self) -> str:
        """Return the key in the form that Flask-Login wants."""
        return str(self.id)


class AccountRole(Base):
    """One role of one account."""

    __tablename__ = "account_role"

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[Role] = mapped_column(enum_column(Role), primary_key=True)


class Invitation(Record):
    """A single-use link with which a person sets a first or new password."""

    __tablename__ = "invitation"

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    account: Mapped[Account] = relationship(lazy="joined")

    @property
    def is_open(self) -> bool:
        """Whether the link still works."""
        return self.expires_at > clock.now() and self.account.state is not AccountState.DISABLED


class DeskSession(Base):
    """One signed-in browser; its key is a hash, so that the table opens no session."""

    __tablename__ = "desk_session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    began_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    account: Mapped[Account] = relationship(lazy="joined")
