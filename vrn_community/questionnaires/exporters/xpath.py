"""Rules as XLSForm writes conditions; pure."""

import re

from vrn_community.questionnaires.arranging import GAP
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.numbers import Banded
from vrn_community.questionnaires.rules import (
    AllOf,
    Answered,
    AnswerTest,
    AnyOf,
    Condition,
    Equals,
    Greater,
    Less,
    NoneOf,
    Rule,
)

BAND = re.compile(r"band-(\d+)")


def name_of(slug: str) -> str:
    """Return a name that XLSForm allows: it may not begin with a digit."""
    return f"_{slug}" if slug[:1].isdigit() else slug


def text_of(text: str) -> str:
    """Return a text in which earlier answers are taken up as XLSForm does it."""
    return GAP.sub(lambda gap: f"${{{name_of(gap[1])}}}", text)


def condition(rule: Rule | None, document: Questionnaire) -> str:
    """Return a rule as an expression; nothing for no rule."""
    match rule:
        case None:
            return ""
        case AllOf():
            return f"({' and '.join(condition(part, document) for part in rule.all)})"
        case AnyOf():
            return f"({' or '.join(condition(part, document) for part in rule.any)})"
        case NoneOf():
            return f"not({' or '.join(condition(part, document) for part in rule.none)})"
    return _test(rule, document.question(rule.question_id))


def _test(test: AnswerTest, asked: AnyQuestion) -> str:
    name = _reference(test, asked)
    match test:
        case Condition():
            return _any([_chosen(asked, test.row_id, name, key) for key in test.includes])
        case Answered():
            return f"{name} {'!=' if test.is_answered else '='} ''"
        case Equals() if isinstance(test.equals, str):
            return f"{name} = '{test.equals}'"
        case Equals():
            return f"{name} = {test.equals:g}"
        case Greater():
            return _compared(asked, test.row_id, name, ">", test.greater)
        case Less():
            return _compared(asked, test.row_id, name, "<", test.less)
    raise TypeError(test)


def _reference(test: AnswerTest, asked: AnyQuestion) -> str:
    """Return the name of what is asked about; a row has a question of its own in XLSForm."""
    is_row = test.row_id and hasattr(asked, "rows")
    name = name_of(test.question_id)
    return f"${{{name}.{test.row_id}}}" if is_row else f"${{{name}}}"


def _chosen(asked: AnyQuestion, row: str, name: str, key: str) -> str:
    if asked.kind == "points":
        return f"${{{name_of(asked.id)}.{key}}} > 0"
    if asked.kind == "ranking" and row == "first":
        return f"selected-at({name}, 0) = '{key}'"
    band = BAND.fullmatch(key)
    if isinstance(asked, Banded) and band and int(band[1]) < len(asked.bands()):
        first, last = asked.bands()[int(band[1])]
        return f"({name} >= {first} and {name} <= {last})"
    return f"selected({name}, '{key}')"


def _compared(asked: AnyQuestion, row: str, name: str, sign: str, number: float) -> str:
    """Return a comparison; steps of a scale are named one by one."""
    items = () if asked.has_outside_choices else asked.items()
    choices = {choice.id for item in items if item.id == row for choice in item.choices}
    steps = {}
    for key in sorted(choices):
        step = asked.number({row: key} if row else key, row)
        if step is not None:
            steps[key] = step
    if not steps or isinstance(asked, Banded):
        return f"{name} {sign} {number:g}"
    is_above = sign == ">"
    passing = [k for k, step in steps.items() if (step > number if is_above else step < number)]
    return _any([f"selected({name}, '{key}')" for key in passing])


def _any(parts: list[str]) -> str:
    if not parts:
        return "false()"
    return parts[0] if len(parts) == 1 else f"({' or '.join(parts)})"
