"""The record of processing of each activity, and what was deleted because its time was over."""

import uuid
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import Base, Record, enum_column
from vrn_community.opportunities.models import Opportunity


class Mode(StrEnum):
    """What people are told about who knows them; one activity has one, and never both (D4)."""

    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"


class LawfulBasis(StrEnum):
    """Why the law allows the processing (UK GDPR Article 6)."""

    PUBLIC_TASK = "public-task"
    LEGAL_OBLIGATION = "legal-obligation"
    LEGITIMATE_INTERESTS = "legitimate-interests"
    CONSENT = "consent"


class SpecialCategory(StrEnum):
    """Why the law allows information on health, ethnicity, faith and the like (Article 9)."""

    NOT_ASKED = "not-asked"
    EQUALITY_MONITORING = "equality-monitoring"
    RESEARCH = "research"
    PUBLIC_INTEREST = "public-interest"
    CONSENT = "consent"


class OffenceData(StrEnum):
    """Why the law allows information on crimes of named people (Article 10)."""

    NOT_COLLECTED = "not-collected"
    SAFEGUARDING = "safeguarding"
    PREVENTING_CRIME = "preventing-crime"


#: What is not said by a record but about it.
FRAME = frozenset({"id", "created_at", "opportunity_id", "holds_from", "written_by_id", "version"})


class ProcessingRecord(Record):
    """Why an activity may ask what it asks, who sees it, and how long it is kept, from a day on.

    What the public was told on a day is never changed: a change is a new row from the next day.
    """

    __tablename__ = "processing_record"
    __table_args__ = (
        UniqueConstraint("opportunity_id", "holds_from"),
        CheckConstraint("words_months <= cleared_months", name="words_go_first"),
        CheckConstraint("cleared_months <= answers_months", name="answers_go_last"),
    )

    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE")
    )
    holds_from: Mapped[date] = mapped_column(default=clock.today)
    purpose: Mapped[str]
    mode: Mapped[Mode] = mapped_column(enum_column(Mode), default=Mode.ANONYMOUS)
    lawful_basis: Mapped[LawfulBasis] = mapped_column(enum_column(LawfulBasis))
    special_category: Mapped[SpecialCategory] = mapped_column(enum_column(SpecialCategory))
    offence_data: Mapped[OffenceData] = mapped_column(enum_column(OffenceData))
    #: Others who decide with the controller, and others who work on it for us; one a line.
    joint_controllers: Mapped[str] = mapped_column(default="")
    processors: Mapped[str] = mapped_column(default="")
    #: The appropriate policy document, where the law wants one (D2).
    policy_url: Mapped[str] = mapped_column(default="")
    dpia_reference: Mapped[str] = mapped_column(default="")
    dpia_on: Mapped[date | None]
    #: Who may be affected more than others, written before; at some levels a duty says it.
    equality_note: Mapped[str] = mapped_column(default="")
    #: Who was missing while it ran, and what equality changed in the decision (D16).
    reach_gaps: Mapped[str] = mapped_column(default="")
    equality_effect: Mapped[str] = mapped_column(default="")
    #: How many months after people heard what came of it each is kept: words as they were
    #: written (with the code and the equality answers), cleared words, closed answers.
    words_months: Mapped[int]
    cleared_months: Mapped[int]
    answers_months: Mapped[int]
    written_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    opportunity: Mapped[Opportunity] = relationship()
    written_by: Mapped[Account] = relationship()

    @property
    def content(self) -> dict[str, Any]:
        """What it says, by name: what is written into another record when only a part changes."""
        names = [attribute.key for attribute in inspect(type(self)).column_attrs]
        return {name: getattr(self, name) for name in names if name not in FRAME}

    @property
    def is_ahead(self) -> bool:
        """Whether it does not hold yet."""
        return self.holds_from > clock.today()


class DeletionRecord(Base):
    """How much of one class was deleted on one day because its time was over, and of what."""

    __tablename__ = "deletion_record"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    #: The name of the class in `retention`.
    kind: Mapped[str]
    opportunity_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )
    deleted_on: Mapped[date] = mapped_column(default=clock.today, index=True)
    count: Mapped[int] = mapped_column(default=0)

    opportunity: Mapped[Opportunity | None] = relationship()
