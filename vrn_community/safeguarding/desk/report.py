"""The page on which anybody at the desk raises a worry that no answer brought."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.permissions import signed_in
from vrn_community.safeguarding import forms, services

report = Blueprint("report_desk", __name__, url_prefix="/desk/raise-concern")


@report.route("", methods=["GET", "POST"])
@signed_in
def new() -> ResponseReturnValue:
    form = forms.ReportForm()
    if form.validate_on_submit():
        services.report(form.told, by=current_user, key=form.id.data)
        flash(_("The safeguarding lead is told."))
        return redirect(url_for("pages_desk.dashboard"), 303)
    return render_template("safeguarding/desk/report.html", form=form)
