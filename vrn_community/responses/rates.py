"""How many answers came within the last minute, as far as one process knows; pure.

Two numbers for each opportunity, for this minute and the one before: nothing tells who
came, nor when within a minute, and nothing outlives the process.
"""

from collections.abc import Hashable

SECONDS = 60


class Rate:
    """How often something happened lately, by a key."""

    def __init__(self) -> None:
        self._counts: dict[tuple[int, Hashable], int] = {}

    def count(self, key: Hashable, moment: float) -> None:
        """Count one more, and forget what is older than two minutes."""
        minute = int(moment // SECONDS)
        for old in [kept for kept in list(self._counts) if kept[0] < minute - 1]:
            self._counts.pop(old, None)
        self._counts[minute, key] = self._counts.get((minute, key), 0) + 1

    def lately(self, key: Hashable, moment: float) -> float:
        """Return about how many there were within a minute up to a moment."""
        minute, into = divmod(moment, SECONDS)
        before = self._counts.get((int(minute) - 1, key), 0)
        return self._counts.get((int(minute), key), 0) + before * (1 - into / SECONDS)
