"""What a SurveyJS file holds that does not come along, and what is said of each; pure."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.questionnaires.importers.report import Report

NEVER = _l("It is never asked here: it can tell who or where somebody is.")
PICTURES = _l("Pictures, sounds and films are left out.")
FILTERED = _l("All choices are offered: they are not filtered here.")
ROWS = _l("All rows are shown: they do not depend on earlier answers.")
FILLED = _l("No answer is filled in before.")
COMPUTED = _l("Nothing is calculated here.")
ENDING = _l("The words at the end are left out: our own page thanks people.")
TIME = _l("There is no time limit.")
ELSEWHERE = _l("Choices from another place are left out.")
#: Types that are never asked here.
TYPES = {
    **dict.fromkeys(("file", "signaturepad", "microphone", "geopoint"), NEVER),
    **dict.fromkeys(("image", "imagemap"), PICTURES),
    "expression": COMPUTED,
    "matrixdynamic": _l("Nothing is asked several times."),
}
#: Properties of a question.
PROPERTIES = {
    "isRequired": _l("Every question can be skipped here, so this one too."),
    "requiredIf": _l("Every question can be skipped here, so this one too."),
    "defaultValue": FILLED,
    "defaultValueExpression": FILLED,
    "setValueExpression": COMPUTED,
    "setValueIf": COMPUTED,
    "resetValueIf": COMPUTED,
    "minValueExpression": _l("Answers are not checked by a formula."),
    "maxValueExpression": _l("Answers are not checked by a formula."),
    "validators": _l("Answers are not checked by a formula."),
    "enableIf": _l("It can always be answered: it is not greyed out."),
    "readOnly": _l("It can always be answered: it is not greyed out."),
    "correctAnswer": _l("Scores are left out: nobody is rated."),
    "choicesVisibleIf": FILTERED,
    "choicesEnableIf": FILTERED,
    "choicesByUrl": ELSEWHERE,
    "choicesFromQuestion": ELSEWHERE,
    "rowsVisibleIf": ROWS,
    "columnsVisibleIf": ROWS,
    "detailElements": _l("The questions below each row are left out."),
    "cells": _l("The words in the cells are left out."),
    "totalText": COMPUTED,
    "minSelectedChoices": _l("No number of answers is required."),
    "otherText": _l("The choice for something else has our own words."),
    "imageLink": PICTURES,
}
SURVEY = {
    "triggers": _l("Nothing is done by itself when somebody answers."),
    "calculatedValues": COMPUTED,
    "completedHtml": ENDING,
    "completedBeforeHtml": ENDING,
    "completedHtmlOnCondition": ENDING,
    "navigateToUrl": _l("The link at the end is left out."),
    "navigateToUrlOnCondition": _l("The link at the end is left out."),
    "logo": PICTURES,
    "maxTimeToFinish": TIME,
    "timeLimit": TIME,
    "timeLimitPerPage": TIME,
}


def of_survey(survey: Mapping[str, Any], report: Report) -> None:
    """Report what belongs to the survey as a whole."""
    _of(survey, SURVEY, _("The survey"), report)


def of_question(element: Mapping[str, Any], where: str, report: Report) -> None:
    """Report what belongs to a question."""
    _of(element, PROPERTIES, where, report)


def of_item(item: Mapping[str, Any], where: str, report: Report) -> None:
    """Report what belongs to a choice, a row or a column."""
    if item.get("visibleIf") or item.get("enableIf"):
        report.left_out(where, str(FILTERED))
    if item.get("elements"):
        report.left_out(where, _("The questions below a choice are left out."))


def _of(found: Mapping[str, Any], messages: Mapping[str, Any], where: str, report: Report) -> None:
    for name, message in messages.items():
        if found.get(name):
            report.left_out(where, str(message))
