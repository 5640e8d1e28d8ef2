"""Questions that an editor has about a questionnaire: what is where, and what needs what; pure."""

from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.numbers import Banded

Part = Section | AnyQuestion


def parts(document: Questionnaire) -> list[Part]:
    """Return all sections and questions."""
    return [*document.sections, *document.questions()]


def part(document: Questionnaire, part_id: str) -> Part:
    """Return the section or the question with an id; KeyError if there is none."""
    for found in parts(document):
        if found.id == part_id:
            return found
    raise KeyError(part_id)


def section(document: Questionnaire, section_id: str) -> Section:
    """Return a section by its id; KeyError if there is none."""
    for found in document.sections:
        if found.id == section_id:
            return found
    raise KeyError(section_id)


def home(document: Questionnaire, question_id: str) -> Section:
    """Return the section of a question; KeyError if there is no such question."""
    return document.section_of(question_id)


def name(of: Part) -> str:
    """Return the words by which an editor knows a section or a question."""
    return of.title if isinstance(of, Section) else of.text


def dependents(document: Questionnaire, question_id: str) -> list[Part]:
    """Return the sections and questions that are shown only after an answer to a question."""
    return [p for p in parts(document) if question_id in asked_by(p)]


def asked_by(of: Part) -> set[str]:
    """Return the questions whose answers decide whether something is shown."""
    return {test.question_id for test in of.show_if.tests()} if of.show_if else set()


def askable(document: Questionnaire, part_id: str) -> list[AnyQuestion]:
    """Return the questions that a condition can ask about: closed ones, on an earlier page.

    A section is one page, so a question of the same section is not yet answered
    when the page is made.
    """
    earlier: list[AnyQuestion] = []
    for found in document.sections:
        if part_id == found.id or any(q.id == part_id for q in found.questions):
            return earlier
        earlier += [q for q in found.questions if is_closed(q)]
    raise KeyError(part_id)


def is_closed(question: AnyQuestion) -> bool:
    """Return whether the answer is a choice or a number, not words."""
    is_known = question.has_outside_choices or isinstance(question, Banded)
    return is_known or bool(question.items())
