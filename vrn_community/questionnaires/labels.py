"""What people read instead of the names of states, and conditions in words."""

from collections.abc import Iterable
from typing import Any

from babel.lists import format_list
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import VersionState
from vrn_community.questionnaires.routes import Reach
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

STATES: dict[VersionState, Any] = {
    VersionState.DRAFT: _l("Draft"),
    VersionState.PUBLISHED: _l("In use"),
    VersionState.RETIRED: _l("Replaced"),
}
TOPICS: dict[str, Any] = {
    "safety": _l("Feeling safe"),
    "help": _l("Finding help"),
    "life": _l("Living here"),
    "voice": _l("Being heard"),
}
REACHES: dict[Reach, Any] = {
    Reach.ALL: _l("Everybody"),
    Reach.SOME: _l("Some people"),
    Reach.NONE: _l("Nobody"),
    Reach.UNKNOWN: _l("Perhaps nobody"),
}


def rule_text(rule: Rule, document: Questionnaire) -> str:
    """Return in one sentence when something is shown."""
    if isinstance(rule, Condition) and not rule.row_id:
        words = {"answers": _choices(rule.includes, rule, document)}
        question = document.question(rule.question_id).text
        return str(_("Shown only after %(answers)s to: %(question)s", question=question, **words))
    return str(_("Shown only if %(rule)s", rule=_clause(rule, document, is_outer=True)))


def _clause(rule: Rule, document: Questionnaire, *, is_outer: bool = False) -> str:
    """Return a rule as a clause; several rules inside another stand in brackets."""
    if isinstance(rule, AllOf | AnyOf | NoneOf):
        parts = [_clause(part, document) for part in rule.rules]
        locale = get_locale() or "en"
        is_all = isinstance(rule, AllOf)
        joined = format_list(parts, style="standard" if is_all else "or", locale=locale)
        is_bare = len(parts) == 1 or (is_outer and not isinstance(rule, NoneOf))
        wrapped = joined if is_bare else f"({joined})"
        return str(_("not %(rule)s", rule=wrapped)) if isinstance(rule, NoneOf) else wrapped
    return test_text(rule, document)


def test_text(test: AnswerTest, document: Questionnaire) -> str:
    """Return one test of an answer in words."""
    words = {"question": f"“{document.question(test.question_id).text}”"}
    match test:
        case Condition():
            answers = _choices(test.includes, test, document)
            clause = _("%(question)s is %(answers)s", answers=answers, **words)
        case Answered():
            is_answered = _("%(question)s is answered", **words)
            clause = is_answered if test.is_answered else _("%(question)s is not answered", **words)
        case Equals() if isinstance(test.equals, str):
            answers = _choices((test.equals,), test, document)
            clause = _("%(question)s is only %(answers)s", answers=answers, **words)
        case Equals():
            clause = _("%(question)s is %(answers)s", answers=format_decimal(test.equals), **words)
        case Greater():
            clause = _(
                "%(question)s is above %(number)s", number=format_decimal(test.greater), **words
            )
        case Less():
            clause = _(
                "%(question)s is below %(number)s", number=format_decimal(test.less), **words
            )
        case _:
            raise TypeError(test)
    return str(clause)


def _choices(ids: Iterable[str], test: AnswerTest, document: Questionnaire) -> str:
    question = document.question(test.question_id)
    texts = {choice.id: choice.text for item in question.items() for choice in item.choices}
    rows = {item.id: item.text for item in question.items() if item.id == test.row_id != ""}
    chosen = [f"“{texts.get(key, key)}”" for key in ids]
    answers = str(format_list(chosen, style="or", locale=get_locale() or "en"))
    return f"{answers} ({rows[test.row_id]})" if test.row_id in rows else answers


def conditions(document: Questionnaire) -> dict[str, str]:
    """Return in words when each section or question with a condition is shown, by its id."""
    parts = [*document.sections, *document.questions()]
    return {part.id: rule_text(part.show_if, document) for part in parts if part.show_if}
