"""Questions with fixed wordings, so that answers can be compared over the years.

Each file holds one wording, under its name and its number of version: a question, or a block
of several under a title. A wording in use never changes: other words are a new version, and
a file of its own beside the old one.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from vrn_community.questionnaires.document import Section
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
    #: Only a block has them: it is put in as a section.
    title: Words = ""
    introduction: Words = ""
    #: A block can name questions of the bank instead of writing them again.
    questions: tuple[AnyQuestion, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Wording:
    """One wording with its name and version."""

    name: str
    version: int
    entry: Entry

    @property
    def is_block(self) -> bool:
        """Whether it is put in as a section."""
        return bool(self.entry.title)

    @property
    def question(self) -> AnyQuestion:
        """Return the question as it is put into a questionnaire."""
        return self.entry.questions[0]

    @property
    def section(self) -> Section:
        """Return a block as it is put into a questionnaire."""
        parts = self.entry.model_dump(include={"title", "introduction"})
        return Section(id=f"{self.name}-{self.version}", questions=self.entry.questions, **parts)


@cache
def wordings() -> tuple[Wording, ...]:
    """Return all wordings ever fixed, by name, the newest version of each first."""
    found = []
    for path in FOLDER.glob("*.json"):
        parts = FILE.fullmatch(path.stem)
        if parts is None:
            raise ValueError(f"{path.name} does not end with the number of a version.")
        found.append(Wording(parts["name"], int(parts["version"]), _entry(path)))
    return tuple(sorted(found, key=lambda wording: (wording.name, -wording.version)))


def _entry(path: Path) -> Entry:
    content = json.loads(path.read_text("utf-8"))
    content["questions"] = [
        _entry(FOLDER / f"{asked}.json").questions[0] if isinstance(asked, str) else asked
        for asked in content["questions"]
    ]
    return Entry.model_validate(content)


def latest(*, blocks: bool = False) -> list[Wording]:
    """Return the newest version of each wording of a question, or of each block."""
    newest: dict[str, Wording] = {}
    for wording in wordings():
        newest.setdefault(wording.name, wording)
    return [wording for wording in newest.values() if wording.is_block is blocks]


def wording(name: str, *, blocks: bool = False) -> Wording:
    """Return the newest version of a wording; KeyError if there is none of that name."""
    return {known.name: known for known in latest(blocks=blocks)}[name]


def origin(question: AnyQuestion) -> tuple[Wording, bool] | None:
    """Return the wording that a question came from, and whether it still says the same."""
    known = _fixed().get(question.id)
    if known is None:
        return None
    found, fixed = known
    placed = dict.fromkeys(PLACED)
    return found, question.model_copy(update=placed) == fixed.model_copy(update=placed)


@cache
def _fixed() -> dict[str, tuple[Wording, AnyQuestion]]:
    """Return all questions with fixed words by id; what a block only names is not the block's."""
    by_kind = sorted(wordings(), key=lambda wording: not wording.is_block)
    return {asked.id: (found, asked) for found in by_kind for asked in found.entry.questions}
