"""Which column of a table answers which question: `COLUMN=TARGET`; pure.

A target is the id of a question, or `question.part`: a row of a grid, a choice (its tick, its
place or its points), `other`, `why`, `year` or `month`. Questions about the person have targets
like all others. A column that is called like a target needs no mapping.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.importers.report import Unreadable
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.cells import Cell
from vrn_community.responses.flow import Block

LANGUAGE, RECEIVED = "@language", "@received-on"


@dataclass(frozen=True)
class Target:
    """What a column answers: a question or one of its parts."""

    question: AnyQuestion
    part: str
    cell: Cell
    is_about_person: bool


Targets = Mapping[str, Target]


@dataclass(frozen=True)
class Columns:
    """The name of the target of each column that has one, by the place of the column."""

    headings: tuple[str, ...]
    names: Mapping[int, str]

    @property
    def unused(self) -> list[str]:
        """The columns that nothing is taken from."""
        return [name for at, name in enumerate(self.headings) if name and at not in self.names]


def targets(document: Questionnaire, block: Block) -> Targets:
    """Return what a column can answer, by name; an id of the questionnaire comes first."""
    about = [*([block.age] if block.age else []), *(block.about.questions if block.about else ())]
    return {
        **{name: target for q in about for name, target in _of(q, is_about_person=True)},
        **{name: target for q in document.questions() for name, target in _of(q)},
    }


def _of(question: AnyQuestion, *, is_about_person: bool = False) -> Iterator[tuple[str, Target]]:
    for part, cell in question.cells().items():
        name = f"{question.id}.{part}" if part else question.id
        yield name, Target(question, part, cell, is_about_person)


def read(mappings: Sequence[str], headings: Sequence[str], known: Targets) -> Columns:
    """Return where each column goes; Unreadable if a mapping cannot be followed."""
    names: dict[int, str] = {}
    for mapping in mappings:
        column, _equals, name = (text.strip() for text in mapping.rpartition("="))
        if not column or column not in headings:
            raise Unreadable(mapping, _("the file has no column “%(name)s”", name=column))
        if reason := _refusal(name, known):
            raise Unreadable(mapping, reason)
        if name in names.values() or headings.index(column) in names:
            raise Unreadable(mapping, _("a column goes to one place, and a place has one column"))
        names[headings.index(column)] = name
    for at, heading in enumerate(headings):
        is_free = at not in names and heading not in names.values()
        if is_free and not _refusal(heading, known):
            names[at] = heading
    if not set(names.values()) - {LANGUAGE, RECEIVED}:
        raise Unreadable(_("The file"), _("no column answers a question; name one with --map"))
    return Columns(tuple(headings), names)


def _refusal(name: str, known: Targets) -> str:
    """Return why there is no such target, or nothing."""
    if name in known or name in (LANGUAGE, RECEIVED):
        return ""
    start = f"{name}."
    if parts := [other for other in known if other.startswith(start)]:
        return str(_("say which part: %(names)s", names=", ".join(parts)))
    near = difflib.get_close_matches(name, [*known, LANGUAGE, RECEIVED])
    if near:
        names = ", ".join(near)
        return str(_("there is no “%(name)s”, but there is: %(near)s", name=name, near=names))
    return str(_("there is no question “%(name)s”", name=name))
