"""Pages of the desk on which the questions of an opportunity are built."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.opportunities import queries as opportunities
from vrn_community.questionnaires import (
    editing,
    equality,
    forms,
    labels,
    outline,
    queries,
    readiness,
    services,
)
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.editing import Move
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.questionnaires.question_types import TYPES

desk = Blueprint(
    "questionnaires_desk",
    __name__,
    url_prefix="/desk/opportunities/<uuid:opportunity_id>/questions",
)
Change = Callable[[Questionnaire], Questionnaire]
Found = TypeVar("Found")


@desk.get("")
@requires(Permission.OPPORTUNITY_READ_DRAFT)
def show(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    versions = queries.versions(opportunity_id)
    version = queries.draft(opportunity_id) or queries.published(opportunity_id)
    document = queries.document(version) if version else Questionnaire()
    return render_template(
        "questionnaires/desk/show.html",
        opportunity=opportunity,
        version=version,
        versions=versions,
        document=document,
        conditions=labels.conditions(document),
        problems=readiness.problems(document),
        states=labels.STATES,
        types=TYPES,
    )


@desk.post("/begin")
@requires(Permission.QUESTIONNAIRE_EDIT)
def begin(opportunity_id: UUID) -> ResponseReturnValue:
    services.begin(opportunities.opportunity(opportunity_id), by=current_user)
    return _to_overview(opportunity_id)


@desk.post("/publish")
@requires(Permission.QUESTIONNAIRE_EDIT)
def publish(opportunity_id: UUID) -> ResponseReturnValue:
    form = forms.DraftForm()
    version = queries.draft(opportunity_id)
    if version is None:  # It was put into use by the first of two presses.
        return _to_overview(opportunity_id)
    if form.is_overtaken(version) or not form.validate():
        flash(_("The questions have changed since you opened the page. Look at them again."))
        return _to_overview(opportunity_id)
    services.publish(version, by=current_user)
    flash(_("Version %(number)s is now in use.", number=version.number))
    return _to_overview(opportunity_id)


@desk.get("/versions/<uuid:version_id>")
@requires(Permission.OPPORTUNITY_READ_DRAFT)
def preview(opportunity_id: UUID, version_id: UUID) -> ResponseReturnValue:
    version = queries.version(version_id)
    if version.opportunity_id != opportunity_id:
        abort(404)
    document = queries.document(version)
    block = document.equality_block
    return render_template(
        "questionnaires/desk/preview.html",
        opportunity=version.opportunity,
        version=version,
        document=document,
        conditions=labels.conditions(document),
        age_band=equality.AGE_BAND if document.asks_age_band else None,
        about=equality.whole(block) if block in equality.VERSIONS else None,
        states=labels.STATES,
    )


@desk.route("/frame", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def frame(opportunity_id: UUID) -> ResponseReturnValue:
    version = _draft(opportunity_id)
    form = forms.FrameForm(queries.document(version))
    if _is_saved(form, version, lambda now: editing.change_frame(now, **form.content)):
        return _to_overview(opportunity_id)
    return _form("frame", form, version)


@desk.route("/sections/new", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def new_section(opportunity_id: UUID) -> ResponseReturnValue:
    version = _draft(opportunity_id)
    form = forms.SectionForm()
    key = form.id.data
    if _has(version, key):
        return _to_overview(opportunity_id, key)

    def change(now: Questionnaire) -> Questionnaire:
        return editing.add_section(now, Section(id=key, **form.content))

    if _is_saved(form, version, change):
        return _to_overview(opportunity_id, key)
    return _form("section", form, version, section=None)


@desk.route("/sections/<section_id>", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def section(opportunity_id: UUID, section_id: str) -> ResponseReturnValue:
    version = _draft(opportunity_id)
    before = _found(outline.section, version, section_id)
    form = forms.SectionForm(before)
    if _is_saved(
        form, version, lambda now: editing.change_section(now, section_id, **form.content)
    ):
        return _to_overview(opportunity_id, section_id)
    return _form("section", form, version, section=before)


@desk.get("/sections/<section_id>/new")
@requires(Permission.QUESTIONNAIRE_EDIT)
def choose_type(opportunity_id: UUID, section_id: str) -> ResponseReturnValue:
    version = _draft(opportunity_id)
    before = _found(outline.section, version, section_id)
    return render_template(
        "questionnaires/desk/choose_type.html", version=version, section=before, types=TYPES
    )


@desk.route("/sections/<section_id>/new/<kind>", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def new_question(opportunity_id: UUID, section_id: str, kind: str) -> ResponseReturnValue:
    version = _draft(opportunity_id)
    home = _found(outline.section, version, section_id)
    if kind not in TYPES:
        abort(404)
    form = forms.FORMS[kind](kind)
    if _has(version, form.id.data):
        return _to_overview(opportunity_id, form.id.data)
    if _is_saved(form, version, lambda now: editing.add_question(now, section_id, form.question)):
        return _to_overview(opportunity_id, form.id.data)
    return _form("question", form, version, section=home, question=None, type=TYPES[kind])


@desk.route("/questions/<question_id>", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def question(opportunity_id: UUID, question_id: str) -> ResponseReturnValue:
    version = _draft(opportunity_id)
    before = _found(Questionnaire.question, version, question_id)
    form = forms.FORMS[before.kind](before.kind, before)
    if _is_saved(form, version, lambda now: editing.change_question(now, form.question)):
        return _to_overview(opportunity_id, question_id)
    return _form("question", form, version, question=before, type=TYPES[before.kind])


@desk.route("/parts/<part_id>/condition", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def condition(opportunity_id: UUID, part_id: str) -> ResponseReturnValue:
    version = _draft(opportunity_id)
    part = _found(outline.part, version, part_id)
    askable = {found.id: found for found in _found(outline.askable, version, part_id)}
    chosen = request.args.get("after", part.show_if.question if part.show_if else "")
    asked = askable.get(chosen)
    form = forms.ConditionForm(asked, part.show_if)
    if _is_saved(form, version, lambda now: editing.show_when(now, part_id, form.condition)):
        return _to_overview(opportunity_id, part_id)
    return _form("condition", form, version, part=part, askable=askable.values(), asked=asked)


@desk.post("/parts/<part_id>")
@requires(Permission.QUESTIONNAIRE_EDIT)
def rearrange(opportunity_id: UUID, part_id: str) -> ResponseReturnValue:
    version = _draft(opportunity_id)
    form = forms.MoveForm()
    if form.is_overtaken(version) or not form.validate():
        flash(_("The questions have changed since you opened the page. Look at them again."))
        return _to_overview(opportunity_id)
    document = queries.document(version)
    try:
        after = editing.rearrange(document, part_id, Move(form.move.data), forms.new_id())
    except KeyError:
        abort(404)
    except editing.Refused as refusal:
        flash(str(refusal))
        return _to_overview(opportunity_id, part_id)
    services.edit(version, after, by=current_user)
    return _to_overview(opportunity_id, part_id)


def _draft(opportunity_id: UUID) -> QuestionnaireVersion:
    version = queries.draft(opportunity_id)
    if version is None:
        raise NotAllowed(_("There is no draft of the questions. Begin a new version first."))
    return version


def _found(read: Callable[[Questionnaire, str], Found], version: Any, key: str) -> Found:
    """Return what a function finds in a version, or answer 404."""
    try:
        return read(queries.document(version), key)
    except KeyError:
        abort(404)


def _has(version: QuestionnaireVersion, part_id: str) -> bool:
    """Return whether what a form would make is there already: the form was sent twice."""
    return any(part.id == part_id for part in outline.parts(queries.document(version)))


def _is_saved(form: forms.DraftForm, version: QuestionnaireVersion, change: Change) -> bool:
    """Apply what a form asks for, if it can be; a refusal stands in the form's errors."""
    if not form.is_submitted() or form.is_overtaken(version) or not form.validate():
        return False
    try:
        after = change(queries.document(version))
    except editing.Refused as refusal:
        form.form_errors.append(str(refusal))
        return False
    services.edit(version, after, by=current_user)
    flash(_("The draft is saved."))
    return True


def _form(
    template: str, form: forms.DraftForm, version: QuestionnaireVersion, **shown: Any
) -> ResponseReturnValue:
    overtaken = form.is_overtaken(version)
    form.revision.data = str(version.revision)
    page = f"questionnaires/desk/{template}.html"
    return render_template(page, form=form, version=version, overtaken=overtaken, **shown)


def _to_overview(opportunity_id: UUID, part_id: str = "") -> ResponseReturnValue:
    anchor = f"part-{part_id}" if part_id else None
    return redirect(url_for(".show", opportunity_id=opportunity_id, _anchor=anchor), 303)
