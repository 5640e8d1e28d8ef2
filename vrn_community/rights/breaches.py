"""What is written down about breaches: lines are added, and never changed."""

import uuid
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.rights.models import Breach, BreachEntry, BreachEntryKind

#: What must be said before a breach is closed, by one of each.
OWED = (
    (BreachEntryKind.ICO_TOLD, BreachEntryKind.ICO_NOT_TOLD),
    (BreachEntryKind.PEOPLE_TOLD, BreachEntryKind.PEOPLE_NOT_TOLD),
    (BreachEntryKind.MEASURE,),
)


def begin(key: uuid.UUID, noticed_at: datetime, happened: str, *, by: Account) -> Breach:
    """Write down that a breach was noticed, and what happened; sent twice, it is one."""
    known = db.session.get(Breach, key)
    if known is not None:
        return known
    made = Breach(id=key, noticed_at=noticed_at)
    db.session.add(made)
    db.session.flush()
    audit.record("breach:begin", made, actor=by)
    _add(uuid.uuid5(key, "happened"), made, BreachEntryKind.HAPPENED, happened, by)
    return made


def add(key: uuid.UUID, breach: Breach, kind: BreachEntryKind, words: str, *, by: Account) -> None:
    """Add a line to the history of a breach; sent twice, it is one line."""
    if db.session.get(BreachEntry, key) is not None:
        return
    _lock(breach)
    if breach.is_closed:
        raise NotAllowed(_("This breach is closed."))
    if kind is BreachEntryKind.CLOSED and not all(breach.has(*kinds) for kinds in OWED):
        raise NotAllowed(
            _("First say what was done, whether the ICO was told, and whether the people were.")
        )
    _add(key, breach, kind, words, by)


def _add(key: uuid.UUID, breach: Breach, kind: BreachEntryKind, words: str, by: Account) -> None:
    line = BreachEntry(id=key, breach_id=breach.id, kind=kind, by_id=by.id)
    line.words = words
    db.session.add(line)
    db.session.flush()
    db.session.expire(breach, ["entries"])
    audit.record("breach:add", breach, actor=by, kind=kind)


def _lock(breach: Breach) -> None:
    query = select(Breach).where(Breach.id == breach.id).with_for_update()
    db.session.scalars(query.execution_options(populate_existing=True)).one()
