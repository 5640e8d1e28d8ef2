"""What keeps a questionnaire from being published; pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from vrn_community.questionnaires import arranging, equality, outline, routes
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.question_types import AnyQuestion


@dataclass(frozen=True)
class Problem:
    """Something that is missing or cannot work, and the section or question where it is."""

    part_id: str
    message: str
    #: Where the text stands that is wrong, as `translating` names it; empty where it is no text.
    place: str = ""


def problems(document: Questionnaire) -> list[Problem]:
    """Return everything that has to be mended before people can answer."""
    found = [*_around(document)]
    for section in document.sections:
        found += _of_section(section)
        for question in section.questions:
            found += _of_question(question)
    return [*found, *_of_conditions(document), *_of_gaps(document), *_of_routes(document)]


def _around(document: Questionnaire) -> Iterator[Problem]:
    if not any(document.questions()):
        yield Problem("", _("Ask at least one question."))
    if document.equality_block and document.equality_block not in equality.VERSIONS:
        yield Problem("", _("The equality questions that it names do not exist."))


def _of_section(section: Section) -> Iterator[Problem]:
    if not section.title:
        yield Problem(section.id, _("Give the section a title."))
    if not section.questions and not section.introduction:
        yield Problem(section.id, _("The section “%(title)s” is empty.", title=section.title))


def _of_question(question: AnyQuestion) -> Iterator[Problem]:
    if not question.text:
        yield Problem(question.id, _("Write what the question asks."))
    texts = [choice.text for choice in getattr(question, "choices", ())]
    if not all(texts) or len(set(texts)) < len(texts):
        words = {"question": question.text}
        yield Problem(question.id, _("Two choices of “%(question)s” say the same.", **words))


def _of_conditions(document: Questionnaire) -> Iterator[Problem]:
    """Find rules about an answer that is not known by then, going through the sections once."""
    askable: set[str] = set()
    for section in document.sections:
        for part in (section, *section.questions):
            if not outline.asked_by(part) <= askable:
                words = {"part": outline.name(part)}
                yield Problem(
                    part.id,
                    _(
                        "“%(part)s” depends on an answer in its own section. Move it further on.",
                        **words,
                    ),
                )
        askable |= {question.id for question in section.questions if outline.is_closed(question)}


def _of_routes(document: Questionnaire) -> Iterator[Problem]:
    found = routes.routes(document)
    for stop in routes.unreachable(found):
        words = {"part": outline.name(stop.part)}
        yield Problem(stop.part.id, _("Nobody can come to “%(part)s”. See the map.", **words))
    if found.can_be_empty is routes.Reach.SOME:
        yield Problem("", _("Some people come to the end without a question. See the map."))


def _of_gaps(document: Questionnaire) -> Iterator[Problem]:
    """Find texts that take up an answer which is not known by then."""
    earlier: set[str] = set()
    for section in document.sections:
        texts = {section.id: f"{section.title} {section.introduction} {section.content_note}"}
        texts |= {q.id: f"{q.text} {q.hint}" for q in section.questions}
        for part_id, text in texts.items():
            if not arranging.gaps(text) <= earlier:
                words = {"part": outline.name(outline.part(document, part_id))}
                message = _("“%(part)s” repeats an answer of no earlier section.", **words)
                yield Problem(part_id, message)
        earlier |= {question.id for question in section.questions if outline.is_closed(question)}
