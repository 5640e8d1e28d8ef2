"""The texts of a questionnaire as a PO file, for translators and their tools; pure."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from vrn_community.questionnaires import translating
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.translating import TextState

LARGEST = 1_000_000


class UnreadablePo(ValueError):  # noqa: N818 - a refusal, named as a fact.
    """A file that is no PO file, with the line where it goes wrong."""


@dataclass(frozen=True)
class Entry:
    """One translated text of a file: its place, its source as the translator saw it, its text."""

    place: str
    source: str
    text: str


def write(document: Questionnaire, language: str) -> bytes:
    """Return all texts with what is done in a language; what is outdated is marked fuzzy."""
    catalog = Catalog(header_comment="", charset="utf-8", fuzzy=False)
    for row in translating.standing(document, language):
        flags = ["fuzzy"] if row.state is TextState.OUTDATED else []
        catalog.add(row.source, row.text or None, context=row.place, flags=flags)
    file = io.BytesIO()
    write_po(file, catalog, width=0, omit_header=False)
    return file.getvalue()


def read(content: bytes) -> Iterator[Entry]:
    """Go through what a file has translated; fuzzy entries are not, UnreadablePo if it is none."""
    if len(content) > LARGEST:
        raise UnreadablePo("The file is too large.")
    try:
        catalog = read_po(io.BytesIO(content), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise UnreadablePo(str(error)) from error
    for message in catalog:
        is_text = isinstance(message.id, str) and isinstance(message.string, str)
        if message.id and is_text and message.context and message.string and not message.fuzzy:
            yield Entry(message.context, str(message.id), str(message.string))
