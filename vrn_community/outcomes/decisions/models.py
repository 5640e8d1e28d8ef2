"""Decisions of bodies, and changes: said once, and corrected only by a new version."""

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from vrn_community.foundation.db import Record, enum_column
from vrn_community.insights.evidence.models import Insight
from vrn_community.oversight.commitments.models import Commitment
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.partnership.models import Body, SuccessMeasure, tag_table

body_decision_insight = tag_table("body_decision", "insight")
body_decision_recommendation = tag_table("body_decision", "recommendation")
change_success_measure = tag_table("change", "success_measure")


class SaidState(StrEnum):
    """How one version of what a body said stands."""

    PUBLISHED = "published"
    #: A newer version has taken its place; both stay readable.
    CORRECTED = "corrected"
    #: Its words are shown to nobody any more, only why.
    WITHDRAWN = "withdrawn"


class Versioned(Record):
    """What a body said in public: its words never change, a correction is a new version."""

    __abstract__ = True

    #: The same in all versions of one thing; they are numbered from 1.
    family_id: Mapped[uuid.UUID]
    number: Mapped[int] = mapped_column(default=1)
    #: What a corrected version changes, and why.
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[SaidState] = mapped_column(
        enum_column(SaidState), default=SaidState.PUBLISHED, index=True
    )
    #: When a newer version took its place, or its words were taken down, and why.
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(default="")
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("body.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[UniqueConstraint, Index]:  # noqa: N805 - as SQLAlchemy has it.
        unique = UniqueConstraint("family_id", "number")
        return unique, Index(f"ix_{cls.__tablename__}_created_at", "created_at")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805 - as SQLAlchemy has it.
        return {"version_id_col": cls.version}

    @declared_attr
    def body(cls) -> Mapped[Body]:  # noqa: N805 - as SQLAlchemy has it.
        """Tie it to the body that said it."""
        return relationship()

    @property
    def is_shown(self) -> bool:
        """Whether its words may be read."""
        return self.state is not SaidState.WITHDRAWN


class BodyDecision(Versioned):
    """What a body decided, with what people said in front of it, why, and what it did not do."""

    __tablename__ = "body_decision"

    decided_on: Mapped[date]
    decided: Mapped[str]
    reasons: Mapped[str]
    #: What it did not do, and why.
    not_done: Mapped[str]

    insights: Mapped[list[Insight]] = relationship(
        secondary=body_decision_insight, order_by=Insight.published_at
    )
    recommendations: Mapped[list[Recommendation]] = relationship(
        secondary=body_decision_recommendation, order_by=Recommendation.sent_at
    )


class Change(Versioned):
    """What is different now, since when, and which decision or recommendation came before."""

    __tablename__ = "change"

    happened_on: Mapped[date]
    what: Mapped[str]
    #: What is different for people.
    effect: Mapped[str]
    decision_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("body_decision.id"), index=True
    )
    recommendation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("recommendation.id"), index=True
    )
    commitment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("commitment.id"), index=True)

    decision: Mapped[BodyDecision | None] = relationship()
    recommendation: Mapped[Recommendation | None] = relationship()
    commitment: Mapped[Commitment | None] = relationship()
    measures: Mapped[list[SuccessMeasure]] = relationship(
        secondary=change_success_measure, order_by=SuccessMeasure.position
    )
