"""The page on which anybody at the desk raises a worry that no answer brought."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation import clock
from vrn_community.foundation.permissions import signed_in
from vrn_community.safeguarding import contacts, forms, queries, services
from vrn_community.safeguarding.models import Concern

report = Blueprint("report_desk", __name__, url_prefix="/desk/raise-concern")


@report.route("", methods=["GET", "POST"])
@signed_in
def new() -> ResponseReturnValue:
    form = forms.ReportForm()
    if form.validate_on_submit():
        concern = services.report(form.told, by=current_user, key=form.id.data)
        if queries.is_unseen(concern):
            return say_unseen()
        flash(_told(concern))
        return redirect(url_for("pages_desk.dashboard"), 303)
    return render_template("safeguarding/desk/report.html", form=form)


def _told(concern: Concern) -> str:
    if concern.is_allegation:
        return str(_("Somebody is told whom it is not about."))
    return str(_("The safeguarding lead is told."))


def say_unseen() -> ResponseReturnValue:
    """Lead whoever raised what nobody here can see to the numbers outside."""
    flash(
        _("It is kept, but nobody here can read it now. Do not wait: ring one of these numbers."),
        "warning",
    )
    return redirect(url_for("report_desk.ring"), 303)


@report.get("/whom-to-ring")
@signed_in
def ring() -> ResponseReturnValue:
    return render_template(
        "safeguarding/desk/ring.html", doors=contacts.all_doors(), now=clock.now()
    )
