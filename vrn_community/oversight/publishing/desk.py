"""Pages of the desk for what the oversight group publishes."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation import clock
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.oversight.ballots import queries as ballots
from vrn_community.oversight.meetings import queries as meetings
from vrn_community.oversight.publishing import forms, labels, queries, services
from vrn_community.oversight.publishing.lifecycle import STEPS, Act, StatementState
from vrn_community.oversight.publishing.models import Statement
from vrn_community.screening.labels import SIGNALS

desk = Blueprint("statements_desk", __name__, url_prefix="/desk/statements")


@desk.get("")
@requires(Permission.STATEMENT_WRITE)
def index() -> ResponseReturnValue:
    asked = request.args.get("state", "")
    state = StatementState(asked) if asked in set(StatementState) else None
    return render_template(
        "oversight/publishing/index.html",
        page=queries.statements(page_number(request.args.get("page")), current_user, state),
        untold=queries.untold(current_user),
        owed=queries.owed_notes(current_user),
        today=clock.today(),
        state=state,
        labels=labels,
    )


@desk.route("/new", methods=["GET", "POST"])
@requires(Permission.STATEMENT_WRITE)
def new() -> ResponseReturnValue:
    return _begin(forms.StatementForm())


@desk.route("/new/<uuid:ballot_id>", methods=["GET", "POST"])
@requires(Permission.STATEMENT_WRITE)
def tell(ballot_id: UUID) -> ResponseReturnValue:
    return _begin(forms.StatementForm(ballots.ballot(ballot_id, current_user)))


@desk.route("/new/notes/<uuid:meeting_id>", methods=["GET", "POST"])
@requires(Permission.STATEMENT_WRITE)
def notes(meeting_id: UUID) -> ResponseReturnValue:
    meeting = queries.meeting(meeting_id, current_user)
    views = meetings.view(meeting.items, current_user)
    return _begin(forms.StatementForm(meeting=meeting, views=views))


def _begin(form: forms.StatementForm) -> ResponseReturnValue:
    if form.validate_on_submit():
        draft = services.begin(form.id.data, form.subject, form.text, by=current_user)
        flash(_("The draft is saved. Nobody else can read it yet."))
        return _to(draft.id)
    return render_template("oversight/publishing/edit.html", form=form, statement=None)


@desk.get("/<uuid:statement_id>")
@requires(Permission.STATEMENT_WRITE)
def show(statement_id: UUID) -> ResponseReturnValue:
    found = queries.statement(statement_id, current_user)
    return render_template(
        "oversight/publishing/show.html", statement=found, acts=_acts(found), labels=labels
    )


def _acts(found: Statement) -> list[Act]:
    """Return what the signed-in person can do now."""
    acts = {act for act in Act if not services.refusal(found, act, by=current_user)}
    if found.newest.author_id != current_user.id:
        acts.discard(Act.EDIT)
    acts.discard(Act.KEEP if found.first_published_on else Act.WITHDRAW)
    return [act for act in Act if act in acts]


@desk.route("/<uuid:statement_id>/edit", methods=["GET", "POST"])
@requires(STEPS[Act.EDIT].permission)
def edit(statement_id: UUID) -> ResponseReturnValue:
    found = queries.statement(statement_id, current_user)
    if request.method == "GET" and Act.EDIT not in _acts(found):
        return _to(statement_id)
    form = forms.TextForm({"title": found.newest.title, "words": found.newest.words})
    if form.validate_on_submit():
        services.edit(found, form.text, by=current_user)
        flash(_("The draft is saved. Nobody else can read it yet."))
        return _to(statement_id)
    return render_template("oversight/publishing/edit.html", form=form, statement=found)


@desk.route("/<uuid:statement_id>/clear", methods=["GET", "POST"])
@requires(STEPS[Act.CLEAR].permission)
def clear(statement_id: UUID) -> ResponseReturnValue:
    found = queries.statement(statement_id, current_user)
    if request.method == "GET" and Act.CLEAR not in _acts(found):
        return _to(statement_id)
    findings = services.findings(found.newest)
    form = forms.ClearForm(found, needs_reason=bool(findings))
    if form.validate_on_submit():
        read = form.version.data or 0
        services.clear(found, form.reason.data, by=current_user, version=read)
        flash(_("The text is cleared. It can be published."))
        return _to(statement_id)
    shown = {"statement": found, "form": form, "findings": findings, "signals": SIGNALS}
    return render_template("oversight/publishing/clear.html", **shown)


@desk.post("/<uuid:statement_id>/publish")
@requires(STEPS[Act.PUBLISH].permission)
def publish(statement_id: UUID) -> ResponseReturnValue:
    services.publish(queries.statement(statement_id, current_user), by=current_user)
    flash(_("Everyone can read it now."))
    return _to(statement_id)


@desk.post("/<uuid:statement_id>/reopen")
@requires(STEPS[Act.REOPEN].permission)
def reopen(statement_id: UUID) -> ResponseReturnValue:
    services.reopen(queries.statement(statement_id, current_user), by=current_user)
    flash(_("It is a draft again."))
    return _to(statement_id)


@desk.route("/<uuid:statement_id>/amend", methods=["GET", "POST"])
@requires(STEPS[Act.AMEND].permission)
def amend(statement_id: UUID) -> ResponseReturnValue:
    return _with_reason(statement_id, Act.AMEND, forms.ReasonForm(), services.amend)


@desk.route("/<uuid:statement_id>/keep", methods=["GET", "POST"])
@requires(STEPS[Act.KEEP].permission)
def keep(statement_id: UUID) -> ResponseReturnValue:
    form = forms.EndForm()
    keep = partial(services.keep, is_checked=form.is_checked.data)
    return _with_reason(statement_id, Act.KEEP, form, keep)


@desk.route("/<uuid:statement_id>/withdraw", methods=["GET", "POST"])
@requires(STEPS[Act.WITHDRAW].permission)
def withdraw(statement_id: UUID) -> ResponseReturnValue:
    form = forms.EndForm()
    withdraw = partial(services.withdraw, is_checked=form.is_checked.data)
    return _with_reason(statement_id, Act.WITHDRAW, form, withdraw)


def _with_reason(
    statement_id: UUID,
    act: Act,
    form: forms.ReasonForm | forms.EndForm,
    take: Callable[..., None],
) -> ResponseReturnValue:
    found = queries.statement(statement_id, current_user)
    if request.method == "GET" and act not in _acts(found):
        return _to(statement_id)
    if form.validate_on_submit():
        take(found, form.reason.data, by=current_user)
        flash(_("It is done, and the reason is kept with it."))
        return _to(statement_id)
    return render_template("oversight/publishing/reason.html", statement=found, form=form, act=act)


def _to(statement_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".show", statement_id=statement_id), 303)
