"""Concerns, who is there to decide about them, and who was told to."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Passage
from vrn_community.foundation import clock
from vrn_community.foundation.db import Record, enum_column
from vrn_community.foundation.sealed_columns import Sealed
from vrn_community.opportunities.models import Opportunity
from vrn_community.safeguarding import working_time


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


class CoverRole(StrEnum):
    """What somebody stands in for."""

    LEAD = "lead"
    DEPUTY = "deputy"


class AlertKind(StrEnum):
    """Why somebody was told of a concern."""

    RAISED = "raised"
    OVERDUE = "overdue"


class Cover(Record):
    """The days on which an account is the safeguarding lead, or the deputy."""

    __tablename__ = "cover"
    __table_args__ = (CheckConstraint("begins_on <= ends_on", name="begins_before_it_ends"),)

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[CoverRole] = mapped_column(enum_column(CoverRole))
    begins_on: Mapped[date]
    #: The last day; it counts.
    ends_on: Mapped[date] = mapped_column(index=True)

    account: Mapped[Account] = relationship()


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
    note = Sealed("sealed_note")
    decision = Sealed("sealed_decision")
    raised_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    #: When it was last brought before the lead: its clock runs from then.
    waits_since: Mapped[datetime] = mapped_column(default=clock.now)

    passage: Mapped[Passage | None] = relationship()
    opportunity: Mapped[Opportunity] = relationship()

    @property
    def due_at(self) -> datetime:
        """When the first decision is due: by urgency, in working hours unless it is immediate."""
        settings = config.current()
        if self.urgency is Urgency.IMMEDIATE:
            return self.waits_since + settings.decide_immediate
        spans = {Urgency.TODAY: settings.decide_today, Urgency.ROUTINE: settings.decide_routine}
        return working_time.later(self.waits_since, spans[self.urgency])

    @property
    def is_overdue(self) -> bool:
        """Whether it waits for a decision longer than it may."""
        return self.state is ConcernState.OPEN and self.due_at < clock.now()


class Alert(Record):
    """That somebody was told of a concern, once for each reason and due moment."""

    __tablename__ = "alert"
    __table_args__ = (UniqueConstraint("concern_id", "kind", "due_at"),)

    concern_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("concern.id", ondelete="CASCADE"))
    kind: Mapped[AlertKind] = mapped_column(enum_column(AlertKind))
    due_at: Mapped[datetime]
    #: Who was there on that day; nobody means that every lead and deputy is told.
    account_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )

    concern: Mapped[Concern] = relationship()
