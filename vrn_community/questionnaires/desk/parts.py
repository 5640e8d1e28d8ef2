"""Pages of the builder about one section or one question."""

from uuid import UUID

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from vrn_community.foundation.permissions import Permission, requires
from vrn_community.questionnaires import editing, forms, kinds, outline, queries, services
from vrn_community.questionnaires.desk.drafts import (
    desk,
    draft_of,
    form_page,
    found,
    has,
    is_saved,
    say_overtaken,
    to_overview,
)
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.editing import Move
from vrn_community.questionnaires.question_types import TYPES


@desk.route("/sections/new", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def new_section(opportunity_id: UUID) -> ResponseReturnValue:
    version = draft_of(opportunity_id)
    form = forms.SectionForm()
    key = form.id.data
    if has(version, key):
        return to_overview(opportunity_id, key)

    def change(now: Questionnaire) -> Questionnaire:
        return editing.add_section(now, Section(id=key, **form.content))

    if is_saved(form, version, change):
        return to_overview(opportunity_id, key)
    return form_page("section", form, version, section=None)


@desk.route("/sections/<section_id>", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def section(opportunity_id: UUID, section_id: str) -> ResponseReturnValue:
    version = draft_of(opportunity_id)
    before = found(outline.section, version, section_id)
    form = forms.SectionForm(before)
    if is_saved(form, version, lambda now: editing.change_section(now, section_id, **form.content)):
        return to_overview(opportunity_id, section_id)
    return form_page("section", form, version, section=before)


@desk.get("/sections/<section_id>/new")
@requires(Permission.QUESTIONNAIRE_EDIT)
def choose_type(opportunity_id: UUID, section_id: str) -> ResponseReturnValue:
    version = draft_of(opportunity_id)
    before = found(outline.section, version, section_id)
    return render_template(
        "questionnaires/desk/choose_type.html",
        version=version,
        section=before,
        types=TYPES,
        groups=kinds.GROUPS,
    )


@desk.route("/sections/<section_id>/new/<kind>", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def new_question(opportunity_id: UUID, section_id: str, kind: str) -> ResponseReturnValue:
    version = draft_of(opportunity_id)
    home = found(outline.section, version, section_id)
    if kind not in TYPES:
        abort(404)
    form = forms.FORMS[kind](kind)
    if has(version, form.id.data):
        return to_overview(opportunity_id, form.id.data)
    if is_saved(form, version, lambda now: editing.add_question(now, section_id, form.question)):
        return to_overview(opportunity_id, form.id.data)
    return form_page("question", form, version, section=home, question=None, type=TYPES[kind])


@desk.route("/questions/<question_id>", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def question(opportunity_id: UUID, question_id: str) -> ResponseReturnValue:
    version = draft_of(opportunity_id)
    before = found(Questionnaire.question, version, question_id)
    form = forms.FORMS[before.kind](before.kind, before)
    if is_saved(form, version, lambda now: editing.change_question(now, form.question)):
        return to_overview(opportunity_id, question_id)
    # Under an id of its own, so that no field of the form has the same.
    seen = before.model_copy(update={"id": f"preview-{before.id}"})
    shown = {"question": before, "shown_question": seen, "type": TYPES[before.kind]}
    return form_page("question", form, version, **shown)


@desk.post("/parts/<part_id>")
@requires(Permission.QUESTIONNAIRE_EDIT)
def rearrange(opportunity_id: UUID, part_id: str) -> ResponseReturnValue:
    version = draft_of(opportunity_id)
    form = forms.MoveForm()
    if form.is_overtaken(version) or not form.validate():
        say_overtaken()
        return to_overview(opportunity_id)
    document, move = queries.document(version), Move(form.move.data)
    try:
        after = editing.rearrange(document, part_id, move, forms.new_id, form.before.data or "")
    except KeyError:
        abort(404)
    except editing.Refused as refusal:
        flash(str(refusal))
        return to_overview(opportunity_id, part_id)
    services.edit(version, after, by=current_user)
    return to_overview(opportunity_id, part_id)
