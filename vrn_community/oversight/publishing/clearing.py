"""What in a text looks like personal data, line by line; pure, and misses are certain."""

from dataclasses import dataclass

from vrn_community.screening import folding, personal
from vrn_community.screening.signals import PERSONAL, Signal


@dataclass(frozen=True)
class Finding:
    """One line of a text, and the kinds of personal data that it seems to hold."""

    line: str
    signals: tuple[Signal, ...]


def findings(text: str) -> list[Finding]:
    """Return the lines of a text in which personal data may stand."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        signals = personal.personal_data(line, folding.tokens(line)) & PERSONAL
        if signals:
            found.append(Finding(line, tuple(sorted(signals))))
    return found
