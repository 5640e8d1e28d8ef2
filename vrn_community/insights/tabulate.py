"""From answers to counts: one table for each closed question; pure.

A table counts people. Its percentages are whole per cent of its base: the people
who were shown the question and answered it. Whoever gave no answer is never
dropped silently, but counted by kind, as item nonresponse (AAPOR, Standard
Definitions): skipped, not asked, "don't know", "prefer not to say".
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from vrn_community.insights import columns
from vrn_community.insights.columns import CODES, GIVEN, Column
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.base import Choice, Item, Missing, Question
from vrn_community.questionnaires.question_types.numbers import Banded
from vrn_community.questionnaires.rules import AllOf, Answered, Condition, Equals, Rule

#: Columns about a person start with this, so that no question can have the name of one.
ABOUT = "about:"
#: The kind of a table of themes, and with a colon what its name starts with.
THEMES = "themes"
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
    #: What belongs to each theme, by its choice: of themes only.
    meanings: Mapping[str, str] = field(default_factory=dict)
    #: The row of a question with rows, with which the text ends.
    row_text: str = ""

    @property
    def stem(self) -> str:
        """The text of the question without its row."""
        return self.text.removesuffix(self.row_text).rstrip()

    @property
    def key(self) -> str:
        """The name of the table among all: a question can have the name of one about people."""
        return f"{ABOUT}{self.question_id}" if self.is_about_person else self.question_id

    @property
    def is_of_themes(self) -> bool:
        """Whether it counts what people found in words, rather than answers to choose from."""
        return is_of_themes(self.question_id)

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


def is_of_themes(name: str) -> bool:
    """Return whether a table with this name is one of themes: no question can have it."""
    return name.startswith(f"{THEMES}:")


def percent(count: int, base: int) -> int:
    """Return a share in whole per cent, halves rounded up; 0 of nobody."""
    return (200 * count + base) // (2 * base) if base else 0


@dataclass(frozen=True)
class Asked:
    """One item of a question, as it stands in a version of a questionnaire."""

    question: Question
    item: Item
    document: Questionnaire
    is_about_person: bool = False

    @property
    def key(self) -> str:
        """The name of the item, and of its table."""
        return columns.key_of(self.question, self.item)

    @property
    def column(self) -> str:
        """The name of its column."""
        return f"{ABOUT}{self.key}" if self.is_about_person else self.key

    @property
    def text(self) -> str:
        """The question, and the row if it has rows."""
        return f"{self.question.text} {self.row_text}".rstrip()

    @property
    def row_text(self) -> str:
        """The row, if the question has rows."""
        return "" if self.item.text == self.question.text else self.item.text

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices that are answers: the others are kinds of missing ones."""
        return tuple(choice for choice in self.item.choices if choice.missing is None)


def asked(document: Questionnaire, *, is_about_person: bool = False) -> Iterator[Asked]:
    """Go through everything that is counted, in the order of the questionnaire."""
    for question in document.questions():
        for item in question.items():
            yield Asked(question, item, document, is_about_person)


def codes_of(of: Asked, column: Column) -> Column:
    """Return a column in which numbers are put into the bands of a question."""
    if column.values is None or not isinstance(of.question, Banded):
        return column
    bands = of.question.bands()
    floors = np.floor(np.nan_to_num(column.values, nan=-np.inf))
    place = np.searchsorted([start for start, _end in bands], floors, side="right") - 1
    inside = (place >= 0) & (floors <= bands[-1][1]) & (column.codes == GIVEN)
    # A number outside of the bands, from an older version, is an answer in none of them.
    outside = np.where(column.codes == GIVEN, CODES[Missing.NOT_ANSWERED], column.codes)
    codes = np.where(inside, place, outside).astype(np.uint8)
    return Column(codes, tuple(choice.id for choice in of.choices))


@dataclass
class Tally:
    """Numbers of people by choice, and of those without an answer by kind."""

    base: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    missing: Counter[Missing] = field(default_factory=Counter)

    def add(self, column: Column) -> None:
        """Count the people of a column."""
        numbers = np.bincount(column.codes, minlength=256)
        self.missing.update({kind: int(numbers[code]) for kind, code in CODES.items()})
        if column.flags is None:
            chosen = numbers[: len(column.choices)]
            self.base += int(chosen.sum())
        else:
            chosen = column.flags.sum(axis=0, dtype=np.int64)
            self.base += int(numbers[GIVEN])
        self.counts.update(dict(zip(column.choices, chosen.tolist(), strict=True)))


def frequencies(of: Asked, tally: Tally, earlier: Sequence[Asked] = ()) -> Table:
    """Return the table of an item; `earlier` are older versions of it that were counted too.

    An answer that only an older version offers stands last.
    """
    choices = {choice.id: choice for one in (of, *earlier) for choice in one.choices}
    kinds = {kind for one in (of, *earlier) for kind in _kinds(one)}
    missing = {kind: tally.missing[kind] for kind in Missing if kind in kinds}
    pairs = [pair for one in (of, *earlier) for pair in asked_if(one)]
    return Table(
        of.key,
        of.text,
        of.question.kind,
        tally.base,
        tuple(_row(choice, tally) for choice in choices.values()),
        missing,
        sum(missing.values()),
        is_multiple=of.item.is_multiple,
        asked_if=tuple(dict.fromkeys(pairs)),
        is_about_person=of.is_about_person,
        row_text=of.row_text,
    )


def _row(choice: Choice, tally: Tally) -> Row:
    count = tally.counts[choice.id]
    return Row(choice.id, choice.text, count, percent(count, tally.base), choice.is_exclusive)


def rules(of: Asked) -> list[Rule]:
    """Return on what it rests that a question is shown."""
    section = of.document.section_of(of.question.id)
    return [rule for rule in (section.show_if, of.question.show_if) if rule]


def asked_if(of: Asked) -> list[tuple[str, tuple[str, ...]]]:
    """Return the pairs of question and choices that all have to hold for an item to be asked."""
    return [pair for rule in rules(of) for pair in _pairs(rule, of.document)]


def _pairs(rule: Rule, document: Questionnaire) -> list[tuple[str, tuple[str, ...]]]:
    match rule:
        case Condition():
            return [(rule.question, rule.includes)]
        case Equals() if isinstance(rule.equals, str):
            return [(rule.question, (rule.equals,))]
        case Answered() if rule.is_answered and not rule.row_id:
            options = document.question(rule.question_id).options()
            return [(rule.question, tuple(choice.id for choice in options))]
        case AllOf():
            return [pair for part in rule.all for pair in _pairs(part, document)]
    return [UNBOUNDED]


def _kinds(of: Asked) -> set[Missing]:
    """Return the kinds of missing answers that can occur; the others are structural zeros."""
    can_occur = {choice.missing for choice in of.item.choices if choice.missing}
    not_asked = {Missing.NOT_APPLICABLE} if rules(of) else set()
    return {Missing.NOT_ANSWERED, *can_occur, *not_asked}


def without(table: Table, impossible: Collection[str]) -> Table:
    """Return a table without answers that nobody could give, unless somebody did."""
    rows = [row for row in table.rows if row.count or row.choice_id not in impossible]
    return replace(table, rows=tuple(rows))
