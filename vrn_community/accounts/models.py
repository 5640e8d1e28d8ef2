"""Accounts, their roles, and the sessions in which they work."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community import config
from vrn_community.accounts import roles
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.foundation.db import Base, Record, enum_column
from vrn_community.foundation.permissions import Permission
from vrn_community.foundation.sealed_columns import Sealed


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
    #: When an administrator took the second factor away, until the person was told.
    factor_reset_at: Mapped[datetime | None]
    held_roles: Mapped[list["AccountRole"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="AccountRole.role"
    )

    app: Mapped["AuthenticatorApp | None"] = relationship(passive_deletes=True)
    passkeys: Mapped[list["Passkey"]] = relationship(
        passive_deletes=True, order_by="Passkey.created_at, Passkey.id"
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
        """The roles that the account holds today."""
        return [held.role for held in self.held_roles if held.is_in_force]

    @property
    def must_prove(self) -> bool:
        """Whether the roles ask for a second factor."""
        return roles.need_second_factor(self.roles)

    @property
    def has_factor(self) -> bool:
        """Whether there is a second factor: an app, or a passkey."""
        return self.app is not None or bool(self.passkeys)

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
    #: From this day on the role gives nothing.
    ends_on: Mapped[date | None]

    @property
    def is_in_force(self) -> bool:
        """Whether the role still gives what it gives."""
        return self.ends_on is None or clock.today() < self.ends_on


class AuthenticatorApp(Record):
    """The app whose codes are an account's second factor; its secret is sealed to the account."""

    __tablename__ = "authenticator_app"

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    sealed_secret: Mapped[bytes]
    secret = Sealed("sealed_secret", of="account_id")
    #: The step of the newest code that was used: it and older ones are refused.
    last_step: Mapped[int]


class Passkey(Record):
    """A phone, computer or small key that signs for an account (WebAuthn); only it can."""

    __tablename__ = "passkey"

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    #: What its owner calls it.
    name: Mapped[str]
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    #: How often it has signed, where it counts: a copy would be behind.
    sign_count: Mapped[int]
    last_used_on: Mapped[date | None]


class RecoveryCode(Record):
    """A code on paper that signs in once in place of the app or passkey; only its hash is kept."""

    __tablename__ = "recovery_code"

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    code_hash: Mapped[str]


class Invitation(Record):
    """A single-use link with which a person sets a first or new password."""

    __tablename__ = "invitation"

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    account: Mapped[Account] = relationship(lazy="joined")


class DeskSession(Base):
    """One signed-in browser; its key is a hash, so that the table opens no session."""

    __tablename__ = "desk_session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    began_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When the second factor was last shown; None before the second step of signing in.
    proved_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship(lazy="joined")

    @property
    def is_waiting(self) -> bool:
        """Whether the password was given and the second step is still to come."""
        account = self.account
        return self.proved_at is None and (account.must_prove or account.has_factor)
