"""The answers that a question can have, as far as rules tell them apart; pure.

Two answers that no rule tells apart count as one, so a few stand for all. What cannot
be listed in full says so.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from vrn_community.questionnaires.document import choices_named
from vrn_community.questionnaires.question_types.base import Answer, Choice, Question
from vrn_community.questionnaires.question_types.cards import REFUSES, Consent
from vrn_community.questionnaires.question_types.choices import MultipleChoice
from vrn_community.questionnaires.question_types.grids import Rows
from vrn_community.questionnaires.question_types.numbers import LARGEST, Banded, MonthYear, Number
from vrn_community.questionnaires.question_types.orders import Weighing
from vrn_community.questionnaires.question_types.places import ELSEWHERE
from vrn_community.questionnaires.rules import AnswerTest, Equals, Greater, Less

#: So many answers of one question are listed at most.
MOST_ANSWERS = 300


@dataclass(frozen=True)
class Domain:
    """Answers that stand for all, beginning with none; or only for some of them."""

    answers: tuple[Answer | None, ...]
    is_whole: bool = True


def domain(question: Question, tests: Sequence[AnswerTest]) -> Domain:
    """Return the answers to a question that these tests of it can tell apart."""
    for kind, listed in LISTED:
        if isinstance(question, kind):
            return listed(question, tests)
    if question.has_outside_choices:
        named = {name for test in tests for name in choices_named(test)} | {ELSEWHERE}
        return Domain((None, *sorted(named), *(kind.value for kind in question.offers)))
    return Domain((None, *(choice.id for choice in question.options()), *_offered(question)))


def _offered(question: Question) -> list[str]:
    listed = {choice.id for choice in question.options()}
    return [kind.value for kind in question.offers if kind.value not in listed]


def _of_consent(question: Consent, _tests: Sequence[AnswerTest]) -> Domain:
    """Return yes and no answer: whoever refuses sees nothing that comes later."""
    return Domain((None, *(c.id for c in question.options() if c.id != REFUSES)))


def _of_numbers(question: Banded, tests: Sequence[AnswerTest]) -> Domain:
    return Domain((None, *_numbers(question, tests), *_offered(question)))


def _numbers(question: Banded, tests: Sequence[AnswerTest]) -> Iterator[Answer]:
    """Yield a number at, below and above each number and each edge of a band."""
    ends = (question.least, question.greatest)
    named = [number for test in tests for number in _named(test)]
    edges = {0.0, *named, *(end for end in ends if end is not None)}
    edges |= {float(start) for start, _end in question.bands()}
    is_whole = isinstance(question, MonthYear) or (
        isinstance(question, Number) and question.is_whole
    )
    values = {n for edge in edges for n in _around(edge, is_whole)}
    least = -LARGEST if question.least is None else question.least
    greatest = LARGEST if question.greatest is None else question.greatest
    for value in sorted(values):
        if least <= value <= greatest:
            yield f"{int(value):04}" if isinstance(question, MonthYear) else value


def _named(test: AnswerTest) -> list[float]:
    match test:
        case Greater():
            return [test.greater]
        case Less():
            return [test.less]
        case Equals() if not isinstance(test.equals, str):
            return [test.equals]
    return []


def _around(edge: float, is_whole: bool) -> set[float]:
    if is_whole:
        return {float(math.floor(edge)) + step for step in (-1, 0, 1, 2)}
    # Numbers are typed with at most six places after the point.
    return {edge, edge - 0.000001, edge + 0.000001}


def _of_rows(question: Rows, tests: Sequence[AnswerTest]) -> Domain:
    """Return answers for the rows that are tested; the others may be left out."""
    rows = sorted({test.row_id for test in tests if test.row_id})
    columns = [None, *(choice.id for choice in question.columns())]
    offered = _offered(question)
    some = question.rows[0].id
    untested: list[Answer] = [{some: columns[1] or ""}] if not rows else []
    if len(columns) ** len(rows) > MOST_ANSWERS:
        all_same: list[Answer | None] = [dict.fromkeys(rows, c) for c in columns[1:] if c]
        return Domain((None, *all_same, *offered), is_whole=False)
    found: list[Answer | None] = []
    for values in product(columns, repeat=len(rows)):
        answer = {row: value for row, value in zip(rows, values, strict=True) if value}
        found.append(answer or None)
    return Domain((*found, *untested, *offered))


def _of_weights(question: Weighing, _tests: Sequence[AnswerTest]) -> Domain:
    """Return one choice alone, and all of them; other orders and shares are not listed."""
    keys = [choice.id for choice in question.choices]
    if question.kind == "ranking":
        orders: list[Answer] = [[key] for key in keys]
        return Domain((None, *orders, keys, *_offered(question)), is_whole=False)
    shares: list[Answer] = [{key: 1} for key in keys]
    return Domain((None, *shares, dict.fromkeys(keys, 1), *_offered(question)), is_whole=False)


def _of_several(question: MultipleChoice, tests: Sequence[AnswerTest]) -> Domain:
    """Return all sets of the choices that are named, with one that is not."""
    named = {name for test in tests for name in choices_named(test)}
    alone, free = _by_company(question.options())
    counted = [choice for choice in free if choice.id in named]
    counted += [choice for choice in free if choice.id not in named][:1]
    most = min(question.most or len(counted), len(counted))
    sizes = range(1, most + 1)
    if sum(math.comb(len(counted), size) for size in sizes) > MOST_ANSWERS:
        sizes = range(1, min(2, most) + 1)
    sets: list[Answer] = [
        [choice.id for choice in found] for size in sizes for found in combinations(counted, size)
    ]
    is_whole = len(sizes) == most
    return Domain((None, *sets, *([choice.id] for choice in alone)), is_whole)


def _by_company(options: Sequence[Choice]) -> tuple[list[Choice], list[Choice]]:
    """Return the choices that stand alone, and those that go with others."""
    alone = [choice for choice in options if choice.is_exclusive or choice.missing]
    return alone, [choice for choice in options if choice not in alone]


#: How the answers of each kind are listed; of all others the choices are.
LISTED: tuple[tuple[Any, Callable[[Any, Sequence[AnswerTest]], Domain]], ...] = (
    (Consent, _of_consent),
    (Banded, _of_numbers),
    (Rows, _of_rows),
    (Weighing, _of_weights),
    (MultipleChoice, _of_several),
)
