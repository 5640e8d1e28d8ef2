"""Recommendations and replies."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import Record, enum_column
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership.models import Body


class RecommendationState(StrEnum):
    """The life of a recommendation; *overdue* is computed, never stored."""

    DRAFT = "draft"
    SENT = "sent"
    REPLIED = "replied"
    CLOSED = "closed"


class Answer(StrEnum):
    """How a body answers a recommendation."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not-accepted"


class Recommendation(Record):
    """What the oversight group asks a body to do, with a day by which it must reply."""

    __tablename__ = "recommendation"

    opportunity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("opportunity.id"), index=True)
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("body.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str]
    reasons: Mapped[str] = mapped_column(default="")
    reply_by: Mapped[date] = mapped_column(index=True)
    state: Mapped[RecommendationState] = mapped_column(
        enum_column(RecommendationState), default=RecommendationState.DRAFT, index=True
    )
    sent_at: Mapped[datetime | None] = mapped_column(index=True)

    opportunity: Mapped[Opportunity] = relationship()
    body: Mapped[Body] = relationship()
    author: Mapped[Account] = relationship()
    reply: Mapped["Reply | None"] = relationship()

    @property
    def is_overdue(self) -> bool:
        """Whether the body should have replied by now and has not."""
        return self.state is RecommendationState.SENT and self.reply_by < clock.today()


class Reply(Record):
    """The answer of a body to a recommendation, with its reasons."""

    __tablename__ = "reply"
    #: The feed of the register is sorted by it.
    __table_args__ = (Index("ix_reply_created_at", "created_at"),)

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), unique=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    answer: Mapped[Answer] = mapped_column(enum_column(Answer))
    reasons: Mapped[str]

    author: Mapped[Account] = relationship()
