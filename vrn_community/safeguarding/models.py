"""Concerns."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.contributions.models import Passage
from vrn_community.foundation import crypto
from vrn_community.foundation.db import Record, enum_column
from vrn_community.opportunities.models import Opportunity


class ConcernState(StrEnum):
    """The life of a concern."""

    OPEN = "open"
    DECIDED = "decided"
    CLOSED = "closed"


class Urgency(StrEnum):
    """How soon somebody must act."""

    IMMEDIATE = "immediate"
    TODAY = "today"
    ROUTINE = "routine"


class Concern(Record):
    """A worry about somebody's safety, raised from a passage; the passage is held meanwhile."""

    __tablename__ = "concern"

    passage_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("passage.id", ondelete="SET NULL"), unique=True
    )
    opportunity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("opportunity.id"), index=True)
    state: Mapped[ConcernState] = mapped_column(
        enum_column(ConcernState), default=ConcernState.OPEN, index=True
    )
    urgency: Mapped[Urgency] = mapped_column(enum_column(Urgency), default=Urgency.TODAY)
    #: What the moderator noticed, and what the lead decided and why; both sealed.
    sealed_note: Mapped[bytes]
    sealed_decision: Mapped[bytes | None]
    raised_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]

    passage: Mapped[Passage | None] = relationship()
    opportunity: Mapped[Opportunity] = relationship()

    @property
    def note(self) -> str:
        """What the moderator noticed."""
        return crypto.unseal(self.sealed_note, "concern", str(self.id), "note")

    @note.setter
    def note(self, words: str) -> None:
        self.sealed_note = crypto.seal(words, "concern", str(self.id), "note")

    @property
    def decision(self) -> str:
        """What the lead decided and why; nothing as long as nothing is decided."""
        if self.sealed_decision is None:
            return ""
        return crypto.unseal(self.sealed_decision, "concern", str(self.id), "decision")

    @decision.setter
    def decision(self, words: str) -> None:
        self.sealed_decision = crypto.seal(words, "concern", str(self.id), "decision")
