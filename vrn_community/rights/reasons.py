"""Reasons that are chosen, never typed: they stand in the audit trail, where nobody is named."""

from enum import StrEnum


class ReadReason(StrEnum):
    """Why the officer reads what somebody wrote."""

    ANSWER = "answer"
    LETTER = "letter"
    REVIEW = "review"
    ICO = "ico"
