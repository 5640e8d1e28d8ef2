"""Code frames, themes, who coded what, and suggestions that wait for a person.

A passage is only ever pointed at, and no word of one is copied: what is withdrawn takes its
codings and suggestions along, and what is withheld is left out of every read.
"""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.foundation.db import Base, Record, enum_column
from vrn_community.opportunities.models import Opportunity


class CodeFrame(Record):
    """The themes of the answers to one question of one opportunity."""

    __tablename__ = "code_frame"
    __table_args__ = (UniqueConstraint("opportunity_id", "question_id"),)

    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE")
    )
    #: As passages have it: also of the words beside "something else".
    question_id: Mapped[str]

    opportunity: Mapped[Opportunity] = relationship()


class RunState(StrEnum):
    """The life of a run: only one that waits can end, and only one in a frame waits."""

    WAITING = "waiting"
    DONE = "done"
    SUPERSEDED = "superseded"


class ThemeRun(Record):
    """One time that themes were asked for; asking again supersedes it."""

    __tablename__ = "theme_run"

    frame_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("code_frame.id", ondelete="CASCADE"), index=True
    )
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    state: Mapped[RunState] = mapped_column(
        enum_column(RunState), default=RunState.WAITING, index=True
    )
    #: Whole per cent of the work that is done.
    progress: Mapped[int] = mapped_column(default=0)
    #: When somebody began with it: after a while another may, for the first may be dead.
    begun_at: Mapped[datetime | None]
    #: What cannot be suggested, and why: see `themes.Note`.
    notes: Mapped[list[Any]] = mapped_column(JSON, default=list)

    frame: Mapped[CodeFrame] = relationship()


class SuggestionState(StrEnum):
    """What a person made of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class Suggestion(Record):
    """A group of similar passages that a computer found: not a theme before a person says so."""

    __tablename__ = "suggestion"

    run_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("theme_run.id", ondelete="CASCADE"), index=True
    )
    language: Mapped[str]
    stability: Mapped[float]
    state: Mapped[SuggestionState] = mapped_column(
        enum_column(SuggestionState), default=SuggestionState.OPEN
    )

    run: Mapped[ThemeRun] = relationship()


class SuggestedPassage(Base):
    """One passage in a suggestion; `is_near` ones are most like all others."""

    __tablename__ = "suggested_passage"

    suggestion_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("suggestion.id", ondelete="CASCADE"), primary_key=True
    )
    passage_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("passage.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    is_near: Mapped[bool] = mapped_column(default=False)


class Theme(Record):
    """What several people say in their own words, as a person named and defined it."""

    __tablename__ = "theme"

    frame_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("code_frame.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    #: What belongs to it and what does not, so that coders mean the same.
    definition: Mapped[str] = mapped_column(default="")
    #: The suggestion that it was made of, if it was.
    suggestion_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("suggestion.id", ondelete="SET NULL"), unique=True
    )
    merged_into_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("theme.id", ondelete="SET NULL")
    )
    #: When it was merged or given up; its codings stay.
    retired_at: Mapped[datetime | None]
    #: Earlier names and definitions, the oldest first.
    former: Mapped[list[Any]] = mapped_column(JSON, default=list)

    frame: Mapped[CodeFrame] = relationship()
    merged_into: Mapped["Theme | None"] = relationship(remote_side="Theme.id")

    @property
    def earlier(self) -> list[tuple[str, str, date]]:
        """Earlier names and definitions, each with the day on which it ended."""
        return [(e["name"], e["definition"], date.fromisoformat(e["until"])) for e in self.former]

    @property
    def is_active(self) -> bool:
        """Whether passages can be given it."""
        return self.retired_at is None


class Reading(Base):
    """One passage that one coder has decided about: without a coding, no theme fits."""

    __tablename__ = "reading"

    passage_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("passage.id", ondelete="CASCADE"), primary_key=True
    )
    coder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)


class Coding(Base):
    """One theme that one coder found in one passage."""

    __tablename__ = "coding"

    theme_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True
    )
    passage_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("passage.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    coder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
