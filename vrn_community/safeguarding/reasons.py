"""Reasons that are chosen, never typed: they stand in the audit trail, where nobody is named."""

from enum import StrEnum


class CloseReason(StrEnum):
    """How a concern ended."""

    PASSED_ON = "passed-on"
    NO_RISK = "no-risk"
    NOT_IDENTIFIABLE = "not-identifiable"
    RAISED_BY_MISTAKE = "raised-by-mistake"


class RevealReason(StrEnum):
    """Why the lead reads somebody's words."""

    DECIDE = "decide"
    HAND_OVER = "hand-over"
    REVIEW = "review"
