"""Made-up answers to several questions, with themes of words, and all that is shown of them."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from tests.insights.populations import AREAS as ALL_AREAS
from tests.insights.populations import THRESHOLD
from vrn_community.insights import columns, counting, crossing, disclosure
from vrn_community.insights.counting import Dataset, Part
from vrn_community.insights.crossing import CrossTable
from vrn_community.insights.tabulate import Table
from vrn_community.insights.words.counting import Named, Spoken, with_themes
from vrn_community.questionnaires import routing
from vrn_community.questionnaires.document import Questionnaire

#: What is looked at together: all pairs of these are shown by one another.
SETS = (("q", "f", "a"), ("m", "a"), ("q", "m"), ("q", "a", "b"), ("g.r1", "g.r2", "b"))
#: The themes of what people wrote, beside the closed questions.
WORDS = "themes:t"
WITH_WORDS = ((WORDS, "a"), ("q", WORDS, "a"), ("m", WORDS), (WORDS, "b"))
NAMED = tuple(Named(f"t{n}", f"t{n}") for n in range(3))
#: The larger areas and the smallest: a solver takes its time with all nine.
AREAS = (*ALL_AREAS[:4], ALL_AREAS[-1])
VERSION = uuid.UUID(int=1)
MISSING = ("dont-know", "prefer-not-to-say")


@dataclass(frozen=True)
class Survey:
    """Answers to a questionnaire: at first, and of those who came later."""

    document: Questionnaire
    first: Sequence[dict[str, Any]]
    later: Sequence[dict[str, Any]] = ()


def survey(seed: int) -> Survey:
    """Return random questions, and people who answer them by chance and sometimes alike."""
    chance = np.random.default_rng(seed)
    document = _document(chance, has_rule=seed % 3 == 0)
    closed = [question for question in document.questions() if question.items()]
    shares = {question.id: chance.dirichlet(np.full(12, 0.6)) for question in closed}
    first, later = int(chance.integers(40, 900)), int(chance.choice([1, 5, 12, 60, 300]))
    people = [_person(chance, document, shares) for _ in range(first + later)]
    people = list(_with_words(np.random.default_rng([seed, 1]), document, people))
    return Survey(document, people[:first], people[first:])


def _document(chance: np.random.Generator, *, has_rule: bool) -> Questionnaire:
    def question(kind: str, key: str, size: int, **more: Any) -> dict[str, Any]:
        names = [{"id": f"{key}{n}", "text": f"{key}{n}"} for n in range(size)]
        offers = [kind for kind in MISSING if chance.random() < 0.3]
        return {
            "kind": kind, "id": key, "text": key, "choices": names, "offers": offers, **more
        }  # fmt: skip

    size = int(chance.integers(2, 6))
    asked = [f"q{n}" for n in range(int(chance.integers(1, size)))]
    follow_up = {"show_if": {"question": "q", "includes": asked}}
    several = question("multiple-choice", "m", int(chance.integers(2, 5)))
    several["choices"][-1]["is_exclusive"] = bool(chance.random() < 0.5)
    rows = [{"id": key, "text": key} for key in ("r1", "r2")]
    questions = [
        question("single-choice", "q", size),
        question("single-choice", "f", int(chance.integers(2, 5)), **follow_up),
        several,
        question("grid", "g", 3, rows=rows),
        question("single-choice", "a", len(AREAS)),
        question("single-choice", "b", int(chance.integers(3, 7))),
        {"kind": "long-text", "id": "t", "text": "t"},
    ]
    if has_rule:
        questions[-1] |= follow_up
    sections = [{"id": "s", "title": "", "questions": questions}]
    return Questionnaire.model_validate({"asks_age_band": False, "sections": sections})


def _person(chance: np.random.Generator, document: Questionnaire, shares: Any) -> dict[str, Any]:
    given: dict[str, Any] = {}
    is_one_of_a_group = chance.random() < 0.3
    place = int(chance.integers(0, len(AREAS)))
    for question in document.questions():
        if not question.items():
            continue
        item = question.items()[0]
        names = [choice.id for choice in item.choices if not choice.missing]
        weights = np.array(AREAS) if question.id == "a" else shares[question.id][: len(names)]
        pick = int(chance.choice(len(names), p=weights / weights.sum()))
        one = names[place % len(names)] if is_one_of_a_group else names[pick]
        answer: Any = one
        if item.is_multiple:
            alone = {choice.id for choice in item.choices if choice.is_exclusive}
            more = [n for n in names if n not in alone and chance.random() < 0.3]
            answer = [one] if one in alone else sorted({one, *more})
        elif question.kind == "grid":
            answer = {"r1": one, "r2": names[int(chance.integers(0, len(names)))]}
        if question.offers and chance.random() < 0.08:
            answer = str(question.offers[0])
        if chance.random() > 0.05:
            given[question.id] = answer
    return dict(routing.relevant(document, given))


def _with_words(
    chance: np.random.Generator, document: Questionnaire, people: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Let people who are asked write words, in which some themes are found."""
    shares, wrote = chance.dirichlet(np.full(len(NAMED), 0.6)), chance.choice([0.2, 0.6, 0.95])
    for person in people:
        is_asked = routing.is_shown(document.question("t"), document, person)
        if not is_asked or chance.random() > wrote:
            yield person
        else:
            place = 0 if person.get("a") == "a1" else int(chance.choice(len(NAMED), p=shares))
            more = [theme.key for theme in NAMED if chance.random() < 0.1]
            yield {**person, WORDS: sorted({NAMED[place].key, *more})}


@dataclass(frozen=True)
class Shown:
    """Everything that is shown at one time, as tables by their names."""

    tables: dict[str, Table]
    crosses: list[CrossTable]


def shown(
    document: Questionnaire, people: Sequence[Any], formers: Sequence[Shown] = (), by: str = ""
) -> Shown:
    """Return all that is shown: each item, and each by each other one, or by those of `by`."""
    coded = columns.encode(document, people)
    data = Dataset([Part(VERSION, len(people), coded)], {VERSION: document})
    items = counting.items(data)
    words = _spoken(document, people)
    exact = [*(counting.table(data, versions) for versions in items.values()), words.table(data)]
    found = disclosure.protect_together(exact, THRESHOLD, [former.tables for former in formers])
    tables = {table.key: table for table in found if isinstance(table, Table)}
    before = [cross for former in formers for cross in former.crosses]
    crosses = []
    for of, other in product(tables, tables):
        if of == other or tables[other].is_multiple or (by and (other not in by or of in by)):
            continue
        exact_cross = (
            words.crossed(data, items[other])
            if of == WORDS
            else counting.cross(data, items[of], items[other])
        )
        safe = crossing.protect(exact_cross, tables[of], tables[other], THRESHOLD)
        if isinstance(safe, CrossTable) and all(
            crossing.is_far_from(safe, former, THRESHOLD)
            for former in before
            if former.key == safe.key
        ):
            crosses.append(safe)
    return Shown(tables, crosses)


def _spoken(document: Questionnaire, people: Sequence[Any]) -> Spoken:
    """Return the coded words: also of people in whose words nobody found a theme."""
    read = [person for place, person in enumerate(people) if WORDS in person or place % 3]
    keys = [uuid.UUID(int=place) for place in range(len(read))]
    found = {key: set(person.get(WORDS, ())) for key, person in zip(keys, read, strict=True)}
    part = Part(VERSION, len(read), columns.encode(document, read))
    coded = with_themes(part, keys, found, WORDS, NAMED)
    return Spoken("t", "t", NAMED, Dataset([coded], {VERSION: document}))
