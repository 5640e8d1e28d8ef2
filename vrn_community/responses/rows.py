"""From a row of a table to what one person sends, as if a form had sent it.

A cell that is no answer, or that would be lost on the way, is a problem; what the person
wrote is never part of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from vrn_community.foundation import clock, i18n, text
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import equality
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.base import Reading
from vrn_community.questionnaires.question_types.cells import NotCarried
from vrn_community.responses import ages, columns, flow
from vrn_community.responses.columns import LANGUAGE, RECEIVED, Columns, Targets
from vrn_community.responses.flow import CHECK, Walk
from vrn_community.responses.sheets import Row

#: A day as 2026-03-01 or 01/03/2026; a time behind it is not read.
DAY = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)|(?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>\d{4}))"
    r"(?:[T ].{0,40})?"
)
EARLIEST = date(2000, 1, 1)
#: What a cell holds, in words that do not repeat it.
CLASSES = (
    (re.compile(r"[-+]?[\d.,]+"), "a number"),
    (DAY, "a date"),
    (re.compile(r"\S+"), "one word"),
)
Sent = list[tuple[str, str]]


@dataclass(frozen=True)
class Problem:
    """A cell, or a whole line, that cannot be carried over."""

    line: int
    column: str
    holds: str
    reason: str


@dataclass(frozen=True)
class Person:
    """What one person answered elsewhere."""

    walk: Walk
    language: str
    received_on: date | None


@dataclass
class _Found:
    """What a row gives while it is read, with the columns that each question came from."""

    row: Row
    columns: Columns
    sent: dict[str, Sent] = field(default_factory=lambda: defaultdict(list))
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    #: Questions with a cell that could not be carried.
    unread: set[str] = field(default_factory=set)

    def refuse(self, at: Iterable[int], reason: str) -> None:
        """Note cells that cannot be carried."""
        for place in at:
            heading, cell = self.columns.headings[place], self.row.cells[place]
            self.problems.append(Problem(self.row.line, heading, holds(cell), reason))

    def refuse_line(self, reason: str) -> None:
        """Note that nothing of the line is carried."""
        self.problems.append(Problem(self.row.line, "", "", reason))


def holds(cell: str) -> str:
    """Return what kind of thing a cell holds, never what it is."""
    typed = cell.strip()
    return next((name for form, name in CLASSES if form.fullmatch(typed)), "several words")


class Reader:
    """Reads rows for one questionnaire, in each of its languages."""

    def __init__(
        self,
        opportunity: Opportunity,
        documents: Mapping[str, Questionnaire],
        where: Columns,
        token: str,
    ) -> None:
        """Prepare the targets of each language; `token` and a line make a submission."""
        self.opportunity, self.where, self.token = opportunity, where, token
        self.document = documents[i18n.SOURCE]
        consents = {q.id for q in self.document.questions() if q.kind == "consent"}
        self.deciding = {equality.AGE_BAND.id, *consents}
        self.targets = {language: _targets(language, d) for language, d in documents.items()}

    def read(self, row: Row) -> tuple[Person | None, list[Problem]]:
        """Return what a row holds, unless nothing of it can be carried, and its problems."""
        found = _Found(row, self.where)
        cells = {name: at for at, name in self.where.names.items() if text.plain(row.cells[at])}
        language = self._language(found, cells.pop(LANGUAGE, None))
        received_on = _day(found, cells.pop(RECEIVED, None))
        self._send(found, cells, self.targets[language])
        walk = self._finished(found, self._walk(found, self.targets[language]))
        return (Person(walk, language, received_on) if walk else None), found.problems

    def _language(self, found: _Found, at: int | None) -> str:
        language = found.row.cells[at].strip().casefold() if at is not None else i18n.SOURCE
        if at is not None and language not in i18n.LANGUAGES:
            known = ", ".join(i18n.LANGUAGES)
            found.refuse([at], _("It is none of the languages: %(known)s.", known=known))
            return i18n.SOURCE
        return language

    def _send(self, found: _Found, cells: Mapping[str, int], known: Targets) -> None:
        """Put what the cells say into what a form would have sent for each question."""
        for name, at in cells.items():
            target, cell = known[name], found.row.cells[at]
            try:
                pairs = target.question.from_cell(target.cell, target.part, cell)
            except NotCarried as refusal:
                found.refuse([at], str(refusal))
                found.unread.add(target.question.id)
                continue
            found.sent[target.question.id] += pairs
            found.places[target.question.id].append(at)

    def _walk(self, found: _Found, known: Targets) -> Walk:
        asked = {target.question.id: target for target in known.values()}
        kept: dict[str, dict[str, object]] = {"answers": {}, "profile": {}, "words": {}}
        for question_id, sent in found.sent.items():
            target = asked[question_id]
            reading = target.question.read(MultiDict(sent))
            if reason := lost(target.question, sent, reading):
                found.refuse(found.places[question_id], reason)
                found.unread.add(question_id)
                continue
            if reading.answer is not None:
                kept["profile" if target.is_about_person else "answers"][question_id] = (
                    reading.answer
                )
            kept["words"] |= reading.words
        return Walk(f"{self.token}.{found.row.line}", CHECK, **kept)  # type: ignore[arg-type]

    def _finished(self, found: _Found, walk: Walk) -> Walk | None:
        """Return what remains of a walk when everything is answered; none if nothing may."""
        if found.unread & self.deciding:
            found.refuse_line(_("Without that answer it is not known whether they may take part."))
            return None
        if flow.refuses(self.document, walk):
            found.refuse_line(_("This person did not want to take part."))
            return None
        if reason := ages.refusal(self.opportunity, walk):
            found.refuse_line(reason)
            return None
        final = flow.final(self.document, ages.block_of(self.document, walk.profile), walk)
        for question_id in sorted(_keys(walk) - _keys(final)):
            reason = _("It is asked only after other answers than this person gave.")
            found.refuse(found.places[question_id], reason)
        if not _keys(final):
            found.refuse_line(_("Nothing in this line is an answer."))
            return None
        return final


def _targets(language: str, document: Questionnaire) -> Targets:
    with force_locale(language):
        return columns.targets(document, ages.whole_block(document))


def _keys(walk: Walk) -> set[str]:
    """Return the questions that somebody answered."""
    return {*walk.answers, *walk.profile, *(name.partition(".")[0] for name in walk.words)}


def lost(question: AnyQuestion, sent: Sent, reading: Reading) -> str:
    """Return why something that was sent is not in what was read, or nothing."""
    if reading.error:
        return reading.error
    names = {name for name, _value in sent}
    if f"{question.id}.missing" in names and len(set(sent)) > 1:
        return str(_("An answer stands beside what says that there is none."))
    if names & set(question.passage_ids()) - set(reading.words):
        return str(_("Words typed beside it do not go with this answer."))
    chosen = question.chosen(reading.answer)
    keys = {choice.id for choice in question.options()}
    if any(name == question.id and value in keys - {*chosen} for name, value in sent):
        return str(_("It does not go with the other answers."))
    if sent and reading.answer is None and not reading.words:
        return str(_("It is no answer to this question."))
    return ""


def _day(found: _Found, at: int | None) -> date | None:
    """Return the day of a cell; a time is never kept."""
    if at is None:
        return None
    day = _date(found.row.cells[at].strip())
    if day is None:
        found.refuse([at], _("It is not written as 2026-03-01 or 01/03/2026."))
    elif not EARLIEST <= day <= clock.today():
        found.refuse([at], _("It is not a day on which answers can have come."))
        return None
    return day


def _date(typed: str) -> date | None:
    parts = DAY.fullmatch(typed)
    if parts is None:
        return None
    names = ("year", "month", "day") if parts["year"] else ("y", "m", "d")
    try:
        return date(*(int(parts[name]) for name in names))
    except ValueError:
        return None
