"""Texts that the oversight group publishes, each with all its versions."""

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import Record, enum_column
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.meetings.models import Meeting
from vrn_community.oversight.publishing.lifecycle import StatementState


class StatementKind(StrEnum):
    """What a text tells."""

    DECISION = "decision"
    NOTES = "notes"
    REPORT = "report"


class Statement(Record):
    """What the oversight group tells the public, or keeps to itself for a reason."""

    __tablename__ = "statement"

    kind: Mapped[StatementKind] = mapped_column(enum_column(StatementKind))
    state: Mapped[StatementState] = mapped_column(
        enum_column(StatementState), default=StatementState.DRAFT, index=True
    )
    #: The day of the meeting or the decision.
    about_on: Mapped[date] = mapped_column(default=clock.today)
    #: The ballot whose result it tells: counts if it was open, and never who chose what.
    ballot_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("ballot.id", ondelete="CASCADE"), index=True
    )
    #: The meeting whose notes it is, or why there are none.
    meeting_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    first_published_on: Mapped[date | None] = mapped_column(index=True)
    #: Why it is kept or was withdrawn; why notes of a meeting are kept is public.
    reason: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]

    author: Mapped[Account] = relationship()
    ballot: Mapped[Ballot | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    versions: Mapped[list["StatementVersion"]] = relationship(
        order_by="StatementVersion.number.desc()", passive_deletes=True, lazy="selectin"
    )

    @property
    def newest(self) -> "StatementVersion":
        """The version that is written or was written last."""
        return self.versions[0]

    @property
    def published(self) -> list["StatementVersion"]:
        """The versions that the public can read, the newest first."""
        return [version for version in self.versions if version.published_on]

    @property
    def is_public(self) -> bool:
        """Whether the public can read it now."""
        return self.first_published_on is not None and self.state is not StatementState.WITHDRAWN


class StatementVersion(Record):
    """One version of a published text: what it says, who cleared it, and what it changes."""

    __tablename__ = "statement_version"
    __table_args__ = (UniqueConstraint("statement_id", "number"),)

    statement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(default=1)
    title: Mapped[str]
    words: Mapped[str]
    #: Why it was amended; the public reads it.
    reason: Mapped[str] = mapped_column(default="")
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    cleared_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    cleared_on: Mapped[date | None]
    #: Why what looked like personal data may stand.
    clearance: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
