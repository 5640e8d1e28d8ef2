"""Pages of the builder about the questionnaire as a whole: overview, versions, preview."""

from uuid import UUID

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.permissions import Permission, requires
from vrn_community.opportunities import queries as opportunities
from vrn_community.questionnaires import (
    bank,
    editing,
    equality,
    forms,
    labels,
    offences,
    outline,
    quality,
    queries,
    readiness,
    services,
)
from vrn_community.questionnaires.desk.checks import version_of
from vrn_community.questionnaires.desk.drafts import (
    desk,
    draft_of,
    form_page,
    is_saved,
    say_overtaken,
    to_overview,
)
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types import TYPES


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
        problems=readiness.problems(document) + offences.problems(opportunity, document),
        burden=quality.burden(document),
        hints=quality.hints(document),
        origins={question.id: bank.origin(question) for question in document.questions()},
        names={part.id: outline.name(part) for part in outline.parts(document)},
        states=labels.STATES,
        types=TYPES,
        steps=queries.count_steps(version.id) if version else 0,
    )


@desk.post("/begin")
@requires(Permission.QUESTIONNAIRE_EDIT)
def begin(opportunity_id: UUID) -> ResponseReturnValue:
    services.begin(opportunities.opportunity(opportunity_id), by=current_user)
    return to_overview(opportunity_id)


@desk.post("/publish")
@requires(Permission.QUESTIONNAIRE_EDIT)
def publish(opportunity_id: UUID) -> ResponseReturnValue:
    form = forms.DraftForm()
    version = queries.draft(opportunity_id)
    if version is None:  # It was put into use by the first of two presses.
        return to_overview(opportunity_id)
    if form.is_overtaken(version) or not form.validate():
        say_overtaken()
        return to_overview(opportunity_id)
    services.publish(version, by=current_user)
    flash(_("Version %(number)s is now in use.", number=version.number))
    return to_overview(opportunity_id)


@desk.post("/undo")
@requires(Permission.QUESTIONNAIRE_EDIT)
def undo(opportunity_id: UUID) -> ResponseReturnValue:
    version = draft_of(opportunity_id)
    form = forms.DraftForm()
    if form.is_overtaken(version) or not form.validate():
        say_overtaken()
    elif services.undo(version, by=current_user):
        flash(_("The last change is taken back."))
    return to_overview(opportunity_id)


@desk.get("/versions/<uuid:version_id>")
@requires(Permission.OPPORTUNITY_READ_DRAFT)
def preview(opportunity_id: UUID, version_id: UUID) -> ResponseReturnValue:
    version = version_of(opportunity_id, version_id)
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
    version = draft_of(opportunity_id)
    form = forms.FrameForm(queries.document(version))
    if is_saved(form, version, lambda now: editing.change_frame(now, **form.content)):
        return to_overview(opportunity_id)
    return form_page("frame", form, version)
