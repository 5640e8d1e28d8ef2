"""What people read instead of the names of states, and conditions in words."""

from typing import Any

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import VersionState
from vrn_community.questionnaires.question_types.base import Condition

STATES: dict[VersionState, Any] = {
    VersionState.DRAFT: _l("Draft"),
    VersionState.PUBLISHED: _l("In use"),
    VersionState.RETIRED: _l("Replaced"),
}


def condition_text(condition: Condition, document: Questionnaire) -> str:
    """Return in one sentence when something is shown."""
    question = document.question(condition.question)
    texts = {choice.id: choice.text for choice in question.options()}
    chosen = [f"“{texts.get(key, key)}”" for key in condition.includes]
    answers = format_list(chosen, style="or", locale=get_locale() or "en")
    words = {"answers": answers, "question": question.text}
    return str(_("Shown only after %(answers)s to: %(question)s", **words))


def conditions(document: Questionnaire) -> dict[str, str]:
    """Return in words when each section or question with a condition is shown, by its id."""
    parts = [*document.sections, *document.questions()]
    return {part.id: condition_text(part.show_if, document) for part in parts if part.show_if}
