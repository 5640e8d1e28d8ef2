"""Commitments, their milestones, how far they are, and how their days moved."""

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.foundation import clock
from vrn_community.foundation.db import Record, enum_column
from vrn_community.oversight.moved import Moved
from vrn_community.oversight.recommendations.models import Recommendation, SentIn


class CommitmentState(StrEnum):
    """The life of a commitment; *overdue* is computed, never stored."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    DROPPED = "dropped"


#: States in which a body still has to do it.
OPEN = frozenset({CommitmentState.PLANNED, CommitmentState.UNDER_WAY})


class Commitment(SentIn, Record):
    """What a body promises to do because of a recommendation: who, what, and by when."""

    __tablename__ = "commitment"

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    #: Who answers for it: a job title, never a name.
    owner: Mapped[str]
    text: Mapped[str]
    #: The day that counts: from the next day on it is overdue.
    due_on: Mapped[date] = mapped_column(index=True)
    state: Mapped[CommitmentState] = mapped_column(
        enum_column(CommitmentState), default=CommitmentState.PLANNED, index=True
    )
    #: What shows that it was done, or why it was dropped.
    evidence: Mapped[str] = mapped_column(default="")
    evidence_link: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    #: From whom the team has it that it began, and that it ended, see `SentIn`.
    begun_sent_in: Mapped[str] = mapped_column(default="", server_default="")
    end_sent_in: Mapped[str] = mapped_column(default="", server_default="")

    recommendation: Mapped[Recommendation] = relationship()
    milestones: Mapped[list["Milestone"]] = relationship(
        order_by="Milestone.due_on, Milestone.id", passive_deletes=True, back_populates="commitment"
    )
    postponements: Mapped[list["Postponement"]] = relationship(
        order_by="Postponement.created_at, Postponement.id", passive_deletes=True
    )
    progress: Mapped[list["Progress"]] = relationship(
        order_by="Progress.created_at, Progress.id", passive_deletes=True
    )

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.state in OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether it should be done by now and is not."""
        return self.is_open and self.due_on < clock.today()

    @property
    def moves(self) -> list["Postponement"]:
        """How the day of the whole moved."""
        return [moved for moved in self.postponements if moved.milestone_id is None]

    @property
    def promised_by(self) -> date:
        """The last day that was named for it, even if it was named too late to count."""
        return self.moves[-1].day if self.moves and self.is_open else self.due_on


class Milestone(SentIn, Record):
    """A step of a commitment, with a day of its own."""

    __tablename__ = "milestone"

    commitment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commitment.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    due_on: Mapped[date] = mapped_column(index=True)
    reached_on: Mapped[date | None]

    commitment: Mapped[Commitment] = relationship(back_populates="milestones")

    @property
    def is_overdue(self) -> bool:
        """Whether it should be reached by now and is not."""
        is_open = self.commitment.is_open and self.reached_on is None
        return is_open and self.due_on < clock.today()

    @property
    def moves(self) -> list["Postponement"]:
        """How the day of this step moved."""
        moves = self.commitment.postponements
        return [moved for moved in moves if moved.milestone_id == self.id]

    @property
    def promised_by(self) -> date:
        """The last day that was named for it, even if it was named too late to count."""
        return self.moves[-1].day if self.moves and self.reached_on is None else self.due_on


class Postponement(SentIn, Moved, Record):
    """A later day for a commitment, or for one of its milestones."""

    __tablename__ = "postponement"

    commitment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commitment.id", ondelete="CASCADE"), index=True
    )
    milestone_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("milestone.id", ondelete="CASCADE")
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    #: Whether the group moved it, not the body.
    by_group: Mapped[bool] = mapped_column(default=False, server_default=false())


class Progress(SentIn, Record):
    """One note of a body on how far it is; none is ever changed."""

    __tablename__ = "progress"

    commitment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commitment.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str]
