"""Pages of the desk for concerns: for the safeguarding lead and deputies alone."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community import config
from vrn_community.accounts import queries as accounts
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.forms import BaseForm
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, fresh, requires
from vrn_community.safeguarding import contacts, forms, holding, labels, queries, services
from vrn_community.safeguarding.entries import Told
from vrn_community.safeguarding.kinds import Helper
from vrn_community.safeguarding.models import Concern, ConcernState

desk = Blueprint("safeguarding_desk", __name__, url_prefix="/desk/safeguarding")


@desk.get("")
@requires(Permission.CONCERN_DECIDE)
def index() -> ResponseReturnValue:
    wanted = request.args.get("state", "")
    state = ConcernState(wanted) if wanted in set(ConcernState) else ConcernState.OPEN
    number = page_number(request.args.get("page"))
    return render_template(
        "safeguarding/desk/index.html",
        page=queries.page(number, to=current_user, state=state),
        oldest=queries.oldest_waiting(current_user),
        state=state,
        holds_key=_holds_key(),
        labels=labels,
    )


def _holds_key() -> bool:
    held = queries.holder(current_user.id)
    return held is not None and held.sealed_team_key is not None


@desk.get("/<uuid:concern_id>")
@requires(Permission.CONCERN_DECIDE)
def show(concern_id: UUID) -> ResponseReturnValue:
    return _show(_found(concern_id))


def _found(concern_id: UUID) -> Concern:
    return queries.concern(concern_id, to=current_user)


@desk.post("/<uuid:concern_id>/decide")
@fresh
@requires(Permission.CONCERN_DECIDE)
def decide(concern_id: UUID) -> ResponseReturnValue:
    concern, form = _found(concern_id), forms.DecideForm(prefix="decide")
    if not form.validate_on_submit():
        return _show(concern, sent=form)
    services.decide(concern, form.outcome.data, form.texts, by=current_user, key=form.id.data)
    flash(_("The decision is written down."))
    return redirect(url_for(".show", concern_id=concern_id), 303)


@desk.post("/<uuid:concern_id>/facts")
@fresh
@requires(Permission.CONCERN_DECIDE)
def add_facts(concern_id: UUID) -> ResponseReturnValue:
    concern, form = _found(concern_id), forms.FactsForm(prefix="facts")
    if not form.validate_on_submit():
        return _show(concern, sent=form)
    area_id, band = form.area.data, form.age_band.data or None
    services.add_facts(
        concern, form.known, area_id=area_id, age_band=band, by=current_user, key=form.id.data
    )
    flash(_("Added to the case."))
    return redirect(url_for(".show", concern_id=concern_id), 303)


@desk.post("/<uuid:concern_id>/accuse")
@fresh
@requires(Permission.ALLEGATION_DECIDE)
def accuse(concern_id: UUID) -> ResponseReturnValue:
    concern, form = _found(concern_id), forms.AccuseForm(prefix="accuse")
    if not form.validate_on_submit():
        return _show(concern, sent=form)
    try:
        services.accuse(concern, form.accused.data, by=current_user)
    except NotAllowed as refused:
        form.add_error("accused", str(refused))
        return _show(concern, sent=form)
    if isinstance(form.accused.data, Helper):
        flash(_("It is an allegation from now on. Read the case to see whom to ring."))
        return redirect(url_for(".show", concern_id=concern_id), 303)
    flash(_("This person sees nothing of it from now on."))
    return redirect(url_for(".index"), 303)


@desk.post("/<uuid:concern_id>/close")
@fresh
@requires(Permission.CONCERN_DECIDE)
def close(concern_id: UUID) -> ResponseReturnValue:
    concern, form = _found(concern_id), forms.CloseForm(prefix="close")
    if not form.validate_on_submit():
        return _show(concern, sent=form)
    services.close(concern, form.reason.data, by=current_user)
    flash(_("The concern is closed."))
    return redirect(url_for(".index"), 303)


@desk.post("/<uuid:concern_id>/reveal")
@fresh
@requires(Permission.CONCERN_DECIDE)
def reveal(concern_id: UUID) -> ResponseReturnValue:
    concern, form = _found(concern_id), forms.RevealForm(prefix="reveal")
    if not form.validate_on_submit():
        return _show(concern, sent=form)
    passphrase = form.passphrase.data if form.passphrase else ""
    try:
        case = services.reveal(concern, form.reason.data, by=current_user, passphrase=passphrase)
    except holding.WrongPassphrase as refused:
        form.add_error("passphrase", str(refused))
        return _show(concern, sent=form)
    return _show(concern, case=case)


FORMS: dict[str, type[BaseForm]] = {
    "decide": forms.DecideForm,
    "facts": forms.FactsForm,
    "accuse": forms.AccuseForm,
    "close": forms.CloseForm,
    "reveal": forms.RevealForm,
}


def _show(
    concern: Concern, *, sent: BaseForm | None = None, case: list[Told] | None = None
) -> ResponseReturnValue:
    shown: dict[str, Any] = {
        name: sent if isinstance(sent, kind) else kind(formdata=None, prefix=name)
        for name, kind in FORMS.items()
    }
    people = {concern.raised_by_id, concern.decided_by_id, *concern.accused_ids}
    people |= {told.by_id for told in case or ()}
    return render_template(
        "safeguarding/desk/show.html",
        concern=concern,
        forms=shown,
        sent=sent,
        case=case,
        doors=contacts.doors(concern),
        now=clock.now(),
        names=accounts.names({key for key in people if key}),
        labels=labels,
        holds_key=_holds_key(),
        has_key=queries.team_key() is not None,
        demo_passphrase=_demo_passphrase(),
    )


def _demo_passphrase() -> str:
    is_trial = current_user.is_demo and config.current().mode is config.Mode.DEMO
    return holding.DEMO_PASSPHRASE if is_trial else ""
