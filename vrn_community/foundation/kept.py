"""Small reads that hardly ever change, kept in memory for a minute in each process."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

SECONDS = 60.0
Value = TypeVar("Value")
_memory: dict[Any, tuple[float, Any]] = {}


def kept(read: Callable[[], Value]) -> Callable[[], Value]:
    """Keep what a function without arguments returns, unless that is empty.

    The value must not be tied to a database session, and nobody may change it.
    """

    @wraps(read)
    def remembered() -> Value:
        began, value = _memory.get(read, (0.0, None))
        if value and time.monotonic() - began < SECONDS:
            found: Value = value
            return found
        fresh = read()
        _memory[read] = (time.monotonic(), fresh)
        return fresh

    return remembered


def forget() -> None:
    """Read everything anew the next time."""
    _memory.clear()
