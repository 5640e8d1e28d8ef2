"""The questionnaire as a document: pure, validated, immutable; editing makes a new one."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, model_validator

from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.base import Order, Words
from vrn_community.questionnaires.rules import AnswerTest, Condition, Document, Equals, Rule, Slug

MOST_SECTIONS = 60
MOST_QUESTIONS = 300


class Section(Document):
    """One page of the questionnaire: what it is about, and its questions."""

    id: Slug
    title: Words
    introduction: Words = ""
    #: What its questions are about, said before them where somebody may want to skip them (Y16).
    content_note: Words = ""
    show_if: Rule | None = None
    question_order: Order = "fixed"
    questions: tuple[AnyQuestion, ...] = ()


class Translated(Document):
    """A text in another language, and the text that it was made from."""

    source: Words
    text: Words


class Questionnaire(Document):
    """All that somebody is asked, in order."""

    format: Literal[1] = 1
    introduction: Words = ""
    #: Ask the age band first, where it changes what happens (Y6).
    asks_age_band: bool = True
    #: The version of the block of equality questions that follows; none: it is not asked (Y21).
    equality_block: str | None = None
    section_order: Order = "fixed"
    sections: tuple[Section, ...] = Field(default=(), max_length=MOST_SECTIONS)
    #: By the tag of the language (or of easy read), then by the place of the text.
    translations: Mapping[str, Mapping[str, Translated]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _holds_together(self) -> "Questionnaire":
        ids = [section.id for section in self.sections] + [q.id for q in self.questions()]
        if len(set(ids)) < len(ids):
            raise ValueError("Sections and questions need different names.")
        if len(list(self.questions())) > MOST_QUESTIONS:
            raise ValueError(f"A questionnaire has at most {MOST_QUESTIONS} questions.")
        self._rules_point_backwards()
        return self

    def _rules_point_backwards(self) -> None:
        earlier: dict[str, AnyQuestion] = {}
        for section in self.sections:
            _check(section.show_if, earlier)
            for question in section.questions:
                _check(question.show_if, earlier)
                earlier[question.id] = question

    @cached_property
    def _places(self) -> dict[str, tuple[Section, AnyQuestion]]:
        return {q.id: (section, q) for section in self.sections for q in section.questions}

    @cached_property
    def _deciding(self) -> tuple[tuple[Section, AnyQuestion], ...]:
        return tuple(place for key, place in self._places.items() if key in self._tests)

    @cached_property
    def _tests(self) -> dict[str, list[AnswerTest]]:
        found: dict[str, list[AnswerTest]] = {}
        for part in (*self.sections, *self.questions()):
            for test in part.show_if.tests() if part.show_if else ():
                found.setdefault(test.question_id, []).append(test)
        return found

    def tests_of(self, question_id: str) -> Sequence[AnswerTest]:
        """Return what any rule asks about the answer to a question."""
        return self._tests.get(question_id, ())

    def deciding(self) -> tuple[tuple[Section, AnyQuestion], ...]:
        """Return the questions that any rule asks about, in order, each with its section."""
        return self._deciding

    def questions(self) -> Iterator[AnyQuestion]:
        """Go through all questions in order."""
        for section in self.sections:
            yield from section.questions

    def question(self, question_id: str) -> AnyQuestion:
        """Return a question by its id; KeyError if there is none."""
        return self._places[question_id][1]

    def section_of(self, question_id: str) -> Section:
        """Return the section of a question; KeyError if there is no such question."""
        return self._places[question_id][0]


def _check(rule: Rule | None, earlier: Mapping[str, AnyQuestion]) -> None:
    for test in rule.tests() if rule else ():
        asked = earlier.get(test.question_id)
        if asked is None:
            raise ValueError("A condition can only ask about an earlier question.")
        if test.row_id and test.row_id not in {item.id for item in asked.items()}:
            raise ValueError("A condition names a row that the question does not have.")
        if not choices_named(test) <= _choice_ids(asked, choices_named(test)):
            raise ValueError("A condition names a choice that the question does not have.")
        if isinstance(test, Condition) and not test.includes:
            raise ValueError("A condition names no choice.")


def choices_named(test: AnswerTest) -> set[str]:
    """Return the choices that a test names."""
    if isinstance(test, Condition):
        return set(test.includes)
    return {test.equals} if isinstance(test, Equals) and isinstance(test.equals, str) else set()


def _choice_ids(asked: AnyQuestion, named: set[str]) -> set[str]:
    """Return the choices that a condition may name; all if the document cannot know them."""
    if asked.has_outside_choices:
        return named
    return {choice.id for item in asked.items() for choice in item.choices}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document, as it is kept in docs/questionnaire.schema.json."""
    return Questionnaire.model_json_schema()
