"""Writing and checking the audit trail."""

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import delete, select, text

from vrn_community.audit import queries
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto

#: The act that took the oldest entries away; it says where the trail begins since.
CUT = "audit:cut"
#: PostgreSQL advisory lock that lets one transaction at a time append to the chain.
APPEND_LOCK = 5_271_001


class Identified(Protocol):
    """Anything with a key."""

    @property
    def id(self) -> Any:
        """Return the key."""
        ...


@dataclass(frozen=True)
class ChainCheck:
    """The result of reading the whole chain: how many entries, and the first that is wrong."""

    entries: int
    first_wrong: int | None

    @property
    def is_sound(self) -> bool:
        """Whether every entry is as it was written and none is missing before the last."""
        return self.first_wrong is None


def record(
    action: str, subject: Identified | None, *, actor: Identified | None, **details: Any
) -> AuditEntry:
    """Append an act to the chain, in the same transaction as the act itself.

    `details` must hold no personal data: ids, states, counts and reasons only.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPEND_LOCK})
    previous = queries.last()
    entry = AuditEntry(
        number=previous.number + 1 if previous else 1,
        at=clock.now(),
        action=action,
        actor_id=actor.id if actor else None,
        # Not `type(subject)`: whoever is signed in comes as a proxy.
        subject_type=subject.__class__.__name__ if subject else "",
        subject_id=subject.id if subject else None,
        details=details,
        previous_hash=previous.hash if previous else queries.START,
    )
    entry.hash = entry_hash(entry)
    db.session.add(entry)
    db.session.flush()
    return entry


def entry_hash(entry: AuditEntry) -> str:
    """Return the keyed hash of an entry and of the hash before it."""
    content = {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "action": entry.action,
        "actor": _text(entry.actor_id),
        "subject": [entry.subject_type, _text(entry.subject_id)],
        "details": entry.details,
        "previous": entry.previous_hash,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return crypto.keyed_hash("audit", canonical)


def check_chain() -> ChainCheck:
    """Read the whole chain and compare every hash, from where the last cut says that it begins."""
    begin = beginning()
    number, expected, count = begin.number, begin.previous_hash, 0
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.number)):
        count += 1
        sound = (entry.number, entry.previous_hash) == (number, expected)
        if not sound or not crypto.is_same(entry.hash, entry_hash(entry)):
            return ChainCheck(count, number)
        number, expected = number + 1, entry.hash
    return ChainCheck(count, None)


@dataclass(frozen=True)
class Beginning:
    """Where the trail begins: the number of its first entry, and the hash of the one before."""

    number: int
    previous_hash: str


def beginning() -> Beginning:
    """Return where the trail begins, as the last cut says, which the chain itself protects."""
    cut = queries.last(CUT)
    if cut is None:
        return Beginning(1, queries.START)
    return Beginning(cut.details["first"], cut.details["previous"])


def cut(numbers: Collection[int]) -> None:
    """Take away the entries up to the highest of some numbers, in the transaction of the act.

    The act says which entry is the first one now and continues which hash, so the rest is still
    a whole chain. The database refuses it for entries younger than six years.
    """
    up_to = db.session.get_one(AuditEntry, max(numbers))
    place = Beginning(up_to.number + 1, up_to.hash)
    record(CUT, None, actor=None, first=place.number, previous=place.previous_hash)
    db.session.execute(delete(AuditEntry).where(AuditEntry.number < place.number))


def head_of(entry: AuditEntry) -> str:
    """Return what says, kept elsewhere, that the trail was as it is up to an entry."""
    return f"{entry.number}:{entry.hash}"


def has_head(head: str) -> bool:
    """Return whether the trail still holds what `head_of` said once.

    A chain is whole also when its end was cut off, or when all of it was made anew by somebody
    who has the pepper; a head that was kept elsewhere shows both.
    """
    number, _colon, kept = head.partition(":")
    entries = select(AuditEntry.number).where(AuditEntry.hash == kept)
    return [str(found) for found in db.session.scalars(entries)] == [number]


def _text(key: uuid.UUID | None) -> str:
    return str(key) if key else ""
