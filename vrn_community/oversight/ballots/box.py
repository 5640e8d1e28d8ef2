"""What lies in the sealed box of a secret ballot: always of one size, in no order of time; pure."""

import json
from collections.abc import Iterable
from typing import NamedTuple

#: Reasons are no longer, so that the longest vote fits its place, at four bytes a character.
LONGEST_REASON = 500
PLACE_BYTES = 4 * LONGEST_REASON + 100
TRACKER_CHARACTERS = 8


class CastVote(NamedTuple):
    """One vote: a code that its member alone knows, the choice, and why."""

    tracker: str
    choice: str
    reason: str = ""


def packed(votes: Iterable[CastVote], places: int) -> str:
    """Return votes sorted by tracker, filled up to what a box with so many places holds."""
    text = json.dumps(sorted(votes), ensure_ascii=False, separators=(",", ":"))
    return text + " " * (places * PLACE_BYTES - len(text.encode()))


def added(text: str, vote: CastVote) -> str:
    """Return a box with one vote more: it has as many places as before, whoever left meanwhile."""
    return packed([*unpacked(text), vote], len(text.encode()) // PLACE_BYTES)


def unpacked(text: str) -> list[CastVote]:
    """Return the votes of a box."""
    return [CastVote(*vote) for vote in json.loads(text)]
