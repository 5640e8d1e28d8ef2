"""Which sections and questions somebody is shown, from what they answered before; pure."""

from collections.abc import Mapping

from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.base import Answer, Condition

Answers = Mapping[str, Answer | None]


def is_met(condition: Condition | None, document: Questionnaire, answers: Answers) -> bool:
    """Return whether a condition holds; one on a question that is not shown itself does not."""
    if condition is None:
        return True
    asked = document.question(condition.question)
    if not is_shown(asked, document, answers):
        return False
    chosen = asked.chosen(answers.get(asked.id))
    return bool(set(chosen) & set(condition.includes))


def is_shown(question: AnyQuestion, document: Questionnaire, answers: Answers) -> bool:
    """Return whether a question is put to somebody who gave these answers."""
    section = next(s for s in document.sections if question in s.questions)
    return is_met(section.show_if, document, answers) and is_met(
        question.show_if, document, answers
    )


def shown_sections(document: Questionnaire, answers: Answers) -> list[Section]:
    """Return the sections that somebody with these answers sees, without empty ones."""
    return [
        section
        for section in document.sections
        if is_met(section.show_if, document, answers)
        and (not section.questions or shown_questions(section, document, answers))
    ]


def shown_questions(
    section: Section, document: Questionnaire, answers: Answers
) -> list[AnyQuestion]:
    """Return the questions of a section that somebody with these answers sees."""
    return [q for q in section.questions if is_met(q.show_if, document, answers)]


def relevant(document: Questionnaire, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return only answers to questions that are still shown: a changed mind hides others."""
    return {
        question.id: answers[question.id]
        for question in document.questions()
        if question.id in answers and is_shown(question, document, answers)
    }
