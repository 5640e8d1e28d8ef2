"""Pages of the desk: records of processing, and what is deleted when."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.opportunities import children
from vrn_community.opportunities import queries as opportunities
from vrn_community.opportunities.models import Opportunity
from vrn_community.privacy import forms, gates, labels, queries, running, services
from vrn_community.privacy.models import ProcessingRecord

desk = Blueprint("records_desk", __name__, url_prefix="/desk/records")
retention = Blueprint("retention_desk", __name__, url_prefix="/desk/retention")


@desk.get("")
@requires(Permission.OPPORTUNITY_READ_DRAFT)
def index() -> ResponseReturnValue:
    page = queries.listed(page_number(request.args.get("page")))
    return render_template("privacy/desk/index.html", page=page)


@desk.get("/<uuid:opportunity_id>")
@requires(Permission.OPPORTUNITY_READ_DRAFT)
def show(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    found = queries.versions(opportunity_id)
    return render_template(
        "privacy/desk/show.html",
        opportunity=opportunity,
        records=found,
        in_force=queries.in_force(opportunity_id),
        gaps=gates.gaps_of(opportunity),
        why_not=services.refusal(opportunity, by=current_user),
    )


@desk.route("/<uuid:opportunity_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD_EDIT)
def edit(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    record = queries.latest(opportunity_id)
    adds_notes = services.adds_notes(opportunity, by=current_user)
    form = forms.RecordForm(opportunity, record, adds_notes=adds_notes)
    seen = f"{record.holds_from}/{record.version}" if record else "new"
    overtaken = form.is_submitted() and form.version.data != seen
    is_whole = not overtaken and form.validate_on_submit()
    gaps = services.gaps_in(opportunity, form.content) if is_whole else []
    if is_whole and not gaps:
        written = services.write(opportunity, form.content, by=current_user)
        flash(_("The record is saved."))
        if written.is_ahead:
            flash(_("It holds from tomorrow."))
        return redirect(url_for(".show", opportunity_id=opportunity_id), 303)
    form.version.data = seen
    return render_template(
        "privacy/desk/edit.html",
        opportunity=opportunity,
        form=form,
        overtaken=overtaken,
        gaps=gaps,
        begins_on=services.begins_on(opportunity),
        why_not=services.refusal(opportunity, by=current_user),
        adds_notes=adds_notes,
    )


@desk.app_template_global()
def record_words() -> dict[str, Any]:
    """Return what a list of facts about a record says instead of names."""
    return {
        "bases": labels.BASES,
        "special": labels.SPECIAL,
        "offences": labels.OFFENCES,
        "modes": labels.MODES,
        "child_routes": children.ROUTES,
        "equality_note": gates.equality_note,
    }


@desk.app_template_global()
def processing_record(opportunity: Opportunity) -> ProcessingRecord | None:
    """Return the newest record of an activity, for whoever signs it off."""
    return queries.latest(opportunity.id)


@retention.get("", endpoint="index")
@requires(Permission.AUDIT_READ)
def classes_of_data() -> ResponseReturnValue:
    return render_template("privacy/desk/retention.html", overview=running.overview())
