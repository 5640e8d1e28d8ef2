"""What screening can notice, and how soon somebody should look; pure."""

from collections.abc import Iterable
from enum import StrEnum


class Signal(StrEnum):
    """One thing that words may be about; only this name is kept, never the words."""

    DANGER = "danger"
    SELF_HARM = "self-harm"
    ABUSE = "abuse"
    THREAT = "threat"
    WEAPON = "weapon"
    EXPLOITATION = "exploitation"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    HANDLE = "handle"
    PLATE = "plate"
    NI_NUMBER = "ni-number"
    NHS_NUMBER = "nhs-number"
    STREET = "street"
    SCHOOL = "school"


#: Somebody may need help now: these lead to help lines before sending, too.
NEEDS_HELP = frozenset({Signal.DANGER, Signal.SELF_HARM, Signal.ABUSE})
RISKS = NEEDS_HELP | {Signal.THREAT, Signal.WEAPON, Signal.EXPLOITATION}
PERSONAL = frozenset(Signal) - RISKS
#: How soon to look: the highest number first.
NOW, SOON, CAREFULLY, AS_USUAL = 3, 2, 1, 0
Signals = frozenset[Signal]


def urgency_of(found: Iterable[Signal]) -> int:
    """Return how soon somebody should look, from 3 (now) to 0 (as usual)."""
    signals = frozenset(found)
    if signals & NEEDS_HELP:
        return NOW
    if signals & RISKS:
        return SOON
    return CAREFULLY if signals else AS_USUAL


def joined(found: Iterable[Signal]) -> str:
    """Return signals as one text, each between blanks, so that one can be looked for."""
    held = frozenset(found)
    return "".join(f" {signal}" for signal in Signal if signal in held) + " " * bool(held)


def parted(text: str) -> list[Signal]:
    """Return the signals of a joined text, in their order."""
    return [Signal(name) for name in text.split()]
