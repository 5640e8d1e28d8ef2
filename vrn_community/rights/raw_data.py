"""Asking for answers that are not published, and deciding about that."""

import uuid
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.rights.models import LegalBasis, RawDataDecision, RawDataRequest


@dataclass(frozen=True)
class Wish:
    """What is asked for, what for, and on which ground."""

    wanted: str
    purpose: str
    basis: LegalBasis
    #: Who asks, where that is not the body of the account.
    organisation: str = ""


def ask(key: uuid.UUID, wish: Wish, *, by: Account) -> RawDataRequest:
    """Ask for raw data, for the body of an account or for somebody else; sent twice, it is one."""
    known = db.session.get(RawDataRequest, key)
    if known is not None:
        return known
    made = RawDataRequest(
        id=key,
        asked_by_id=by.id,
        body_id=by.body_id,
        organisation="" if by.body_id else wish.organisation,
        asked_on=clock.today(),
        basis=wish.basis,
    )
    made.wanted, made.purpose = wish.wanted, wish.purpose
    db.session.add(made)
    db.session.flush()
    audit.record("raw-data:ask", made, actor=by, basis=wish.basis)
    return made


def decide(
    request: RawDataRequest, decision: RawDataDecision, reasons: str, *, by: Account
) -> None:
    """Decide about a request for raw data, once, with reasons."""
    query = select(RawDataRequest).where(RawDataRequest.id == request.id)
    request = db.session.scalars(
        query.with_for_update().execution_options(populate_existing=True)
    ).one()
    if request.decision:
        if (request.decision, request.reasons) == (decision, reasons):
            return
        raise NotAllowed(_("This is decided already."))
    request.decision, request.reasons = decision, reasons
    request.decided_on, request.decided_by_id = clock.today(), by.id
    db.session.flush()
    audit.record("raw-data:decide", request, actor=by, decision=decision)
