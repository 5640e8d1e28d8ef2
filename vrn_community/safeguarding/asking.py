"""A way to be reached, left by somebody who wants help: only the lead's key opens it.

Nothing leads to what the person answered: no key, no activity, no time finer than the day. So
its clock runs from the end of that day's hours. No audit entry, no job and no log tells of it; the
job that looks for concerns finds it.
"""

import uuid

from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.upsert import upsert
from vrn_community.safeguarding import entries, queries, working_time
from vrn_community.safeguarding.entries import Texts
from vrn_community.safeguarding.kinds import EntryKind, Source
from vrn_community.safeguarding.models import Concern, ConcernState, Urgency


def is_possible() -> bool:
    """Return whether somebody holds the key that opens what is left."""
    return queries.team_key() is not None and bool(queries.who_opens())


def ask_for_help(key: uuid.UUID, texts: Texts, *, area_id: uuid.UUID | None) -> None:
    """Bring how somebody can be reached before the lead; sent twice, it is there once."""
    today = clock.today()
    row = {
        "id": key,
        "created_at": working_time.opens(today),
        "waits_since": working_time.closes(today),
        "received_on": today,
        "source": Source.ASKED_FOR_HELP,
        "urgency": Urgency.TODAY,
        "state": ConcernState.OPEN,
        "area_id": area_id,
    }
    added = upsert(Concern).values(row).on_conflict_do_nothing().returning(Concern.id)
    if db.session.scalar(added) is not None:
        entries.write(db.session.get_one(Concern, key), EntryKind.HELP, texts, by=None)
