"""Pages of the desk for proposals of activities."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.oversight.proposals import forms, labels, parts, queries, services
from vrn_community.oversight.proposals.lifecycle import STEPS, Act, ProposalState
from vrn_community.oversight.proposals.models import ActivityProposal

desk = Blueprint("proposals_desk", __name__, url_prefix="/desk/proposals")


@desk.get("")
@requires(Permission.ACTIVITY_PROPOSAL_READ)
def index() -> ResponseReturnValue:
    asked = request.args.get("state", "")
    state = ProposalState(asked) if asked in set(ProposalState) else None
    page = queries.proposals(page_number(request.args.get("page")), state)
    return render_template("oversight/proposals/index.html", page=page, state=state, labels=labels)


@desk.route("/new", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_PROPOSAL_WRITE)
def new() -> ResponseReturnValue:
    form = forms.ProposalForm()
    if form.validate_on_submit():
        made = services.propose(form.id.data, form.idea, by=current_user)
        flash(_("Your proposal is sent to the team."))
        return _to(made.id)
    return render_template("oversight/proposals/new.html", form=form)


@desk.get("/<uuid:proposal_id>")
@requires(Permission.ACTIVITY_PROPOSAL_READ)
def show(proposal_id: UUID) -> ResponseReturnValue:
    return _show(queries.proposal(proposal_id))


def _show(found: ActivityProposal, **shown: Any) -> str:
    draft = found.opportunity
    page: dict[str, Any] = {"form": forms.WordingForm(draft) if draft else None}
    return render_template(
        "oversight/proposals/show.html",
        proposal=found,
        draft=draft,
        parts=parts.labels(draft) if draft else {},
        words_of=parts.words,
        wordings=queries.wordings(found.id, page_number(request.args.get("page"))),
        acts=[act for act in Act if not services.refusal(found, act, by=current_user)],
        labels=labels,
        **{**page, **shown},
    )


@desk.route("/<uuid:proposal_id>/take-up", methods=["GET", "POST"])
@requires(STEPS[Act.TAKE_UP].permission)
def take_up(proposal_id: UUID) -> ResponseReturnValue:
    return _answer(proposal_id, Act.TAKE_UP)


@desk.route("/<uuid:proposal_id>/decline", methods=["GET", "POST"])
@requires(STEPS[Act.DECLINE].permission)
def decline(proposal_id: UUID) -> ResponseReturnValue:
    return _answer(proposal_id, Act.DECLINE)


def _answer(proposal_id: UUID, act: Act) -> ResponseReturnValue:
    found, form = queries.proposal(proposal_id), forms.AnswerForm()
    if request.method == "GET" and services.refusal(found, act, by=current_user):
        return _to(proposal_id)
    if form.validate_on_submit():
        if act is Act.TAKE_UP:
            services.take_up(found, form.answer.data, by=current_user)
            flash(_("A draft is made. Those who proposed it can suggest words for it."))
        else:
            services.decline(found, form.answer.data, by=current_user)
            flash(_("Your answer is sent."))
        return _to(proposal_id)
    return render_template("oversight/proposals/answer.html", proposal=found, form=form, act=act)


@desk.post("/<uuid:proposal_id>/withdraw")
@requires(STEPS[Act.WITHDRAW].permission)
def withdraw(proposal_id: UUID) -> ResponseReturnValue:
    services.withdraw(queries.proposal(proposal_id), by=current_user)
    flash(_("The proposal is withdrawn."))
    return _to(proposal_id)


@desk.post("/<uuid:proposal_id>/suggest")
@requires(STEPS[Act.SUGGEST].permission)
def suggest(proposal_id: UUID) -> ResponseReturnValue:
    found = queries.proposal(proposal_id)
    form = forms.WordingForm(found.opportunity) if found.opportunity else None
    if form is not None and not form.validate():
        return _show(found, form=form)
    suggested = form.suggested if form else services.Suggested()
    made = form.id.data if form else UUID(int=0)
    services.suggest(made, found, suggested, by=current_user)
    flash(_("Your words are there for the team and the others to read."))
    return _to(proposal_id, "suggested")


@desk.route("/<uuid:proposal_id>/wordings/<uuid:wording_id>/accept", methods=["GET", "POST"])
@requires(STEPS[Act.DECIDE].permission)
def accept(proposal_id: UUID, wording_id: UUID) -> ResponseReturnValue:
    return _decide(proposal_id, wording_id, is_accepted=True)


@desk.route("/<uuid:proposal_id>/wordings/<uuid:wording_id>/refuse", methods=["GET", "POST"])
@requires(STEPS[Act.DECIDE].permission)
def refuse(proposal_id: UUID, wording_id: UUID) -> ResponseReturnValue:
    return _decide(proposal_id, wording_id, is_accepted=False)


def _decide(proposal_id: UUID, wording_id: UUID, *, is_accepted: bool) -> ResponseReturnValue:
    found, form = queries.proposal(proposal_id), forms.ReasonForm()
    wording = queries.wording(proposal_id, wording_id)
    if request.method == "GET" and not wording.is_waiting:
        return _to(proposal_id, "suggested")
    if form.validate_on_submit():
        decide = services.accept if is_accepted else services.refuse
        decide(found, wording, form.reason.data, by=current_user)
        flash(
            _("It is in the draft now.") if is_accepted else _("It is left out, with your reason.")
        )
        return _to(proposal_id, "suggested")
    return render_template(
        "oversight/proposals/decide.html",
        proposal=found,
        wording=wording,
        form=form,
        is_accepted=is_accepted,
        part=parts.labels(found.opportunity).get(wording.field) if found.opportunity else "",
        now=parts.words(found.opportunity, wording.field) if found.opportunity else "",
    )


def _to(proposal_id: UUID, place: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".show", proposal_id=proposal_id, _anchor=place), 303)
