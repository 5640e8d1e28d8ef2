"""Changes of a questionnaire, each of which makes a new one; pure.

New ids are given by the caller. What would break the questionnaire is `Refused`;
an unknown id is a KeyError.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from pydantic import ValidationError

from vrn_community.questionnaires import outline, renaming
from vrn_community.questionnaires.document import Questionnaire, Section, choices_named
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.rules import Rule


class Refused(ValueError):  # noqa: N818 - a refusal, named as a fact.
    """A change that would break the questionnaire; the message says why, for the editor."""


class Move(StrEnum):
    """What can be done with a section or a question as a whole."""

    UP = "up"
    DOWN = "down"
    COPY = "copy"
    REMOVE = "remove"
    #: In front of another part, or at the end: what dragging does.
    PLACE = "place"


def change_frame(document: Questionnaire, **content: Any) -> Questionnaire:
    """Change what stands around the sections: introduction, age band, equality block."""
    return _made(document, **content)


def add_section(document: Questionnaire, added: Section) -> Questionnaire:
    """Add a section at the end."""
    return _made(document, sections=(*document.sections, added))


def add_block(
    document: Questionnaire, block: Questionnaire, new_id: Callable[[], str]
) -> Questionnaire:
    """Add the sections of another questionnaire, translated as they are; ids that clash are new."""
    taken = {part.id for part in outline.parts(document)}
    ids = {p.id: new_id() if p.id in taken else p.id for p in outline.parts(block)}
    added = tuple(renaming.section(found, ids) for found in block.sections)
    made = _made(document, sections=(*document.sections, *added))
    return _translated_too(made, block, ids)


def change_section(document: Questionnaire, section_id: str, **content: Any) -> Questionnaire:
    """Change the title, the introduction, the condition or the questions of a section."""
    before = outline.section(document, section_id)
    after = Section(**{**dict(before), **content})
    changed = [after if found.id == section_id else found for found in document.sections]
    return _made(document, sections=tuple(changed))


def move_section(document: Questionnaire, section_id: str, step: int) -> Questionnaire:
    """Move a section up (-1) or down (1); at the edge nothing changes."""
    order = list(document.sections)
    place = order.index(outline.section(document, section_id))
    if not 0 <= place + step < len(order):
        return document
    order.insert(place + step, order.pop(place))
    return _made(document, sections=tuple(order))


def remove_section(document: Questionnaire, section_id: str) -> Questionnaire:
    """Remove a section with its questions, unless a condition elsewhere needs one of them."""
    gone = outline.section(document, section_id)
    asked = [question.id for question in gone.questions]
    _keep_what_is_needed(document, asked, leaving={section_id, *asked})
    return _made(document, sections=tuple(s for s in document.sections if s.id != section_id))


def add_question(document: Questionnaire, section_id: str, added: AnyQuestion) -> Questionnaire:
    """Add a question at the end of a section."""
    known = outline.section(document, section_id).questions
    return change_section(document, section_id, questions=(*known, added))


def change_question(document: Questionnaire, changed: AnyQuestion) -> Questionnaire:
    """Replace the question of the same id, unless a condition needs a choice that is gone."""
    later_parts = outline.dependents(document, changed.id)
    for later in [] if changed.has_outside_choices else later_parts:
        tests = later.show_if.tests() if later.show_if else ()
        needed = {name for t in tests if t.question_id == changed.id for name in choices_named(t)}
        if not needed <= {choice.id for item in changed.items() for choice in item.choices}:
            words = {"part": outline.name(later)}
            raise Refused(_("“%(part)s” is shown only after a choice that would be gone.", **words))
    home = outline.home(document, changed.id)
    asked = tuple(changed if q.id == changed.id else q for q in home.questions)
    return change_section(document, home.id, questions=asked)


def move_question(document: Questionnaire, question_id: str, step: int) -> Questionnaire:
    """Move a question up (-1) or down (1), at an edge into the section beside it."""
    rows = [list(found.questions) for found in document.sections]
    at = document.sections.index(outline.home(document, question_id))
    place = [q.id for q in rows[at]].index(question_id)
    if 0 <= place + step < len(rows[at]):
        rows[at].insert(place + step, rows[at].pop(place))
    elif 0 <= at + step < len(rows):
        beside = rows[at + step]
        beside.insert(len(beside) if step < 0 else 0, rows[at].pop(place))
    else:
        return document
    return _with_questions(document, rows)


def remove_question(document: Questionnaire, question_id: str) -> Questionnaire:
    """Remove a question, unless a condition asks about it."""
    home = outline.home(document, question_id)
    _keep_what_is_needed(document, [question_id], leaving={question_id})
    left = tuple(q for q in home.questions if q.id != question_id)
    return change_section(document, home.id, questions=left)


def duplicate(document: Questionnaire, question_id: str, new_id: str) -> Questionnaire:
    """Put a copy of a question, under a new id, below it."""
    home = outline.home(document, question_id)
    asked = list(home.questions)
    place = [q.id for q in asked].index(question_id)
    asked.insert(place + 1, asked[place].model_copy(update={"id": new_id}))
    changed = change_section(document, home.id, questions=tuple(asked))
    return _translated_too(changed, document, {question_id: new_id})


def duplicate_section(
    document: Questionnaire, section_id: str, new_id: Callable[[], str]
) -> Questionnaire:
    """Put a copy of a section with its questions, all under new ids, below it."""
    copied = outline.section(document, section_id)
    ids = {part.id: new_id() for part in (copied, *copied.questions)}
    order = list(document.sections)
    order.insert(order.index(copied) + 1, renaming.section(copied, ids))
    return _translated_too(_made(document, sections=tuple(order)), document, ids)


def place(document: Questionnaire, part_id: str, before: str) -> Questionnaire:
    """Put a section or a question in front of another; without one, a section at the end.

    In front of a section a question stands at its end.
    """
    moved = outline.part(document, part_id)
    if before == part_id:
        return document
    if isinstance(moved, Section):
        order = [found for found in document.sections if found.id != part_id]
        at = order.index(outline.section(document, before)) if before else len(order)
        return _made(document, sections=(*order[:at], moved, *order[at:]))
    rows = [[q for q in found.questions if q.id != part_id] for found in document.sections]
    target = outline.part(document, before)
    home = target if isinstance(target, Section) else outline.home(document, before)
    row = rows[document.sections.index(home)]
    row.insert(len(row) if target is home else [q.id for q in row].index(before), moved)
    return _with_questions(document, rows)


def show_when(document: Questionnaire, part_id: str, condition: Rule | None) -> Questionnaire:
    """Show a section or a question under a condition only, or always."""
    if isinstance(outline.part(document, part_id), Section):
        return change_section(document, part_id, show_if=condition)
    rows = [
        [q.model_copy(update={"show_if": condition}) if q.id == part_id else q for q in s.questions]
        for s in document.sections
    ]
    return _with_questions(document, rows)


def rearrange(
    document: Questionnaire, part_id: str, move: Move, new_id: Callable[[], str], before: str = ""
) -> Questionnaire:
    """Move, copy or remove a section or a question."""
    is_section = isinstance(outline.part(document, part_id), Section)
    if move is Move.PLACE:
        return place(document, part_id, before)
    if move is Move.REMOVE:
        return (remove_section if is_section else remove_question)(document, part_id)
    if move is Move.COPY:
        if is_section:
            return duplicate_section(document, part_id, new_id)
        return duplicate(document, part_id, new_id())
    step = -1 if move is Move.UP else 1
    return (move_section if is_section else move_question)(document, part_id, step)


def _translated_too(
    document: Questionnaire, source: Questionnaire, ids: Mapping[str, str]
) -> Questionnaire:
    """Give copies, by the ids of what they copy, the translations of what they copy."""
    languages = dict(document.translations)
    for language, texts in renaming.translations(source, ids).items():
        languages[language] = {**languages.get(language, {}), **texts}
    return _made(document, translations=languages)


def _keep_what_is_needed(document: Questionnaire, gone: Sequence[str], leaving: set[str]) -> None:
    for question_id in gone:
        for later in outline.dependents(document, question_id):
            if later.id not in leaving:
                words = {"part": outline.name(later)}
                raise Refused(_("“%(part)s” is shown only after an answer to it.", **words))


def _with_questions(
    document: Questionnaire, rows: Sequence[Sequence[AnyQuestion]]
) -> Questionnaire:
    pairs = zip(document.sections, rows, strict=True)
    changed = tuple(known.model_copy(update={"questions": tuple(row)}) for known, row in pairs)
    return _made(document, sections=changed)


def _made(document: Questionnaire, **content: Any) -> Questionnaire:
    """Return the questionnaire with other content, checked as a whole."""
    try:
        return Questionnaire(**{**dict(document), **content})
    except ValidationError as error:
        raise Refused(
            _(
                "That cannot be. There are at most 60 sections and 300 questions, "
                "and a condition can only ask about an earlier question."
            )
        ) from error
