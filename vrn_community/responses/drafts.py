"""Save and come back: a draft that only a few words open, not even we with all our keys.

The words go through Argon2id once. Half of what comes out finds the row (as a hash), the other
half is the key that opens it; neither can be had from the database and the settings without
trying all words, each try at the cost of Argon2id.
"""

import json
import secrets
import zlib
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import delete

from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.foundation.text import plain
from vrn_community.opportunities.models import Opportunity
from vrn_community.responses.flow import Walk
from vrn_community.responses.models import Draft

WORDS = Path(__file__).parent / "words.txt"
NUMBER_OF_WORDS = 4
LIVES = timedelta(days=7)
#: What one try costs: whoever has the database has to pay it for each of 10^12 codes.
COST = {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 1, "hash_len": 64}
LONGEST_TYPED = 100


@dataclass(frozen=True)
class Kept:
    """A draft that was opened: the version that it answers, and the walk so far."""

    version_id: str
    walk: Walk


def keep(opportunity: Opportunity, version_id: str, walk: Walk) -> tuple[str, Walk]:
    """Store a walk for a week, in place of its former draft; return the words that open it."""
    forget(walk)
    words = " ".join(secrets.choice(_words()) for _number in range(NUMBER_OF_WORDS))
    key_hash, key = _derived(words)
    kept = replace(walk, draft=key_hash)
    # When it began says nothing any more about how long it took.
    content = {"v": version_id, "walk": replace(kept, began=0, asked=0).to_state()}
    packed = zlib.compress(json.dumps(content).encode(), 6)
    sealed = crypto.seal_with(key, packed, opportunity.code)
    row = Draft(key_hash=key_hash, opportunity_id=opportunity.id, sealed=sealed)
    db.session.add(row)
    db.session.flush()
    return words, kept


def find(opportunity: Opportunity, typed: str) -> Kept | None:
    """Return what words open; None alike for wrong words, old ones, and those of elsewhere."""
    key_hash, key = _derived(_read(typed))
    row = db.session.get(Draft, key_hash)
    if row is None or row.kept_on + LIVES < clock.today():
        return None
    try:
        packed = crypto.unseal_with(key, row.sealed, opportunity.code)
    except crypto.SealBrokenError:
        return None
    content = json.loads(zlib.decompress(packed))
    return Kept(content["v"], Walk.of_state(content["walk"]))


def forget(walk: Walk) -> None:
    """Delete the draft that a walk came from, if it came from one."""
    if walk.draft:
        db.session.execute(delete(Draft).where(Draft.key_hash == walk.draft))


def _read(typed: str) -> str:
    """Return typed words as they were made: small letters, one blank between them."""
    letters = "".join(c if c.isalpha() else " " for c in plain(typed)[:LONGEST_TYPED].lower())
    return " ".join(letters.split())


def _derived(words: str) -> tuple[str, bytes]:
    """Return what finds a draft, and the key that opens it."""
    salt = bytes.fromhex(crypto.keyed_hash("draft", "salt"))
    both = hash_secret_raw(words.encode(), salt, type=Type.ID, **COST)
    return crypto.token_hash(both[:32].hex()), both[32:]


@cache
def _words() -> tuple[str, ...]:
    return tuple(WORDS.read_text("ascii").split())
