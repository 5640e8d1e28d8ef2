"""Pages of the desk for breaches: the officer alone."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.accounts import queries as accounts
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.rights import breaches as services
from vrn_community.rights import forms, labels, queries
from vrn_community.rights.models import Breach

breaches = Blueprint("breaches_desk", __name__, url_prefix="/desk/breaches")


@breaches.route("", methods=["GET", "POST"])
@requires(Permission.BREACH_RECORD)
def index() -> ResponseReturnValue:
    form = forms.BreachForm()
    if form.validate_on_submit() and form.moment:
        made = services.begin(form.id.data, form.moment, form.happened.data, by=current_user)
        return redirect(url_for(".show", breach_id=made.id), 303)
    page = queries.breaches(page_number(request.args.get("page")))
    return render_template("rights/desk/breaches.html", page=page, form=form)


@breaches.get("/<uuid:breach_id>")
@requires(Permission.BREACH_RECORD)
def show(breach_id: UUID) -> ResponseReturnValue:
    return _show(queries.breach(breach_id), forms.BreachEntryForm(formdata=None))


@breaches.post("/<uuid:breach_id>/add")
@requires(Permission.BREACH_RECORD)
def add(breach_id: UUID) -> ResponseReturnValue:
    breach, form = queries.breach(breach_id), forms.BreachEntryForm()
    if not form.validate_on_submit():
        return _show(breach, form)
    services.add(form.id.data, breach, form.kind.data, form.words.data, by=current_user)
    flash(_("The line is added."))
    return redirect(url_for(".show", breach_id=breach_id), 303)


def _show(breach: Breach, form: forms.BreachEntryForm) -> ResponseReturnValue:
    return render_template(
        "rights/desk/breach.html",
        breach=breach,
        form=form,
        kinds=labels.ENTRY_KINDS,
        names=accounts.names({line.by_id for line in breach.entries}),
    )
