"""Observations, recommendations and replies."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
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


class ObservationKind(StrEnum):
    """What an observation is about."""

    ACTIVITY = "activity"
    TABLE = "table"
    THEME = "theme"
    PASSAGE = "passage"


class Observation(Record):
    """What a member noticed in the results of an activity."""

    __tablename__ = "observation"

    opportunity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("opportunity.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[ObservationKind] = mapped_column(
        enum_column(ObservationKind), default=ObservationKind.ACTIVITY
    )
    #: The table, theme or passage that it is about; empty for the whole activity.
    key: Mapped[str] = mapped_column(default="")
    text: Mapped[str]

    author: Mapped[Account] = relationship()


class Recommendation(Record):
    """What the oversight group asks a body to do, with a day by which it must reply."""

    __tablename__ = "recommendation"

    opportunity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("opportunity.id"), index=True)
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("body.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str]
    reasons: Mapped[str] = mapped_column(default="")
    reply_by: Mapped[date]
    state: Mapped[RecommendationState] = mapped_column(
        enum_column(RecommendationState), default=RecommendationState.DRAFT, index=True
    )
    sent_at: Mapped[datetime | None]

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

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), unique=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    answer: Mapped[Answer] = mapped_column(enum_column(Answer))
    reasons: Mapped[str]

    author: Mapped[Account] = relationship()
