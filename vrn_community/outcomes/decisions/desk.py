"""Pages of the desk on which a body says what it decided, and what is different since."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.accounts import queries as accounts
from vrn_community.foundation.paging import Page, page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.outcomes.decisions import forms, labels, queries, services
from vrn_community.outcomes.decisions.lifecycle import Act
from vrn_community.outcomes.decisions.models import BodyDecision, Versioned
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import Body

desk = Blueprint("decisions_desk", __name__, url_prefix="/desk/decisions")


@desk.get("")
@requires(Permission.DECISION_RECORD)
def index() -> ResponseReturnValue:
    if current_user.body_id:
        return _of_body(queries.body_of(current_user.body_id))
    bodies = [] if not current_user.can(Permission.OUTCOME_EDIT) else _silent_bodies()
    return render_template("outcomes/decisions/index.html", bodies=bodies)


def _silent_bodies() -> list[Body]:
    """Return the bodies that nobody answers for here, so that the team speaks for them."""
    heard = accounts.able_bodies(Permission.DECISION_RECORD)
    return [row for row in partnership.answering_bodies() if row.id not in heard]


@desk.get("/<slug>")
@requires(Permission.DECISION_RECORD)
def body(slug: str) -> ResponseReturnValue:
    return _of_body(partnership.body(slug))


def _of_body(found: Body) -> ResponseReturnValue:
    page = queries.decisions_of(found.id, page_number(request.args.get("page")))
    return _listed("decisions", page, body=found)


@desk.get("/<slug>/changes")
@requires(Permission.DECISION_RECORD)
def changes(slug: str) -> ResponseReturnValue:
    found = partnership.body(slug)
    page = queries.changes_of(found.id, page_number(request.args.get("page")))
    return _listed("changes", page, body=found)


def _listed(kind: str, page: Page[Any], body: Body) -> str:
    return render_template(
        "outcomes/decisions/body.html",
        body=body,
        kind=kind,
        page=page,
        silence=services.silence(body, by=current_user),
        states=labels.STATES,
    )


@desk.get("/all")
@requires(Permission.DECISION_WITHDRAW)
def everything() -> ResponseReturnValue:
    page = queries.everything(page_number(request.args.get("page")))
    return _all("decisions", page)


@desk.get("/all/changes")
@requires(Permission.DECISION_WITHDRAW)
def all_changes() -> ResponseReturnValue:
    return _all("changes", queries.all_changes(page_number(request.args.get("page"))))


def _all(kind: str, page: Page[Any]) -> str:
    return render_template(
        "outcomes/decisions/everything.html", kind=kind, page=page, states=labels.STATES
    )


@desk.route("/<slug>/new", methods=["GET", "POST"])
@requires(Permission.DECISION_RECORD)
def decide(slug: str) -> ResponseReturnValue:
    found = partnership.body(slug)
    return _say(found, forms.DecisionForm(found), "outcomes/decisions/decide.html")


@desk.route("/<slug>/changes/new", methods=["GET", "POST"])
@requires(Permission.DECISION_RECORD)
def change(slug: str) -> ResponseReturnValue:
    found = partnership.body(slug)
    return _say(found, forms.ChangeForm(found), "outcomes/decisions/change_form.html")


def _say(
    found: Body, form: forms.DecisionForm | forms.ChangeForm, template: str
) -> ResponseReturnValue:
    if request.method == "GET" and services.silence(found, by=current_user):
        return _to_list(found, form)
    if not form.validate_on_submit():
        return render_template(template, body=found, form=form, former=None)
    if isinstance(form, forms.DecisionForm):
        services.decide(form.id.data, found, form.said, by=current_user)
    else:
        services.change(form.id.data, found, form.said, by=current_user)
    flash(_("It is published. Everyone can read it now."))
    return _to_list(found, form)


def _to_list(found: Body, form: forms.SayingForm) -> ResponseReturnValue:
    """Go back to what a body said of the kind that a form is for."""
    name = ".body" if isinstance(form, forms.DecisionForm) else ".changes"
    return redirect(url_for(name, slug=found.slug), 303)


@desk.route("/decision/<uuid:decision_id>/correct", methods=["GET", "POST"])
@requires(Permission.DECISION_RECORD)
def correct_decision(decision_id: UUID) -> ResponseReturnValue:
    former = queries.decision(decision_id)
    form = forms.DecisionForm(former.body, former)
    if form.validate_on_submit():
        services.correct(former, form.id.data, form.reason.data, form.said, by=current_user)
        return _corrected(former, form)
    return _to_correct(former, form, "outcomes/decisions/decide.html")


@desk.route("/change/<uuid:change_id>/correct", methods=["GET", "POST"])
@requires(Permission.DECISION_RECORD)
def correct_change(change_id: UUID) -> ResponseReturnValue:
    former = queries.change(change_id)
    form = forms.ChangeForm(former.body, former)
    if form.validate_on_submit():
        services.correct(former, form.id.data, form.reason.data, form.said, by=current_user)
        return _corrected(former, form)
    return _to_correct(former, form, "outcomes/decisions/change_form.html")


def _corrected(former: Versioned, form: forms.SayingForm) -> ResponseReturnValue:
    flash(_("The new version is published. The old one can still be read."))
    return _to_list(former.body, form)


def _to_correct(former: Versioned, form: forms.SayingForm, template: str) -> ResponseReturnValue:
    if request.method == "GET" and services.refusal(former, Act.CORRECT, by=current_user):
        return _to_list(former.body, form)
    return render_template(template, body=former.body, form=form, former=former)


@desk.route("/<uuid:row_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.DECISION_WITHDRAW)
def withdraw(row_id: UUID) -> ResponseReturnValue:
    row, form = queries.said(row_id), forms.ReasonForm()
    if form.validate_on_submit():
        services.withdraw(row, form.reason.data, by=current_user)
        flash(_("The words are taken down. Everyone can read why."))
        return redirect(_public(row), 303)
    is_over = bool(services.refusal(row, Act.WITHDRAW, by=current_user))
    return render_template("outcomes/decisions/withdraw.html", row=row, form=form, is_over=is_over)


def _public(row: BodyDecision | Any) -> str:
    if isinstance(row, BodyDecision):
        return url_for("decisions.decision", decision_id=row.id)
    return url_for("decisions.change", change_id=row.id)
