"""What was found in a file, put together: conditions become rules, pages are divided; pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _
from pydantic import TypeAdapter, ValidationError

from vrn_community.questionnaires import translating
from vrn_community.questionnaires.document import (
    MOST_QUESTIONS,
    MOST_SECTIONS,
    Questionnaire,
    Section,
    Translated,
)
from vrn_community.questionnaires.importers import drafts
from vrn_community.questionnaires.importers.conditions import Result, Translation, Variable, joined
from vrn_community.questionnaires.importers.drafts import Draft, Form, Group
from vrn_community.questionnaires.importers.expressions import NotUnderstood, parse
from vrn_community.questionnaires.importers.names import Names
from vrn_community.questionnaires.importers.report import Report, Unreadable
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.rules import Rule

#: The file is read once for each language.
MOST_LANGUAGES = 40
GAP = "\N{HORIZONTAL ELLIPSIS}"
#: Stands for a missing translation where a text may not be empty.
NOT_TRANSLATED = "\N{WORD JOINER}\N{EM DASH}"


def in_all_languages(
    made: Callable[[str, Report], Questionnaire], base: str, others: Iterable[str], report: Report
) -> Questionnaire:
    """Return the questionnaire in its base language, with the texts of the other languages.

    The file is read once for each language; places of texts are the same every time.
    """
    others = [*others]
    if len(others) > MOST_LANGUAGES:
        most = _("there are at most %(most)s languages", most=MOST_LANGUAGES)
        raise Unreadable(_("The file"), most)
    document = made(base, report)
    sources = translating.texts(document)
    translations = {}
    for language in others:
        of_language = Report()
        found = translating.texts(made(language, of_language))
        report.add_changes(of_language)
        texts = {
            place: Translated(source=source, text=found[place])
            for place, source in sources.items()
            if found.get(place, NOT_TRANSLATED) != NOT_TRANSLATED
        }
        if texts:
            translations[language] = texts
    return Questionnaire(**{**dict(document), "translations": translations})


def built(form: Form, report: Report) -> Questionnaire:
    """Return the questionnaire of a form; Unreadable if it cannot be one."""
    if not any(draft.question for draft in form.drafts):
        raise Unreadable(_("The file"), _nothing_asked(report))
    pages = _Pages(form, report)
    introduction = pages.short(form.introduction, _("Introduction"))
    for draft in form.drafts:
        pages.add(draft)
    return _checked(introduction=introduction, sections=pages.sections(), **form.frame)


def _nothing_asked(report: Report) -> str:
    """Return why nothing is left of a file: the first things that cannot be asked."""
    reasons = [f"{line.where}: {line.message}" for line in report.lines][:3]
    sentence = _("there is no question in it that can be asked")
    return f"{sentence}. {' '.join(reasons)}" if reasons else sentence


def _checked(sections: Sequence[Section], **content: Any) -> Questionnaire:
    questions = sum(len(section.questions) for section in sections)
    if len(sections) > MOST_SECTIONS or questions > MOST_QUESTIONS:
        raise Unreadable(_("The file"), drafts.too_long())
    try:
        return Questionnaire(sections=tuple(sections), **content)
    except ValidationError as error:
        raise Unreadable(_("The file"), drafts.reason_of(error)) from error


@dataclass
class _Page:
    """A section that is still growing."""

    group: Group
    id: str
    title: str
    #: Stands on the first page of a group alone.
    introduction: str
    show_if: Rule | None = None
    questions: list[AnyQuestion] = field(default_factory=list)

    @property
    def ids(self) -> set[str]:
        return {question.id for question in self.questions}


class _Pages:
    """Takes questions in order, and begins a page where a group or a condition wants one."""

    def __init__(self, form: Form, report: Report) -> None:
        self.form, self.report = form, report
        self.known: dict[str, Variable] = {}
        self.rules: dict[str, Result] = {}
        self.pages: list[_Page] = []
        # Pages that a condition makes get names of their own, which must not be a question's.
        taken = [d.question.id for d in form.drafts if d.question]
        self.names = Names([*taken, *(draft.group.id for draft in form.drafts)])

    def add(self, draft: Draft) -> None:
        """Add a question to the page that is open, or to a new one."""
        group = draft.group
        if group.id not in self.rules:
            self.rules[group.id] = self._rule(group.conditions, group.where)
        own = self._rule(draft.conditions, draft.where)
        if self.rules[group.id] is False or own is False:
            self.report.not_carried(draft.where)
            self.report.left_out(draft.where, _("It was never shown: its condition never holds."))
            return
        page = self._page(draft, own)
        if draft.question is None:
            return
        rule = None if isinstance(own, bool) else own
        question = self._worded(draft.question, draft.where).model_copy(update={"show_if": rule})
        page.questions.append(question)
        self.known |= {key: replace(v, question=question) for key, v in draft.variables.items()}

    def _page(self, draft: Draft, own: Result) -> _Page:
        """Return the page for a question: a new one if its condition asks about this one."""
        page, group = self.pages[-1] if self.pages else None, draft.group
        is_same = page is not None and page.group.id == group.id
        if page is not None and is_same:
            if not (_asked(own) | self._taken_up(draft.question)) & page.ids:
                return page
            reason = _("It stands on a new page, because it depends on an answer of this page.")
            self.report.changed(draft.where, reason)
        self.pages.append(self._new_page(group))
        return self.pages[-1]

    def _new_page(self, group: Group) -> _Page:
        is_first = all(known.group.id != group.id for known in self.pages)
        key = group.id if is_first else self.names.new(group.id)
        found = self.rules[group.id]
        title = self.short(group.title, group.where)
        introduction = self.short(group.introduction, group.where) if is_first else ""
        return _Page(group, key, title, introduction, None if isinstance(found, bool) else found)

    def _taken_up(self, question: AnyQuestion | None) -> set[str]:
        """Return the questions whose answers the texts of a question take up."""
        text = f"{question.text} {question.hint}" if question else ""
        found = (self._closed(name.strip()) for name in self.form.dialect.gap.findall(text))
        return {variable.question.id for variable in found if variable}

    def _closed(self, name: str) -> Variable | None:
        """Return what a name in a text stands for, if its answer can stand there."""
        found = self.form.dialect.find(name, self.known)
        return found if found and found.is_closed and not (found.row or found.choice) else None

    def short(self, text: str, where: str) -> str:
        """Return a text of the form or of a group, with answers taken up, within the limit."""
        return drafts.short(self.piped(text, where), where, self.report)

    def _rule(self, conditions: Sequence[str], where: str) -> Result:
        return joined([self._one(source, where) for source in conditions], is_all=True)

    def _one(self, source: str, where: str) -> Result:
        """Return the rule of one condition; what cannot be said is reported, and holds."""
        if source.startswith('{"'):  # Our own rule, from our own export.
            return _own_rule(source, where)
        translation = Translation(lambda name: self.form.dialect.find(name, self.known))
        try:
            result = translation.rule(parse(source))
        except NotUnderstood:
            result, translation.unknown = True, [source]
        for part in translation.unknown:
            words = {"part": part[:200], "condition": " ".join(source.split())[:300]}
            if result is True:
                message = _("Shown to everybody: “%(condition)s” cannot be asked here.", **words)
            else:
                message = _("Shown more often: “%(part)s” of “%(condition)s” is left out.", **words)
            self.report.changed(where, message)
        return result

    def piped(self, text: str, where: str) -> str:
        """Return a text in which earlier closed answers are taken up as ours are."""
        if self.form.dialect.gap.search(text) is None:
            return text

        def words(name: str) -> str:
            found = self._closed(name)
            if found:
                return f"${{{found.question.id}}}"
            self.report.changed(where, _("“%(name)s” cannot stand in a text here.", name=name))
            return GAP

        return self.form.dialect.gap.sub(lambda gap: words(gap[1].strip()), text)

    def _worded(self, question: AnyQuestion, where: str) -> AnyQuestion:
        """Return a question whose texts take up earlier answers in our way, or not at all."""
        changed: dict[str, Any] = {}
        for name in ("text", "hint"):
            changed[name] = self.short(getattr(question, name), where)
        for name in ("choices", "rows"):
            if getattr(question, name, ()):
                changed[name] = tuple(
                    part.model_copy(update={"text": self._plain(part.text, part.id, where)})
                    for part in getattr(question, name)
                )
        return question.model_copy(update=changed)

    def _plain(self, text: str, key: str, where: str) -> str:
        """Return the text of a choice, which never takes up an answer."""
        if self.form.dialect.gap.search(text) is None:
            return text
        self.report.changed(where, _("A choice cannot take up an answer: “%(text)s”", text=text))
        plain = self.form.dialect.gap.sub(GAP, text)
        return plain if plain.strip(f"{GAP} ") else key

    def sections(self) -> list[Section]:
        """Return the pages as sections."""
        return [
            Section(id=page.id, title=page.title, questions=tuple(page.questions)).model_copy(
                update={
                    "introduction": page.introduction,
                    "content_note": self.short(page.group.content_note, page.group.where),
                    "show_if": page.show_if,
                    "question_order": "random" if page.group.is_random else "fixed",
                }
            )
            for page in self.pages
        ]


def _asked(result: Result) -> set[str]:
    return set() if isinstance(result, bool) else {test.question_id for test in result.tests()}


def _own_rule(source: str, where: str) -> Rule:
    try:
        rule: Rule = TypeAdapter(Rule).validate_json(source)
    except (ValidationError, RecursionError) as error:
        raise Unreadable(where, _("its rule is damaged")) from error
    return rule
