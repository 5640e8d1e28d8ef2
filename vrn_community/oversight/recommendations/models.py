"""Recommendations, what they rest on, the replies to them, and how their days moved."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import Base, Record, enum_column
from vrn_community.insights.evidence.models import Insight
from vrn_community.insights.models import Release
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.moved import Moved
from vrn_community.partnership.models import Body


class RecommendationState(StrEnum):
    """The life of a recommendation; *overdue* is computed, never stored."""

    DRAFT = "draft"
    SENT = "sent"
    REPLIED = "replied"
    #: The group did not find the reply enough, and the body has to answer again.
    CHALLENGED = "challenged"
    CLOSED = "closed"


#: States in which a body owes an answer.
OWED = frozenset({RecommendationState.SENT, RecommendationState.CHALLENGED})


class Answer(StrEnum):
    """How a body answers a recommendation."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not-accepted"


class Recommendation(Record):
    """What the oversight group asks a body to do, with a day by which it must reply."""

    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("opportunity_id", "number"),)

    opportunity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("opportunity.id"), index=True)
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("body.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    #: Its place among all that were sent about the activity, from 1; none for a draft.
    number: Mapped[int | None]
    text: Mapped[str]
    reasons: Mapped[str] = mapped_column(default="")
    #: The day that counts: from the next day on an answer that is owed is overdue.
    reply_by: Mapped[date] = mapped_column(index=True)
    state: Mapped[RecommendationState] = mapped_column(
        enum_column(RecommendationState), default=RecommendationState.DRAFT, index=True
    )
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    #: The ballot in which the group decided it.
    ballot_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("ballot.id", ondelete="SET NULL"), index=True
    )

    opportunity: Mapped[Opportunity] = relationship()
    body: Mapped[Body] = relationship()
    author: Mapped[Account] = relationship()
    ballot: Mapped[Ballot | None] = relationship()
    citations: Mapped[list["Citation"]] = relationship(
        order_by="Citation.reference, Citation.id", cascade="all, delete-orphan"
    )
    wordings: Mapped[list["Wording"]] = relationship(
        order_by="Wording.created_at, Wording.id", passive_deletes=True
    )
    extensions: Mapped[list["Extension"]] = relationship(
        order_by="Extension.created_at, Extension.id", passive_deletes=True
    )
    replies: Mapped[list["Reply"]] = relationship(order_by="Reply.round", passive_deletes=True)
    challenge: Mapped["Challenge | None"] = relationship(passive_deletes=True)
    escalation: Mapped["Escalation | None"] = relationship(passive_deletes=True)

    @property
    def is_owed(self) -> bool:
        """Whether the body has to answer, for the first time or again."""
        return self.state in OWED

    @property
    def is_overdue(self) -> bool:
        """Whether the body should have answered by now and has not."""
        return self.is_owed and self.reply_by < clock.today()

    @property
    def reply(self) -> "Reply | None":
        """The first answer of the body."""
        return self.replies[0] if self.replies else None

    @property
    def follow_up(self) -> "Reply | None":
        """The answer of the body to the challenge."""
        return self.replies[1] if len(self.replies) > 1 else None

    @property
    def answer(self) -> Answer | None:
        """What the body answers as things stand."""
        return self.replies[-1].answer if self.replies else None

    @property
    def moves(self) -> list["Extension"]:
        """How the day moved in this round: since the challenge, if there was one."""
        began = self.challenge.created_at if self.challenge else None
        return [one for one in self.extensions if began is None or one.created_at > began]

    @property
    def first_day(self) -> date:
        """The day that was set first in this round, before any move."""
        return self.moves[0].former_day if self.moves else self.reply_by

    @property
    def promised_by(self) -> date:
        """The last day that was named for the answer, even if it was named too late to count."""
        return self.moves[-1].day if self.moves and self.is_owed else self.reply_by


class Citation(Record):
    """What a recommendation rests on: an insight, or a part of what was frozen for the public."""

    __tablename__ = "citation"
    __table_args__ = (
        UniqueConstraint("recommendation_id", "insight_id"),
        UniqueConstraint("recommendation_id", "release_id", "reference"),
        CheckConstraint("(insight_id IS NULL) <> (release_id IS NULL)", name="one_source"),
    )

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE")
    )
    insight_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("insight.id", ondelete="CASCADE"), index=True
    )
    release_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("release.id", ondelete="CASCADE"), index=True
    )
    #: The name of a part of the release, see `insights.evidence.models.reference`.
    reference: Mapped[str] = mapped_column(default="")

    insight: Mapped[Insight | None] = relationship()
    release: Mapped[Release | None] = relationship()


class Wording(Record):
    """How a recommendation read before its author amended it: it stays readable."""

    __tablename__ = "wording"

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    reasons: Mapped[str]
    #: Why it was amended.
    why: Mapped[str]


class SentIn(Base):
    """What a body says; the team enters it for a body that nobody answers for here."""

    __abstract__ = True

    #: From whom it came to the team, and how; empty where the body said it itself.
    sent_in: Mapped[str] = mapped_column(default="", server_default="")


class Extension(SentIn, Moved, Record):
    """A later day for the answer to a recommendation."""

    __tablename__ = "extension"

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    #: The body that moved its own day; nobody means the group did.
    body_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("body.id"))

    @property
    def by_group(self) -> bool:
        """Whether the group moved it, not the body."""
        return self.body_id is None


class Reply(SentIn, Record):
    """The answer of a body to a recommendation, with its reasons; a second one to a challenge."""

    __tablename__ = "reply"
    __table_args__ = (
        UniqueConstraint("recommendation_id", "round"),
        # The feed of the register is sorted by it.
        Index("ix_reply_created_at", "created_at"),
    )

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE")
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    #: 1 for the first answer, 2 for the one to the challenge.
    round: Mapped[int] = mapped_column(default=1, server_default="1")
    answer: Mapped[Answer] = mapped_column(enum_column(Answer))
    reasons: Mapped[str]
    #: The day that counted when it came.
    due_on: Mapped[date]

    author: Mapped[Account] = relationship()
    recommendation: Mapped[Recommendation] = relationship(viewonly=True)

    @property
    def given_on(self) -> date:
        """The day on which it came."""
        return clock.in_london(self.created_at).date()

    @property
    def came_late(self) -> bool:
        """Whether it came after the day that counted."""
        return self.given_on > self.due_on


class Challenge(Record):
    """Why the group does not find a reply enough; a recommendation has one at most."""

    __tablename__ = "challenge"
    __table_args__ = (UniqueConstraint("recommendation_id"),)

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE")
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    reasons: Mapped[str]
    reply_by: Mapped[date]


class Escalation(Record):
    """What the group brought before the Strategic Partnership Board, and what the board said."""

    __tablename__ = "escalation"
    __table_args__ = (UniqueConstraint("recommendation_id"),)

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE")
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    reasons: Mapped[str]
    answer_by: Mapped[date] = mapped_column(index=True)
    words: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]

    @property
    def is_overdue(self) -> bool:
        """Whether the board should have answered by now and has not."""
        return self.answered_at is None and self.answer_by < clock.today()
