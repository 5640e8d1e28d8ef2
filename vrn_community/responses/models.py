"""Responses: the closed answers of a contribution."""

import uuid
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from vrn_community.contributions.models import UNORDERED
from vrn_community.foundation.db import Base


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
