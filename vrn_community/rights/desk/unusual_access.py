"""The weekly page about unusual access, for the officer."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.accounts import queries as accounts
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.rights import labels, weeks

unusual_access = Blueprint("unusual_desk", __name__, url_prefix="/desk/unusual-access")


@unusual_access.get("")
@requires(Permission.ACCESS_REVIEW)
def index() -> ResponseReturnValue:
    week = _asked(request.args.get("week", ""))
    found = weeks.findings(week)
    return render_template(
        "rights/desk/unusual_access.html",
        week=week,
        weeks=weeks.recent(),
        found=found,
        kinds=labels.UNUSUAL,
        names=accounts.names(weeks.accounts_in(found)),
    )


@unusual_access.post("")
@requires(Permission.ACCESS_REVIEW)
def read() -> ResponseReturnValue:
    week = _asked(request.form.get("week", ""))
    if week.is_over:
        weeks.note_read(week, by=current_user)
        flash(_("It is noted that you have read it."))
    return redirect(url_for(".index", week=week.monday.isoformat()), 303)


def _asked(typed: str) -> weeks.Week:
    """Return the week that is asked for, among the recent ones; else the last full one."""
    known = weeks.recent()
    try:
        monday = date.fromisoformat(typed)
    except ValueError:
        return known[1]
    return next((week for week in known if week.monday == monday), known[1])
