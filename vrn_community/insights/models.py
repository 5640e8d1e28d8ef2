"""Releases: results frozen for the public."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from vrn_community.contributions.models import READABLE, Contribution, Passage
from vrn_community.foundation import clock
from vrn_community.foundation.db import Record, enum_column
from vrn_community.insights import disclosure
from vrn_community.insights.attribution import Shows
from vrn_community.insights.crossing import CrossTable
from vrn_community.insights.tabulate import Table
from vrn_community.opportunities.models import Opportunity


class ReleaseState(StrEnum):
    """The life of a release: only a draft can change, only one frozen one is current."""

    DRAFT = "draft"
    FROZEN = "frozen"
    SUPERSEDED = "superseded"


class Release(Record):
    """Tables and quotes of one opportunity as they were frozen: all that the public ever sees."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("opportunity_id", "number"),)

    opportunity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("opportunity.id"))
    number: Mapped[int]
    state: Mapped[ReleaseState] = mapped_column(
        enum_column(ReleaseState), default=ReleaseState.DRAFT, index=True
    )
    #: How many people took part, exactly: never shown, see `disclosure.people`.
    base: Mapped[int]
    #: The safe tables as documents: see `tabulate.Table`.
    tables: Mapped[list[Any]] = mapped_column(JSON)
    #: The safe tables of one item by another: see `crossing.CrossTable`.
    crosses: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    #: In a draft the chosen passages; once frozen also question, its text and the cleared words
    #: of each quote, in shuffled order. See `standing`.
    quotes: Mapped[list[Any]] = mapped_column(JSON)
    frozen_at: Mapped[datetime | None]

    opportunity: Mapped[Opportunity] = relationship()

    @property
    def shown(self) -> list[Table]:
        """The tables of the release."""
        return [Table.from_json(document) for document in self.tables]

    @property
    def crossed(self) -> list[CrossTable]:
        """The tables of one item by another."""
        return [CrossTable.from_json(document) for document in self.crosses]

    @property
    def people(self) -> int:
        """How many people took part at least, as far as may be told."""
        return disclosure.people(self.shown)

    @property
    def frozen_on(self) -> date | None:
        """The day on which it was frozen."""
        return clock.in_london(self.frozen_at).date() if self.frozen_at else None

    @property
    def chosen(self) -> set[uuid.UUID]:
        """The passages that a draft will quote."""
        return set(self.wishes)

    @property
    def wishes(self) -> dict[uuid.UUID, Shows]:
        """What is to stand beside each passage that a draft will quote."""
        return {
            uuid.UUID(quote["passage"]): Shows(quote.get("shows", Shows.NOTHING))
            for quote in (self.quotes if self.state is ReleaseState.DRAFT else ())
        }

    @property
    def standing(self) -> list[tuple[int, Any]]:
        """The frozen quotes that may still be quoted, each with its place among all.

        What was withheld since, or had words taken out, is not there.
        """
        if self.state is ReleaseState.DRAFT:
            return []
        return [
            (place, quote)
            for place, quote in enumerate(self.quotes)
            if self._quotable.get(quote.get("passage")) == quote["words"]
        ]

    @property
    def _passages(self) -> list[uuid.UUID]:
        return [uuid.UUID(quote["passage"]) for quote in self.quotes if "passage" in quote]

    @cached_property
    def _quotable(self) -> dict[str | None, str | None]:
        """The words of the passages that may be quoted now: asked once for all quotes."""
        session = object_session(self)
        if not self._passages or session is None:
            return {}
        query = (
            select(Passage.id, Passage.cleared_words)
            .join(Passage.contribution)
            .where(
                Passage.id.in_(self._passages),
                Passage.state.in_(READABLE),
                Contribution.may_quote,
            )
        )
        return {str(key): words for key, words in session.execute(query)}
