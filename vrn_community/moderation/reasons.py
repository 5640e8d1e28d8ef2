"""Reasons that are chosen: why words are taken out or kept back, and why an original is read."""

from enum import StrEnum


class RedactionReason(StrEnum):
    """Why words were taken out of a passage."""

    NAMES_SOMEBODY = "names-somebody"
    PLACE = "place"
    CONTACT = "contact"
    HEALTH = "health"
    OTHER = "other"


class WithholdReason(StrEnum):
    """Why nobody may read a passage."""

    RECOGNISABLE = "recognisable"
    ACCUSES = "accuses"
    THREATENS = "threatens"
    NO_ANSWER = "no-answer"
    OTHER = "other"


class RevealReason(StrEnum):
    """Why a moderator reads the words as they were sent, after a decision; for the audit trail."""

    CHECK = "check"
    ASKED = "asked"
    REDACT = "redact"


#: Under which a reason in a moderator's own words is told to others: the words stay inside.
OTHER = "other"
STATED = frozenset({*RedactionReason, *WithholdReason})


def told(reason: str) -> str:
    """Return what others are told of a reason: its name, or that it is another one."""
    return reason if reason in STATED else OTHER
