"""Responses, and the codes that let people answer together or once."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.foundation import clock
from vrn_community.foundation.db import UNORDERED, Base, Record, enum_column
from vrn_community.foundation.sealed_columns import Sealed
from vrn_community.opportunities.models import Opportunity


class Way(StrEnum):
    """How a response came: people answer differently in a room than alone."""

    ONLINE = "online"
    SESSION = "session"
    SLIP = "slip"
    #: Typed in by staff from a sheet, or for somebody who told them.
    PAPER = "paper"
    ENTRY = "entry"


class Minutes(StrEnum):
    """How long somebody took, no finer: a time to the second could be recognised."""

    UNDER_2 = "under-2"
    FROM_2_TO_5 = "2-5"
    FROM_5_TO_15 = "5-15"
    OVER_15 = "over-15"


class Flag(StrEnum):
    """What makes a response look as if no person had thought about it; it counts all the same."""

    TOO_FAST = "too-fast"
    #: Something was written in a field that no person sees.
    HIDDEN_FIELD = "hidden-field"


class Response(Base):
    """The closed answers of one contribution, by question; its words are passages."""

    __tablename__ = "response"
    __table_args__ = UNORDERED

    contribution_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("questionnaire_version.id"), index=True
    )
    #: Answers to the questions of the version, by question id.
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: Answers to the questions about the person (age band, equality block), by question id.
    profile: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: The number that its random orders follow from; none if nothing was in a random order.
    seed: Mapped[int | None]
    way: Mapped[Way] = mapped_column(enum_column(Way), default=Way.ONLINE)
    #: Whether it was sent before the last question.
    is_partial: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[Minutes | None] = mapped_column(enum_column(Minutes))
    #: What looks odd about it; staff see only how many there are.
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)


class GroupSession(Record):
    """People who answer one after another where a facilitator is, let in by one code.

    Responses do not point at it: it knows how many there were, and nothing else of them.
    """

    __tablename__ = "group_session"

    opportunity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("opportunity.id"), index=True)
    facilitator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    #: HMAC of the code: the look-up.
    code_hash: Mapped[str] = mapped_column(unique=True)
    #: The code itself, so that the facilitator can show it again while it works.
    sealed_code: Mapped[bytes]
    code = Sealed("sealed_code")
    setting: Mapped[str]
    #: The role of the adult who is responsible in the room; never a name.
    responsible_adult: Mapped[str]
    cap: Mapped[int]
    used: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]

    opportunity: Mapped[Opportunity] = relationship()

    @property
    def is_running(self) -> bool:
        """Whether somebody can still answer in it."""
        return self.used < self.cap and self.expires_at > clock.now() and self.opportunity.is_open


class Slip(Base):
    """A code on paper that lets one person answer once; a used one is gone.

    Nothing tells who got which code, and no row tells when it was made.
    """

    __tablename__ = "slip"
    __table_args__ = UNORDERED

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )


class Feeling(StrEnum):
    """How somebody says that they are after sensitive questions (Y20)."""

    GOOD = "good"
    MIXED = "mixed"
    UPSET = "upset"


class CheckIn(Base):
    """What one person said about how they are; by the next night it is only counted.

    The key follows from what they sent, which is kept nowhere: nothing leads to their answers.
    """

    __tablename__ = "check_in"
    __table_args__ = UNORDERED

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )
    feeling: Mapped[Feeling] = mapped_column(enum_column(Feeling))


class FeelingCount(Base):
    """How many people said that they are well, or not, after the questions of an opportunity."""

    __tablename__ = "feeling_count"
    __table_args__ = UNORDERED

    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), primary_key=True
    )
    feeling: Mapped[Feeling] = mapped_column(enum_column(Feeling), primary_key=True)
    count: Mapped[int]


class Draft(Base):
    """Answers that somebody wants to come back to, sealed by words that only they have."""

    __tablename__ = "draft"
    __table_args__ = UNORDERED

    #: Derived from the words, as is the key of `sealed`, which nobody keeps.
    key_hash: Mapped[str] = mapped_column(primary_key=True)
    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )
    kept_on: Mapped[date] = mapped_column(default=clock.today, index=True)
    sealed: Mapped[bytes]
