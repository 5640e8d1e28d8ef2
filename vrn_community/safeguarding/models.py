"""Concerns, who is there to decide about them, and who was told to."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Passage
from vrn_community.foundation import clock
from vrn_community.foundation.db import UNORDERED, Base, Record, enum_column
from vrn_community.foundation.record_keys import HasRecordKey, SealedByRecordKey
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership.models import Area
from vrn_community.safeguarding import working_time
from vrn_community.safeguarding.kinds import AgeBand, DbsLevel, EntryKind, Outcome, Source


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
    """A worry about somebody's safety; a passage that it comes from is held meanwhile.

    What is written about it stands in its entries, which only the lead's key opens.
    """

    __tablename__ = "concern"
    __table_args__ = UNORDERED

    source: Mapped[Source] = mapped_column(enum_column(Source), default=Source.PASSAGE)
    passage_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("passage.id", ondelete="SET NULL"), unique=True
    )
    opportunity_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("opportunity.id"), index=True
    )
    state: Mapped[ConcernState] = mapped_column(
        enum_column(ConcernState), default=ConcernState.OPEN, index=True
    )
    urgency: Mapped[Urgency] = mapped_column(enum_column(Urgency), default=Urgency.TODAY)
    #: The day on which the words came; the moment at which somebody noticed is `created_at`.
    received_on: Mapped[date] = mapped_column(default=clock.today)
    area_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("area.id"))
    age_band: Mapped[AgeBand | None] = mapped_column(enum_column(AgeBand))
    #: Nobody, where somebody asked for help.
    raised_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    #: Whom an allegation is about: this account sees nothing of it, whatever its roles.
    accused_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    #: Whether it is about somebody who works or volunteers here and has no account.
    is_about_helper: Mapped[bool] = mapped_column(default=False)
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    #: When it was last brought before the lead: its clock runs from then.
    waits_since: Mapped[datetime] = mapped_column(default=clock.now)

    passage: Mapped[Passage | None] = relationship()
    opportunity: Mapped[Opportunity | None] = relationship()
    area: Mapped[Area | None] = relationship()

    also_accused: Mapped[list["AlsoAccused"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="AlsoAccused.account_id"
    )

    @property
    def accused_ids(self) -> list[uuid.UUID]:
        """Everybody whom an allegation is about, who was named first before the others."""
        first = [self.accused_id] if self.accused_id else []
        return first + [row.account_id for row in self.also_accused]

    @property
    def is_allegation(self) -> bool:
        """Whether it is about somebody who works or volunteers here."""
        return self.accused_id is not None or self.is_about_helper

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


class AlsoAccused(Base):
    """Another account whom an allegation is about: it sees nothing of it either."""

    __tablename__ = "also_accused"

    concern_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("concern.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id"), primary_key=True, index=True
    )


class CaseEntry(HasRecordKey, Record):
    """One thing that was written about a concern: it is added, never changed, and sealed.

    A key of the entry seals what the team's key has locked once more: when both go with the case,
    not even the team opens an old backup of it. That key alone opens nothing that is locked.
    """

    __tablename__ = "case_entry"
    __table_args__ = UNORDERED

    concern_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("concern.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind))
    #: What a decision came to.
    outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome))
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    #: One of both: only the team's key opens the first; the second is for when there is none yet.
    locked_text: Mapped[bytes | None]
    sealed_text: Mapped[bytes | None]
    locked = SealedByRecordKey("locked_text")
    text = SealedByRecordKey("sealed_text")


class TeamKey(Base):
    """The key pair for which cases are sealed; the service has only its public half."""

    __tablename__ = "team_key"
    #: One row, so that whoever changes the key and whoever seals with it wait for each other.
    __table_args__ = (CheckConstraint("id = 1", name="is_the_only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    public_key: Mapped[bytes]
    #: The private half, locked with the recovery key that stands on paper.
    locked_private: Mapped[bytes]


class KeyHolder(Base):
    """The key pair of a lead or deputy, locked with a passphrase, and the team's sealed for it."""

    __tablename__ = "key_holder"

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    public_key: Mapped[bytes]
    locked_private: Mapped[bytes]
    #: The private half of the team's pair; nothing until somebody who holds it lets them in.
    sealed_team_key: Mapped[bytes | None]

    account: Mapped[Account] = relationship()


class StaffCheck(Base):
    """That somebody confirmed their role, and when they were trained and checked."""

    __tablename__ = "staff_check"

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    confirmed_on: Mapped[date] = mapped_column(default=clock.today)
    trained_on: Mapped[date]
    dbs_on: Mapped[date]
    dbs_level: Mapped[DbsLevel] = mapped_column(enum_column(DbsLevel))

    @property
    def trained_until(self) -> date:
        """The last day on which the training is not too long ago."""
        return self.trained_on + config.current().training_lasts

    @property
    def checked_until(self) -> date:
        """The last day on which the DBS check is not too long ago."""
        return self.dbs_on + config.current().dbs_lasts

    @property
    def good_until(self) -> date:
        """The last day on which both are good: after it nobody can be there for concerns (G14)."""
        return min(self.trained_until, self.checked_until)


class YearSummary(Base):
    """The figures of one year as they are shown, frozen: nobody compares two looks at them."""

    __tablename__ = "year_summary"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    frozen_on: Mapped[date] = mapped_column(default=clock.today)
    tables: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class Alert(Record):
    """That somebody was told of a concern, once for each reason and due moment."""

    __tablename__ = "alert"
    __table_args__ = (UniqueConstraint("concern_id", "kind", "due_at"), UNORDERED)

    concern_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("concern.id", ondelete="CASCADE"))
    kind: Mapped[AlertKind] = mapped_column(enum_column(AlertKind))
    due_at: Mapped[datetime]
    #: Who was there on that day; nobody means that every lead and deputy is told.
    account_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )

    concern: Mapped[Concern] = relationship()
