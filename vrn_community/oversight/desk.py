"""Pages of the desk for the oversight group: results of what has closed."""

from collections.abc import Sequence
from typing import Any
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
from vrn_community.oversight import forms, queries, reading, services
from vrn_community.oversight.models import ObservationKind
from vrn_community.oversight.reading import Spot

desk = Blueprint("oversight_desk", __name__, url_prefix="/desk/oversight")
#: How much of a passage a list of choices shows.
EXCERPT = 80


@desk.get("")
@requires(Permission.OBSERVATION_WRITE)
def index() -> ResponseReturnValue:
    page = queries.closed_activities(page_number(request.args.get("page")))
    return render_template("oversight/desk/index.html", page=page)


@desk.get("/<uuid:opportunity_id>")
@requires(Permission.OBSERVATION_WRITE)
def activity(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = queries.closed_activity(opportunity_id)
    return _activity(opportunity)


def _activity(
    opportunity: Opportunity, form: forms.ObservationForm | None = None
) -> ResponseReturnValue:
    number = page_number(request.args.get("page"))
    questions = insights.question_texts(opportunity.id)
    tables = queries.tables(opportunity)
    wanted = reading.spot(request.args.get("about", ""))
    form = form or forms.ObservationForm(_spots(opportunity, tables, wanted), wanted)
    return render_template(
        "oversight/desk/activity.html",
        opportunity=opportunity,
        tables=tables,
        spots=reading.spots(tables),
        questions=questions,
        named=forms.named,
        passages=queries.passages(opportunity, questions, number),
        observations=queries.observations(opportunity.id),
        question_of=queries.question_of,
        reasons=REASONS,
        form=form,
    )


def _spots(opportunity: Opportunity, tables: Sequence[Any], wanted: Spot) -> dict[Spot, str]:
    """Return what an observation can be about: of passages only the one that is asked for."""
    found = reading.spots(tables)
    if wanted.kind is ObservationKind.PASSAGE:
        passage = reading.passage(opportunity, wanted)
        found |= {wanted: (passage.cleared_words or "")[:EXCERPT]} if passage else {}
    return found


@desk.post("/<uuid:opportunity_id>/observations")
@requires(Permission.OBSERVATION_WRITE)
def observe(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = queries.closed_activity(opportunity_id)
    wanted = reading.spot(request.form.get("about", ""))
    form = forms.ObservationForm(_spots(opportunity, queries.tables(opportunity), wanted))
    if not form.validate():
        return _activity(opportunity, form)
    services.observe(
        form.id.data,
        opportunity,
        form.text.data,
        about=form.spot,
        by=current_user,
    )
    flash(_("Your observation is noted."))
    return redirect(url_for(".activity", opportunity_id=opportunity_id, _anchor="noticed"), 303)
