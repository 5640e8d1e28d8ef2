"""That somebody was told of a day by which something is owed."""

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.foundation.db import Record, enum_column
from vrn_community.oversight.recommendations.models import Recommendation


class ReminderKind(StrEnum):
    """What is owed, and whether its day is near or has passed."""

    REPLY_SOON = "reply-soon"
    REPLY_OVERDUE = "reply-overdue"
    COMMITMENT_SOON = "commitment-soon"
    COMMITMENT_OVERDUE = "commitment-overdue"
    MILESTONE_SOON = "milestone-soon"
    MILESTONE_OVERDUE = "milestone-overdue"
    BOARD_SOON = "board-soon"
    BOARD_OVERDUE = "board-overdue"
    NOTES_SOON = "notes-soon"
    NOTES_OVERDUE = "notes-overdue"
    EVIDENCE_SOON = "evidence-soon"
    EVIDENCE_OVERDUE = "evidence-overdue"
    RATING_SOON = "rating-soon"
    RATING_OVERDUE = "rating-overdue"


#: Kinds that say that a day has passed.
OVERDUE = frozenset(kind for kind in ReminderKind if kind.endswith("-overdue"))
#: Kinds that are for the board, not for the body that was asked.
OF_BOARD = frozenset({ReminderKind.BOARD_SOON, ReminderKind.BOARD_OVERDUE})
#: Kinds that are for whoever writes what the group tells the public.
OF_NOTES = frozenset({ReminderKind.NOTES_SOON, ReminderKind.NOTES_OVERDUE})
#: Kinds that are for whoever answers what the group wants to know, or what it rated red.
OF_SCRUTINY = frozenset(
    {
        ReminderKind.EVIDENCE_SOON,
        ReminderKind.EVIDENCE_OVERDUE,
        ReminderKind.RATING_SOON,
        ReminderKind.RATING_OVERDUE,
    }
)
#: What a reminder can belong to; it is one of them.
BELONGS_TO = ("recommendation_id", "meeting_id", "evidence_request_id", "rating_id")
ABOUT_ONE = " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in BELONGS_TO)


class Reminder(Record):
    """That a day by which something is owed is near or past; once for each kind and day."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("subject_id", "kind", "due_on"),
        CheckConstraint(f"{ABOUT_ONE} = 1", "about_one"),
    )

    #: The recommendation, escalation, commitment, milestone, meeting, request or rating.
    subject_id: Mapped[uuid.UUID]
    kind: Mapped[ReminderKind] = mapped_column(enum_column(ReminderKind))
    due_on: Mapped[date]
    #: What it belongs to: something that was asked or rated, or a meeting that owes notes.
    recommendation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    meeting_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    evidence_request_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("evidence_request.id", ondelete="CASCADE"), index=True
    )
    rating_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("rating.id", ondelete="CASCADE"), index=True
    )

    recommendation: Mapped[Recommendation | None] = relationship()

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed."""
        return self.kind in OVERDUE
