"""Reasons that are chosen: why words are taken out, and why an original is read again."""

from enum import StrEnum


class RedactionReason(StrEnum):
    """Why words were taken out of a passage."""

    NAMES_SOMEBODY = "names-somebody"
    PLACE = "place"
    CONTACT = "contact"
    HEALTH = "health"
    OTHER = "other"


class RevealReason(StrEnum):
    """Why a moderator reads the words as they were sent, after a decision; for the audit trail."""

    CHECK = "check"
    ASKED = "asked"
    REDACT = "redact"
