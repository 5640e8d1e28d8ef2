"""Pages of the desk for telling people what changed."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community import config
from vrn_community.foundation import downloads, sheets
from vrn_community.foundation.permissions import Permission, fresh, requires
from vrn_community.opportunities import queries as opportunities
from vrn_community.outcomes import queries as outcomes
from vrn_community.outcomes.followers import forms, queries, services
from vrn_community.outcomes.models import OutcomeState

desk = Blueprint(
    "followers_desk", __name__, url_prefix="/desk/opportunities/<uuid:opportunity_id>/followers"
)


@desk.get("")
@requires(Permission.FOLLOWER_TELL)
def show(opportunity_id: UUID) -> ResponseReturnValue:
    return _show(opportunity_id, forms.ListForm(formdata=None))


@desk.post("/list")
@fresh
@requires(Permission.FOLLOWER_TELL)
def open_list(opportunity_id: UUID) -> ResponseReturnValue:
    form = forms.ListForm()
    if not form.validate_on_submit():
        return _show(opportunity_id, form)
    outcome = outcomes.begun(opportunity_id)
    contacts = services.open_list(outcome, form.reason.data, by=current_user)
    if request.form.get("as") == "csv":
        rows = [[contact] for contact in contacts]
        return downloads.file(sheets.csv_file(["contact"], rows), "people-to-tell.csv", "text/csv")
    return render_template(
        "outcomes/followers/desk/list.html", opportunity=outcome.opportunity, contacts=contacts
    )


@desk.post("/told")
@fresh
@requires(Permission.FOLLOWER_TELL)
def mark_told(opportunity_id: UUID) -> ResponseReturnValue:
    services.mark_told(outcomes.begun(opportunity_id), by=current_user)
    flash(_("Saved. Their contacts are deleted after a month."))
    return redirect(url_for(".show", opportunity_id=opportunity_id), 303)


def _show(opportunity_id: UUID, form: forms.ListForm) -> ResponseReturnValue:
    outcome = outcomes.outcome(opportunity_id)
    telling = queries.telling(outcome) if outcome else None
    told_on = telling.told_on if telling else None
    kept: timedelta = config.current().follower_kept
    return render_template(
        "outcomes/followers/desk/show.html",
        opportunity=opportunities.opportunity(opportunity_id),
        is_published=outcome is not None and outcome.state is OutcomeState.PUBLISHED,
        is_opened=telling is not None,
        told_on=told_on,
        gone_on=told_on + kept if told_on else None,
        steps=queries.number_in_steps(opportunity_id),
        number=queries.number(opportunity_id),
        step=config.current().disclosure_threshold,
        form=form,
    )
