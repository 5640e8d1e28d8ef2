"""Public pages: what people are told about their information, and all that is held."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from vrn_community.accounts.labels import ROLES
from vrn_community.extensions import csrf
from vrn_community.foundation import crypto
from vrn_community.foundation.permissions import public
from vrn_community.opportunities import children
from vrn_community.opportunities import queries as opportunities
from vrn_community.opportunities.lifecycle import LISTED
from vrn_community.opportunities.models import Opportunity
from vrn_community.privacy import holdings, notices, running
from vrn_community.privacy.notices import NAMES, Ages

bp = Blueprint("privacy", __name__)
csrf.exempt(bp)  # Its forms write nothing: they only show a page that Back must not bring again.
AGES = '<any("10-12", "13-15", "16-17", "adult"):ages>'


@bp.get(f"/privacy/{AGES}")
@public
def of_service(ages: str) -> ResponseReturnValue:
    if ages == Ages.ADULT:
        return redirect(url_for("pages.privacy"), 303)
    notice = notices.of_service(Ages(ages))
    return render_template("privacy/notice.html", notice=notice)


@bp.route("/o/<code>/privacy", methods=["GET", "POST"])
@public
def of_activity(code: str) -> ResponseReturnValue:
    return _of_activity(code, None)


@bp.route(f"/o/<code>/privacy/{AGES}", methods=["GET", "POST"])
@public
def for_ages(code: str, ages: str) -> ResponseReturnValue:
    return _of_activity(code, Ages(ages))


def _of_activity(code: str, ages: Ages | None) -> ResponseReturnValue:
    """Show what people are told; about sensitive questions only in answer to a form (T31)."""
    opportunity = opportunities.row_by_code(crypto.read_code(code))
    if opportunity.state not in LISTED:
        raise NoResultFound
    asked_for = ages or notices.youngest_for(opportunity)
    notice = notices.of_activity(opportunity, asked_for)
    if notice is None:
        return redirect(_service_url(asked_for), 303)
    if not opportunity.is_sensitive:
        return _page(opportunity, notice)
    g.only_reads = True
    is_told = request.method == "POST"
    before = make_response(render_template("opportunities/before.html", opportunity=opportunity))
    answer = _page(opportunity, notice) if is_told else before
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(opportunity: Opportunity, notice: notices.Notice) -> Response:
    is_waived = opportunity.waived_on is not None
    route, youngest = opportunity.child_route, opportunity.min_age
    told = children.told(route, youngest=youngest, is_waived=is_waived)
    return make_response(
        render_template(
            "privacy/notice.html",
            opportunity=opportunity,
            notice=notice,
            for_children=told if opportunity.needs_child_route else [],
        )
    )


def _service_url(ages: Ages) -> str:
    if ages is Ages.ADULT:
        return url_for("pages.privacy")
    return url_for("privacy.of_service", ages=ages.value)


@bp.app_template_global()
def service_notice() -> notices.Notice:
    """Return what holds for all activities, for the page that grown-ups read."""
    return notices.of_service(Ages.ADULT)


@bp.app_template_global()
def notice_ages() -> dict[Ages, Any]:
    """Return for whom notices are written, and what each is called."""
    return NAMES


@bp.app_template_global()
def notice_url(ages: Ages, opportunity: Opportunity | None = None) -> str:
    """Return the address of a notice for people of an age, perhaps about one activity."""
    if opportunity is None:
        return _service_url(ages)
    return url_for("privacy.for_ages", code=opportunity.code, ages=ages.value)


@bp.get("/privacy/what-we-hold")
@public
def what_we_hold() -> ResponseReturnValue:
    return render_template(
        "privacy/what_we_hold.html",
        groups=holdings.groups(),
        kinds=holdings.KINDS,
        readers={**holdings.READERS, **ROLES},
        deleted=running.overview(),
    )
