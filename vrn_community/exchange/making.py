"""Making the file of an export: what is in it, in which order, and with whose mark."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from vrn_community import config, jobs
from vrn_community.exchange import queries, rows
from vrn_community.exchange.models import Export, ExportContent
from vrn_community.foundation.sheets import csv_file
from vrn_community.insights import dataset

#: Each row carries it, so that it stays with rows that are copied elsewhere.
MARK = "export"
WORD_HEADINGS = ["question", "words", "may be quoted"]
Tell = Callable[[int], None]


@dataclass(frozen=True)
class File:
    """A file and how many rows are in it, without the headings."""

    content: bytes
    rows: int


class TooFew(Exception):  # noqa: N818 - a fact about the answers.
    """So few people answered that each could be recognised."""


def make(export: Export, tell: Tell) -> File:
    """Return the file of an export; `tell` is told how far it is, in per cent."""
    headings, lines = _content(export, tell)
    if len(lines) < config.current().disclosure_threshold:
        raise TooFew
    secrets.SystemRandom().shuffle(lines)
    tell(70)
    mark = f"{export.id}, {export.asked_by.display_name}"
    text = csv_file([*headings, MARK], ([*line, mark] for line in lines))
    tell(90)
    return File(text.encode(), len(lines))


def _content(export: Export, tell: Tell) -> tuple[list[str], list[list[str]]]:
    if export.content is ExportContent.WORDS:
        words = queries.cleared_words(export.opportunity_id)
        tell(50)
        return WORD_HEADINGS, [list(line) for line in words]
    with jobs.reading():
        data = dataset.read(export.opportunity_id)
    tell(20)
    sheet = rows.sheet(data, config.current().disclosure_threshold)
    tell(50)
    return sheet.headings, sheet.people
