"""What a LimeSurvey file holds that does not come along, said line by line; pure."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.questionnaires.importers import wording
from vrn_community.questionnaires.importers.limesurvey_tables import Part, Survey
from vrn_community.questionnaires.importers.report import Report

OFF = frozenset({"", "0", "N", "no", "none"})
#: Attributes that change what is asked, and what is said of each.
ATTRIBUTES = {
    "min_answers": _l("No number of answers is required."),
    "array_filter": _l("All rows are shown: they do not depend on earlier answers."),
    "array_filter_exclude": _l("All rows are shown: they do not depend on earlier answers."),
    "em_validation_q": _l("Answers are not checked by a formula."),
    "em_validation_sq": _l("Answers are not checked by a formula."),
    "min_num_value": _l("The sum of the numbers is not checked."),
    "max_num_value": _l("The sum of the numbers is not checked."),
    "time_limit": _l("There is no time limit."),
    "other_replace_text": _l("The choice for something else has our own words."),
    "category_separator": _l("Choices stand in one list, without headings."),
    "random_group": _l("It always stands in its place."),
    "parent_order": _l("It always stands in its place."),
}
#: Types whose rows cannot be shuffled here.
UNSHUFFLED = frozenset("QK;:")
TABLES = {
    "quota": _l("Quotas are left out: nobody is turned away."),
    "assessments": _l("Scores are left out: nobody is rated."),
}
TEXTS = {
    "surveyls_endtext": _l("The words at the end are left out: our own page thanks people."),
    "surveyls_url": _l("The link at the end is left out."),
    "surveyls_policy_notice": _l("The privacy notice is left out: ours holds."),
}


def of_survey(survey: Survey, report: Report) -> None:
    """Report what belongs to the survey as a whole."""
    where = str(_("The survey"))
    for table, message in TABLES.items():
        if survey.tables.get(table):
            report.left_out(where, str(message))
    for row in survey.tables.get("surveys_languagesettings", ()):
        for name, message in TEXTS.items():
            if row.get(name, "").strip():
                report.left_out(where, str(message))
    _defaults(survey, report)
    message = _("Invitations, e-mails, dates and settings of the survey are left out.")
    report.left_out(where, message)
    report.left_out(where, _("Widths, colours and other settings of the layout are left out."))


def _defaults(survey: Survey, report: Report) -> None:
    filled = {row.get("qid") for row in survey.tables.get("defaultvalues", ())}
    for question in (question for group in survey.groups for question in group.parts):
        if question.get("qid") in filled:
            report.left_out(_where(question), _("No answer is filled in before."))


def of_group(group: Part, where: str, report: Report) -> None:
    """Report what belongs to a group."""
    if group.get("randomization_group"):
        report.left_out(where, _("Its place is fixed, not random."))
    _pictures([group], where, report)


def of_question(question: Part, where: str, report: Report) -> None:
    """Report what belongs to a question."""
    if question.get("mandatory") in ("Y", "S"):
        report.changed(where, _("Every question can be skipped here, so this one too."))
    if question.get("preg"):
        report.left_out(where, _("Answers are not checked by a formula."))
    if any(text.strip() for text in question.texts["script"].values()):
        report.left_out(where, _("Its script is left out."))
    if question.get("type") in UNSHUFFLED and question.attribute("random_order") == "1":
        report.changed(where, _("Its rows always stand in the same order."))
    for name, message in ATTRIBUTES.items():
        if question.attribute(name) not in OFF:
            report.left_out(where, str(message))
    if any(part.get("relevance") not in ("", "1") for part in question.parts):
        report.changed(where, _("All rows are shown: they do not depend on earlier answers."))
    _pictures([question], where, report)


def _pictures(parts: list[Part], where: str, report: Report) -> None:
    for part in parts:
        for texts in part.texts.values():
            if any(wording.has_picture(html) for html in texts.values()):
                report.left_out(where, _("Pictures, sounds and films are left out."))


def _where(question: Part) -> str:
    return str(_("Question %(code)s", code=question.get("title") or question.get("qid")))
