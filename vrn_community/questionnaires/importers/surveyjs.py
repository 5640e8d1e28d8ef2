"""Questionnaires from SurveyJS (.json files); pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.importers import (
    building,
    drafts,
    json_files,
    languages,
    surveyjs_losses,
    surveyjs_tables,
)
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.drafts import Dialect, Draft, Form, Group
from vrn_community.questionnaires.importers.names import Names
from vrn_community.questionnaires.importers.report import Imported, Report, Unreadable
from vrn_community.questionnaires.importers.surveyjs_maker import Element, Maker
from vrn_community.questionnaires.importers.voices import Voice
from vrn_community.questionnaires.question_types import AnyQuestion

#: Languages are told from other objects by their keys.
LOCALE = re.compile(r"default|[a-z]{2}(-[A-Za-z]{2,4})?")
TEXTS = frozenset(
    {"title", "description", "text", "html", "minRateDescription", "maxRateDescription",
     "labelTrue", "labelFalse", "noneText", "otherText", "refuseText", "dontKnowText",
     "commentText"}
)  # fmt: skip


def _find(name: str, known: Mapping[str, Variable]) -> Variable | None:
    return known.get(name) or known.get(name.removeprefix("panel."))


DIALECT = Dialect(re.compile(r"\{(?!\s)([^{}]*)\}"), _find)


def read(content: bytes) -> Imported:
    """Return the questionnaire of a SurveyJS file; Unreadable if it is none."""
    survey = json_files.read(content)
    pages = _pages(survey)
    found = _languages(survey) - {"default"}
    default = _default(survey.get("locale"), found)
    known = sorted({*found, default})
    base = languages.chosen(known, default)
    voices = {languages.tag_of(n): Voice(n, default, is_base=n == base) for n in known}
    report = Report()
    surveyjs_losses.of_survey(survey, report)

    def made(tag: str, told: Report) -> Questionnaire:
        return building.built(_form(survey, pages, voices[tag], told), told)

    tag = languages.tag_of(base)
    others = [other for other in voices if other != tag]
    document = building.in_all_languages(made, tag, others, report)
    return Imported(document, report.in_order())


def _default(locale: Any, found: set[str]) -> str:
    """Return the language of texts that name none.

    For SurveyJS that is English whatever the survey begins with; but who writes a whole
    survey in one other language names no language beside its texts.
    """
    is_named = isinstance(locale, str) and bool(LOCALE.fullmatch(locale))
    return str(locale) if is_named and locale not in found else languages.SOURCE


def _pages(survey: Mapping[str, Any]) -> list[Element]:
    """Return the pages; a file without any is one page."""
    found = survey.get("pages") or (
        [survey] if survey.get("elements") or survey.get("questions") else []
    )
    if not isinstance(found, list) or not found or not all(isinstance(p, Mapping) for p in found):
        raise Unreadable(_("The file"), _("it is no survey of SurveyJS, and not our own format"))
    return found


def _languages(node: Any) -> set[str]:
    """Return the languages in which any text stands."""
    found: set[str] = set()
    level = [node]
    while level:
        children = [pair for one in level for pair in _children(one)]
        for key, child in children:
            if key in TEXTS and isinstance(child, Mapping):
                found |= {k for k in child if LOCALE.fullmatch(k)}
        level = [child for _key, child in children if isinstance(child, Mapping | list)]
    return found


def _children(node: Any) -> list[tuple[str, Any]]:
    return list(node.items()) if isinstance(node, Mapping) else [("", child) for child in node]


def _form(survey: Element, pages: list[Element], voice: Voice, report: Report) -> Form:
    names = Names()
    reader = Maker(survey, voice, report, names)
    title = reader.text(survey.get("title"))
    introduction = reader.text(survey.get("description"))
    found = _of_pages(survey, pages, reader, title)
    return Form(list(drafts.limited(found)), DIALECT, introduction)


def _of_pages(survey: Element, pages: list[Element], reader: Maker, title: str) -> Iterator[Draft]:
    """Yield the questions of all pages; those without a title have that of the survey."""
    voice, names, report = reader.voice, reader.names, reader.report
    for number, page in enumerate(pages, 1):
        own = reader.text(page.get("title")) if page is not survey else ""
        usual = own or (title or str(_("Questions")) if voice.is_base else "")
        where = str(_("Page %(number)s", number=number))
        words = reader.text(page.get("description")) if page is not survey else ""
        order = next((o for o in map(_order, (page, survey)) if o), "")
        key = names.new(f"page-{number}")
        group = Group(key, usual, words, where, order == "random", _condition(page))
        elements = page.get("elements") or page.get("questions") or []
        if _is_hidden(page):
            report.left_out(where, _("It was hidden from everybody."))
            continue
        yield from _drafts(elements, group, (), Maker(page, voice, report, names))


def _drafts(
    elements: Any, group: Group, conditions: tuple[str, ...], above: Maker
) -> Iterator[Draft]:
    """Yield the questions of a page or a panel."""
    if not isinstance(elements, list):
        raise Unreadable(group.where, _("its elements are no list"))
    for place, element in enumerate(elements, 1):
        where = _("%(page)s, element %(number)s", page=group.where, number=place)
        if not isinstance(element, Mapping) or not element.get("type"):
            raise Unreadable(where, _("it has no type"))
        if not element.get("name"):
            raise Unreadable(where, _("it has no name"))
        maker = Maker(element, above.voice, above.report, above.names)
        own = (*conditions, *_condition(element))
        if _is_hidden(element):
            maker.report.left_out(maker.where, _("It was hidden from everybody."))
            continue
        inside = _inside(element, maker)
        if inside is not None:
            found = list(drafts.limited(_drafts(inside, group, own, maker)))
            heading = _heading(maker) if found else None
            yield from [Draft(heading, group, maker.where, own)] if heading else []
            yield from found
            continue
        for question, variables in surveyjs_tables.made(maker):
            yield Draft(question, group, maker.where, own, variables)


def _inside(element: Element, maker: Maker) -> Any:
    """Return the elements of a panel; one that repeats is asked once."""
    if element["type"] == "panel":
        return element.get("elements") or []
    if element["type"] == "paneldynamic":
        message = _("It is asked once: nothing is asked several times here.")
        maker.report.changed(maker.where, message)
        return element.get("templateElements") or []
    return None


def _heading(maker: Maker) -> AnyQuestion | None:
    """Return the heading of a panel as words to read."""
    if not any(maker.element.get(name) for name in ("title", "description", "templateTitle")):
        return None
    maker.report.changed(maker.where, _("Its heading stands before its questions, to be read."))
    return maker.question("information", **maker.texts())


def _is_hidden(element: Element) -> bool:
    """Return whether nothing ever shows an element: a condition counts more than the setting."""
    return element.get("visible") is False and not _condition(element)


def _order(element: Element) -> str:
    """Return the order of questions, under both of its names."""
    return str(element.get("questionOrder") or element.get("questionsOrder") or "")


def _condition(element: Element) -> tuple[str, ...]:
    condition = element.get("visibleIf")
    return (condition,) if isinstance(condition, str) and condition.strip() else ()
