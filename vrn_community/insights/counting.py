"""From columns to exact counts: of one item, and of one item by another; pure.

What comes out has every small cell in it, so it goes nowhere but into `disclosure`.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vrn_community.insights import persons, tabulate
from vrn_community.insights.columns import Column
from vrn_community.insights.tabulate import Asked, Table, Tally
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.numbers import Banded

Counts = NDArray[np.int64]
CODE_RANGE = 256


@dataclass(frozen=True)
class Part:
    """The answers of some people who were asked the same version."""

    version_id: uuid.UUID
    people: int
    columns: Mapping[str, Column]


@dataclass(frozen=True)
class Dataset:
    """All answers to an opportunity, in parts, and what was asked, the newest version first."""

    parts: Sequence[Part]
    documents: Mapping[uuid.UUID, Questionnaire]

    @property
    def people(self) -> int:
        """How many people there are, exactly: for calculations, never to be shown."""
        return sum(part.people for part in self.parts)

    def answered(self) -> list[Questionnaire]:
        """Return the versions that somebody answered, the newest first."""
        known = {part.version_id for part in self.parts}
        return [document for key, document in self.documents.items() if key in known]


def items(data: Dataset) -> dict[str, list[Asked]]:
    """Return all that is counted, by the name of its column, in each version that asked it.

    The newest comes first; what was a question of another type in an older version is left out.
    """
    found: dict[str, list[Asked]] = {}
    for document in data.answered():
        for one in _asked(document):
            known = found.setdefault(one.column, [])
            if not known or known[0].question.kind == one.question.kind:
                known.append(one)
    found = {key: _in_the_same_bands(versions) for key, versions in found.items()}
    ways, languages = (_occurring(data, key) for key in (persons.WAY, persons.LANGUAGE))
    found |= {one.column: [one] for one in persons.circumstances(ways, languages)}
    return found


def _in_the_same_bands(versions: list[Asked]) -> list[Asked]:
    """Let a number be counted in bands that are wide enough for what every version allowed."""
    asked = [one.question for one in versions if isinstance(one.question, Banded)]
    if not asked:
        return versions
    least = min((q.least for q in asked if q.least is not None), default=None)
    greatest = max((q.greatest for q in asked if q.greatest is not None), default=None)
    ends = {"least": least, "greatest": greatest}
    wide = [question.model_copy(update=ends) for question in asked]
    return [
        replace(one, question=question, item=question.items()[0])
        for one, question in zip(versions, wide, strict=True)
    ]


def _asked(document: Questionnaire) -> Iterator[Asked]:
    yield from tabulate.asked(document)
    for one in tabulate.asked(persons.questions(document), is_about_person=True):
        if document.asks_age_band or one.question.id != persons.AGE:
            yield one


def _occurring(data: Dataset, key: str) -> list[str]:
    """Return the choices of a column that anybody has: what nobody has could not be chosen."""
    tally = Tally()
    for part in data.parts:
        if key in part.columns:
            tally.add(part.columns[key])
    return sorted(choice for choice, count in tally.counts.items() if count)


def table(data: Dataset, versions: Sequence[Asked]) -> Table:
    """Return the exact frequencies of an item in all its versions."""
    tally = Tally()
    for column in by_part(data, versions):
        if column is not None:
            tally.add(column)
    return tabulate.frequencies(versions[0], tally, versions[1:])


def by_part(data: Dataset, versions: Sequence[Asked]) -> Iterator[Column | None]:
    """Go through the columns of an item, part by part; None where it was not asked."""
    newest = versions[0]
    for part in data.parts:
        column = part.columns.get(newest.column)
        is_same = newest.is_about_person or _is_same(newest, data.documents[part.version_id])
        yield tabulate.codes_of(newest, column) if column is not None and is_same else None


def _is_same(of: Asked, document: Questionnaire) -> bool:
    """Return whether a version asks a question of the same type under its name."""
    return any(
        question.id == of.question.id and question.kind == of.question.kind
        for question in document.questions()
    )


@dataclass(frozen=True)
class Crossing:
    """How many people chose each answer to one item, by their answer to another, exactly.

    Shape of `counts`: (choices + 1, choices of the other item + 1); the last row and the last
    column are people without an answer, of whatever kind. Of an item with several answers the
    last row is everybody, for people stand in several rows or in none.
    """

    counts: Counts
    choices: tuple[str, ...]
    by: tuple[str, ...]
    is_multiple: bool


def cross(data: Dataset, versions: Sequence[Asked], by: Sequence[Asked]) -> Crossing:
    """Count an item by another one, which must be one with a single answer."""
    if by[0].item.is_multiple:
        raise ValueError("People can only be told apart by an item with one answer.")
    chosen = list(by_part(data, versions))
    return _cross(data, chosen, _choices(versions), by, is_multiple=versions[0].item.is_multiple)


def cross_themes(
    everybody: Dataset, read: Dataset, name: str, themes: Sequence[str], by: Sequence[Asked]
) -> Crossing:
    """Count themes by an item with a single answer; people who were not read have no theme.

    `read` are those whose words were read, with a column `name` of their themes.
    """
    found = [part.columns[name] for part in read.parts]
    crossing = _cross(read, found, tuple(themes), by, is_multiple=True)
    crossing.counts[-1] = _cross(everybody, [], (), by, is_multiple=True).counts[-1]
    return crossing


def _cross(
    data: Dataset,
    columns: Sequence[Column | None],
    choices: tuple[str, ...],
    by: Sequence[Asked],
    *,
    is_multiple: bool,
) -> Crossing:
    others = _choices(by)
    counts = np.zeros((len(choices) + 1, len(others) + 1), dtype=np.int64)
    mine = columns or [None] * len(data.parts)
    for column, other, part in zip(mine, by_part(data, by), data.parts, strict=True):
        place = _places(other, others, part.people)
        counts += _count(column, choices, place, counts.shape)
    return Crossing(counts, choices, others, is_multiple)


def _choices(versions: Sequence[Asked]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(choice.id for one in versions for choice in one.choices))


def _places(column: Column | None, choices: Sequence[str], people: int) -> NDArray[np.uint8]:
    """Return where each person stands among choices; whoever gave no answer stands last."""
    if column is None:
        return np.full(people, len(choices), dtype=np.uint8)
    place = {choice: number for number, choice in enumerate(choices)}
    table = np.full(CODE_RANGE, len(choices), dtype=np.uint8)
    table[: len(column.choices)] = [place.get(name, len(choices)) for name in column.choices]
    found: NDArray[np.uint8] = table[column.codes]
    return found


def _count(
    column: Column | None,
    choices: Sequence[str],
    place: NDArray[np.uint8],
    shape: tuple[int, ...],
) -> Counts:
    rows, width = shape
    if column is None or column.flags is None:
        mine = _places(column, choices, len(place)).astype(np.uint16)
        cells = np.bincount(mine * np.uint16(width) + place, minlength=rows * width)
        return cells.reshape(rows, width).astype(np.int64)
    counts = np.zeros(shape, dtype=np.int64)
    known = {choice: number for number, choice in enumerate(choices)}
    for number, name in enumerate(column.choices):
        if name in known:
            chosen = place[column.flags[:, number] == 1]
            counts[known[name]] = np.bincount(chosen, minlength=width)
    counts[-1] = np.bincount(place, minlength=width)
    return counts
