"""Topics of scrutiny, requests for evidence, and ratings of what was seen."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import Record, enum_column
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.meetings.models import AgendaItem, Meeting
from vrn_community.partnership.models import Body


class ScrutinyTopic(Record):
    """Something that the oversight group looks into; its title says nothing that is not public."""

    __tablename__ = "scrutiny_topic"

    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    title: Mapped[str]
    #: Why the group looks into it.
    reasons: Mapped[str]
    closed_on: Mapped[date | None] = mapped_column(index=True)

    author: Mapped[Account] = relationship()


class EvidenceState(StrEnum):
    """The life of a request for evidence; *overdue* is computed, never stored."""

    DRAFT = "draft"
    SENT = "sent"
    ANSWERED = "answered"
    CLOSED = "closed"


class EvidenceRequest(Record):
    """What the oversight group wants to know from a body, with a day, and what the body says."""

    __tablename__ = "evidence_request"

    topic_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("scrutiny_topic.id", ondelete="CASCADE"), index=True
    )
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("body.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str]
    answer_by: Mapped[date]
    state: Mapped[EvidenceState] = mapped_column(
        enum_column(EvidenceState), default=EvidenceState.DRAFT, index=True
    )
    sent_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))

    topic: Mapped[ScrutinyTopic] = relationship()
    body: Mapped[Body] = relationship()
    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    answered_by: Mapped[Account | None] = relationship(foreign_keys=[answered_by_id])

    @property
    def is_overdue(self) -> bool:
        """Whether the body should have answered by now and has not."""
        return self.state is EvidenceState.SENT and self.answer_by < clock.today()


class Colour(StrEnum):
    """How good the group finds something."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Rating(Record):
    """How a member finds an item, a topic or an activity, with reasons; none is ever changed."""

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN item_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN topic_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN opportunity_id IS NULL THEN 0 ELSE 1 END) = 1",
            "one_subject",
        ),
        CheckConstraint("colour != 'red' OR escalated_to != ''", "red_is_escalated"),
    )

    item_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), index=True
    )
    topic_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("scrutiny_topic.id", ondelete="CASCADE"), index=True
    )
    opportunity_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("opportunity.id"), index=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    colour: Mapped[Colour] = mapped_column(enum_column(Colour))
    reasons: Mapped[str]
    #: Of a red one: the senior post to which it goes.
    escalated_to: Mapped[str] = mapped_column(default="")
    #: Of a red one: what came back, and the meeting that heard it.
    feedback: Mapped[str] = mapped_column(default="")
    feedback_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    heard_at_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="SET NULL")
    )

    item: Mapped[AgendaItem | None] = relationship()
    topic: Mapped[ScrutinyTopic | None] = relationship()
    opportunity: Mapped[Opportunity | None] = relationship()
    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    feedback_by: Mapped[Account | None] = relationship(foreign_keys=[feedback_by_id])
    heard_at: Mapped[Meeting | None] = relationship()

    @property
    def is_waiting(self) -> bool:
        """Whether it is red and nothing has come back yet."""
        return self.colour is Colour.RED and not self.feedback

    @property
    def title(self) -> str:
        """The title of what is rated."""
        rated = self.item or self.topic or self.opportunity
        return rated.title if rated else ""
