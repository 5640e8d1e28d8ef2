"""Pages of the desk about members: for the secretariat, for themselves, and for their claims."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation import downloads
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.foundation.sheets import csv_file
from vrn_community.oversight.form_page import saved
from vrn_community.oversight.members import forms, labels, queries, services, sheets
from vrn_community.oversight.members.lifecycle import STEPS
from vrn_community.oversight.members.models import TimeClaimState
from vrn_community.oversight.rules import acts_for

desk = Blueprint("members_desk", __name__, url_prefix="/desk/members")
own_desk = Blueprint("membership_desk", __name__, url_prefix="/desk/membership")
claims_desk = Blueprint("claims_desk", __name__, url_prefix="/desk/claims")


@desk.get("")
@requires(Permission.MEMBER_MANAGE)
def index() -> ResponseReturnValue:
    page = queries.page(page_number(request.args.get("page")))
    return render_template("oversight/members/index.html", page=page, pounds=labels.pounds)


@desk.route("/new", methods=["GET", "POST"])
@requires(Permission.MEMBER_MANAGE)
def new() -> ResponseReturnValue:
    form = forms.TermForm(queries.without_record())
    if form.validate_on_submit():
        services.begin(form.id.data, form.chosen, form.term, by=current_user)
        return saved(_("The record is made."), ".index")
    return render_template("oversight/members/new.html", form=form)


@desk.route("/<uuid:member_id>", methods=["GET", "POST"])
@requires(Permission.MEMBER_MANAGE)
def show(member_id: UUID) -> ResponseReturnValue:
    member = queries.member(member_id)
    form = forms.TermForm([member.account], member)
    if form.validate_on_submit():
        services.set_term(member, form.term, by=current_user)
        return saved(_("The record is changed."), ".show", member_id=member_id)
    return render_template("oversight/members/show.html", member=member, form=form)


@desk.post("/<uuid:member_id>/forget")
@requires(Permission.MEMBER_MANAGE)
def forget(member_id: UUID) -> ResponseReturnValue:
    services.forget(queries.member(member_id), by=current_user)
    return saved(_("The record is deleted. What the member wrote stays under the name."), ".index")


@own_desk.route("", methods=["GET", "POST"])
@requires(Permission.MEMBER_EDIT_OWN)
def own() -> ResponseReturnValue:
    member = queries.of_account(current_user.id)
    form = forms.OwnForm(current_user, member)
    if form.validate_on_submit():
        services.edit_own(current_user, form.own)
        return saved(_("Your record is changed."), ".own")
    return render_template(
        "oversight/members/own.html", member=member, form=form, pounds=labels.pounds
    )


@own_desk.post("/delete")
@requires(Permission.MEMBER_EDIT_OWN)
def ask_deletion() -> ResponseReturnValue:
    services.ask_deletion(current_user)
    return saved(_("You have asked for it. The secretariat deletes your record."), ".own")


@own_desk.route("/time", methods=["GET", "POST"])
@requires(Permission.MEMBER_EDIT_OWN)
def time() -> ResponseReturnValue:
    form = forms.ClaimForm()
    if form.validate_on_submit():
        services.claim(form.id.data, form.spent, by=current_user)
        return saved(_("Your claim is noted."), ".time")
    page = queries.claims(page_number(request.args.get("page")), account_id=current_user.id)
    return render_template(
        "oversight/members/time.html",
        form=form,
        page=page,
        member=queries.of_account(current_user.id),
        states=labels.STATES,
        pounds=labels.pounds,
    )


@own_desk.post("/time/<uuid:claim_id>/withdraw")
@requires(Permission.MEMBER_EDIT_OWN)
def withdraw(claim_id: UUID) -> ResponseReturnValue:
    services.withdraw(queries.claim(claim_id), by=current_user)
    return saved(_("Your claim is taken back."), ".time")


@claims_desk.get("")
@requires(Permission.CLAIM_APPROVE)
def claims() -> ResponseReturnValue:
    return _claims(forms.SpanForm())


def _claims(form: forms.SpanForm) -> ResponseReturnValue:
    wanted = request.args.get("state", TimeClaimState.CLAIMED)
    state = TimeClaimState(wanted) if wanted in set(TimeClaimState) else None
    page = queries.claims(page_number(request.args.get("page")), state=state)
    return render_template(
        "oversight/members/claims.html",
        page=page,
        state=state,
        form=form,
        acts=lambda claim: acts_for(STEPS, claim.state, current_user),
        states=labels.STATES,
        pounds=labels.pounds,
    )


@claims_desk.post("/<uuid:claim_id>/approve")
@requires(Permission.CLAIM_APPROVE)
def approve(claim_id: UUID) -> ResponseReturnValue:
    services.approve(queries.claim(claim_id), by=current_user)
    return saved(_("The claim is approved."), ".claims")


@claims_desk.post("/<uuid:claim_id>/pay")
@requires(Permission.MEMBER_MANAGE)
def pay(claim_id: UUID) -> ResponseReturnValue:
    services.pay(queries.claim(claim_id), by=current_user)
    return saved(_("It is noted that the claim was paid."), ".claims", state="approved")


@claims_desk.post("/export")
@requires(Permission.MEMBER_MANAGE)
def export_claims() -> ResponseReturnValue:
    form = forms.SpanForm()
    if not form.validate():
        return _claims(form)
    found = services.note_export(form.span, by=current_user)
    body = csv_file(sheets.HEADINGS, sheets.rows(found))
    return downloads.file(body, "claims.csv", "text/csv")
