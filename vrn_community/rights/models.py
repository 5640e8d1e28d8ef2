"""Rights requests and complaints, breaches, and requests for raw data; what is written is sealed.

A request that somebody sent without signing in keeps no time finer than a day and no order.
"""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import UNORDERED, Base, Record, enum_column
from vrn_community.foundation.record_keys import HasRecordKey, SealedByRecordKey
from vrn_community.partnership.models import Body
from vrn_community.rights import clocks


class RequestKind(StrEnum):
    """What somebody asks of us about their information, or that they complain."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    OBJECTION = "objection"
    OTHER = "other"
    COMPLAINT = "complaint"


class RequestWay(StrEnum):
    """How a request came."""

    FORM = "form"
    PHONE = "phone"
    POST = "post"
    EMAIL = "email"
    IN_PERSON = "in-person"


class Result(StrEnum):
    """How a request was answered."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    NOTHING_FOUND = "nothing-found"


class PrivacyRequest(HasRecordKey, Base):
    """What somebody asks about their own information, or complains about, with its clock."""

    __tablename__ = "privacy_request"
    __table_args__ = UNORDERED

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    kind: Mapped[RequestKind] = mapped_column(enum_column(RequestKind))
    way: Mapped[RequestWay] = mapped_column(enum_column(RequestWay), default=RequestWay.FORM)
    received_on: Mapped[date] = mapped_column(default=clock.today, index=True)
    language: Mapped[str] = mapped_column(default="en")
    #: HMAC of the code: the look-up, and what makes sending twice one request.
    receipt_hash: Mapped[str] = mapped_column(unique=True)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    #: When those who must act soon were told that it is urgent.
    urgent_told_on: Mapped[date | None]
    sealed_words: Mapped[bytes]
    acknowledged_on: Mapped[date | None]
    extended_on: Mapped[date | None]
    sealed_extension: Mapped[bytes | None]
    answered_on: Mapped[date | None] = mapped_column(index=True)
    result: Mapped[Result | None] = mapped_column(enum_column(Result))
    sealed_answer: Mapped[bytes | None]
    is_demo: Mapped[bool] = mapped_column(default=False)

    words = SealedByRecordKey("sealed_words")
    #: Why the answer takes longer.
    extension = SealedByRecordKey("sealed_extension")
    answer = SealedByRecordKey("sealed_answer")

    #: How to reach the person, if they said.
    reach: Mapped["Reach | None"] = relationship(passive_deletes=True)

    @property
    def is_complaint(self) -> bool:
        """Whether somebody complains, rather than asks for what is theirs."""
        return self.kind is RequestKind.COMPLAINT

    @property
    def first_due_on(self) -> date:
        """When the answer is due unless it is put off."""
        return clocks.months_after(self.received_on, config.current().rights_months)

    @property
    def due_on(self) -> date:
        """When the answer is due."""
        settings = config.current()
        if self.extended_on is None:
            return self.first_due_on
        months = settings.rights_months + settings.rights_months_more
        return clocks.months_after(self.received_on, months)

    @property
    def acknowledge_by(self) -> date | None:
        """When the person must have been told that the complaint is here; None for requests."""
        days = config.current().acknowledge_days
        return clocks.days_from(self.received_on, days) if self.is_complaint else None

    @property
    def next_due_on(self) -> date:
        """The day by which the next thing is due: to say that it came, or to answer."""
        silent = self.acknowledge_by if self.acknowledged_on is None else None
        return min(silent, self.due_on) if silent else self.due_on

    @property
    def is_overdue(self) -> bool:
        """Whether the answer, or the word that a complaint is here, is late."""
        return not self.answered_on and self.next_due_on < clock.today()


class Reach(HasRecordKey, Base):
    """How to reach who made a request; it goes before the request does."""

    __tablename__ = "reach"
    __table_args__ = UNORDERED

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    request_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("privacy_request.id", ondelete="CASCADE"), unique=True
    )
    sealed_words: Mapped[bytes]

    words = SealedByRecordKey("sealed_words")


class ProgressNote(HasRecordKey, Record):
    """What the officer did about a request, and why."""

    __tablename__ = "progress_note"

    request_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("privacy_request.id", ondelete="CASCADE"), index=True
    )
    sealed_words: Mapped[bytes]

    words = SealedByRecordKey("sealed_words")


class Breach(Record):
    """Something that happened to people's information and should not have; never changed."""

    __tablename__ = "breach"

    #: The clock of 72 hours runs from then.
    noticed_at: Mapped[datetime]

    entries: Mapped[list["BreachEntry"]] = relationship(
        order_by="(BreachEntry.created_at, BreachEntry.id)", lazy="selectin"
    )

    @property
    def decide_by(self) -> datetime:
        """When the ICO must be told."""
        return self.noticed_at + config.current().breach_clock

    def has(self, *kinds: "BreachEntryKind") -> bool:
        """Return whether the history has an entry of one of some kinds."""
        return any(entry.kind in kinds for entry in self.entries)

    @property
    def is_decided(self) -> bool:
        """Whether it is decided if the ICO is told."""
        return self.has(BreachEntryKind.ICO_TOLD, BreachEntryKind.ICO_NOT_TOLD)

    @property
    def is_overdue(self) -> bool:
        """Whether that is not decided in time."""
        return not self.is_decided and self.decide_by < clock.now()

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.has(BreachEntryKind.CLOSED)


class BreachEntryKind(StrEnum):
    """What an entry about a breach says."""

    HAPPENED = "happened"
    MEASURE = "measure"
    ICO_TOLD = "ico-told"
    ICO_NOT_TOLD = "ico-not-told"
    PEOPLE_TOLD = "people-told"
    PEOPLE_NOT_TOLD = "people-not-told"
    CLOSED = "closed"


class BreachEntry(HasRecordKey, Record):
    """One line in the history of a breach: rows are only ever added, and name no account."""

    __tablename__ = "breach_entry"

    breach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("breach.id"), index=True)
    kind: Mapped[BreachEntryKind] = mapped_column(enum_column(BreachEntryKind))
    sealed_words: Mapped[bytes]
    #: An id without a foreign key, as in the audit trail: the line outlives the account.
    by_id: Mapped[uuid.UUID]

    words = SealedByRecordKey("sealed_words")


class LegalBasis(StrEnum):
    """The ground on which somebody asks for raw data."""

    COURT_ORDER = "court-order"
    CRIME = "crime"
    SAFEGUARDING = "safeguarding"
    RESEARCH = "research"
    FREEDOM_OF_INFORMATION = "freedom-of-information"
    OTHER = "other"


class RawDataDecision(StrEnum):
    """What the officer decided about a request for raw data."""

    GIVEN = "given"
    RESULTS_INSTEAD = "results-instead"
    REFUSED = "refused"


class RawDataRequest(HasRecordKey, Record):
    """A request for answers that are not published, or not protected, and what was decided (P2)."""

    __tablename__ = "raw_data_request"

    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    #: The body that asks, or the name of an organisation that is none of ours.
    body_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("body.id"))
    organisation: Mapped[str] = mapped_column(default="")
    asked_on: Mapped[date] = mapped_column(default=clock.today, index=True)
    basis: Mapped[LegalBasis] = mapped_column(enum_column(LegalBasis))
    sealed_wanted: Mapped[bytes]
    sealed_purpose: Mapped[bytes]
    decision: Mapped[RawDataDecision | None] = mapped_column(enum_column(RawDataDecision))
    decided_on: Mapped[date | None] = mapped_column(index=True)
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    sealed_reasons: Mapped[bytes | None]

    wanted = SealedByRecordKey("sealed_wanted")
    purpose = SealedByRecordKey("sealed_purpose")
    reasons = SealedByRecordKey("sealed_reasons")

    asked_by: Mapped[Account] = relationship(foreign_keys=[asked_by_id])
    body: Mapped[Body | None] = relationship()

    @property
    def asker(self) -> str:
        """The name of who asks."""
        return self.body.name if self.body else self.organisation
