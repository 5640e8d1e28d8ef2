"""Pages of the builder that bring a questionnaire in from a file, and give it out as one."""

from uuid import UUID

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation import crypto, downloads
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.opportunities import queries as opportunities
from vrn_community.questionnaires import (
    carrying,
    exporters,
    labels,
    queries,
    readiness,
    services,
)
from vrn_community.questionnaires.desk.checks import version_of
from vrn_community.questionnaires.desk.drafts import desk, redirect_to, to_overview
from vrn_community.questionnaires.forms.transfer import ImportForm, TakeOverForm
from vrn_community.questionnaires.importers.report import LEVELS, Level


@desk.route("/import", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def import_file(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    form = ImportForm()
    if not form.validate_on_submit():
        page = "questionnaires/desk/import.html"
        return render_template(page, form=form, opportunity=opportunity)
    found = form.found
    carried = carrying.seal(found, str(opportunity_id), str(current_user.id))
    return render_template(
        "questionnaires/desk/import_report.html",
        form=TakeOverForm(formdata=None, carried=carried),
        opportunity=opportunity,
        document=found.document,
        counts=[(LEVELS[level], found.count(level)) for level in Level],
        report=[(line.where, LEVELS[line.level], line.message) for line in found.report],
        conditions=labels.conditions(found.document),
        problems=readiness.problems(found.document),
        has_draft=queries.draft(opportunity_id) is not None,
    )


@desk.post("/import/use")
@requires(Permission.QUESTIONNAIRE_EDIT)
def take_over(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    form = TakeOverForm()
    try:
        found = carrying.unseal(form.carried.data or "", str(opportunity_id), str(current_user.id))
    except crypto.SealBrokenError:
        flash(
            _("The page was open for too long, or was changed. Choose the file again."), "warning"
        )
        return redirect_to(".import_file", opportunity_id=opportunity_id)
    services.take_over(opportunity, found, by=current_user)
    flash(_("The questions of the file are the draft now."))
    return to_overview(opportunity_id)


@desk.get("/versions/<uuid:version_id>/file/<name>")
@requires(Permission.OPPORTUNITY_READ_DRAFT)
def export(opportunity_id: UUID, version_id: UUID, name: str) -> ResponseReturnValue:
    version = version_of(opportunity_id, version_id)
    known = exporters.FORMATS.get(name)
    if known is None:
        abort(404)
    file = f"questions-{version.number}{known.ending}"
    return downloads.file(known.write(queries.document(version)), file, known.media_type)
