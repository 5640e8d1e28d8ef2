"""From answers to counts: one table for each closed question; pure.

A table counts people. Its percentages are whole per cent of its base: the people
who were shown the question and answered it. Whoever gave no answer is never
dropped silently, but counted by kind, as item nonresponse (AAPOR, Standard
Definitions): skipped, not asked, "don't know", "prefer not to say".
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from vrn_community.questionnaires import routing
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.base import (
    Answer,
    Choice,
    Condition,
    Missing,
    Question,
)

Answers = Mapping[str, Answer]
#: An answer that can be counted: a list of choices as a tuple.
Given = str | tuple[str, ...] | None


@dataclass(frozen=True)
class Row:
    """How many people chose an answer, and whole per cent of the base of the table."""

    choice_id: str
    label: str
    count: int
    percent: int
    #: Chosen alone, such as "none of these".
    is_exclusive: bool = False
    #: Labels by choice of the answers that were put together in this row.
    merged: Mapping[str, str] = field(default_factory=dict)

    @property
    def choices(self) -> frozenset[str]:
        """The choices that the row counts."""
        return frozenset(self.merged or (self.choice_id,))


@dataclass(frozen=True)
class Table:
    """The frequencies of one closed question."""

    question_id: str
    text: str
    kind: str
    #: People who were shown the question and answered it.
    base: int
    rows: tuple[Row, ...]
    #: People without an answer, by each kind that can occur; empty where that is not shown.
    missing: Mapping[Missing, int] = field(default_factory=dict)
    #: People without an answer, of all kinds together; None where that is not shown.
    no_answer: int | None = None
    #: People could choose several answers: percentages add to more than 100.
    is_multiple: bool = False
    #: Labels by choice of answers that are not shown.
    left_out: Mapping[str, str] = field(default_factory=dict)
    #: Asked only of people with one of these choices: pairs of question and choices.
    asked_if: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Asks about the person rather than about the matter.
    is_about_person: bool = False

    @property
    def leaders(self) -> list[Row]:
        """The single answers that were chosen most often, several if they are level."""
        single = [row for row in self.rows if not row.merged]
        most = max((row.count for row in single), default=0)
        return [row for row in single if row.count == most]

    def to_json(self) -> dict[str, Any]:
        """Return the table as a document."""
        kinds = {kind.value: count for kind, count in self.missing.items()}
        return asdict(replace(self, missing={})) | {"missing": kinds}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Table":
        """Return the table that a document holds."""
        return cls(
            **{
                **document,
                "rows": tuple(Row(**row) for row in document["rows"]),
                "missing": {Missing(kind): n for kind, n in document["missing"].items()},
                "asked_if": tuple((asked, tuple(of)) for asked, of in document["asked_if"]),
            }
        )


def percent(count: int, base: int) -> int:
    """Return a share in whole per cent, halves rounded up; 0 of nobody."""
    return (200 * count + base) // (2 * base) if base else 0


def frequencies(
    question: Question,
    document: Questionnaire,
    responses: Sequence[Answers],
    *,
    is_about_person: bool = False,
) -> Table:
    """Count the answers to a closed question, one mapping of answers for each person."""
    choices = {choice.id: choice for choice in question.options()}
    conditions = _conditions(question, document)
    tally = _Tally(Counter(dict.fromkeys(_kinds(choices.values(), conditions), 0)))
    for given, people in Counter(_given(question, responses)).items():
        tally.add([choices[key] for key in _chosen(question, given) if key in choices], people)
    if conditions:
        unasked = _unasked(question, document, responses)
        tally.missing.update({Missing.NOT_APPLICABLE: unasked, Missing.NOT_ANSWERED: -unasked})
    return Table(
        question.id,
        question.text,
        question.kind,
        tally.base,
        tally.rows(choice for choice in choices.values() if choice.missing is None),
        dict(tally.missing),
        tally.missing.total(),
        is_multiple=question.kind == "multiple-choice",
        asked_if=tuple((asked.question, asked.includes) for asked in conditions),
        is_about_person=is_about_person,
    )


@dataclass
class _Tally:
    """Numbers of people while they are counted."""

    missing: Counter[Missing]
    base: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, chosen: Sequence[Choice], people: int) -> None:
        """Count people who chose alike."""
        answers = {choice.id for choice in chosen if choice.missing is None}
        if answers:
            self.base += people
            self.counts.update(dict.fromkeys(answers, people))
        else:
            kinds = (choice.missing for choice in chosen)
            self.missing[next(filter(None, kinds), Missing.NOT_ANSWERED)] += people

    def rows(self, choices: Iterable[Choice]) -> tuple[Row, ...]:
        """Return a row for each choice."""
        return tuple(
            Row(
                choice.id,
                choice.text,
                self.counts[choice.id],
                percent(self.counts[choice.id], self.base),
                choice.is_exclusive,
            )
            for choice in choices
        )


def _given(question: Question, responses: Iterable[Answers]) -> Iterator[Given]:
    """Go through the answers to a question, one for each person."""
    for answers in responses:
        answer = answers.get(question.id)
        yield tuple(answer) if isinstance(answer, list) else answer


def _chosen(question: Question, given: Given) -> list[str]:
    return question.chosen(list(given) if isinstance(given, tuple) else given)


def _conditions(question: Question, document: Questionnaire) -> list[Condition]:
    """Return on what it rests that a question is shown."""
    section = next(s for s in document.sections if any(q.id == question.id for q in s.questions))
    return [condition for condition in (section.show_if, question.show_if) if condition]


def _kinds(choices: Iterable[Choice], conditions: Sequence[Condition]) -> list[Missing]:
    """Return the kinds of missing answers that can occur; the others are structural zeros."""
    can_occur = {choice.missing for choice in choices} | {Missing.NOT_ANSWERED}
    if conditions:
        can_occur.add(Missing.NOT_APPLICABLE)
    return [kind for kind in Missing if kind in can_occur]


def _unasked(question: Question, document: Questionnaire, responses: Sequence[Answers]) -> int:
    """Return how many people without an answer were never shown the question."""
    silent = [answers for answers in responses if not answers.get(question.id)]
    before = [list(_given(q, silent)) for q in _asked_before(question, document)]
    patterns = list(zip(*before, strict=True))
    examples = dict(zip(patterns, silent, strict=True))
    unasked = {p for p, answers in examples.items() if not _is_shown(question, document, answers)}
    return sum(pattern in unasked for pattern in patterns)


def _is_shown(question: Question, document: Questionnaire, answers: Answers) -> bool:
    return routing.is_shown(document.question(question.id), document, answers)


def _asked_before(question: Question, document: Questionnaire) -> list[Question]:
    """Return the questions on whose answers it rests, directly or not, that one is shown."""
    found: list[Question] = []
    for condition in _conditions(question, document):
        earlier = document.question(condition.question)
        found += [earlier, *_asked_before(earlier, document)]
    return found


def without(table: Table, impossible: Collection[str]) -> Table:
    """Return a table without answers that nobody could give, unless somebody did."""
    rows = [row for row in table.rows if row.count or row.choice_id not in impossible]
    return replace(table, rows=tuple(rows))


def combine(table: Table, earlier: Table) -> Table:
    """Return a table with the people of an earlier version of its question counted in."""
    if table.kind != earlier.kind:
        return table
    base = table.base + earlier.base
    counts = {row.choice_id: row.count for row in earlier.rows}
    known = {row.choice_id for row in table.rows}
    rows = [replace(row, count=row.count + counts.get(row.choice_id, 0)) for row in table.rows]
    rows += [row for row in earlier.rows if row.choice_id not in known]
    missing = {
        kind: table.missing.get(kind, 0) + earlier.missing.get(kind, 0)
        for kind in Missing
        if kind in table.missing or kind in earlier.missing
    }
    return replace(
        table,
        base=base,
        rows=tuple(replace(row, percent=percent(row.count, base)) for row in rows),
        missing=missing,
        no_answer=sum(missing.values()),
        asked_if=tuple(dict.fromkeys((*table.asked_if, *earlier.asked_if))),
    )
