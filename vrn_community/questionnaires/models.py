"""Questionnaires and their versions."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.foundation.db import Record, enum_column
from vrn_community.opportunities.models import Opportunity


class VersionState(StrEnum):
    """The life of one version: only a draft can change, only one version is published."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class QuestionnaireVersion(Record):
    """One version of the questionnaire of an opportunity, as a document."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("opportunity_id", "number"),)

    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE")
    )
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(
        enum_column(VersionState), default=VersionState.DRAFT, index=True
    )
    #: The document as JSON: see `document.Questionnaire`.
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": revision}

    opportunity: Mapped[Opportunity] = relationship()


class QuestionnaireStep(Record):
    """A draft as it was before a change, so that the change can be taken back."""

    __tablename__ = "questionnaire_step"
    __table_args__ = (UniqueConstraint("version_id", "revision"),)

    version_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("questionnaire_version.id", ondelete="CASCADE")
    )
    #: The revision of the draft that the change replaced.
    revision: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
