"""Pages of the desk for opportunities."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.accounts import queries as accounts
from vrn_community.audit import queries as audit
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, fresh, requires
from vrn_community.opportunities import (
    activities,
    children,
    forms,
    gates,
    levels,
    queries,
    services,
)
from vrn_community.opportunities.labels import ACTS, SIGN_OFFS, STAGES, STATES
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import STEPS, Act, OpportunityState
from vrn_community.opportunities.models import Opportunity, SignOffKind
from vrn_community.opportunities.views import page_of

desk = Blueprint("opportunities_desk", __name__, url_prefix="/desk/opportunities")


@desk.get("")
@requires(Permission.OPPORTUNITY_READ_DRAFT)
def index() -> ResponseReturnValue:
    wanted = request.args.get("state", "")
    state = OpportunityState(wanted) if wanted in set(OpportunityState) else None
    page = queries.desk_page(page_number(request.args.get("page")), state=state)
    return render_template(
        "opportunities/desk/index.html", page=page, state=state, states=STATES, stages=STAGES
    )


@desk.route("/new", methods=["GET", "POST"])
@requires(Permission.OPPORTUNITY_EDIT)
def new() -> ResponseReturnValue:
    form = forms.BeginForm()
    if form.validate_on_submit():
        level = ParticipationLevel(form.level.data)
        draft = services.begin(form.id.data, form.title.data, level, author=current_user)
        return redirect(url_for(".edit", opportunity_id=draft.id), 303)
    return render_template("opportunities/desk/new.html", form=form, levels=levels.WORDS)


@desk.route("/<uuid:opportunity_id>/edit", methods=["GET", "POST"])
@requires(Permission.OPPORTUNITY_EDIT)
def edit(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = queries.opportunity(opportunity_id)
    if request.method == "GET" and not opportunity.is_editable:
        return redirect(url_for(".show", opportunity_id=opportunity_id), 303)
    form = forms.OpportunityForm(opportunity)
    overtaken = form.is_submitted() and form.version.data != str(opportunity.version)
    if opportunity.is_editable and not overtaken and form.validate_on_submit():
        services.edit(opportunity, form.content, by=current_user)
        flash(_("The draft is saved."))
        return redirect(url_for(".show", opportunity_id=opportunity_id), 303)
    form.version.data = str(opportunity.version)
    return render_template(
        "opportunities/desk/edit.html",
        opportunity=opportunity,
        form=form,
        words=levels.words(opportunity.level),
        overtaken=overtaken,
    )


@desk.get("/<uuid:opportunity_id>")
@requires(Permission.OPPORTUNITY_READ_DRAFT)
def show(opportunity_id: UUID) -> ResponseReturnValue:
    return _show(queries.opportunity(opportunity_id), forms.ActForm())


def _show(
    opportunity: Opportunity, form: forms.ActForm, *, failed: Act | None = None
) -> ResponseReturnValue:
    history = audit.of_subject(opportunity.id)
    found = gates.gaps(opportunity) + activities.gaps(opportunity)
    possible = services.possible(opportunity)
    acts = [act for act in possible if not services.refusal(opportunity, act, by=current_user)]
    return render_template(
        "opportunities/desk/show.html",
        form=form,
        failed=failed,
        acts=acts,
        steps=STEPS,
        labels=ACTS,
        states=STATES,
        child_routes=children.ROUTES,
        sign_offs=SIGN_OFFS,
        may_sign_off=services.may_sign_off(opportunity, by=current_user),
        gaps=[gap for gap in found if not gap.is_warning],
        warnings=[gap for gap in found if gap.is_warning],
        history=history,
        names=accounts.names({entry.actor_id for entry in history if entry.actor_id}),
        **page_of(opportunity),
    )


@desk.get("/<uuid:opportunity_id>/preview")
@requires(Permission.OPPORTUNITY_READ_DRAFT)
def preview(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = queries.opportunity(opportunity_id)
    return render_template("opportunities/desk/preview.html", **page_of(opportunity))


def take_step(act: Act) -> Callable[[UUID], ResponseReturnValue]:
    """Return the view of one step of the lifecycle, guarded by the permission of its step."""

    def view(opportunity_id: UUID) -> ResponseReturnValue:
        opportunity = queries.opportunity(opportunity_id)
        form = forms.ActForm()
        if STEPS[act].needs_reason and not form.reason.data:
            form.add_error("reason", _("Give a reason."))
        if form.errors or not form.validate():
            return _show(opportunity, form, failed=act)
        try:
            services.change_state(
                opportunity,
                act,
                by=current_user,
                reason=form.reason.data,
                version=form.version.data,
            )
        except services.GatesClosed:
            return _show(opportunity, form, failed=act)
        flash(_("Done: %(act)s.", act=ACTS[act]))
        return redirect(url_for(".show", opportunity_id=opportunity_id), 303)

    return requires(STEPS[act].permission)(view)


@desk.post("/<uuid:opportunity_id>/sign-off/safeguarding")
@fresh
@requires(Permission.SAFEGUARDING_SIGN_OFF)
def sign_off_safeguarding(opportunity_id: UUID) -> ResponseReturnValue:
    return _sign_off(opportunity_id, SignOffKind.SAFEGUARDING)


@desk.post("/<uuid:opportunity_id>/sign-off/data-protection")
@fresh
@requires(Permission.DATA_PROTECTION_SIGN_OFF)
def sign_off_data_protection(opportunity_id: UUID) -> ResponseReturnValue:
    return _sign_off(opportunity_id, SignOffKind.DATA_PROTECTION)


def _sign_off(opportunity_id: UUID, kind: SignOffKind) -> ResponseReturnValue:
    opportunity, form = queries.opportunity(opportunity_id), forms.ActForm()
    if not form.validate():
        return _show(opportunity, form)
    services.sign_off(opportunity, kind, by=current_user, version=form.version.data)
    flash(_("You have signed it off."))
    return redirect(url_for(".show", opportunity_id=opportunity_id), 303)


for _act in Act:
    desk.add_url_rule(
        f"/<uuid:opportunity_id>/{_act}", _act.value, take_step(_act), methods=["POST"]
    )
