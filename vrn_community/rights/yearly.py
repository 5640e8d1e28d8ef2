"""Which numbers of a year may be published, so that nobody is recognised in them; pure."""

from collections.abc import Mapping


def shown(number: int, least: int) -> int | None:
    """Return a number that is large enough, or None; nobody at all is a small number too."""
    return number if number >= least else None


def shown_together(counts: Mapping[str, int], least: int) -> Mapping[str, int] | None:
    """Return counts of which each is large enough, or None: with one hidden, others would tell."""
    return counts if counts and all(number >= least for number in counts.values()) else None
