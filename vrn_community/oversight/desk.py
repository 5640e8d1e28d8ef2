"""Pages of the desk for the oversight group: results of what has closed."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.insights import queries as insights
from vrn_community.insights.labels import REASONS
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight import forms, queries, services

desk = Blueprint("oversight_desk", __name__, url_prefix="/desk/oversight")


@desk.get("")
@requires(Permission.OBSERVATION_WRITE)
def index() -> ResponseReturnValue:
    page = queries.closed_activities(page_number(request.args.get("page")))
    return render_template("oversight/desk/index.html", page=page)


@desk.get("/<uuid:opportunity_id>")
@requires(Permission.OBSERVATION_WRITE)
def activity(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = queries.closed_activity(opportunity_id)
    questions = insights.question_texts(opportunity_id)
    return _activity(opportunity, questions, forms.ObservationForm(questions))


def _activity(
    opportunity: Opportunity, questions: dict[str, str], form: forms.ObservationForm
) -> ResponseReturnValue:
    number = page_number(request.args.get("page"))
    return render_template(
        "oversight/desk/activity.html",
        opportunity=opportunity,
        tables=queries.tables(opportunity),
        questions=questions,
        passages=queries.passages(opportunity, questions, number),
        observations=queries.observations(opportunity.id),
        question_of=queries.question_of,
        reasons=REASONS,
        form=form,
    )


@desk.post("/<uuid:opportunity_id>/observations")
@requires(Permission.OBSERVATION_WRITE)
def observe(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = queries.closed_activity(opportunity_id)
    questions = insights.question_texts(opportunity_id)
    form = forms.ObservationForm(questions)
    if not form.validate():
        return _activity(opportunity, questions, form)
    services.observe(
        form.id.data,
        opportunity,
        form.text.data,
        question_id=form.question_id.data,
        by=current_user,
    )
    flash(_("Your observation is noted."))
    return redirect(url_for(".activity", opportunity_id=opportunity_id, _anchor="noticed"), 303)
