"""Decisions about passages."""

import uuid
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from vrn_community.foundation.db import Record, enum_column


class DecisionOutcome(StrEnum):
    """What a moderator decided."""

    CLEAR = "clear"
    REDACT = "redact"
    HOLD = "hold"
    WITHHOLD = "withhold"


class Decision(Record):
    """One decision of a moderator about one passage; the last one counts."""

    __tablename__ = "decision"

    passage_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("passage.id", ondelete="CASCADE"), index=True
    )
    outcome: Mapped[DecisionOutcome] = mapped_column(enum_column(DecisionOutcome))
    reason: Mapped[str] = mapped_column(default="")
    #: Which words were taken out, as pairs of first and last word; never the words themselves.
    spans: Mapped[list[Any]] = mapped_column(JSON, default=list)
    moderator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
