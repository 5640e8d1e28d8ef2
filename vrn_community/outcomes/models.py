"""Outcomes."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.foundation.db import Record, enum_column
from vrn_community.opportunities.models import Opportunity


class OutcomeState(StrEnum):
    """Whether the public sees an outcome yet."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Kept(StrEnum):
    """How far what a level promises was done, as the team says it."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT_KEPT = "not-kept"


class Outcome(Record):
    """What became of what people said in one activity: who decided what, when and why."""

    __tablename__ = "outcome"

    opportunity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("opportunity.id"), unique=True)
    state: Mapped[OutcomeState] = mapped_column(
        enum_column(OutcomeState), default=OutcomeState.DRAFT, index=True
    )
    we_asked: Mapped[str] = mapped_column(default="")
    you_said: Mapped[str] = mapped_column(default="")
    changed: Mapped[str] = mapped_column(default="")
    not_changed: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    #: How groups that may be affected more counted in the decision (D16).
    equality_effect: Mapped[str] = mapped_column(default="", server_default="")
    #: The same for people under 18, in a few words, and perhaps in easy read.
    young_summary: Mapped[str] = mapped_column(default="", server_default="")
    easy_read: Mapped[str] = mapped_column(default="", server_default="")
    #: Whether what the level promises was done, and what shows it.
    kept: Mapped[Kept | None] = mapped_column(enum_column(Kept))
    kept_words: Mapped[str] = mapped_column(default="", server_default="")
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    opportunity: Mapped[Opportunity] = relationship()
