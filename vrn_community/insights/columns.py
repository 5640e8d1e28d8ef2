"""Closed answers as columns of small numbers, one for each person; pure.

A column holds the answers to one item of a question (a row of a grid is an item of its own).
Nothing in a column tells who a person is or when they came: people stand in the order of their
random keys. Counting a million people is then a matter of milliseconds.
"""

import json
import zlib
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vrn_community.questionnaires import routing
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.base import Answer, Item, Missing, Question
from vrn_community.questionnaires.question_types.grids import Rows
from vrn_community.questionnaires.question_types.numbers import Banded
from vrn_community.questionnaires.rules import Rule

Codes = NDArray[np.uint8]
Numbers = NDArray[np.float64]
Answers = Mapping[str, Answer]
#: What stands in a column instead of the number of a choice.
CODES = {
    Missing.NOT_ANSWERED: 255,
    Missing.NOT_APPLICABLE: 254,
    Missing.DONT_KNOW: 253,
    Missing.PREFER_NOT_TO_SAY: 252,
}
#: What stands in a column of numbers, or of several answers, for somebody who answered.
GIVEN = 0


@dataclass(frozen=True)
class Column:
    """The answers to one item: what each person chose, or why there is no answer."""

    #: Shape (people,): the place of the choice in `choices`, or one of `CODES`.
    codes: Codes
    choices: tuple[str, ...] = ()
    #: Shape (people, choices): 1 where somebody chose one of several; then `codes` are `GIVEN`.
    flags: Codes | None = None
    #: Shape (people,): the numbers that people gave; then `codes` are `GIVEN`.
    values: Numbers | None = None


def key_of(question: Question, item: Item) -> str:
    """Return the name of the column, and of the table, of an item."""
    return f"{question.id}.{item.id}" if item.id else question.id


def items(question: Question) -> Sequence[Item]:
    """Return what has a column: the items, and a number that has no bands as well."""
    if isinstance(question, Banded) and not question.items():
        return (Item("", question.text, question.offered()),)
    return question.items()


def encode(document: Questionnaire, people: Sequence[Answers]) -> dict[str, Column]:
    """Return a column for each item of each closed question, one mapping of answers a person."""
    found = {}
    for question in document.questions():
        unasked = _unasked(question, document, people) if items(question) else None
        for item in items(question):
            found[key_of(question, item)] = _column(question, item, people, unasked)
    return found


def _column(
    question: Question, item: Item, people: Sequence[Answers], unasked: NDArray[np.bool_] | None
) -> Column:
    kinds = {choice.id: choice.missing for choice in item.choices}
    choices = tuple(choice.id for choice in item.choices if choice.missing is None)
    coder = _Coder(question, item, choices, kinds)
    given = [coder.code(answers.get(question.id)) for answers in people]
    codes = np.array([code for code, _more in given], dtype=np.uint8)
    if unasked is not None:
        codes[unasked & (codes == CODES[Missing.NOT_ANSWERED])] = CODES[Missing.NOT_APPLICABLE]
    if isinstance(question, Banded):
        return Column(codes, values=np.array([more for _code, more in given], dtype=np.float64))
    if item.is_multiple:
        flags = np.array([more for _code, more in given], dtype=np.uint8)
        return Column(codes, choices, flags.reshape(len(people), len(choices)))
    return Column(codes, choices)


class _Coder:
    """What turns answers to one item into numbers; answers that were seen are looked up."""

    def __init__(
        self,
        question: Question,
        item: Item,
        choices: tuple[str, ...],
        kinds: Mapping[str, Missing | None],
    ) -> None:
        self.question, self.item, self.kinds = question, item, kinds
        self.places = {choice: place for place, choice in enumerate(choices)}
        self.work: Callable[[Answer | None], tuple[int, Any]] = self._single
        if isinstance(question, Banded):
            self.work = self._number
        elif item.is_multiple:
            self.work = self._several
        self.seen: dict[Hashable, tuple[int, Any]] = {}

    def code(self, answer: Answer | None) -> tuple[int, Any]:
        """Return the code of an answer, and what stands beside it."""
        if isinstance(self.question, Rows) and isinstance(answer, dict):
            answer = {self.item.id: answer.get(self.item.id)}
        key = hashable(answer)
        if key not in self.seen:
            self.seen[key] = self.work(answer)
        return self.seen[key]

    def _missing(self, answer: Answer | None) -> int:
        chosen = self.question.chosen(answer, self.item.id)
        kinds = (self.kinds.get(name) for name in chosen)
        return CODES[next(filter(None, kinds), Missing.NOT_ANSWERED)]

    def _single(self, answer: Answer | None) -> tuple[int, Any]:
        chosen = self.question.chosen(answer, self.item.id)
        place = next((self.places[name] for name in chosen if name in self.places), None)
        return (self._missing(answer) if place is None else place), None

    def _several(self, answer: Answer | None) -> tuple[int, Any]:
        chosen = set(self.question.chosen(answer, self.item.id))
        flags = [int(name in chosen) for name in self.places]
        return (GIVEN if any(flags) else self._missing(answer)), flags

    def _number(self, answer: Answer | None) -> tuple[int, Any]:
        value = self.question.number(answer)
        return (self._missing(answer), np.nan) if value is None else (GIVEN, value)


def hashable(answer: Answer | None) -> Hashable:
    """Return an answer as something that can be looked up."""
    if isinstance(answer, dict):
        return tuple(sorted(answer.items()))
    return tuple(answer) if isinstance(answer, list) else answer


def _unasked(
    question: Question, document: Questionnaire, people: Sequence[Answers]
) -> NDArray[np.bool_] | None:
    """Return who was never shown a question, shape (people,); None if everybody was."""
    before = asked_before(question, document)
    if not before:
        return None
    shown: dict[Hashable, bool] = {}
    found = np.zeros(len(people), dtype=np.bool_)
    for number, answers in enumerate(people):
        if answers.get(question.id) is not None:
            continue
        pattern = tuple(hashable(answers.get(earlier.id)) for earlier in before)
        if pattern not in shown:
            asked = document.question(question.id)
            shown[pattern] = routing.is_shown(asked, document, answers)
        found[number] = not shown[pattern]
    return found


def asked_before(question: Question, document: Questionnaire) -> list[Question]:
    """Return the questions on whose answers it rests, directly or not, that one is shown."""
    found: dict[str, Question] = {}
    section = document.section_of(question.id)
    rules: list[Rule] = [rule for rule in (section.show_if, question.show_if) if rule]
    for rule in rules:
        for test in rule.tests():
            earlier = document.question(test.question_id)
            before = asked_before(earlier, document)
            found |= {q.id: q for q in (earlier, *before)}
    return list(found.values())


def pack(columns: Mapping[str, Column]) -> bytes:
    """Return columns as bytes, to be kept."""
    heads = [
        {
            "key": key,
            "people": len(column.codes),
            "choices": column.choices,
            "has_flags": column.flags is not None,
            "has_values": column.values is not None,
        }
        for key, column in columns.items()
    ]
    parts = [array.tobytes() for column in columns.values() for array in _arrays(column)]
    head = json.dumps(heads).encode()
    return zlib.compress(len(head).to_bytes(4) + head + b"".join(parts), 1)


def _arrays(column: Column) -> Iterator[NDArray[Any]]:
    yield column.codes
    if column.flags is not None:
        yield column.flags
    if column.values is not None:
        yield column.values


def unpack(packed: bytes) -> dict[str, Column]:
    """Return the columns that bytes hold."""
    content = zlib.decompress(packed)
    start = 4 + int.from_bytes(content[:4])
    found = {}
    for head in json.loads(content[4:start]):
        column, start = _read(content, start, head)
        found[head["key"]] = column
    return found


def _read(content: bytes, start: int, head: Mapping[str, Any]) -> tuple[Column, int]:
    people, choices = head["people"], tuple(head["choices"])
    codes = np.frombuffer(content, np.uint8, people, start)
    start += people
    flags = values = None
    if head["has_flags"]:
        size = people * len(choices)
        flags = np.frombuffer(content, np.uint8, size, start).reshape(people, len(choices))
        start += size
    if head["has_values"]:
        values = np.frombuffer(content, np.float64, people, start)
        start += 8 * people
    return Column(codes, choices, flags, values), start
