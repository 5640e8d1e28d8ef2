"""Pages of the desk for insights: the library, writing and sending, and what a body was sent."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.paging import Page, page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.insights.evidence import forms, labels, queries, services
from vrn_community.insights.evidence.lifecycle import Act
from vrn_community.insights.evidence.models import Insight, Routing, citable
from vrn_community.insights.forms import key_of
from vrn_community.opportunities.forms import ActForm
from vrn_community.partnership import queries as partnership

desk = Blueprint("evidence_desk", __name__, url_prefix="/desk/insights")
received = Blueprint("received_desk", __name__, url_prefix="/desk/received")


@desk.get("")
@requires(Permission.INSIGHT_READ_DRAFT)
def index() -> ResponseReturnValue:
    filters = forms.filters_of(request.args)
    return _library(queries.library(filters, page_number(request.args.get("page"))), filters)


@received.get("", endpoint="index")
@requires(Permission.INSIGHT_RECEIVE)
def inbox() -> ResponseReturnValue:
    filters, number = forms.filters_of(request.args), page_number(request.args.get("page"))
    body_id = current_user.body_id
    page = queries.library(filters, number, body_id=body_id) if body_id else None
    return _library(page, filters)


def _library(page: Page[Insight] | None, filters: queries.Filters) -> str:
    return render_template(
        "insights/evidence/index.html",
        page=page,
        newer=queries.newer_results(page or ()),
        filters=filters,
        priorities=partnership.priority_names(),
        areas=partnership.area_names(),
        issues=[(row.slug, row.title) for row in partnership.local_issues()],
        labels=labels,
    )


@desk.route("/new", methods=["GET", "POST"])
@requires(Permission.INSIGHT_EDIT)
def new() -> ResponseReturnValue:
    form = forms.InsightForm()
    if form.validate_on_submit():
        draft = services.begin(form.id.data, form.content, by=current_user)
        flash(_("The draft is saved. Now choose what it rests on."))
        return redirect(_evidence_of(draft), 303)
    return render_template("insights/evidence/edit.html", form=form, insight=None)


def _evidence_of(draft: Insight) -> str:
    """Return the page of the results from which somebody came, or that of all results."""
    if release := request.args.get("release"):
        return url_for(".cite", insight_id=draft.id, release_id=key_of(release))
    return url_for(".results", insight_id=draft.id)


@desk.get("/<uuid:insight_id>")
@requires(Permission.INSIGHT_READ_DRAFT)
def show(insight_id: UUID) -> ResponseReturnValue:
    return _show(queries.insight(insight_id))


def _show(found: Insight, form: forms.RouteForm | None = None) -> str:
    routings = queries.routings(found.id)
    refusals = {act: services.refusal(found, act, by=current_user) for act in Act}
    return render_template(
        "insights/evidence/show.html",
        insight=found,
        routings=routings,
        refusals=refusals,
        **_shown(found),
        publishing=ActForm(formdata=None, data={"version": found.version}),
        form=form or forms.RouteForm({routing.body.slug for routing in routings}),
    )


def _shown(found: Insight, body_id: UUID | None = None) -> dict[str, Any]:
    """Return what the page of an insight shows beside it, to the desk or to a body."""
    return {
        "versions": queries.versions(found, body_id),
        "newer": queries.newer_results([found]).get(found.id, []),
        "labels": labels,
    }


@desk.route("/<uuid:insight_id>/edit", methods=["GET", "POST"])
@requires(Permission.INSIGHT_EDIT)
def edit(insight_id: UUID) -> ResponseReturnValue:
    found = queries.insight(insight_id)
    if request.method == "GET" and services.refusal(found, Act.EDIT, by=current_user):
        return _to(found)
    form = forms.InsightForm(found)
    if form.validate_on_submit():
        services.edit(found, form.content, by=current_user)
        flash(_("The draft is saved."))
        return _to(found)
    return render_template("insights/evidence/edit.html", form=form, insight=found)


@desk.get("/<uuid:insight_id>/evidence")
@requires(Permission.INSIGHT_EDIT)
def results(insight_id: UUID) -> ResponseReturnValue:
    return render_template(
        "insights/evidence/results.html",
        insight=queries.insight(insight_id),
        page=queries.released(page_number(request.args.get("page"))),
    )


@desk.route("/<uuid:insight_id>/evidence/<uuid:release_id>", methods=["GET", "POST"])
@requires(Permission.INSIGHT_EDIT)
def cite(insight_id: UUID, release_id: UUID) -> ResponseReturnValue:
    found, release = queries.insight(insight_id), queries.release(release_id)
    form = forms.CiteForm()
    if form.validate_on_submit():
        services.cite(found, release, form.chosen.data, by=current_user)
        flash(_("What it rests on is saved."))
        return _to(found)
    if services.refusal(found, Act.CITE, by=current_user):
        return _to(found)
    return render_template(
        "insights/evidence/cite.html",
        insight=found,
        release=release,
        offered=list(citable(release)),
        themes=queries.themes(release),
        cited={each.reference for each in found.evidence if each.release_id == release.id},
    )


@desk.post("/<uuid:insight_id>/publish")
@requires(Permission.INSIGHT_PUBLISH)
def publish(insight_id: UUID) -> ResponseReturnValue:
    found, form = queries.insight(insight_id), ActForm()
    if not form.validate_on_submit():
        raise NotAllowed(_("The form could not be read. Open the page again."))
    services.publish(found, by=current_user, version=form.version.data)
    flash(_("The insight is published. It can be sent now."))
    return _to(found)


@desk.post("/<uuid:insight_id>/route")
@requires(Permission.INSIGHT_EDIT)
def route(insight_id: UUID) -> ResponseReturnValue:
    found, form = queries.insight(insight_id), forms.RouteForm()
    if not form.validate_on_submit():
        return _show(found, form)
    services.route(found, form.bodies[form.body.data], by=current_user)
    flash(_("The insight is sent."))
    return _to(found)


@desk.route("/<uuid:insight_id>/correct", methods=["GET", "POST"])
@requires(Permission.INSIGHT_EDIT)
def correct(insight_id: UUID) -> ResponseReturnValue:
    found, form = queries.insight(insight_id), forms.ReasonForm()
    if form.validate_on_submit():
        draft = services.correct(found, form.id.data, form.reason.data, by=current_user)
        flash(_("A draft of the next version is made. Now change what is wrong in it."))
        return redirect(url_for(".edit", insight_id=draft.id), 303)
    return _ask_why(found, form, Act.CORRECT)


@desk.route("/<uuid:insight_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.INSIGHT_WITHDRAW)
def withdraw(insight_id: UUID) -> ResponseReturnValue:
    found, form = queries.insight(insight_id), forms.ReasonForm()
    if form.validate_on_submit():
        services.withdraw(found, form.reason.data, by=current_user)
        flash(_("The insight is withdrawn."))
        return _to(found)
    return _ask_why(found, form, Act.WITHDRAW)


def _ask_why(found: Insight, form: forms.ReasonForm, act: Act) -> ResponseReturnValue:
    if services.refusal(found, act, by=current_user):
        return _to(found)
    return render_template("insights/evidence/reason.html", insight=found, form=form, act=act)


@desk.route("/<uuid:insight_id>/routings/<uuid:routing_id>", methods=["GET", "POST"])
@requires(Permission.INSIGHT_EDIT)
def note_receipt(insight_id: UUID, routing_id: UUID) -> ResponseReturnValue:
    routing = queries.routing(insight_id, routing_id)
    form = forms.ReceiptForm(routing)
    if form.validate_on_submit():
        services.note_receipt(routing, form.receipt, by=current_user)
        flash(_("What the body said is noted."))
        return _to(routing.insight)
    return render_template(
        "insights/evidence/receipt.html", insight=routing.insight, routing=routing, form=form
    )


def _to(found: Insight) -> ResponseReturnValue:
    return redirect(url_for(".show", insight_id=found.id), 303)


@received.route("/<uuid:insight_id>", methods=["GET", "POST"])
@requires(Permission.INSIGHT_RECEIVE)
def one(insight_id: UUID) -> ResponseReturnValue:
    routing, form = _mine(insight_id), forms.UseForm()
    if form.validate_on_submit():
        services.use(form.id.data, routing, form.used, by=current_user)
        flash(_("What you used it for is noted."))
        return redirect(url_for(".one", insight_id=insight_id), 303)
    found = queries.insight(insight_id)
    return render_template(
        "insights/evidence/received.html",
        insight=found,
        routing=routing,
        form=form,
        **_shown(found, current_user.body_id),
    )


@received.post("/<uuid:insight_id>/receipt")
@requires(Permission.INSIGHT_RECEIVE)
def receipt(insight_id: UUID) -> ResponseReturnValue:
    services.receive(_mine(insight_id), by=current_user)
    flash(_("Thank you. We see now that it has come."))
    return redirect(url_for(".one", insight_id=insight_id), 303)


@received.post("/<uuid:insight_id>/known")
@requires(Permission.INSIGHT_RECEIVE)
def known(insight_id: UUID) -> ResponseReturnValue:
    services.know(_mine(insight_id), by=current_user)
    flash(_("Thank you. We see now that you know."))
    return redirect(url_for(".one", insight_id=insight_id), 303)


def _mine(insight_id: UUID) -> Routing:
    """Return the way of an insight to the body of the account; NoResultFound for every other."""
    return queries.sent_to(insight_id, current_user.body_id)
