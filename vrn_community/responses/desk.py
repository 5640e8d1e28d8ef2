"""Pages of the desk for facilitators: sessions in a room, and slips with codes."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community import config
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.responses import forms, sessions, slips

desk = Blueprint("sessions_desk", __name__, url_prefix="/desk/sessions")


@desk.get("")
@requires(Permission.SESSION_RUN)
def index() -> ResponseReturnValue:
    page = sessions.of_facilitator(current_user.id, page_number(request.args.get("page")))
    return render_template("responses/desk/index.html", page=page)


@desk.route("/new", methods=["GET", "POST"])
@requires(Permission.SESSION_RUN)
def new() -> ResponseReturnValue:
    form = forms.SessionForm()
    if form.validate_on_submit():
        made = sessions.open_session(form.id.data, form.plan, by=current_user)
        flash(_("The session is open. Write the code where everybody can see it."))
        return redirect(url_for(".show", session_id=made.id), 303)
    return render_template("responses/desk/new.html", form=form)


@desk.get("/<uuid:session_id>")
@requires(Permission.SESSION_RUN)
def show(session_id: UUID) -> ResponseReturnValue:
    session = sessions.own(session_id, current_user)
    return render_template(
        "responses/desk/show.html",
        session=session,
        code=sessions.code_of(session),
        link=f"{config.current().base_url}{url_for('entrance.enter')}",
    )


@desk.post("/<uuid:session_id>/end")
@requires(Permission.SESSION_RUN)
def end(session_id: UUID) -> ResponseReturnValue:
    sessions.end(sessions.own(session_id, current_user), by=current_user)
    flash(_("The session is over. The code does not work any more."))
    return redirect(url_for(".show", session_id=session_id), 303)


@desk.route("/slips", methods=["GET", "POST"])
@requires(Permission.SESSION_RUN)
def make_slips() -> ResponseReturnValue:
    form = forms.SlipsForm()
    if form.validate_on_submit():
        # The page that answers is the only one that ever shows the codes.
        return render_template(
            "responses/desk/slips.html",
            codes=slips.make(form.chosen, form.number.data, by=current_user),
            opportunity=form.chosen,
            link=f"{config.current().base_url}{url_for('entrance.enter')}",
        )
    unused = slips.unused()
    left = [(row.title, unused[row.id]) for row in form.rows.values() if row.id in unused]
    return render_template("responses/desk/make_slips.html", form=form, left=left)
