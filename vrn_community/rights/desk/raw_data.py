"""Pages of the desk for requests for raw data: whoever asks, and the officer who decides."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.rights import forms, labels, queries
from vrn_community.rights import raw_data as services
from vrn_community.rights.models import RawDataRequest

raw_data = Blueprint("raw_data_desk", __name__, url_prefix="/desk/raw-data")


def _sees_all() -> bool:
    sees: bool = current_user.can(Permission.RAW_DATA_DECIDE)
    return sees


@raw_data.route("", methods=["GET", "POST"])
@requires(Permission.RAW_DATA_ASK)
def index() -> ResponseReturnValue:
    form = forms.RawDataForm()
    if form.validate_on_submit():
        services.ask(form.id.data, form.wish, by=current_user)
        flash(_("The request is written down. The data protection officer decides."))
        return redirect(url_for(".index"), 303)
    number = page_number(request.args.get("page"))
    return render_template(
        "rights/desk/raw_data.html",
        page=queries.raw_data_page(number, current_user, all_of_them=_sees_all()),
        form=form,
        decisions=labels.DECISIONS,
    )


@raw_data.get("/<uuid:raw_id>")
@requires(Permission.RAW_DATA_ASK)
def show(raw_id: UUID) -> ResponseReturnValue:
    found = queries.raw_data(raw_id, current_user, all_of_them=_sees_all())
    return _show(found, forms.DecideForm(formdata=None))


@raw_data.post("/<uuid:raw_id>/decide")
@requires(Permission.RAW_DATA_DECIDE)
def decide(raw_id: UUID) -> ResponseReturnValue:
    found = queries.raw_data(raw_id, current_user, all_of_them=True)
    form = forms.DecideForm()
    if not form.validate_on_submit():
        return _show(found, form)
    services.decide(found, form.decision.data, form.reasons.data, by=current_user)
    flash(_("The decision is written down."))
    return redirect(url_for(".show", raw_id=raw_id), 303)


def _show(found: RawDataRequest, form: forms.DecideForm) -> ResponseReturnValue:
    return render_template(
        "rights/desk/raw_data_request.html",
        asked=found,
        form=form,
        bases=labels.BASES,
        decisions=labels.DECISIONS,
    )
