"""Pages of the desk for outcomes."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.paging import in_pages, page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.opportunities import queries as opportunities
from vrn_community.outcomes import debts, forms, gates, queries, services
from vrn_community.outcomes.labels import KEPT, STANDINGS
from vrn_community.outcomes.models import OutcomeState
from vrn_community.outcomes.turning import turner
from vrn_community.oversight.recommendations import queries as recommendations
from vrn_community.oversight.recommendations.labels import ANSWERS

desk = Blueprint(
    "outcomes_desk", __name__, url_prefix="/desk/opportunities/<uuid:opportunity_id>/outcome"
)

board = Blueprint("board_page", __name__, url_prefix="/desk/board")
BODIES_AT_ONCE = 10


@board.get("")
@requires(Permission.ESCALATION_ANSWER)
def index() -> ResponseReturnValue:
    numbers = {name: page_number(request.args.get(name)) for name in ("waits", "debts", "replies")}
    return render_template(
        "outcomes/desk/board.html",
        waits=recommendations.waiting_for_board(numbers["waits"]),
        debts=in_pages(debts.by_body(), numbers["debts"], BODIES_AT_ONCE),
        replies=recommendations.replies(numbers["replies"]),
        answers=ANSWERS,
        turn=turner(".index", numbers),
    )


@desk.get("")
@requires(Permission.OUTCOME_EDIT)
def show(opportunity_id: UUID) -> ResponseReturnValue:
    return _show(opportunity_id)


def _show(
    opportunity_id: UUID, *, failed: bool = False, form: forms.EasyReadForm | None = None
) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    outcome = queries.outcome(opportunity_id)
    return render_template(
        "outcomes/desk/show.html",
        opportunity=opportunity,
        outcome=outcome,
        gaps=gates.gaps(outcome) if outcome else [],
        failed=failed,
        entry=queries.entry(opportunity),
        standings=STANDINGS,
        kept_labels=KEPT,
        form=form or forms.EasyReadForm(),
    )


@desk.post("/easy-read")
@requires(Permission.OUTCOME_EDIT)
def add_easy_read(opportunity_id: UUID) -> ResponseReturnValue:
    outcome, form = queries.begun(opportunity_id), forms.EasyReadForm()
    if not form.validate_on_submit():
        return _show(opportunity_id, form=form)
    services.add_easy_read(outcome, form.easy_read.data, by=current_user)
    flash(_("It is published in easy read too."))
    return redirect(url_for(".show", opportunity_id=opportunity_id), 303)


@desk.post("/begin")
@requires(Permission.OUTCOME_EDIT)
def begin(opportunity_id: UUID) -> ResponseReturnValue:
    services.begin(opportunities.opportunity(opportunity_id), by=current_user)
    return redirect(url_for(".edit", opportunity_id=opportunity_id), 303)


@desk.route("/edit", methods=["GET", "POST"])
@requires(Permission.OUTCOME_EDIT)
def edit(opportunity_id: UUID) -> ResponseReturnValue:
    outcome = queries.begun(opportunity_id)
    is_draft = outcome.state is OutcomeState.DRAFT
    if request.method == "GET" and not is_draft:
        return redirect(url_for(".show", opportunity_id=opportunity_id), 303)
    form = forms.OutcomeForm.of(outcome)
    overtaken = form.is_submitted() and form.version.data != str(outcome.version)
    if is_draft and not overtaken and form.validate_on_submit():
        services.edit(outcome, form.content, by=current_user)
        flash(_("The draft is saved."))
        return redirect(url_for(".show", opportunity_id=opportunity_id), 303)
    form.version.data = str(outcome.version)
    return render_template(
        "outcomes/desk/edit.html", outcome=outcome, form=form, overtaken=overtaken
    )


@desk.post("/publish")
@requires(Permission.OUTCOME_EDIT)
def publish(opportunity_id: UUID) -> ResponseReturnValue:
    try:
        services.publish(queries.begun(opportunity_id), by=current_user)
    except services.Incomplete:
        return _show(opportunity_id, failed=True)
    flash(_("The outcome is published. Everyone can read it now."))
    return redirect(url_for(".show", opportunity_id=opportunity_id), 303)
