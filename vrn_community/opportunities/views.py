"""Public pages of opportunities."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import segno
from flask import Blueprint, Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from vrn_community import config
from vrn_community.extensions import csrf
from vrn_community.foundation import crypto, errors, i18n
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import public
from vrn_community.opportunities import activities, children, forms, gates, levels, queries
from vrn_community.opportunities.labels import AGES, STAGES
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.partnership import queries as partnership

bp = Blueprint("opportunities", __name__)
csrf.exempt(bp)  # Its forms write nothing: they only show a page that Back must not bring again.


@bp.get("/opportunities")
@public
def index() -> ResponseReturnValue:
    filters = forms.filters_of(request.args)
    page = queries.public_page(filters, page_number(request.args.get("page")))
    return render_template(
        "opportunities/index.html",
        filters=filters,
        page=page,
        areas=partnership.area_names(),
        priorities=partnership.priority_names(),
        levels=levels.WORDS,
        stages=STAGES,
        ages=AGES,
    )


@bp.route("/o/<code>", methods=["GET", "POST"])
@public
def show(code: str) -> ResponseReturnValue:
    return _page("opportunities/show.html", code)


@bp.route("/o/<code>/print", methods=["GET", "POST"])
@public
def print_version(code: str) -> ResponseReturnValue:
    return _page("opportunities/print_version.html", code)


def _page(template: str, code: str) -> ResponseReturnValue:
    """Return a page of one opportunity, or say kindly why there is none just now."""
    opportunity = queries.by_code(crypto.read_code(code))
    if opportunity.state is OpportunityState.WITHDRAWN:
        return _withdrawn(opportunity)
    if opportunity.stage is None:
        return render_template("opportunities/being_changed.html", opportunity=opportunity)
    return after_warning(opportunity, lambda: render_template(template, **page_of(opportunity)))


def after_warning(opportunity: Opportunity, make: Callable[[], str]) -> ResponseReturnValue:
    """Show a page; one about sensitive questions only in answer to a form.

    So the Back button brings how to leave fast, and never the page itself (T31).
    """
    g.only_reads = True
    if not opportunity.is_sensitive:
        return make()
    is_told = request.method == "POST"
    before = {"opportunity": opportunity}
    body = make() if is_told else render_template("opportunities/before.html", **before)
    answer = make_response(body)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/o/<code>/qr.svg")
@public
def qr_code(code: str) -> ResponseReturnValue:
    opportunity = queries.by_code(crypto.read_code(code))
    drawing = BytesIO()
    segno.make(short_link(opportunity), error="m").save(
        drawing, kind="svg", scale=6, xmldecl=False, title=short_link(opportunity)
    )
    answer = Response(drawing.getvalue(), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def short_link(opportunity: Opportunity) -> str:
    """Return the address that a poster carries."""
    return f"{config.current().base_url}/o/{opportunity.code}"


def page_of(opportunity: Opportunity) -> dict[str, object]:
    """Return what the templates of one opportunity show."""
    return {
        "opportunity": opportunity,
        "words": levels.words(opportunity.level),
        "activities": activities.of(opportunity),
        "duties": gates.duties_of(opportunity.level, with_children=opportunity.includes_children),
        "for_children": _told_to_children(opportunity),
        "stage": opportunity.stage,
        "stages": STAGES,
        "link": short_link(opportunity),
    }


def _told_to_children(opportunity: Opportunity) -> list[Any]:
    """Return how people under 16 are let in, where they are invited and can soon answer."""
    is_soon = opportunity.stage in (Stage.OPEN, Stage.OPENING_SOON)
    if not (is_soon and opportunity.needs_child_route):
        return []
    is_waived = opportunity.waived_on is not None
    route, youngest = opportunity.child_route, opportunity.min_age
    return children.told(route, youngest=youngest, is_waived=is_waived)


def _withdrawn(opportunity: Opportunity) -> ResponseReturnValue:
    happened = _("This was taken down on purpose. It was not your mistake.")
    if opportunity.state_reason:
        reason = {"reason": i18n.staff_text(opportunity.state_reason)}
        happened = Markup(_("This was taken down: %(reason)s")) % reason  # noqa: S704 - our text.
    return errors.error_page(410, happened=happened)
