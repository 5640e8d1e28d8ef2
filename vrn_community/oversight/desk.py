"""Pages of the desk for the oversight group, and for those who must reply to it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.insights import queries as insights
from vrn_community.insights.labels import REASONS
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight import forms, queries, reading, services
from vrn_community.oversight.labels import ANSWERS, STATES
from vrn_community.oversight.lifecycle import STEPS, Act, acts_from
from vrn_community.oversight.models import (
    Answer,
    ObservationKind,
    Recommendation,
    RecommendationState,
)
from vrn_community.oversight.reading import Spot
from vrn_community.partnership import queries as partnership

desk = Blueprint("oversight_desk", __name__, url_prefix="/desk/oversight")
replies = Blueprint("replies_desk", __name__, url_prefix="/desk/replies")
OVERDUE = "overdue"
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
    about = queries.Filters(opportunity_id=opportunity.id)
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
        recommendations=queries.recommendations(1, about),
        states=STATES,
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


@desk.route("/<uuid:opportunity_id>/recommend", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_SEND)
def recommend(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = queries.closed_activity(opportunity_id)
    form = forms.RecommendationForm()
    if form.validate_on_submit():
        draft = services.recommend(form.id.data, opportunity, form.request, by=current_user)
        flash(_("The draft is saved. It is not sent yet."))
        return redirect(url_for(".recommendation", recommendation_id=draft.id), 303)
    return render_template("oversight/desk/recommend.html", opportunity=opportunity, form=form)


@desk.get("/recommendations")
@requires(Permission.OBSERVATION_WRITE)
def recommendations() -> ResponseReturnValue:
    wanted, slug = request.args.get("state", ""), request.args.get("body", "")
    body = partnership.body(slug) if slug else None
    filters = queries.Filters(
        state=RecommendationState(wanted) if wanted in set(RecommendationState) else None,
        is_overdue=wanted == OVERDUE,
        body_id=body.id if body else None,
    )
    page = queries.recommendations(page_number(request.args.get("page")), filters)
    return render_template(
        "oversight/desk/recommendations.html", page=page, filters=filters, body=body, states=STATES
    )


@desk.get("/recommendations/<uuid:recommendation_id>")
@requires(Permission.OBSERVATION_WRITE)
def recommendation(recommendation_id: UUID) -> ResponseReturnValue:
    found = queries.recommendation(recommendation_id)
    return render_template(
        "oversight/desk/recommendation.html",
        recommendation=found,
        acts=_acts(found),
        states=STATES,
        answers=ANSWERS,
    )


def _acts(found: Recommendation) -> list[Act]:
    """Return what the signed-in member can do; only authors change their words."""
    is_mine = found.author_id == current_user.id
    return [
        act
        for act in acts_from(found.state)
        if current_user.can(STEPS[act].permission) and (is_mine or act is not Act.EDIT)
    ]


@desk.route("/recommendations/<uuid:recommendation_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_SEND)
def edit(recommendation_id: UUID) -> ResponseReturnValue:
    found = queries.recommendation(recommendation_id)
    back = url_for(".recommendation", recommendation_id=recommendation_id)
    if request.method == "GET" and Act.EDIT not in _acts(found):
        return redirect(back, 303)
    form = forms.RecommendationForm(found)
    if form.validate_on_submit():
        services.edit(found, form.request, by=current_user)
        flash(_("The draft is saved. It is not sent yet."))
        return redirect(back, 303)
    return render_template("oversight/desk/edit.html", recommendation=found, form=form)


@desk.post("/recommendations/<uuid:recommendation_id>/send")
@requires(Permission.RECOMMENDATION_SEND)
def send(recommendation_id: UUID) -> ResponseReturnValue:
    services.send(queries.recommendation(recommendation_id), by=current_user)
    flash(_("The recommendation is sent. Everyone can read it now."))
    return redirect(url_for(".recommendation", recommendation_id=recommendation_id), 303)


@desk.post("/recommendations/<uuid:recommendation_id>/close")
@requires(Permission.RECOMMENDATION_SEND)
def close(recommendation_id: UUID) -> ResponseReturnValue:
    services.close(queries.recommendation(recommendation_id), by=current_user)
    flash(_("The recommendation is closed."))
    return redirect(url_for(".recommendation", recommendation_id=recommendation_id), 303)


@replies.get("")
@requires(Permission.RECOMMENDATION_REPLY)
def inbox() -> ResponseReturnValue:
    body_id = current_user.body_id
    page = queries.sent_to(body_id, page_number(request.args.get("page"))) if body_id else None
    return render_template("oversight/desk/inbox.html", page=page, states=STATES)


@replies.route("/<uuid:recommendation_id>", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def reply(recommendation_id: UUID) -> ResponseReturnValue:
    found = queries.for_body(recommendation_id, current_user.body_id)
    form = forms.ReplyForm()
    if form.validate_on_submit():
        try:
            services.reply(found, Answer(form.answer.data), form.reasons.data, by=current_user)
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(_("Your reply is sent. Everyone can read it now."))
            return redirect(url_for(".reply", recommendation_id=recommendation_id), 303)
    return render_template(
        "oversight/desk/reply.html",
        recommendation=found,
        form=form,
        states=STATES,
        answers=ANSWERS,
    )
