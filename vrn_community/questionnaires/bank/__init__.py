"""Questions with fixed wordings, so that answers can be compared over the years.

Each file holds one wording: its name and its number of version. A wording in use never
changes: other words are a new version, and a file of its own beside the old one.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.base import Words
from vrn_community.questionnaires.rules import Document, Slug

FOLDER = Path(__file__).parent
FILE = re.compile(r"(?P<name>[a-z-]+)-(?P<version>\d+)")
#: Fields of a question that say where it stands in a questionnaire, not what it asks.
PLACED = {"show_if"}


class Entry(Document):
    """One wording of the bank, as its file has it."""

    topic: Slug
    #: What it is for, in a sentence for editors.
    purpose: Words
    question: AnyQuestion


@dataclass(frozen=True)
class Wording:
    """One wording with its name and version."""

    name: str
    version: int
    entry: Entry

    @property
    def question(self) -> AnyQuestion:
        """Return the question as it is put into a questionnaire."""
        return self.entry.question


_entry: TypeAdapter[Entry] = TypeAdapter(Entry)


@cache
def wordings() -> tuple[Wording, ...]:
    """Return all wordings ever fixed, by name, the newest version of each first."""
    found = []
    for path in FOLDER.glob("*.json"):
        parts = FILE.fullmatch(path.stem)
        if parts is None:
            raise ValueError(f"{path.name} does not end with the number of a version.")
        entry = _entry.validate_python(json.loads(path.read_text("utf-8")))
        found.append(Wording(parts["name"], int(parts["version"]), entry))
    return tuple(sorted(found, key=lambda wording: (wording.name, -wording.version)))


def latest() -> list[Wording]:
    """Return the newest version of each wording."""
    newest: dict[str, Wording] = {}
    for wording in wordings():
        newest.setdefault(wording.name, wording)
    return list(newest.values())


def wording(name: str) -> Wording:
    """Return the newest version of a wording; KeyError if there is none of that name."""
    return {known.name: known for known in latest()}[name]


def origin(question: AnyQuestion) -> tuple[Wording, bool] | None:
    """Return the wording that a question came from, and whether it still says the same."""
    known = {found.question.id: found for found in wordings()}.get(question.id)
    if known is None:
        return None
    same = question.model_dump(exclude=PLACED) == known.question.model_dump(exclude=PLACED)
    return known, same
