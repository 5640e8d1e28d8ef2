"""Topics of scrutiny, requests for evidence, and ratings of what was seen."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import Record, enum_column
from vrn_community.opportunities.lifecycle import LISTED
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.meetings.models import AgendaItem, Meeting
from vrn_community.oversight.moved import Moved
from vrn_community.partnership.models import Body


class TopicState(StrEnum):
    """How far a topic is: computed from its last day, never stored."""

    OPEN = "open"
    CLOSED = "closed"


class ScrutinyTopic(Record):
    """Something that the oversight group looks into; its title says nothing that is not public."""

    __tablename__ = "scrutiny_topic"

    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    title: Mapped[str]
    #: Why the group looks into it.
    reasons: Mapped[str]
    closed_on: Mapped[date | None] = mapped_column(index=True)

    author: Mapped[Account] = relationship()

    @property
    def state(self) -> TopicState:
        """Whether the group still looks into it."""
        return TopicState.CLOSED if self.closed_on else TopicState.OPEN


class EvidenceState(StrEnum):
    """The life of a request for evidence; *overdue* is computed, never stored."""

    DRAFT = "draft"
    SENT = "sent"
    ANSWERED = "answered"
    CLOSED = "closed"


class EvidenceRequest(Record):
    """What the oversight group wants to know from a body, with a day, and what the body says."""

    __tablename__ = "evidence_request"
    __table_args__ = (UniqueConstraint("raised_from_id"),)

    topic_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("scrutiny_topic.id", ondelete="CASCADE"), index=True
    )
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("body.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str]
    #: The day that counts: from the next day on an answer that is owed is overdue.
    answer_by: Mapped[date]
    state: Mapped[EvidenceState] = mapped_column(
        enum_column(EvidenceState), default=EvidenceState.DRAFT, index=True
    )
    sent_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    #: Of an answer that was entered for a body: who said it, and how it came.
    answer_source: Mapped[str] = mapped_column(default="")
    #: Of what was brought before the board: what another body owes.
    raised_from_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("evidence_request.id", ondelete="CASCADE")
    )

    topic: Mapped[ScrutinyTopic] = relationship()
    body: Mapped[Body] = relationship()
    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    answered_by: Mapped[Account | None] = relationship(foreign_keys=[answered_by_id])
    extensions: Mapped[list["EvidenceExtension"]] = relationship(
        order_by="EvidenceExtension.created_at, EvidenceExtension.id", passive_deletes=True
    )
    raised_from: Mapped["EvidenceRequest | None"] = relationship(
        remote_side="EvidenceRequest.id", foreign_keys=[raised_from_id]
    )
    #: What was brought before the board because of it.
    raised_as: Mapped["EvidenceRequest | None"] = relationship(
        remote_side=[raised_from_id], foreign_keys=[raised_from_id], viewonly=True, uselist=False
    )

    @property
    def is_owed(self) -> bool:
        """Whether the body has to answer."""
        return self.state is EvidenceState.SENT

    @property
    def is_overdue(self) -> bool:
        """Whether the body should have answered by now and has not."""
        return self.is_owed and self.answer_by < clock.today()

    @property
    def promised_by(self) -> date:
        """The last day that was named for the answer, even if it was named too late to count."""
        return self.extensions[-1].day if self.extensions and self.is_owed else self.answer_by


class EvidenceExtension(Moved, Record):
    """A later day for the answer to a request for evidence."""

    __tablename__ = "evidence_extension"

    evidence_request_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("evidence_request.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    #: The body that moved its own day; nobody means the group did.
    body_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("body.id"))


class Colour(StrEnum):
    """How good the group finds something."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class RatingState(StrEnum):
    """How far a rating is: computed from what came back, never stored."""

    #: Green or amber: nobody owes anything.
    NOTED = "noted"
    WAITING = "waiting"
    ANSWERED = "answered"
    #: A meeting heard what came back.
    HEARD = "heard"


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
        CheckConstraint("colour = 'red' OR body_id IS NULL", "only_red_is_addressed"),
        CheckConstraint("(body_id IS NULL) = (answer_by IS NULL)", "addressed_with_a_day"),
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
    #: Of a red one: the body to which it goes, the senior post there, and by when something comes
    #: back. Those from before bodies were named have only a post.
    body_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    escalated_to: Mapped[str] = mapped_column(default="")
    answer_by: Mapped[date | None]
    #: What the body says, once; and if somebody entered it, who said it and how it came.
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    answer_source: Mapped[str] = mapped_column(default="")
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
    body: Mapped[Body | None] = relationship()
    answered_by: Mapped[Account | None] = relationship(foreign_keys=[answered_by_id])

    @property
    def state(self) -> RatingState:
        """How far it is."""
        if self.colour is not Colour.RED:
            return RatingState.NOTED
        if self.feedback:
            return RatingState.HEARD
        return RatingState.ANSWERED if self.answer else RatingState.WAITING

    @property
    def is_waiting(self) -> bool:
        """Whether it is red and no meeting has heard yet what came back."""
        return self.state in (RatingState.WAITING, RatingState.ANSWERED)

    @property
    def is_owed(self) -> bool:
        """Whether a body has to answer it."""
        return self.state is RatingState.WAITING and self.body_id is not None

    @property
    def is_overdue(self) -> bool:
        """Whether the body should have answered by now and has not."""
        return self.is_owed and self.answer_by is not None and self.answer_by < clock.today()

    @property
    def title(self) -> str:
        """The title of what is rated."""
        rated = self.item or self.topic or self.opportunity
        return rated.title if rated else ""

    @property
    def title_outside(self) -> str:
        """What a body reads of what is rated: no more than the public reads of an activity."""
        known = self.opportunity
        if known and (known.is_sensitive or known.state not in LISTED):
            return known.code
        return self.title
