"""Who is told of a concern: the lead at once, the deputy when it is overdue (G3).

What is stored is that somebody was told, once for a concern, a reason and a due moment:
so it does not matter how often this runs, or how long it did not.

Each alert is one mail besides, which says no more than that something waits. Of somebody who asked
for help it is stored here too, by the job every quarter of an hour and never by their own request,
and like all mail it keeps a day and no time.
"""

import uuid
from datetime import datetime

from sqlalchemy import select

from vrn_community.accounts import queries as accounts
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.permissions import Permission
from vrn_community.foundation.upsert import upsert
from vrn_community.notifications import MailKind, notify
from vrn_community.safeguarding import queries
from vrn_community.safeguarding.kinds import Source
from vrn_community.safeguarding.models import (
    Alert,
    AlertKind,
    Concern,
    ConcernState,
    CoverRole,
    Urgency,
)

TOLD = {AlertKind.RAISED: CoverRole.LEAD, AlertKind.OVERDUE: CoverRole.DEPUTY}


def tell(only: Concern | None = None) -> None:
    """Store the alerts that are due now and were not sent before, of one concern or of all."""
    query = select(Concern).where(Concern.state == ConcernState.OPEN)
    found = [only] if only else list(db.session.scalars(query.order_by(Concern.waits_since)))
    sent = _sent([concern.id for concern in found])
    for concern in found:
        for kind in AlertKind:
            is_due = kind is AlertKind.RAISED or concern.is_overdue
            if is_due and (concern.id, kind, concern.due_at) not in sent:
                _store(concern, kind)
    if found:
        _tell_managers()


def _tell_managers() -> None:
    """Ask account managers to name somebody where a concern is about all who decide, or none is.

    Nobody can see such a concern: its words stay closed to the managers too.
    """
    for concern in queries.unseen():
        about = f"unseen|{concern.id}"
        for account in accounts.who_can(Permission.ACCOUNT_MANAGE):
            if account.id not in concern.accused_ids:
                notify(account.id, MailKind.NOW, about)


def _sent(keys: list[uuid.UUID]) -> set[tuple[uuid.UUID, AlertKind, datetime]]:
    query = select(Alert.concern_id, Alert.kind, Alert.due_at)
    rows = db.session.execute(query.where(Alert.concern_id.in_(keys)))
    return {(row.concern_id, row.kind, row.due_at) for row in rows}


def _store(concern: Concern, kind: AlertKind) -> None:
    there = _there(concern, TOLD[kind])
    is_asked = concern.source is Source.ASKED_FOR_HELP
    row = {
        "id": uuid.uuid4(),
        # The moment would tell when somebody who asked for help was here.
        "created_at": concern.created_at if is_asked else clock.now(),
        "concern_id": concern.id,
        "kind": kind,
        "due_at": concern.due_at,
        "account_id": there[0] if there else None,
    }
    db.session.execute(upsert(Alert).values(row).on_conflict_do_nothing())
    _mail(concern, kind, there[:1] or _everybody(concern))


def _mail(concern: Concern, kind: AlertKind, to: list[uuid.UUID]) -> None:
    is_late = kind is AlertKind.OVERDUE or concern.urgency is Urgency.IMMEDIATE
    for account_id in to:
        about = f"alert|{concern.id}|{kind}|{concern.due_at.isoformat()}"
        notify(account_id, MailKind.NOW if is_late else MailKind.TODAY, about)


def ask_who_is_there(about: str) -> None:
    """Ask the lead of today by mail to look at the desk now; all who decide if none is there."""
    there = queries.on_cover(CoverRole.LEAD, clock.today())[:1]
    for account_id in there or [row.id for row in accounts.who_can(Permission.CONCERN_DECIDE)]:
        notify(account_id, MailKind.NOW, about)


def _everybody(concern: Concern) -> list[uuid.UUID]:
    """Return every lead and deputy, but whom an allegation is about."""
    deciders = accounts.who_can(Permission.CONCERN_DECIDE)
    return [row.id for row in deciders if row.id not in concern.accused_ids]


def _there(concern: Concern, role: CoverRole) -> list[uuid.UUID]:
    """Return who has a role today; never whom an allegation is about: then the other role."""
    for asked in (role, *(other for other in CoverRole if other is not role)):
        there = queries.on_cover(asked, clock.today())
        if not set(concern.accused_ids).intersection(there):
            return there
        if others := [key for key in there if key not in concern.accused_ids]:
            return others
    return []
