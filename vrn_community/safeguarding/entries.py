"""What is written about a concern: added to its case, sealed, and read with the lead's key."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.safeguarding import keys, queries
from vrn_community.safeguarding.kinds import EntryKind, Outcome
from vrn_community.safeguarding.models import CaseEntry, Concern

#: Named texts of an entry, such as what was noticed and the exact words.
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """An entry that was opened: what it tells, by whom and when, and its texts by name."""

    kind: EntryKind
    at: datetime
    by_id: uuid.UUID | None
    outcome: Outcome | None
    texts: Texts


def write(
    concern: Concern,
    kind: EntryKind,
    texts: Texts,
    *,
    by: Account | None,
    key: uuid.UUID | None = None,
    outcome: Outcome | None = None,
) -> CaseEntry:
    """Add an entry to a case; what is empty is left out. The same key again adds nothing.

    It is locked for the team's key. Where there is none yet, only the key of the entry seals it,
    so that no worry is ever lost; a job locks it once there is one.
    """
    if key and (known := db.session.get(CaseEntry, key)):
        return known
    at = clock.now() if by else concern.created_at  # A person who asks for help left no time.
    made = CaseEntry(id=key or uuid.uuid4(), concern_id=concern.id, kind=kind, outcome=outcome)
    made.by_id, made.created_at = by.id if by else None, at
    _seal(made, json.dumps({name: text for name, text in texts.items() if text}).encode())
    db.session.add(made)
    db.session.flush()
    return made


def _seal(entry: CaseEntry, content: bytes) -> None:
    team = queries.team_key(to_change=False)
    CaseEntry.text.keep(entry, None if team else content)
    if team:
        _lock(entry, content, team.public_key)


def _lock(entry: CaseEntry, content: bytes, public: bytes) -> None:
    CaseEntry.locked.keep(entry, keys.seal(public, content, *_place(entry)))


def _place(entry: CaseEntry) -> tuple[str, str, str]:
    """Return the table and the rows to which the locked text of an entry is bound."""
    return ("case-entry", str(entry.concern_id), str(entry.id))


def _unsealed(entry: CaseEntry, private: bytes | None) -> bytes:
    if entry.sealed_text is not None:
        return CaseEntry.text.content(entry)
    if private is None:
        raise keys.DoesNotOpenError
    return keys.unseal(private, CaseEntry.locked.content(entry), *_place(entry))


def read(concern: Concern, private: bytes | None) -> list[Told]:
    """Return what a case tells, oldest first; DoesNotOpenError if the key does not fit."""
    return [
        Told(
            entry.kind,
            entry.created_at,
            entry.by_id,
            entry.outcome,
            json.loads(_unsealed(entry, private)),
        )
        for entry in queries.entries(concern.id)
    ]


def lock_open_ones() -> int:
    """Lock what was written before there was a key, and return how much it was."""
    if queries.team_key() is None:
        return 0
    found = queries.entries_where(CaseEntry.locked_text.is_(None))
    for entry in found:
        _seal(entry, _unsealed(entry, None))
    db.session.flush()
    return len(found)


def seal_again(private: bytes, public: bytes) -> int:
    """Seal every entry for another key, and return how many there were."""
    found = queries.entries_where(CaseEntry.sealed_text.is_(None))
    for entry in found:
        _lock(entry, _unsealed(entry, private), public)
    db.session.flush()
    return len(found)
