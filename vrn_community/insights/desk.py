"""Pages of the desk for results and their releases."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.insights import (
    charts,
    crossed_charts,
    disclosure,
    forms,
    grids,
    labels,
    over_time,
    quality,
    quartiles,
    queries,
    results,
    services,
    waves,
)
from vrn_community.insights.evidence import queries as evidence
from vrn_community.insights.models import Release, ReleaseState
from vrn_community.insights.tabulate import Table
from vrn_community.opportunities import queries as opportunities
from vrn_community.opportunities.labels import STAGES
from vrn_community.opportunities.models import Stage
from vrn_community.partnership import queries as partnership

over_time_desk = Blueprint("over_time_desk", __name__, url_prefix="/desk/over-time")
listing = Blueprint("results_desk", __name__, url_prefix="/desk/results")
desk = Blueprint(
    "insights_desk", __name__, url_prefix="/desk/opportunities/<uuid:opportunity_id>/results"
)


@desk.app_template_global()
def chart_of(table: Table, labels: Mapping[str, str], name: str) -> charts.Chart:
    places = partnership.area_tiles() if table.kind in charts.PLACES else ()
    return charts.of_table(table, labels, name, places)


desk.add_app_template_global(charts.of_shares, "shares_of")
desk.add_app_template_global(charts.beside, "shares_beside")
desk.add_app_template_global(crossed_charts.of_cross, "chart_of_cross")
desk.add_app_template_global(quartiles.of_table, "quartiles_of")
desk.add_app_template_global(charts.of_grid, "chart_of_grid")
desk.add_app_template_global(charts.grid_steps, "grid_steps")
desk.add_app_template_global(grids.together, "grids_of")
desk.add_app_template_global(waves.chart, "chart_of_waves")


@listing.get("")
@requires(Permission.INSIGHT_READ_DRAFT)
def index() -> ResponseReturnValue:
    page = queries.asked(page_number(request.args.get("page")))
    return render_template("insights/desk/index.html", page=page, stages=STAGES)


@over_time_desk.get("", endpoint="index")
@requires(Permission.INSIGHT_READ_DRAFT)
def index_over_time() -> ResponseReturnValue:
    asked = over_time.askings()
    known = over_time.questions()
    often = [(known[key], found) for key, found in asked.items() if key in known and found[1:]]
    return render_template("insights/desk/over_time_index.html", asked=often)


@over_time_desk.get("/<question_id>", endpoint="show")
@requires(Permission.INSIGHT_READ_DRAFT)
def show_over_time(question_id: str) -> ResponseReturnValue:
    if question_id not in over_time.questions():
        abort(404)
    return render_template(
        "insights/desk/over_time.html", over_time=over_time.of_question(question_id)
    )


@desk.get("")
@requires(Permission.INSIGHT_READ_DRAFT)
def live(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    found = results.live(opportunity)
    return render_template(
        "insights/desk/live.html",
        opportunity=opportunity,
        tables=found.tables,
        until=found.until,
        shown=found.shown,
        people=disclosure.people(found.shown),
        reasons=labels.REASONS,
    )


@desk.get("/quality")
@requires(Permission.INSIGHT_READ_DRAFT)
def response_quality(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    return render_template(
        "insights/desk/response_quality.html",
        opportunity=opportunity,
        quality=quality.of_opportunity(opportunity),
        titles=labels.QUALITY,
        answers=labels.QUALITY_ANSWERS,
        reasons=labels.REASONS,
    )


@desk.get("/by")
@requires(Permission.INSIGHT_READ_DRAFT)
def crossed(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    found = results.live(opportunity)
    form = forms.CrossForm(request.args, found.shown, found.dividing)
    is_asked = bool(request.args) and form.validate()
    table = found.crossed(form.of.data, form.by.data) if is_asked else None
    if isinstance(table, disclosure.Refusal):  # A page that is read writes no audit entry.
        names = (table.key, form.by.data, table.reason.value)
        current_app.logger.warning("Not shown: %s by %s (%s)", *names)  # nosemgrep: log
    return render_template(
        "insights/desk/crossed.html",
        opportunity=opportunity,
        form=form,
        until=found.until,
        table=table,
        reasons=labels.REASONS,
    )


@desk.get("/reach")
@requires(Permission.INSIGHT_READ_DRAFT)
def reach(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    found = results.live(opportunity)
    return render_template(
        "insights/desk/reach.html",
        opportunity=opportunity,
        comparisons=results.reach(found, opportunity),
        refused=found.refused,
        until=found.until,
        high_need=partnership.network()["areas_of_high_need"],
        reasons=labels.REASONS,
    )


@desk.get("/weighted")
@requires(Permission.INSIGHT_READ_DRAFT)
def weighted(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    found = results.live(opportunity)
    margins = results.margins(found, opportunity)
    wanted = request.args.get("by", "")
    by = next((table for table in margins if table.key == wanted), next(iter(margins), None))
    return render_template(
        "insights/desk/weighted.html",
        opportunity=opportunity,
        margins=margins,
        by=by,
        questions=results.weighted(found, opportunity, by) if by else [],
        until=found.until,
    )


@desk.get("/releases")
@requires(Permission.INSIGHT_READ_DRAFT)
def releases(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    return render_template(
        "insights/desk/releases.html",
        opportunity=opportunity,
        releases=queries.releases(opportunity_id),
        form=forms.ReleaseForm(
            results.live(opportunity).dividing, queries.divided_by(opportunity_id)
        ),
        is_closed=opportunity.stage is Stage.CLOSED,
        states=labels.STATES,
    )


@desk.post("/releases")
@requires(Permission.RELEASE_FREEZE)
def draft(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = opportunities.opportunity(opportunity_id)
    form = forms.ReleaseForm(results.live(opportunity).dividing)
    divided_by = form.divided_by.data if form.validate_on_submit() else ()
    release = services.draft_release(opportunity, by=current_user, divided_by=divided_by)
    flash(_("The results are put together as a draft."))
    return _to(release)


@desk.get("/releases/<uuid:release_id>")
@requires(Permission.INSIGHT_READ_DRAFT)
def show(opportunity_id: UUID, release_id: UUID) -> ResponseReturnValue:
    release = queries.release(opportunity_id, release_id)
    return render_template(
        "insights/desk/show.html",
        release=release,
        states=labels.STATES,
        insights=evidence.resting_on(release_id),
    )


@desk.route("/releases/<uuid:release_id>/quotes", methods=["GET", "POST"])
@requires(Permission.RELEASE_FREEZE)
def quotes(opportunity_id: UUID, release_id: UUID) -> ResponseReturnValue:
    release = queries.release(opportunity_id, release_id)
    if request.method == "GET" and release.state is not ReleaseState.DRAFT:
        return _to(release)
    passages = queries.quotable(opportunity_id)
    form = forms.QuotesForm()
    if form.validate_on_submit():
        fewer = services.choose_quotes(
            release,
            form.chosen.data,
            among=form.among.data,
            is_checked=form.is_checked.data,
            by=current_user,
            shows=form.beside,
        )
        flash(_("The choice of quotes is saved."))
        if fewer:
            flash(_("Beside some quotes less will stand: the tables show too few such people."))
        return _to(release)
    number = page_number(request.args.get("page"))
    return render_template(
        "insights/desk/quotes.html",
        release=release,
        form=form,
        page=queries.page_of(passages, number),
        chosen=form.chosen.data if form.is_submitted() else release.chosen,
        beside=form.beside if form.is_submitted() else release.wishes,
        shows=labels.SHOWS,
        questions=queries.question_texts(opportunity_id),
    )


@desk.post("/releases/<uuid:release_id>/freeze")
@requires(Permission.RELEASE_FREEZE)
def freeze(opportunity_id: UUID, release_id: UUID) -> ResponseReturnValue:
    release = queries.release(opportunity_id, release_id)
    services.freeze(release, by=current_user)
    flash(_("The results are frozen. This is what the public sees now."))
    return _to(release)


def _to(release: Release) -> ResponseReturnValue:
    page = url_for(".show", opportunity_id=release.opportunity_id, release_id=release.id)
    return redirect(page, 303)
