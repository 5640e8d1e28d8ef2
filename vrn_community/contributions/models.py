"""Contributions and passages: no time finer than a day, no order, nobody's name.

The tables have no rows in the order of arrival (`WITHOUT ROWID` on SQLite; on
PostgreSQL a nightly job rewrites them by their random key), and no moment.
"""

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.foundation import clock
from vrn_community.foundation.db import UNORDERED, Base, enum_column
from vrn_community.foundation.record_keys import HasRecordKey, SealedByRecordKey
from vrn_community.opportunities.models import Opportunity
from vrn_community.screening.signals import (
    AS_USUAL,
    Signal,
    Signals,
    joined,
    parted,
    urgency_of,
)


class Contribution(HasRecordKey, Base):
    """What one person sent in one go; whoever holds the receipt code may see or withdraw it.

    Its key seals nothing: it tells after a restore that nobody took the contribution back.
    """

    __tablename__ = "contribution"
    __table_args__ = (Index(None, "opportunity_id", "received_on"), UNORDERED)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    opportunity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("opportunity.id"))
    received_on: Mapped[date] = mapped_column(default=clock.today)
    language: Mapped[str] = mapped_column(default="en")
    #: HMAC of the receipt code: the look-up, and what makes sending twice one contribution.
    receipt_hash: Mapped[str] = mapped_column(unique=True)
    may_quote: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)

    opportunity: Mapped[Opportunity] = relationship()


class PassageState(StrEnum):
    """Where a passage stands: others read only what is cleared or redacted."""

    PENDING = "pending"
    HELD = "held"
    CLEARED = "cleared"
    REDACTED = "redacted"
    WITHHELD = "withheld"


#: States in which other people may read the cleared words.
READABLE = frozenset({PassageState.CLEARED, PassageState.REDACTED})
#: States that wait for a moderator.
WAITING = frozenset({PassageState.PENDING, PassageState.HELD})


class Passage(HasRecordKey, Base):
    """One piece of free text in a participant's own words.

    The words as written are sealed by a key of the row; only cleared words can be read by search,
    themes, quotes and exports, which never touch the sealed column.
    """

    __tablename__ = "passage"
    __table_args__ = UNORDERED

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    contribution_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), index=True
    )
    #: The question of the questionnaire that it answers.
    question_id: Mapped[str]
    state: Mapped[PassageState] = mapped_column(
        enum_column(PassageState), default=PassageState.PENDING, index=True
    )
    #: The words as written; empty once their time is over, and then only cleared ones are left.
    sealed_words: Mapped[bytes]
    cleared_words: Mapped[str | None]
    #: Names of what the words are a sign of while they wait, each between blanks; never words.
    signals: Mapped[str] = mapped_column(default="")
    #: How soon to look, 3 is now.
    urgency: Mapped[int] = mapped_column(default=AS_USUAL)

    contribution: Mapped[Contribution] = relationship()
    _words = SealedByRecordKey("sealed_words")

    @property
    def is_waiting(self) -> bool:
        """Whether a moderator still has to decide."""
        return self.state in WAITING

    @property
    def signal_names(self) -> list[Signal]:
        """What the words are a sign of, the most urgent first."""
        return parted(self.signals)

    def flag(self, found: Signals) -> None:
        """Keep what the words are a sign of, in place of what was kept before."""
        self.signals, self.urgency = joined(found), urgency_of(found)

    def seal(self, words: str) -> None:
        """Keep the words as written, sealed for this row alone; its id must be set."""
        self._words = words

    @classmethod
    def sealed_by(cls, key: bytes, passage_id: uuid.UUID, words: str) -> bytes:
        """Return words sealed by the key that was made for a new row."""
        return cls._words.seal_by(key, passage_id, words)

    @property
    def is_forgotten(self) -> bool:
        """Whether the words as written were deleted because their time was over."""
        return not self.sealed_words

    def unseal(self) -> str:
        """Return the words as written: for a moderator, and for a case, nobody else."""
        return "" if self.is_forgotten else self._words


class DayColumns(Base):
    """The closed answers of one past day as columns, for counting; they are made from the rows.

    Whoever takes out, changes or adds an answer of that day throws them away in the same
    transaction, so nothing withdrawn is left in them; the next job makes them again.
    """

    __tablename__ = "day_columns"
    __table_args__ = UNORDERED

    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), primary_key=True
    )
    received_on: Mapped[date] = mapped_column(primary_key=True)
    #: Another one each time they are made: what a process remembers is good while it is the same.
    build: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    columns: Mapped[bytes]


class WithdrawalCount(Base):
    """How many contributions were withdrawn on a day; nothing else of them is kept."""

    __tablename__ = "withdrawal_count"

    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), primary_key=True
    )
    withdrawn_on: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]
