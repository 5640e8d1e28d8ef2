"""Questionnaires from LimeSurvey (.lss files); pure."""

import re
from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.importers import (
    building,
    drafts,
    languages,
    limesurvey_arrays,
    limesurvey_conditions,
    limesurvey_losses,
    limesurvey_tables,
    wording,
)
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.drafts import Dialect, Draft, Form, Group
from vrn_community.questionnaires.importers.limesurvey_questions import Maker
from vrn_community.questionnaires.importers.limesurvey_tables import Part, Survey
from vrn_community.questionnaires.importers.names import Names
from vrn_community.questionnaires.importers.report import Imported, Report
from vrn_community.questionnaires.importers.voices import Voice

SUFFIX = re.compile(r"\.(NAOK|code|value|valueNAOK|shown)$")


def _find(name: str, known: Mapping[str, Variable]) -> Variable | None:
    return known.get(SUFFIX.sub("", name))


#: A brace with a blank after it is only a brace.
DIALECT = Dialect(re.compile(r"\{(?!\s)(?:INSERTANS:)?([^{}]*)\}"), _find)


def read(content: bytes) -> Imported:
    """Return the questionnaire of an .lss file; Unreadable if it is none."""
    survey = limesurvey_tables.read(content)
    report = Report()
    voices = {languages.tag_of(voice.language): voice for voice in survey.voices()[::-1]}
    base = languages.tag_of(survey.voices()[0].language)

    def made(tag: str, told: Report) -> Questionnaire:
        return building.built(_form(survey, voices[tag], told), told)

    limesurvey_losses.of_survey(survey, report)
    others = [tag for tag in voices if tag != base]
    document = building.in_all_languages(made, base, others, report)
    return Imported(document, report.in_order())


def _form(survey: Survey, voice: Voice, report: Report) -> Form:
    names = Names()
    found = (
        draft
        for group in _groups(survey, voice, names)
        for draft in _drafts(survey, group, voice, report, names)
    )
    return Form(list(drafts.limited(found)), DIALECT, _introduction(survey, voice))


def _introduction(survey: Survey, voice: Voice) -> str:
    """Return what stands before the questions: the description, then the words of welcome."""
    found: dict[str, dict[str, str]] = {"description": {}, "welcometext": {}}
    for row in survey.tables.get("surveys_languagesettings", ()):
        for name, texts in found.items():
            texts[row.get("surveyls_language", "")] = row.get(f"surveyls_{name}", "")
    texts_found = [voice.text(texts) for texts in found.values()]
    return "\n\n".join(dict.fromkeys(text for text in texts_found if text))


def _groups(survey: Survey, voice: Voice, names: Names) -> Iterator[tuple[Group, Part]]:
    for number, part in enumerate(survey.groups, 1):
        title = voice.text(part.texts["group_name"])
        if not title and voice.is_base:
            title = str(_("Questions"))
        where = _("Group %(number)s", number=number)
        relevance = part.get("grelevance")
        conditions = (relevance,) if relevance not in ("", "1") else ()
        words = voice.text(part.texts["description"])
        yield Group(names.new(f"part-{number}"), title, words, str(where), False, conditions), part


def _drafts(
    survey: Survey, found: tuple[Group, Part], voice: Voice, report: Report, names: Names
) -> Iterator[Draft]:
    group, part = found
    limesurvey_losses.of_group(part, group.where, report)
    is_empty = True
    for row in part.parts:
        number = "X".join((row.get("sid"), row.get("gid"), row.get("qid")))
        maker = Maker(row, voice, report, names, number)
        limesurvey_losses.of_question(row, maker.where, report)
        condition = limesurvey_conditions.of(row, survey)
        conditions = (condition,) if condition else ()
        for question, variables in limesurvey_arrays.made(maker):
            is_empty = False
            yield Draft(question, group, maker.where, conditions, variables)
    if is_empty and any(map(wording.of_html, part.texts["description"].values())):
        yield Draft(None, group, group.where)
