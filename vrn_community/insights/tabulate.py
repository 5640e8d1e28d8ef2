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
    Item,
    Missing,
    Question,
)
from vrn_community.questionnaires.rules import AllOf, Answered, Condition, Equals, Rule

Answers = Mapping[str, Answer]
#: The choices that one person made in one item.
Given = tuple[str, ...]
#: Types whose tables count bands of numbers.
BANDED = ("number", "month-year")
#: A rule that does not say of how many people it holds: such a table cannot be protected.
UNBOUNDED: tuple[str, tuple[str, ...]] = ("", ())


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
    item: Item | None = None,
    *,
    is_about_person: bool = False,
) -> Table:
    """Count the answers to an item of a question (the first), one mapping for each person."""
    item = item or question.items()[0]
    choices = {choice.id: choice for choice in item.choices}
    rules = _rules(question, document)
    tally = _Tally(Counter(dict.fromkeys(_kinds(choices.values(), rules), 0)))
    for given, people in Counter(_given(question, responses, item.id)).items():
        tally.add([choices[key] for key in given if key in choices], people)
    if rules:
        unasked = _unasked(question, document, responses)
        tally.missing.update({Missing.NOT_APPLICABLE: unasked, Missing.NOT_ANSWERED: -unasked})
    return Table(
        f"{question.id}.{item.id}" if item.id else question.id,
        question.text if item.text == question.text else f"{question.text} {item.text}",
        question.kind,
        tally.base,
        tally.rows(choice for choice in choices.values() if choice.missing is None),
        dict(tally.missing),
        tally.missing.total(),
        is_multiple=item.is_multiple,
        asked_if=tuple(pair for rule in rules for pair in _asked_if(rule, document)),
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


def _given(question: Question, responses: Iterable[Answers], row: str = "") -> Iterator[Given]:
    """Go through the answers to an item of a question, one for each person."""
    for answers in responses:
        yield tuple(question.chosen(answers.get(question.id), row))


def _rules(question: Question, document: Questionnaire) -> list[Rule]:
    """Return on what it rests that a question is shown."""
    section = document.section_of(question.id)
    return [rule for rule in (section.show_if, question.show_if) if rule]


def _asked_if(rule: Rule, document: Questionnaire) -> list[tuple[str, tuple[str, ...]]]:
    """Return the pairs of question and choices that all have to hold for a rule to hold."""
    match rule:
        case Condition():
            return [(rule.question, rule.includes)]
        case Equals() if isinstance(rule.equals, str):
            return [(rule.question, (rule.equals,))]
        case Answered() if rule.is_answered and not rule.row_id:
            options = document.question(rule.question_id).options()
            return [(rule.question, tuple(choice.id for choice in options))]
        case AllOf():
            return [pair for part in rule.all for pair in _asked_if(part, document)]
    return [UNBOUNDED]


def _kinds(choices: Iterable[Choice], rules: Sequence[Rule]) -> list[Missing]:
    """Return the kinds of missing answers that can occur; the others are structural zeros."""
    can_occur = {choice.missing for choice in choices} | {Missing.NOT_ANSWERED}
    if rules:
        can_occur.add(Missing.NOT_APPLICABLE)
    return [kind for kind in Missing if kind in can_occur]


def _unasked(question: Question, document: Questionnaire, responses: Sequence[Answers]) -> int:
    """Return how many people without an answer were never shown the question."""
    silent = [answers for answers in responses if answers.get(question.id) is None]
    before = [
        [_hashable(answers.get(q.id)) for answers in silent]
        for q in _asked_before(question, document)
    ]
    patterns = list(zip(*before, strict=True))
    examples = dict(zip(patterns, silent, strict=True))
    unasked = {p for p, answers in examples.items() if not _is_shown(question, document, answers)}
    return sum(pattern in unasked for pattern in patterns)


def _hashable(answer: Answer | None) -> Any:
    if isinstance(answer, dict):
        return tuple(sorted(answer.items()))
    return tuple(answer) if isinstance(answer, list) else answer


def _is_shown(question: Question, document: Questionnaire, answers: Answers) -> bool:
    return routing.is_shown(document.question(question.id), document, answers)


def _asked_before(question: Question, document: Questionnaire) -> list[Question]:
    """Return the questions on whose answers it rests, directly or not, that one is shown."""
    found: dict[str, Question] = {}
    for rule in _rules(question, document):
        for test in rule.tests():
            earlier = document.question(test.question_id)
            before = _asked_before(earlier, document)
            found |= {q.id: q for q in (earlier, *before)}
    return list(found.values())


def without(table: Table, impossible: Collection[str]) -> Table:
    """Return a table without answers that nobody could give, unless somebody did."""
    rows = [row for row in table.rows if row.count or row.choice_id not in impossible]
    return replace(table, rows=tuple(rows))


def _is_like(table: Table, earlier: Table) -> bool:
    return [row.label for row in table.rows] == [row.label for row in earlier.rows]


def combine(table: Table, earlier: Table) -> Table:
    """Return a table with the people of an earlier version of its question counted in.

    Not if it was another type then, or if its numbers were put into other bands.
    """
    if table.kind != earlier.kind or (table.kind in BANDED and not _is_like(table, earlier)):
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
