"""Pages of the desk on which the questions of an opportunity are built."""

from vrn_community.questionnaires.desk import (
    bank,
    blocks,
    checks,
    overview,
    parts,
    rules,
    transfer,
    translations,
    versions,
)
from vrn_community.questionnaires.desk.drafts import desk

__all__ = [
    "bank",
    "blocks",
    "checks",
    "desk",
    "overview",
    "parts",
    "rules",
    "transfer",
    "translations",
    "versions",
]
