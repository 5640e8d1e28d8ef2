"""Codes on slips of paper: each lets one person answer once, and nobody knows who got which."""

import uuid

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import crypto
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.models import Opportunity
from vrn_community.responses.models import Slip

#: Ten characters are 50 bits: hundreds of slips lie about for weeks.
CODE_LENGTH = 10


def make(opportunity: Opportunity, number: int, *, by: Account) -> list[str]:
    """Make single-use codes and return them in groups: they are never shown again."""
    if not by.can(Permission.SESSION_RUN):
        raise NotAllowed(_("Your roles do not allow this."))
    if not 1 <= number <= config.current().most_slips_at_once:
        raise NotAllowed(_("So many codes are too many at once."))
    codes = [crypto.new_code(CODE_LENGTH) for _number in range(number)]
    rows = [{"code_hash": hash_of(code), "opportunity_id": opportunity.id} for code in codes]
    db.session.execute(insert(Slip), rows)
    audit.record("slips:make", opportunity, actor=by, count=number)
    half = CODE_LENGTH // 2
    return [f"{code[:half]} {code[half:]}" for code in codes]


def hash_of(code: str) -> str:
    """Return what is stored of a slip's code."""
    return crypto.keyed_hash("slip", crypto.read_code(code))


def opportunity_of(code_hash: str) -> uuid.UUID | None:
    """Return the opportunity of a slip that has not been used."""
    return db.session.scalar(select(Slip.opportunity_id).where(Slip.code_hash == code_hash))


def unused() -> dict[uuid.UUID, int]:
    """Return how many slips of each opportunity have not been used."""
    query = select(Slip.opportunity_id, func.count()).group_by(Slip.opportunity_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def use(code_hash: str, opportunity_id: uuid.UUID) -> bool:
    """Use a slip up, and return whether it could be used: of many at once, one can."""
    table = Slip.__table__
    gone = delete(Slip).where(
        table.c.code_hash == code_hash, table.c.opportunity_id == opportunity_id
    )
    options = {"synchronize_session": False}
    return bool(db.session.execute(gone, execution_options=options).rowcount)  # type: ignore[attr-defined]
