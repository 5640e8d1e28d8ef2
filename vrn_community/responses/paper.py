"""The questions as they stand on paper: all of them, numbered, in the order of the document; pure.

Whoever reads on paper sees every question, also those that are asked only after some answers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from vrn_community.questionnaires import arranging
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.responses.flow import Block


@dataclass(frozen=True)
class Part:
    """Questions under one heading, each with its number; what is only read has none."""

    id: str
    title: str
    introduction: str
    #: What its questions are about, for whoever may want to skip them.
    content_note: str
    questions: Sequence[tuple[int | None, AnyQuestion]]


def parts(document: Questionnaire, block: Block) -> list[Part]:
    """Return all parts of a questionnaire, with the questions about the person."""
    numbers = count(1)
    age = [Part("", "", "", "", _numbered([block.age], document, numbers))] if block.age else []
    sections = [*document.sections, *([block.about] if block.about else [])]
    return [*age, *(_part(section, document, numbers) for section in sections)]


def _part(section: Section, document: Questionnaire, numbers: Iterator[int]) -> Part:
    texts = (section.title, section.introduction, section.content_note)
    title, introduction, note = (arranging.piped(text, document, {}) for text in texts)
    asked = _numbered(section.questions, document, numbers)
    return Part(section.id, title, introduction, note, asked)


def _numbered(
    asked: Sequence[AnyQuestion], document: Questionnaire, numbers: Iterator[int]
) -> list[tuple[int | None, AnyQuestion]]:
    return [
        (None if question.kind == "information" else next(numbers), _plain(question, document))
        for question in asked
    ]


def _plain(question: AnyQuestion, document: Questionnaire) -> AnyQuestion:
    """Return a question with dots where its texts take up an earlier choice."""
    texts = {"text": question.text, "hint": question.hint}
    piped = {name: arranging.piped(text, document, {}) for name, text in texts.items()}
    return question if piped == texts else question.model_copy(update=piped)
