"""Which sections and questions somebody is shown, from what they answered before; pure."""

from collections.abc import Mapping

from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.base import Answer
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

Answers = Mapping[str, Answer | None]


def is_met(rule: Rule | None, document: Questionnaire, answers: Answers) -> bool:
    """Return whether a rule holds; a question that is not shown counts as not answered."""
    return rule is None or _holds(rule, document, _deciding(document, answers))


def _deciding(document: Questionnaire, answers: Answers) -> Answers:
    """Return the answers that rules may look at: those to questions that are shown.

    Rules only ask about earlier questions, so one pass is enough: looking back from each
    rule would double the work with every link of a chain of conditions.
    """
    given: dict[str, Answer | None] = {}
    for section, question in document.deciding():
        answer = answers.get(question.id)
        if answer is not None and _is_put(question, section, document, given):
            given[question.id] = answer
    return given


def _is_put(
    question: AnyQuestion, section: Section, document: Questionnaire, given: Answers
) -> bool:
    return _holds(section.show_if, document, given) and _holds(question.show_if, document, given)


def _holds(rule: Rule | None, document: Questionnaire, given: Answers) -> bool:
    match rule:
        case None:
            return True
        case AllOf():
            return all(_holds(part, document, given) for part in rule.all)
        case AnyOf():
            return any(_holds(part, document, given) for part in rule.any)
        case NoneOf():
            return not any(_holds(part, document, given) for part in rule.none)
        case _:
            asked = document.question(rule.question_id)
            return _passes(rule, asked, given.get(asked.id))


def _passes(test: AnswerTest, asked: AnyQuestion, answer: Answer | None) -> bool:
    chosen = asked.chosen(answer, test.row_id)
    number = asked.number(answer, test.row_id)
    match test:
        case Condition():
            return bool(set(chosen) & set(test.includes))
        case Answered():
            return bool(chosen or number is not None) == test.is_answered
        case Equals() if isinstance(test.equals, str):
            return chosen == [test.equals]
        case Equals():
            return number == test.equals
        case Greater():
            return number is not None and number > test.greater
        case Less():
            return number is not None and number < test.less
    raise TypeError(test)


def is_shown(question: AnyQuestion, document: Questionnaire, answers: Answers) -> bool:
    """Return whether a question is put to somebody who gave these answers."""
    given = _deciding(document, answers)
    return _is_put(question, document.section_of(question.id), document, given)


def shown_sections(document: Questionnaire, answers: Answers) -> list[Section]:
    """Return the sections that somebody with these answers sees, without empty ones."""
    given = _deciding(document, answers)
    return [
        section
        for section in document.sections
        if _holds(section.show_if, document, given)
        and (
            not section.questions
            or any(_holds(q.show_if, document, given) for q in section.questions)
        )
    ]


def shown_questions(
    section: Section, document: Questionnaire, answers: Answers
) -> list[AnyQuestion]:
    """Return the questions of a section that somebody with these answers sees."""
    given = _deciding(document, answers)
    return [q for q in section.questions if _holds(q.show_if, document, given)]


def relevant(document: Questionnaire, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return only answers to questions that are still shown: a changed mind hides others."""
    given = _deciding(document, answers)
    return {
        question.id: answers[question.id]
        for section in document.sections
        for question in section.questions
        if question.id in answers and _is_put(question, section, document, given)
    }
