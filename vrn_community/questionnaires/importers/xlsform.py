"""Questionnaires from XLSForm files, the format of KoboToolbox, ODK and Ona; pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.importers import (
    building,
    csv_sheets,
    drafts,
    languages,
    old_workbook,
    workbook,
    xlsform_extras,
    xlsform_grids,
    xlsform_losses,
    xlsform_rows,
)
from vrn_community.questionnaires.importers import xlsform_types as types
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.drafts import Dialect, Draft, Form, Group
from vrn_community.questionnaires.importers.names import Names
from vrn_community.questionnaires.importers.report import Imported, Report
from vrn_community.questionnaires.importers.xlsform_columns import Cells, Speaker, speakers
from vrn_community.questionnaires.importers.xlsform_questions import Reader
from vrn_community.questionnaires.importers.xlsform_rows import Workbook, row_name


def _find(name: str, known: Mapping[str, Variable]) -> Variable | None:
    return known.get(name)


DIALECT = Dialect(re.compile(r"\$\{\s*(?:last-saved#)?([^{}]*?)\s*\}"), _find)


def read(content: bytes) -> Imported:
    """Return the questionnaire of a file with sheets; Unreadable if it breaks a rule."""
    readers = {workbook.START: workbook.read, old_workbook.START: old_workbook.read}
    start = next((start for start in readers if content.startswith(start)), b"")
    sheets = readers.get(start, csv_sheets.read)(content)
    book, report = xlsform_rows.workbook(sheets), Report()
    xlsform_losses.of_file(book, sheets, report)
    voices = speakers(book.all_rows(), book.settings.get("default_language", ""))
    by_tag = {languages.tag_of(voice.language): voice for voice in voices[::-1]}
    base = languages.tag_of(voices[0].language)

    def made(tag: str, told: Report) -> Questionnaire:
        return building.built(_form(book, by_tag[tag], told), told)

    others = [tag for tag in by_tag if tag != base]
    document = building.in_all_languages(made, base, others, report)
    is_own = bool(book.frame.get("vrn-document"))
    return Imported(document, report.in_order(), is_own)


def _form(book: Workbook, voice: Speaker, report: Report) -> Form:
    frame = xlsform_extras.frame(book.frame, voice)
    names = Names(xlsform_extras.kept_names(book.survey))
    reader = Reader(book, voice, report, names)
    walker = _Walker(reader, book.settings.get("form_title", ""))
    introduction = str(frame.pop("introduction", ""))
    return Form(list(drafts.limited(walker.drafts(book.survey))), DIALECT, introduction, frame)


@dataclass
class _Walker:
    """Goes through the rows, and knows in which groups each of them stands."""

    reader: Reader
    title: str
    #: The groups that are open, with the conditions of those inside the outermost.
    groups: list[tuple[Group, tuple[str, ...]]] = field(default_factory=list)
    loose: Group | None = None
    #: Headings of groups within groups, with the depth of each, until a question follows.
    headings: list[tuple[int, Draft]] = field(default_factory=list)
    #: Groups with something to read in which no question was found yet.
    empty: set[str] = field(default_factory=set)

    def drafts(self, rows: list[Cells]) -> Iterator[Draft]:
        """Yield the questions of the form."""
        place = 0
        while place < len(rows):
            row = rows[place]
            found, after = self._own(rows, place)
            if found is None:
                found, after = self._matrix(rows, place)
            if found is None:
                found, after = self._one(row), place + 1
            if found is not None:
                self.empty.discard(found.group.id)
                yield from [heading for _depth, heading in self.headings]
                self.headings.clear()
                yield found
            place = after

    def _own(self, rows: list[Cells], place: int) -> tuple[Draft | None, int]:
        """Return the question that our own export wrote, and the row after it."""
        parts = xlsform_extras.parts_at(rows, place)
        if parts is None:
            return None, place
        question, variables = xlsform_extras.question(self.reader, rows[place], parts)
        return self._draft(question, rows[place], variables), place + 1 + len(parts)

    def _one(self, row: Cells) -> Draft | None:
        if row.get("vrn-kind") == xlsform_extras.PART:
            return None
        mark = types.mark_of(row.get("type"))
        if mark is not None:
            return self._step(row, mark)
        made = self.reader.question(row)
        if made is None:
            return None
        question, variable = made
        return self._draft(question, row, {row.get("name"): variable})

    def _draft(self, question: Any, row: Cells, variables: dict[str, Variable]) -> Draft:
        where = row_name(row.number)
        return Draft(question, self._group(), where, self._conditions(row), variables)

    def _conditions(self, row: Cells) -> tuple[str, ...]:
        outer = self.groups[-1][1] if self.groups else ()
        own = xlsform_extras.condition(row)
        return (*outer, own) if own else outer

    def _step(self, row: Cells, mark: types.Mark) -> Draft | None:
        """Open or close a group; a closed one with nothing but words to read is a page too."""
        where, report = row_name(row.number), self.reader.report
        self.loose = None
        if not mark.is_begin:
            closed, _conditions = self.groups.pop()
            self._forget_headings()
            is_empty = not self.groups and closed.id in self.empty
            return Draft(None, closed, where) if is_empty else None
        if mark.kind == "repeat":
            report.changed(where, _("It is asked once: nothing is asked several times here."))
        condition = (xlsform_extras.condition(row),) if row.get("relevant") else ()
        if self.groups:
            outer, conditions = self.groups[-1]
            self.groups.append((outer, (*conditions, *condition)))
            if row.has("label"):
                self.headings.append((len(self.groups), self._heading(row)))
            return None
        self.groups.append((self._new_group(row), ()))
        return None

    def _forget_headings(self) -> None:
        """Forget the headings of groups that were closed without a question."""
        for depth, heading in [*self.headings]:
            if depth > len(self.groups):
                self.headings.remove((depth, heading))
                self.reader.report.not_carried(heading.where)

    def _heading(self, row: Cells) -> Draft:
        """Return the heading of a group within a group as words to read."""
        where, report = row_name(row.number), self.reader.report
        question = drafts.made("information", where, **self.reader.texts(row))
        report.changed(where, _("Its heading stands before its questions, to be read."))
        self.reader.say_what_came(question, where)
        return Draft(question, self._group(), where, self.groups[-1][1])

    def _new_group(self, row: Cells) -> Group:
        voice, where, own = self.reader.speaker, row_name(row.number), xlsform_extras.condition(row)
        if row.get("vrn-id"):
            title, words = (voice.exactly(row, name) for name in ("label", "vrn-introduction"))
        else:
            usual = self.title_or_default() if voice.is_base else ""
            title, words = voice.text(row, "label") or usual, voice.text(row, "hint")
        name = row.get("vrn-id") or self.reader.names.new(row.get("name"), "part")
        if row.has("vrn-introduction") or row.has("hint"):
            self.empty.add(name)
        is_random = row.get("vrn-order") == "random"
        note = voice.exactly(row, "vrn-content-note")
        return Group(name, title, words, where, is_random, (own,) if own else (), note)

    def title_or_default(self) -> str:
        """Return the title of a page that has none."""
        return self.title or str(_("Questions"))

    def _group(self) -> Group:
        """Return the group that is open, or one for rows that stand in none."""
        if self.groups:
            return self.groups[0][0]
        if self.loose is None:
            title = self.title_or_default() if self.reader.speaker.is_base else ""
            self.loose = Group(self.reader.names.new("questions"), title)
        return self.loose

    def _matrix(self, rows: list[Cells], place: int) -> tuple[Draft | None, int]:
        """Return the grid that begins at a row, and the row after it."""
        matrix = xlsform_grids.at(rows, place)
        made = xlsform_grids.made(self.reader, matrix) if matrix else None
        if matrix is None or made is None:
            return None, place
        return self._draft(made[0], matrix.head, made[1]), matrix.after
