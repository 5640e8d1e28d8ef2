"""When a section or a question is shown: rules about earlier answers; a part of the document.

A rule is data, never an expression: a few kinds of test, joined by all, any and none.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

#: Short names of questions, choices and sections: neutral, and never shown.
SLUG = r"[a-z0-9][a-z0-9-]{0,39}"
Slug = Annotated[str, StringConstraints(pattern=rf"^{SLUG}$")]
#: A question, or one row of a question that has rows.
Reference = Annotated[str, StringConstraints(pattern=rf"^{SLUG}(\.{SLUG})?$")]
MOST_JOINED = 20


class Document(BaseModel):
    """A part of a questionnaire: validated, and never changed once it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AnswerTest(Document):
    """A test of one earlier answer."""

    question: Reference

    @property
    def question_id(self) -> str:
        """Return the id of the question, without that of a row."""
        return self.question.partition(".")[0]

    @property
    def row_id(self) -> str:
        """Return the id of the row, or nothing."""
        return self.question.partition(".")[2]

    def tests(self) -> Iterator["AnswerTest"]:
        """Go through the tests of the rule: this is the only one."""
        yield self


class Condition(AnswerTest):
    """The answer includes one of these choices."""

    includes: tuple[Slug, ...]


class Answered(AnswerTest):
    """The question was answered, or was not."""

    is_answered: bool


class Equals(AnswerTest):
    """The answer is exactly this choice or this number."""

    equals: Slug | float


class Greater(AnswerTest):
    """The answer is a number above this one; of a scale, the number of the step."""

    greater: float


class Less(AnswerTest):
    """The answer is a number below this one; of a scale, the number of the step."""

    less: float


class Joined(Document):
    """Several rules together."""

    @property
    def rules(self) -> tuple["Rule", ...]:
        """Return the rules that are joined."""
        raise NotImplementedError

    def tests(self) -> Iterator[AnswerTest]:
        """Go through all tests of the rule."""
        for rule in self.rules:
            yield from rule.tests()


class AllOf(Joined):
    """All of these hold."""

    all: tuple["Rule", ...] = Field(min_length=1, max_length=MOST_JOINED)

    @property
    def rules(self) -> tuple["Rule", ...]:
        """Return the rules that have to hold."""
        return self.all


class AnyOf(Joined):
    """At least one of these holds."""

    any: tuple["Rule", ...] = Field(min_length=1, max_length=MOST_JOINED)

    @property
    def rules(self) -> tuple["Rule", ...]:
        """Return the rules of which one has to hold."""
        return self.any


class NoneOf(Joined):
    """None of these holds."""

    none: tuple["Rule", ...] = Field(min_length=1, max_length=MOST_JOINED)

    @property
    def rules(self) -> tuple["Rule", ...]:
        """Return the rules of which none may hold."""
        return self.none


Rule = Condition | Answered | Equals | Greater | Less | AllOf | AnyOf | NoneOf
for joined in (AllOf, AnyOf, NoneOf):
    joined.model_rebuild()
