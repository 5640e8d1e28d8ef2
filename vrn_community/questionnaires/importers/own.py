"""Questionnaires in our own format, as docs/questionnaire.schema.json describes it; pure."""

from flask_babel import gettext as _
from pydantic import ValidationError

from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.importers import json_files
from vrn_community.questionnaires.importers.report import Imported, Report, Unreadable


def read(content: bytes) -> Imported:
    """Return the questionnaire of a JSON file as it is; Unreadable if it is not valid."""
    json_files.read(content)  # What is nested too deeply is refused before anything walks it.
    try:
        document = Questionnaire.model_validate_json(content.decode("utf-8-sig"))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or _("The file")
        raise Unreadable(str(place), str(first["msg"])) from error
    except RecursionError as error:
        raise Unreadable(_("The file"), _("its parts are nested too deeply")) from error
    report = Report()
    for question in document.questions():
        words = {"question": question.text[:200], "kind": str(question.label)}
        message = _("“%(question)s” is asked as: %(kind)s", **words)
        report.carried(_("Question %(code)s", code=question.id), message)
    return Imported(document, report.in_order(), is_own=True)
