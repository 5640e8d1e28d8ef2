"""How many people say what: themes as a table of several choices; pure.

A table of themes counts people, not passages, and goes out under the rules of disclosure beside
all other tables of its activity: whoever did not write, or in whose words nobody found a theme,
has no answer in it, and it rests on the same earlier answers as its question does. A passage has a
theme when more than half of those who read it found it.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vrn_community.insights import counting, tabulate
from vrn_community.insights.columns import CODES, GIVEN, Column
from vrn_community.insights.counting import Crossing, Dataset, Part
from vrn_community.insights.tabulate import THEMES, UNBOUNDED, Asked, Row, Table, percent
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.base import OTHER, Item, Missing

Key = uuid.UUID
#: By coder and passage, the themes that the coder found.
Codes = Mapping[Key, Mapping[Key, set[Key]]]


@dataclass(frozen=True)
class Named:
    """A theme as its table tells it."""

    key: str
    name: str
    definition: str = ""


@dataclass(frozen=True)
class Spoken:
    """The people whose words of one question were read, and what was found in them."""

    question_id: str
    text: str
    themes: Sequence[Named]
    #: Only these people, with a column of their themes called `key`.
    read: Dataset

    @property
    def key(self) -> str:
        """The name of the table: a question cannot have it."""
        return f"{THEMES}:{self.question_id}"

    def table(self, everybody: Dataset) -> Table:
        """Return how many people have each theme, of those in whose words somebody found any."""
        tally = tabulate.Tally()
        for part in self.read.parts:
            tally.add(part.columns[self.key])
        silent = everybody.people - tally.base
        rows = (_row(theme, tally) for theme in self.themes)
        return Table(
            self.key,
            self.text,
            THEMES,
            tally.base,
            tuple(rows),
            {Missing.NOT_ANSWERED: silent},
            silent,
            is_multiple=True,
            asked_if=asked_if(self.question_id, everybody.answered()),
            meanings={theme.key: theme.definition for theme in self.themes if theme.definition},
        )

    def crossed(self, everybody: Dataset, by: Sequence[Asked]) -> Crossing:
        """Return how many people have each theme, by their answer to an item."""
        names = [theme.key for theme in self.themes]
        return counting.cross_themes(everybody, self.read, self.key, names, by)


def _row(theme: Named, tally: tabulate.Tally) -> Row:
    count = tally.counts[theme.key]
    return Row(theme.key, theme.name, count, percent(count, tally.base))


def asked_if(
    question_id: str, documents: Iterable[Questionnaire]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the earlier answers on which it rests that people could write these words.

    Words beside "something else" are only of those who chose it.
    """
    stem, _dot, part = question_id.partition(".")
    known = [
        Asked(question, Item("", "", ()), document)
        for document in documents
        for question in document.questions()
        if question.id == stem
    ]
    pairs = [pair for asked in known for pair in tabulate.asked_if(asked)]
    if part == OTHER:
        pairs.append((stem, (OTHER,)))
    return tuple(dict.fromkeys(pairs if known else [UNBOUNDED]))


def with_themes(part: Part, people: Sequence[Key], found: Mapping[Key, set[Key]], of: str,
                themes: Sequence[Named]) -> Part:  # fmt: skip
    """Return a part with a column `of` of the themes of its people."""
    names = tuple(theme.key for theme in themes)
    given = [{str(key) for key in found.get(person, ())} for person in people]
    flags = np.array([[name in some for name in names] for some in given], dtype=np.uint8)
    flags = flags.reshape(len(people), len(names))
    codes = np.where(flags.any(axis=1), GIVEN, CODES[Missing.NOT_ANSWERED]).astype(np.uint8)
    column = Column(codes, names, flags)
    return Part(part.version_id, part.people, {**part.columns, of: column})


def by_person(codes: Codes, people: Mapping[Key, Key]) -> dict[Key, set[Key]]:
    """Return the themes of each person; `people` says by passage who wrote it."""
    found: defaultdict[Key, set[Key]] = defaultdict(set)
    for passage, given in agreed(codes).items():
        found[people[passage]] |= given
    return dict(found)


def agreed(codes: Codes) -> dict[Key, set[Key]]:
    """Return the themes of each passage that more than half of its readers found."""
    readers: Counter[Key] = Counter()
    votes: defaultdict[Key, Counter[Key]] = defaultdict(Counter)
    for passages in codes.values():
        readers.update(passages.keys())
        for passage, given in passages.items():
            votes[passage].update(given)
    return {
        passage: {theme for theme, count in votes[passage].items() if 2 * count > number}
        for passage, number in readers.items()
    }
