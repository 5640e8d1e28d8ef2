"""Somebody who answers any questionnaire to its end."""

import random
from collections.abc import Callable
from typing import Any

from werkzeug.datastructures import MultiDict

from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.responses import flow
from vrn_community.responses.flow import CHECK, Block, Walk

Pairs = list[tuple[str, str]]
Way = Callable[[AnyQuestion], Pairs]
ALONE = Block(None, None)


def first(question: AnyQuestion) -> Pairs:
    """Give the first answer that a question has."""
    known = FIRST.get(question.kind)
    return known(question) if known else [(question.id, question.options()[0].id)]


def _within(question: Any, usual: float) -> float:
    least = usual if question.least is None else max(usual, question.least)
    return least if question.greatest is None else min(least, question.greatest)


def _of_rows(question: Any, answer: Callable[[], str]) -> Pairs:
    return [(f"{question.id}.{row.id}", answer()) for row in question.rows]


def _in_order(question: Any) -> Pairs:
    return [(f"{question.id}.{c.id}", str(n)) for n, c in enumerate(question.choices, 1)]


FIRST: dict[str, Callable[[Any], Pairs]] = {
    "information": lambda question: [],
    "number": lambda question: [(question.id, f"{_within(question, 0):g}")],
    "month-year": lambda question: [(f"{question.id}.year", f"{_within(question, 2000):g}")],
    "short-text": lambda question: [(question.id, "Words")],
    "long-text": lambda question: [(question.id, "Words")],
    "several-texts": lambda question: _of_rows(question, lambda: "Words"),
    "grid": lambda question: _of_rows(question, lambda: question.columns()[0].id),
    "cards": lambda question: _of_rows(question, lambda: question.columns()[0].id),
    "ranking": _in_order,
    "points": lambda question: [(f"{question.id}.{question.choices[0].id}", str(question.total))],
}


def nothing(question: AnyQuestion) -> Pairs:
    return []


def by_chance(seed: int) -> Way:
    """Give answers as they come, and sometimes none."""
    chance = random.Random(seed)

    def way(question: AnyQuestion) -> Pairs:
        if not chance.randrange(4):
            return []
        pairs = first(question)
        if question.kind == "ranking":
            places = [str(n + 1) for n in range(len(pairs))]
            return [
                (n, p) for (n, _), p in zip(pairs, chance.sample(places, len(places)), strict=True)
            ]
        if question.kind in ("grid", "cards"):
            return [(name, chance.choice(question.columns()).id) for name, _ in pairs]
        if question.options() and question.kind != "points":
            return [(question.id, chance.choice(question.options()).id)]
        return pairs

    return way


def answered(document: Questionnaire, way: Way, seed: int = 0) -> tuple[Walk, list[str]]:
    """Go through a questionnaire; return what would be stored, and the pages that were seen."""
    walk, seen = flow.forward(document, ALONE, Walk("token", "start", seed=seed)), []
    while walk.page != CHECK:
        assert walk.page not in seen, "The walk turns in a circle."
        seen.append(walk.page)
        pairs = [pair for q in flow.questions(document, ALONE, walk) for pair in way(q)]
        walk, errors = flow.read(document, ALONE, walk, MultiDict(pairs))
        assert errors == {}, errors
        walk = flow.forward(document, ALONE, walk)
    assert flow.page_to_mend(document, ALONE, walk) is None
    assert flow.summary(document, ALONE, walk) is not None
    return flow.final(document, ALONE, walk), seen
