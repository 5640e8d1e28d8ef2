"""The questionnaire as a document: pure, validated, immutable; editing makes a new one."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, model_validator

from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.base import Condition, Document, Slug, Words

LONGEST = 60


class Section(Document):
    """One page of the questionnaire: what it is about, and its questions."""

    id: Slug
    title: Words
    introduction: Words = ""
    show_if: Condition | None = None
    questions: tuple[AnyQuestion, ...] = ()


class Questionnaire(Document):
    """All that somebody is asked, in order."""

    format: Literal[1] = 1
    introduction: Words = ""
    #: Ask the age band first, where it changes what happens (Y6).
    asks_age_band: bool = True
    #: The version of the block of equality questions that follows; none: it is not asked (Y21).
    equality_block: str | None = None
    sections: tuple[Section, ...] = Field(default=(), max_length=30)

    @model_validator(mode="after")
    def _holds_together(self) -> "Questionnaire":
        ids = [section.id for section in self.sections] + [q.id for q in self.questions()]
        if len(set(ids)) < len(ids):
            raise ValueError("Sections and questions need different names.")
        if len(list(self.questions())) > LONGEST:
            raise ValueError(f"A questionnaire has at most {LONGEST} questions.")
        self._conditions_point_backwards()
        return self

    def _conditions_point_backwards(self) -> None:
        earlier: dict[str, set[str] | None] = {}
        for section in self.sections:
            _check(section.show_if, earlier)
            for question in section.questions:
                _check(question.show_if, earlier)
                earlier[question.id] = _choice_ids(question)

    def questions(self) -> Iterator[AnyQuestion]:
        """Go through all questions in order."""
        for section in self.sections:
            yield from section.questions

    def question(self, question_id: str) -> AnyQuestion:
        """Return a question by its id; KeyError if there is none."""
        for question in self.questions():
            if question.id == question_id:
                return question
        raise KeyError(question_id)


def _choice_ids(question: AnyQuestion) -> set[str] | None:
    """Return the choices that a condition may name; None if the document cannot know them."""
    if question.has_outside_choices:
        return None
    return {choice.id for choice in question.options()}


def _check(condition: Condition | None, earlier: dict[str, set[str] | None]) -> None:
    if condition is None:
        return
    if condition.question not in earlier:
        raise ValueError("A condition can only ask about an earlier question.")
    known = earlier[condition.question]
    if not condition.includes or (known is not None and not set(condition.includes) <= known):
        raise ValueError("A condition names a choice that the question does not have.")


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document, as it is kept in docs/questionnaire.schema.json."""
    return Questionnaire.model_json_schema()
