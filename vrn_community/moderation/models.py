"""Decisions about passages, proposals that wait for a second moderator, appeals, and openings."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.contributions.models import Passage
from vrn_community.foundation import clock
from vrn_community.foundation.db import UNORDERED, Base, Record, enum_column
from vrn_community.foundation.record_keys import HasRecordKey, SealedByRecordKey
from vrn_community.screening.signals import AS_USUAL, Signals, joined, urgency_of


class DecisionOutcome(StrEnum):
    """What a moderator decided."""

    CLEAR = "clear"
    REDACT = "redact"
    HOLD = "hold"
    WITHHOLD = "withhold"


class Verdict(Record):
    """What one moderator says about a passage: the same in a decision and in a proposal."""

    __abstract__ = True

    outcome: Mapped[DecisionOutcome] = mapped_column(enum_column(DecisionOutcome))
    reason: Mapped[str] = mapped_column(default="")
    #: Which words are taken out, as pairs of first and last word; never the words themselves.
    spans: Mapped[list[Any]] = mapped_column(JSON, default=list)
    moderator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))

    def says_as(self, other: "Verdict") -> bool:
        """Return whether others would read the same if either of two verdicts counted."""
        return (self.outcome, self.spans or []) == (other.outcome, other.spans or [])


class Decision(Verdict):
    """One decision about one passage; the last one counts."""

    __tablename__ = "decision"

    passage_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("passage.id", ondelete="CASCADE"), index=True
    )
    #: Who agreed, where sensitive words need two people.
    second_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))


class Proposal(Verdict):
    """What one moderator wants others to read of sensitive words; it waits for a second one.

    A change is a new row with a new key, so nobody agrees to what they did not see.
    """

    __tablename__ = "proposal"

    passage_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("passage.id", ondelete="CASCADE"), unique=True
    )


class AppealOutcome(StrEnum):
    """How somebody who had not decided saw it when asked to look again."""

    KEPT = "kept"
    REOPENED = "reopened"


class Appeal(HasRecordKey, Base):
    """That whoever holds a receipt code asked to look at one passage again, once.

    It came from the public: the day is the finest time of it, and there is no order.
    """

    __tablename__ = "appeal"
    __table_args__ = UNORDERED

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    passage_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("passage.id", ondelete="CASCADE"), unique=True
    )
    received_on: Mapped[date] = mapped_column(default=clock.today)
    #: Why, in the person's own words, until it is decided; empty if they gave no reason.
    sealed_reason: Mapped[bytes | None]
    reason = SealedByRecordKey("sealed_reason")
    signals: Mapped[str] = mapped_column(default="")
    urgency: Mapped[int] = mapped_column(default=AS_USUAL)
    outcome: Mapped[AppealOutcome | None] = mapped_column(enum_column(AppealOutcome))
    moderator_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]

    passage: Mapped[Passage] = relationship()

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.outcome is None

    def flag(self, found: Signals) -> None:
        """Keep what the reason is a sign of."""
        self.signals, self.urgency = joined(found), urgency_of(found)


class Opening(Base):
    """That a moderator opened words today: hard ones are counted for them, all go at night.

    What is opened is a passage, or the reason of an appeal: reading one is not reading the other.
    """

    __tablename__ = "opening"

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    #: The key of a passage or of an appeal.
    opened_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    opened_on: Mapped[date] = mapped_column(primary_key=True, default=clock.today)
    #: Whether the words may be hard to read, so that they count.
    is_hard: Mapped[bool] = mapped_column(default=False)
