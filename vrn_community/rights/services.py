"""What is done with rights requests and complaints.

Sending one is a public act: no audit entry, no job and no log line tells when it came.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.contributions import receipts
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto, record_keys
from vrn_community.foundation.errors import NotAllowed
from vrn_community.rights import queries
from vrn_community.rights.models import (
    PrivacyRequest,
    ProgressNote,
    Reach,
    RequestKind,
    RequestWay,
    Result,
)
from vrn_community.rights.reasons import ReadReason
from vrn_community.screening import queries as screening
from vrn_community.screening.signals import NEEDS_HELP


@dataclass(frozen=True)
class Asking:
    """What somebody asks or complains about, as it came."""

    #: Of the form, so that a form that is sent twice is one request.
    token: str
    kind: RequestKind
    words: str
    reach: str = ""
    is_urgent: bool = False
    language: str = "en"
    way: RequestWay = RequestWay.FORM
    #: The day, if it is not today.
    received_on: date | None = None
    is_demo: bool = False

    @property
    def code(self) -> str:
        """The code with which the person finds it again: another one for other words."""
        said = "\0".join([self.kind, self.words, self.reach, str(self.is_urgent)])
        return receipts.code_for(f"{self.token} {crypto.keyed_hash('privacy-request', said)}")


def receive(asking: Asking) -> PrivacyRequest:
    """Store what somebody asks, unless it is here already, and return it."""
    return _receive(asking)[0]


def enter(asking: Asking, *, by: Account) -> PrivacyRequest:
    """Store what came by phone, by post, by e-mail or in person."""
    made, is_new = _receive(asking)
    if is_new:
        audit.record("privacy-request:enter", made, actor=by, kind=asking.kind, way=asking.way)
    return made


def _receive(asking: Asking) -> tuple[PrivacyRequest, bool]:
    """Store it once; words that sound as if somebody needs help put it first, as the tick does."""
    sounds_so = bool(screening.signals_of(asking.words) & NEEDS_HELP)
    made = PrivacyRequest(
        id=uuid.uuid4(),
        kind=asking.kind,
        way=asking.way,
        received_on=asking.received_on or clock.today(),
        language=asking.language,
        receipt_hash=receipts.hash_of(asking.code),
        is_urgent=asking.is_urgent or sounds_so,
        is_demo=asking.is_demo,
    )
    made.words = asking.words
    is_new = record_keys.store_once(made, PrivacyRequest.receipt_hash)
    if is_new and asking.reach:
        db.session.add(Reach(id=uuid.uuid4(), request_id=made.id, words=asking.reach))
        db.session.flush()
    found = select(PrivacyRequest).where(PrivacyRequest.receipt_hash == made.receipt_hash)
    return db.session.scalars(found).one(), is_new


def acknowledge(request: PrivacyRequest, *, by: Account) -> None:
    """Say that somebody was told that we have their request; said twice, it is said once."""
    request = _locked(request)
    if request.acknowledged_on:
        return
    request.acknowledged_on = clock.today()
    db.session.flush()
    audit.record("privacy-request:acknowledge", request, actor=by)


def note(key: uuid.UUID, request: PrivacyRequest, words: str, *, by: Account) -> None:
    """Note what was done about a request; sent twice, it is noted once."""
    if db.session.get(ProgressNote, key) is not None:
        return
    made = ProgressNote(id=key, request_id=request.id)
    made.words = words
    db.session.add(made)
    db.session.flush()
    audit.record("privacy-request:note", request, actor=by)


def extend(request: PrivacyRequest, reason: str, *, by: Account) -> None:
    """Put the answer to a request off by two months; the person reads why."""
    request = _locked(request)
    if request.extended_on:
        return
    if request.answered_on or request.is_complaint:
        raise NotAllowed(_("Only a request without an answer can be put off, and no complaint."))
    if clock.today() > request.first_due_on:
        raise NotAllowed(_("The month is over. An answer can only be put off before."))
    request.extended_on, request.extension = clock.today(), reason
    db.session.flush()
    audit.record("privacy-request:extend", request, actor=by)


def answer(request: PrivacyRequest, result: Result, words: str, *, by: Account) -> None:
    """Answer a request, once; the person reads it with the code."""
    request = _locked(request)
    if request.answered_on:
        if (request.result, request.answer) == (result, words):
            return
        raise NotAllowed(_("This is answered already."))
    today = clock.today()
    request.answered_on, request.result, request.answer = today, result, words
    request.acknowledged_on = request.acknowledged_on or today
    db.session.flush()
    audit.record("privacy-request:answer", request, actor=by, result=result)


@dataclass(frozen=True)
class RequestText:
    """Everything that is written about a request."""

    words: str
    reach: str
    extension: str
    answer: str
    notes: Sequence[ProgressNote]


def reveal(request: PrivacyRequest, reason: ReadReason, *, by: Account) -> RequestText:
    """Return everything written about a request, once that is in the audit trail."""
    audit.record("privacy-request:reveal", request, actor=by, reason=reason)
    return RequestText(
        request.words,
        request.reach.words if request.reach else "",
        request.extension,
        request.answer,
        queries.notes(request.id),
    )


def _locked(request: PrivacyRequest) -> PrivacyRequest:
    """Return a request as it stands now, which nobody else can change until the commit."""
    query = select(PrivacyRequest).where(PrivacyRequest.id == request.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
