"""Exports of what is not published: asked for, approved by somebody else, fetched once."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import Record, enum_column
from vrn_community.foundation.record_keys import HasRecordKey, SealedByRecordKey
from vrn_community.opportunities.models import Opportunity


class ExportContent(StrEnum):
    """What is in the file: never both, so that nobody's words stand beside their answers."""

    ANSWERS = "answers"
    WORDS = "words"


class ExportState(StrEnum):
    """The life of an export."""

    ASKED = "asked"
    REFUSED = "refused"
    APPROVED = "approved"
    READY = "ready"
    FETCHED = "fetched"
    EXPIRED = "expired"


class Export(HasRecordKey, Record):
    """One file of answers or of cleared words, for one account, once (D12)."""

    __tablename__ = "export"

    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )
    content: Mapped[ExportContent] = mapped_column(enum_column(ExportContent))
    reason: Mapped[str]
    state: Mapped[ExportState] = mapped_column(
        enum_column(ExportState), default=ExportState.ASKED, index=True
    )
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    decision_reason: Mapped[str] = mapped_column(default="")
    #: Whole per cent of the work that is done.
    progress: Mapped[int] = mapped_column(default=0)
    #: When somebody began to make the file: after a while another may, the first may be dead.
    begun_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    rows: Mapped[int | None]
    #: SHA-256 of the file as it is fetched.
    sha256: Mapped[str] = mapped_column(default="")
    #: What the file was made of, as a hash: when that has changed, it is made anew.
    source: Mapped[str] = mapped_column(default="")
    #: The file, sealed by a key of the row; both go when it is fetched or has expired. It lies
    #: in the database, so that it goes in the same transaction, and each machine has it.
    sealed_file: Mapped[bytes | None] = mapped_column(deferred=True)
    file = SealedByRecordKey("sealed_file")

    opportunity: Mapped[Opportunity] = relationship()
    asked_by: Mapped[Account] = relationship(foreign_keys=[asked_by_id])

    @property
    def expires_at(self) -> datetime | None:
        """When nobody can fetch it any more."""
        return self.ready_at + config.current().export_lives if self.ready_at else None

    @property
    def is_there(self) -> bool:
        """Whether it can be fetched now."""
        return (
            self.state is ExportState.READY
            and self.expires_at is not None
            and clock.now() < self.expires_at
        )

    @property
    def filename(self) -> str:
        """The name of the file: it tells which activity, not what about."""
        return f"{self.content}-{self.opportunity.code}.csv"
