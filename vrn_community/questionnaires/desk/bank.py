"""Pages of the builder that put questions of the bank into a draft."""

from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from vrn_community.foundation.permissions import Permission, requires
from vrn_community.questionnaires import bank, editing, forms, labels, outline
from vrn_community.questionnaires.desk.drafts import (
    desk,
    draft_of,
    found,
    has,
    is_saved,
    redirect_to,
    say_overtaken,
    to_overview,
)
from vrn_community.questionnaires.question_types import TYPES


@desk.route("/sections/<section_id>/bank", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def choose_wording(opportunity_id: UUID, section_id: str) -> ResponseReturnValue:
    version = draft_of(opportunity_id)
    section = found(outline.section, version, section_id)
    if request.method == "POST":
        return _put(opportunity_id, section_id, request.form.get("wording", ""))
    topics: dict[str, list[bank.Wording]] = {}
    for wording in bank.latest():
        topics.setdefault(wording.entry.topic, []).append(wording)
    return render_template(
        "questionnaires/desk/bank.html",
        version=version,
        section=section,
        topics=topics,
        names=labels.TOPICS,
        types=TYPES,
        used={w.name for w in bank.latest() if has(version, w.question.id)},
    )


def _put(opportunity_id: UUID, section_id: str, name: str) -> ResponseReturnValue:
    """Put a wording at the end of a section; what is there already is not put in again."""
    version = draft_of(opportunity_id)
    try:
        added = bank.wording(name).question
    except KeyError:
        abort(404)
    form = forms.DraftForm()
    if has(version, added.id):
        return to_overview(opportunity_id, added.id)
    if is_saved(form, version, lambda now: editing.add_question(now, section_id, added)):
        return to_overview(opportunity_id, added.id)
    say_overtaken(" ".join(form.form_errors))
    return redirect_to(".choose_wording", opportunity_id=opportunity_id, section_id=section_id)
