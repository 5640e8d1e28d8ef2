"""The phrase lists that come with the service, read once from the data files."""

import csv
from functools import cache
from pathlib import Path

from vrn_community.screening.phrases import Phrase
from vrn_community.screening.signals import Signal

DATA = Path(__file__).parent / "data"
#: The languages that have a list; every text is looked through for all of them.
LANGUAGES = {"en": "English", "gu": "ગુજરાતી", "pa": "ਪੰਜਾਬੀ", "ur": "اردو", "pl": "polski"}
EXCEPTION = "except"


@cache
def shipped(language: str) -> tuple[Phrase, ...]:
    """Return the phrases of a language as they come with the service."""
    return tuple(
        Phrase(Signal(row["signal"]), row["phrase"], row["kind"] == EXCEPTION)
        for row in _rows(DATA / f"{language}.csv")
    )


@cache
def places() -> tuple[Phrase, ...]:
    """Return streets and schools of the area."""
    rows = _rows(DATA / "places.csv")
    return tuple(Phrase(Signal(row["signal"]), row["name"]) for row in rows)


def all_shipped() -> list[Phrase]:
    """Return every phrase that comes with the service."""
    return [*(phrase for language in LANGUAGES for phrase in shipped(language)), *places()]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
