"""What is written about a concern: added to its case, sealed, and read with the lead's key."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

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

    It is sealed for the team's key. Where there is none yet, it is sealed with the data key, so
    that no worry is ever lost; a job locks it once there is one.
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
    entry.locked_text = keys.seal(team.public_key, content, *_place(entry)) if team else None
    entry.sealed_text = None if team else CaseEntry.text.seal(entry.id, content)


def _place(entry: CaseEntry) -> tuple[str, str, str]:
    """Return the table and the rows to which the locked text of an entry is bound."""
    return ("case-entry", str(entry.concern_id), str(entry.id))


def _unsealed(entry: CaseEntry, private: bytes | None) -> bytes:
    if entry.sealed_text is not None:
        return CaseEntry.text.unseal(entry.id, entry.sealed_text)
    if private is None or entry.locked_text is None:
        raise keys.DoesNotOpenError
    return keys.unseal(private, entry.locked_text, *_place(entry))


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
    found = db.session.scalars(select(CaseEntry).where(CaseEntry.locked_text.is_(None))).all()
    for entry in found:
        _seal(entry, _unsealed(entry, None))
    db.session.flush()
    return len(found)


def seal_again(private: bytes, public: bytes) -> int:
    """Seal every entry for another key, and return how many there were."""
    found = db.session.scalars(select(CaseEntry).where(CaseEntry.sealed_text.is_(None))).all()
    for entry in found:
        entry.locked_text = keys.seal(public, _unsealed(entry, private), *_place(entry))
    db.session.flush()
    return len(found)
