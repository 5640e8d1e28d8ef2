"""Mail to accounts: how urgent it is, and how far it is."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import UNORDERED, Base, enum_column


class MailKind(StrEnum):
    """How soon an account should look at the desk: all that a mail tells."""

    TODAY = "today"
    NOW = "now"


class MailState(StrEnum):
    """Whether a mail waits, needs nothing more, or did not arrive."""

    WAITING = "waiting"
    DONE = "done"
    GIVEN_UP = "given-up"


class Mail(Base):
    """That an account is told by mail that something waits for it; never what, or at what time.

    Somebody may have asked for help a moment before: so there is a day and no time, and no number
    of the row that would be an order.
    """

    __tablename__ = "mail"
    __table_args__ = UNORDERED

    #: A keyed hash of whom it is for and what it is about: the same thing is told once.
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[MailKind] = mapped_column(enum_column(MailKind))
    state: Mapped[MailState] = mapped_column(enum_column(MailState), default=MailState.WAITING)
    stored_on: Mapped[date] = mapped_column(default=clock.today)
    #: While it waits: the tries so far, and when the next one is. Afterwards nothing.
    tries: Mapped[int] = mapped_column(default=0)
    try_at: Mapped[datetime | None] = mapped_column(default=clock.now)

    account: Mapped[Account] = relationship()
