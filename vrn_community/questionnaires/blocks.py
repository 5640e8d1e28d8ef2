"""A section of a questionnaire as a block that can be put into another one; pure."""

from dataclasses import dataclass

from vrn_community.questionnaires import outline, renaming
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.outline import Part
from vrn_community.questionnaires.renaming import PartOf


@dataclass(frozen=True)
class Block:
    """A section that stands for itself, and the parts whose rules look outside it."""

    document: Questionnaire
    left_out: tuple[Part, ...] = ()


def block(source: Questionnaire, section_id: str) -> Block:
    """Return a section with its translations, without rules about answers outside it.

    KeyError if there is no such section.
    """
    section = outline.section(source, section_id)
    parts = (section, *section.questions)
    inside = {question.id for question in section.questions}
    outside = tuple(part for part in parts if not outline.asked_by(part) <= inside)
    questions = tuple(_freed(question, inside) for question in section.questions)
    alone = _freed(section, inside).model_copy(update={"questions": questions})
    own = renaming.translations(source, {part.id: part.id for part in parts})
    translations = {language: texts for language, texts in own.items() if texts}
    return Block(Questionnaire(sections=(alone,), translations=translations), outside)


def _freed(part: PartOf, inside: set[str]) -> PartOf:
    """Return a part without its rule, if that asks about anything else."""
    if outline.asked_by(part) <= inside:
        return part
    return part.model_copy(update={"show_if": None})
