"""Pages of the desk for concerns: for the safeguarding lead and deputies alone."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.accounts import queries as accounts
from vrn_community.foundation import clock
from vrn_community.foundation.forms import BaseForm
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, fresh, requires
from vrn_community.safeguarding import forms, labels, queries, services
from vrn_community.safeguarding.models import Concern, ConcernState

desk = Blueprint("safeguarding_desk", __name__, url_prefix="/desk/safeguarding")


@desk.get("")
@requires(Permission.CONCERN_DECIDE)
def index() -> ResponseReturnValue:
    wanted = request.args.get("state", "")
    state = ConcernState(wanted) if wanted in set(ConcernState) else ConcernState.OPEN
    page = queries.page(page_number(request.args.get("page")), state=state)
    return render_template(
        "safeguarding/desk/index.html",
        page=page,
        oldest=queries.oldest_waiting(),
        state=state,
        states=labels.STATES,
        urgencies=labels.URGENCIES,
    )


@desk.get("/<uuid:concern_id>")
@requires(Permission.CONCERN_DECIDE)
def show(concern_id: UUID) -> ResponseReturnValue:
    return _show(queries.concern(concern_id))


@desk.post("/<uuid:concern_id>/decide")
@requires(Permission.CONCERN_DECIDE)
def decide(concern_id: UUID) -> ResponseReturnValue:
    concern, form = queries.concern(concern_id), forms.DecideForm(prefix="decide")
    if not form.validate_on_submit():
        return _show(concern, sent=form)
    services.decide(concern, form.decision.data, by=current_user)
    flash(_("The decision is written down."))
    return redirect(url_for(".show", concern_id=concern_id), 303)


@desk.post("/<uuid:concern_id>/close")
@requires(Permission.CONCERN_DECIDE)
def close(concern_id: UUID) -> ResponseReturnValue:
    concern, form = queries.concern(concern_id), forms.CloseForm(prefix="close")
    if not form.validate_on_submit():
        return _show(concern, sent=form)
    services.close(concern, form.reason.data, by=current_user)
    flash(_("The concern is closed."))
    return redirect(url_for(".index"), 303)


@desk.post("/<uuid:concern_id>/reveal")
@fresh
@requires(Permission.CONCERN_DECIDE)
def reveal(concern_id: UUID) -> ResponseReturnValue:
    concern, form = queries.concern(concern_id), forms.RevealForm(prefix="reveal")
    if not form.validate_on_submit():
        return _show(concern, sent=form)
    return _show(concern, case=services.reveal(concern, form.reason.data, by=current_user))


FORMS: dict[str, type[BaseForm]] = {
    "decide": forms.DecideForm,
    "close": forms.CloseForm,
    "reveal": forms.RevealForm,
}


def _show(
    concern: Concern, *, sent: BaseForm | None = None, case: services.CaseText | None = None
) -> ResponseReturnValue:
    shown: dict[str, Any] = {
        name: sent if isinstance(sent, kind) else kind(formdata=None, prefix=name)
        for name, kind in FORMS.items()
    }
    people = {key for key in (concern.raised_by_id, concern.decided_by_id) if key}
    return render_template(
        "safeguarding/desk/show.html",
        concern=concern,
        forms=shown,
        sent=sent,
        case=case,
        front_doors=queries.front_doors(concern.opportunity),
        now=clock.now(),
        names=accounts.names(people),
        states=labels.STATES,
        urgencies=labels.URGENCIES,
    )
