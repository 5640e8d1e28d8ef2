"""Pages of the desk for exports: whoever asks, and the officer who approves.

No link leads to a file: it is handed over in answer to a form, once, to who asked for it.
"""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.exchange import forms, labels, queries, services
from vrn_community.exchange.models import Export
from vrn_community.foundation import downloads
from vrn_community.foundation.errors import NotAllowed, error_page
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, fresh, requires

desk = Blueprint("exports_desk", __name__, url_prefix="/desk/exports")


@desk.route("", methods=["GET", "POST"])
@requires(Permission.EXPORT_ASK)
def index() -> ResponseReturnValue:
    form = forms.AskForm()
    if form.validate_on_submit() and _ask(form):
        flash(_("The data protection officer decides about it."))
        return redirect(url_for(".index"), 303)
    page = queries.page_of(current_user, page_number(request.args.get("page")))
    return render_template(
        "exchange/desk/index.html",
        page=page,
        form=form,
        contents=labels.CONTENTS,
        states=labels.STATES,
    )


def _ask(form: forms.AskForm) -> bool:
    opportunity = form.rows[form.opportunity.data]
    try:
        services.ask(
            form.id.data, opportunity, form.content.data, form.reason.data, by=current_user
        )
    except NotAllowed as refused:
        form.add_error("opportunity", str(refused))
        return False
    return True


@desk.post("/<uuid:export_id>/file")
@fresh
@requires(Permission.EXPORT_ASK)
def fetch(export_id: UUID) -> ResponseReturnValue:
    export = queries.own(export_id, current_user)
    found = services.fetch(export, by=current_user)
    if found.is_made_anew:
        flash(_("Something was taken back since the file was made. It is being made anew."))
        return redirect(url_for(".index"), 303)
    if found.content is None:
        return error_page(410, happened=_("This file was fetched before, or its time is over."))
    return downloads.file(found.content, export.filename, "text/csv")


@desk.get("/approvals")
@requires(Permission.EXPORT_APPROVE)
def approvals() -> ResponseReturnValue:
    page = queries.page(page_number(request.args.get("page")))
    return render_template(
        "exchange/desk/approvals.html", page=page, contents=labels.CONTENTS, states=labels.STATES
    )


@desk.get("/approvals/<uuid:export_id>")
@requires(Permission.EXPORT_APPROVE)
def show(export_id: UUID) -> ResponseReturnValue:
    return _show(queries.export(export_id), forms.RefuseForm(formdata=None))


@desk.post("/approvals/<uuid:export_id>/approve")
@fresh
@requires(Permission.EXPORT_APPROVE)
def approve(export_id: UUID) -> ResponseReturnValue:
    services.approve(queries.export(export_id), by=current_user)
    flash(_("The file is being made. Only who asked for it can fetch it."))
    return redirect(url_for(".approvals"), 303)


@desk.post("/approvals/<uuid:export_id>/refuse")
@requires(Permission.EXPORT_APPROVE)
def refuse(export_id: UUID) -> ResponseReturnValue:
    export, form = queries.export(export_id), forms.RefuseForm()
    if not form.validate_on_submit():
        return _show(export, form)
    services.refuse(export, form.reason.data, by=current_user)
    flash(_("It is refused."))
    return redirect(url_for(".approvals"), 303)


def _show(export: Export, form: forms.RefuseForm) -> ResponseReturnValue:
    return render_template(
        "exchange/desk/show.html",
        export=export,
        form=form,
        contents=labels.CONTENTS,
        states=labels.STATES,
    )
