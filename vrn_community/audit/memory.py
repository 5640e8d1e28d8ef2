"""What was read holds until somebody acts: a memory that ends with the next act of the desk.

Every act of the desk writes an audit entry in its own transaction, and public
submissions write none. So the number of the newest entry says whether anything that
the public sees can have changed; reading it costs one look into an index. What is not
an act (another day, a new file of help lines) is seen within a minute.
"""

import time
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, TypeVar

from flask import current_app, request
from sqlalchemy import func, select

from vrn_community import config
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.db import table_of

#: How many values a process keeps, and how many seconds a value is kept at most.
MOST, SECONDS = 1_000, 60.0
STANDING = "vrn.standing"
#: The day, and the number of the last act.
Standing = tuple[date, int]
Value = TypeVar("Value")
# Of the table, not of the model: what the model adds costs as much as the query.
_NEWEST = select(func.max(table_of(AuditEntry).c.number))


def remembered(key: Hashable, make: Callable[[], Value]) -> Value:
    """Return what was made under a key since the last act, or make it now.

    The value must not be tied to a database session, and nobody may change it.
    """
    found = recall(key)
    if found is None:
        found = make()
        remember(key, found)
    kept: Value = found
    return kept


def recall(key: Hashable) -> Any:
    """Return what is kept under a key since the last act, or None."""
    if not config.current().keeps_pages:
        return None
    made, value = _kept().get((_standing(), key), (0.0, None))
    return value if time.monotonic() - made < SECONDS else None


def remember(key: Hashable, value: object) -> None:
    """Keep a value under a key until the next act."""
    if not config.current().keeps_pages:
        return
    kept, standing = _kept(), _standing()
    first = next(iter(list(kept)), None)
    if len(kept) >= MOST or (first and first[0] != standing):
        kept.clear()
    kept[standing, key] = (time.monotonic(), value)


def _kept() -> dict[tuple[Standing, Hashable], tuple[float, Any]]:
    kept: dict[tuple[Standing, Hashable], tuple[float, Any]]
    kept = current_app.extensions.setdefault("memory", {})
    return kept


def _standing() -> Standing:
    """Return the day and the number of the last act, read once in each request.

    It is read before anything else is, so a value can be newer than the number that
    it is kept under, never older.
    """
    if STANDING not in request.environ:
        request.environ[STANDING] = (clock.today(), _newest())
    found: Standing = request.environ[STANDING]
    return found


def _newest() -> int:
    """Return the number of the last act.

    Most pages ask for nothing else, so no session is made for it: that costs twice the query.
    """
    if db.session.registry.has():
        return db.session.scalar(_NEWEST) or 0
    with db.engine.connect() as connection:
        return connection.execution_options(only_reads=True).scalar(_NEWEST) or 0
