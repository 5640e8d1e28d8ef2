"""Meetings, what is on their agenda, and what was written and declared about it."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.foundation import clock, working_days
from vrn_community.foundation.db import Base, Record, enum_column
from vrn_community.foundation.sealed_columns import Sealed
from vrn_community.partnership.models import Body


class MeetingState(StrEnum):
    """The life of a meeting."""

    PLANNED = "planned"
    PAPERS_OUT = "papers-out"
    HELD = "held"
    APPROVED = "approved"


class PlaceKind(StrEnum):
    """What the public may know of a place."""

    TOGETHER = "together"
    ONLINE = "online"
    BOTH = "both"


class Meeting(Record):
    """One meeting of the oversight group, with a place and a chair."""

    __tablename__ = "meeting"

    title: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    #: Where it is, or how to join it: for the group alone.
    place: Mapped[str]
    #: What the public reads of it; nothing, unless somebody says so.
    place_kind: Mapped[PlaceKind | None] = mapped_column(enum_column(PlaceKind))
    #: Whom to talk to when something stays with somebody (C9).
    wellbeing_contact: Mapped[str]
    chair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    state: Mapped[MeetingState] = mapped_column(
        enum_column(MeetingState), default=MeetingState.PLANNED, index=True
    )

    chair: Mapped[Account] = relationship()
    items: Mapped[list["AgendaItem"]] = relationship(
        order_by="(AgendaItem.position, AgendaItem.id)", back_populates="meeting"
    )

    @property
    def held_on(self) -> date:
        """The day of the meeting, in London."""
        return clock.in_london(self.starts_at).date()

    @property
    def is_over(self) -> bool:
        """Whether it was held, or its day has passed whatever was noted."""
        is_noted = self.state in (MeetingState.HELD, MeetingState.APPROVED)
        return is_noted or self.held_on < clock.today()

    @property
    def notes_due_on(self) -> date:
        """The last day on which its notes, or why there are none, are not late (C4)."""
        return working_days.after(self.held_on, config.current().notes_due_days)

    @property
    def papers_due_on(self) -> date:
        """The last day on which papers are not late."""
        return working_days.before(self.held_on, config.current().papers_due_days)


class AgendaItem(Record):
    """One thing on the agenda of a meeting; its title says nothing that may not be public."""

    __tablename__ = "agenda_item"

    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    title: Mapped[str]
    #: What the group is asked to do about it.
    purpose: Mapped[str] = mapped_column(default="")

    meeting: Mapped[Meeting] = relationship(back_populates="items")


class Paper(Record):
    """A text for an item of an agenda, to be read before the meeting."""

    __tablename__ = "paper"

    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    title: Mapped[str]
    text_source: Mapped[str]
    text_html: Mapped[str]
    #: What is hard to read in it, said before it (C9).
    content_note: Mapped[str] = mapped_column(default="")
    #: When the text became what it is.
    filed_at: Mapped[datetime] = mapped_column(default=clock.now)

    item: Mapped[AgendaItem] = relationship()
    author: Mapped[Account] = relationship()

    @property
    def is_late(self) -> bool:
        """Whether it came after the day on which papers were due."""
        return clock.in_london(self.filed_at).date() > self.item.meeting.papers_due_on


class Interest(Record):
    """That a member has an interest in an item, and is kept out of it from then on."""

    __tablename__ = "interest"
    __table_args__ = (UniqueConstraint("item_id", "account_id"),)

    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    declared_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    sealed_words: Mapped[bytes]

    words = Sealed("sealed_words")
    account: Mapped[Account] = relationship(foreign_keys=[account_id])


class OptOut(Base):
    """That a member leaves out an item; nobody asks why, and nobody else sees it."""

    __tablename__ = "opt_out"

    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )


class Presence(StrEnum):
    """Whether a member was at a meeting."""

    CAME = "came"
    APOLOGIES = "apologies"


class Attendance(Base):
    """Whether one member came to one meeting, or sent apologies."""

    __tablename__ = "attendance"

    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    presence: Mapped[Presence] = mapped_column(enum_column(Presence))

    account: Mapped[Account] = relationship()


class ItemNote(Record):
    """What was said and agreed about an item; later ones amend it, and none is changed."""

    __tablename__ = "item_note"

    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str]

    author: Mapped[Account] = relationship()


class MeetingAction(Record):
    """What a member, the team or a body takes on about an item, with a day."""

    __tablename__ = "meeting_action"
    __table_args__ = (CheckConstraint("(owner_id IS NULL) != (body_id IS NULL)", "one_owner"),)

    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), index=True
    )
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    body_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("body.id"))
    text: Mapped[str]
    due_on: Mapped[date]
    done_on: Mapped[date | None]

    item: Mapped[AgendaItem] = relationship()
    owner: Mapped[Account | None] = relationship()
    body: Mapped[Body | None] = relationship()

    @property
    def is_overdue(self) -> bool:
        """Whether it should be done by now and is not."""
        return self.done_on is None and self.due_on < clock.today()
