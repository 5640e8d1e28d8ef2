"""Rules as an editor builds them: several tests, joined by all, any or none; pure.

Rules can also stand inside each other. Such a rule comes from elsewhere; it is shown in
words and can be replaced as a whole, so that nothing in it changes unseen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.grids import Grid, Rows
from vrn_community.questionnaires.question_types.numbers import Banded
from vrn_community.questionnaires.question_types.orders import Points, Ranking
from vrn_community.questionnaires.question_types.scales import Scale
from vrn_community.questionnaires.rules import (
    AllOf,
    Answered,
    AnswerTest,
    AnyOf,
    Condition,
    Equals,
    Greater,
    Joined,
    Less,
    NoneOf,
    Rule,
)


class Join(StrEnum):
    """How several tests hold together."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


class Kind(StrEnum):
    """What one test asks about an answer."""

    INCLUDES = "includes"
    ONLY = "only"
    EXACTLY = "exactly"
    ABOVE = "above"
    BELOW = "below"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"


KINDS: dict[Join, type[AllOf | AnyOf | NoneOf]] = {
    Join.ALL: AllOf,
    Join.ANY: AnyOf,
    Join.NONE: NoneOf,
}


@dataclass(frozen=True)
class Flat:
    """A rule without rules inside it."""

    join: Join
    tests: tuple[AnswerTest, ...]


def flat(rule: Rule | None) -> Flat | None:
    """Return a rule as joined tests; None if it has rules inside rules."""
    if rule is None or isinstance(rule, AnswerTest):
        return Flat(Join.ALL, (rule,) if rule else ())
    if any(isinstance(part, Joined) for part in rule.rules):
        return None
    join = next(join for join, kind in KINDS.items() if isinstance(rule, kind))
    return Flat(join, cast(tuple[AnswerTest, ...], rule.rules))


def joined(of: Flat) -> Rule | None:
    """Return joined tests as a rule; one that simply has to hold stands alone."""
    if not of.tests:
        return None
    if of.join is Join.ALL and len(of.tests) == 1:
        return cast(Rule, of.tests[0])
    return KINDS[of.join].model_validate({of.join.value: of.tests})


def with_test(rule: Rule | None, test: AnswerTest, at: int | None = None) -> Rule | None:
    """Return a rule with one more test, or with a test in place of another.

    A rule with rules inside it is replaced as a whole.
    """
    known = flat(rule) or Flat(Join.ALL, ())
    tests = list(known.tests)
    if at is not None and at < len(tests):
        tests[at] = test
    elif test not in tests:
        tests.append(test)
    return joined(Flat(known.join, tuple(tests)))


def without_test(rule: Rule | None, at: int) -> Rule | None:
    """Return a rule without one of its tests; a rule with rules inside it stays."""
    known = flat(rule)
    if known is None:
        return rule
    return joined(Flat(known.join, (*known.tests[:at], *known.tests[at + 1 :])))


def with_join(rule: Rule | None, join: Join) -> Rule | None:
    """Return a rule whose tests hold together in another way."""
    known = flat(rule)
    return joined(Flat(join, known.tests)) if known else rule


def references(question: AnyQuestion) -> list[tuple[str, str]]:
    """Return what a test can ask about a question: it, or each of its rows, with their words."""
    if isinstance(question, Rows):
        return [
            (f"{question.id}.{row.id}", f"{question.text} \N{EN DASH} {row.text}")
            for row in question.rows
        ]
    return [(f"{question.id}.first" if isinstance(question, Ranking) else question.id,
             question.text)]  # fmt: skip


def has_numbers(question: AnyQuestion) -> bool:
    """Return whether answers can be above or below a number."""
    has_steps = isinstance(question, Grid) and question.scale is not None
    return isinstance(question, Banded | Scale) or has_steps


def kinds(question: AnyQuestion) -> list[Kind]:
    """Return the tests that fit a question, the most usual first."""
    found: list[Kind] = []
    if not isinstance(question, Banded):
        is_several = question.is_multiple or isinstance(question, Points)
        found = [Kind.INCLUDES, *([Kind.ONLY] if is_several else [])]
    if has_numbers(question):
        is_number = isinstance(question, Banded)
        found += [*([Kind.EXACTLY] if is_number else []), Kind.ABOVE, Kind.BELOW]
    return [*found, Kind.ANSWERED, Kind.UNANSWERED]


def kind_of(test: AnswerTest) -> Kind:
    """Return what a test asks."""
    match test:
        case Condition():
            return Kind.INCLUDES
        case Answered():
            return Kind.ANSWERED if test.is_answered else Kind.UNANSWERED
        case Equals():
            return Kind.ONLY if isinstance(test.equals, str) else Kind.EXACTLY
        case Greater():
            return Kind.ABOVE
        case Less():
            return Kind.BELOW
    raise TypeError(test)


def values_of(test: AnswerTest) -> tuple[tuple[str, ...], float | None]:
    """Return the choices and the number that a test names."""
    match test:
        case Condition():
            return test.includes, None
        case Equals() if isinstance(test.equals, str):
            return (test.equals,), None
        case Equals():
            return (), cast(float, test.equals)
        case Greater():
            return (), test.greater
        case Less():
            return (), test.less
    return (), None


def test_of(reference: str, kind: Kind, chosen: Sequence[str], number: float | None) -> AnswerTest:
    """Return the test of an answer; the choices or the number must fit it."""
    value = number if number is not None else 0.0
    match kind:
        case Kind.INCLUDES:
            return Condition(question=reference, includes=tuple(chosen))
        case Kind.ONLY:
            return Equals(question=reference, equals=chosen[0])
        case Kind.EXACTLY:
            return Equals(question=reference, equals=value)
        case Kind.ABOVE:
            return Greater(question=reference, greater=value)
        case Kind.BELOW:
            return Less(question=reference, less=value)
        case _:
            return Answered(question=reference, is_answered=kind is Kind.ANSWERED)
