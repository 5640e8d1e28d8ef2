"""Public pages of outcomes: the register, and what became of each activity."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import ColumnElement

from vrn_community.extensions import csrf
from vrn_community.foundation import crypto, errors, i18n
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import public
from vrn_community.insights import over_time
from vrn_community.insights.evidence.labels import CERTAINTY
from vrn_community.opportunities import levels
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.opportunities.views import after_warning
from vrn_community.outcomes import asking_again as asking_again
from vrn_community.outcomes import debts as owed
from vrn_community.outcomes import promises, queries, trail
from vrn_community.outcomes.decisions import queries as decisions
from vrn_community.outcomes.decisions.labels import MEASURES
from vrn_community.outcomes.decisions.views import of_activities
from vrn_community.outcomes.labels import MEANINGS, STANDINGS
from vrn_community.outcomes.queries import Standing
from vrn_community.outcomes.turning import turner
from vrn_community.oversight.recommendations import citing
from vrn_community.oversight.recommendations.labels import ANSWERS
from vrn_community.partnership import queries as partnership

bp = Blueprint("outcomes", __name__)
csrf.exempt(bp)  # Its forms write nothing: they only show a page that Back must not bring again.


@bp.get("/register")
@public
def register() -> ResponseReturnValue:
    asked = request.args.get("state", "")
    wanted = Standing(asked) if asked in set(Standing) else None
    return render_template(
        "outcomes/register.html",
        page=queries.register(page_number(request.args.get("page")), wanted),
        counts=queries.counts(),
        wanted=wanted,
        standings=STANDINGS,
        meanings=MEANINGS,
    )


@bp.get("/register/debts")
@public
def debts() -> ResponseReturnValue:
    return render_template("outcomes/debts.html", debts=owed.by_body())


@bp.get("/register/debts/<slug>")
@public
def debt(slug: str) -> ResponseReturnValue:
    body = partnership.body(slug)
    pages = {
        name: read(body, page_number(request.args.get(name))) for name, read in owed.LISTS.items()
    }

    numbers = {name: page.number for name, page in pages.items()}
    turn = turner(".debt", numbers, slug=slug)
    facts = {"days_late": owed.days_late, "is_seen": trail.is_seen}
    return render_template("outcomes/debt.html", body=body, turn=turn, **facts, **pages)


@bp.get("/heard")
@public
def heard() -> ResponseReturnValue:
    priorities = dict(partnership.priority_names())
    areas = dict(partnership.area_names())
    priority = request.args.get("priority", type=int)
    area = request.args.get("area", "")
    wanted = (priority if priority in priorities else None, area if area in areas else "")
    return render_template(
        "outcomes/heard.html",
        page=queries.heard(page_number(request.args.get("page")), *wanted),
        priority=wanted[0],
        area=wanted[1],
        priorities=priorities,
        areas=areas,
    )


@bp.route("/register/<code>", methods=["GET", "POST"])
@public
def show(code: str) -> ResponseReturnValue:
    return _page(code, "outcomes/show.html")


@bp.route("/register/<code>/print", methods=["GET", "POST"])
@public
def print_version(code: str) -> ResponseReturnValue:
    return _page(code, "outcomes/print_version.html")


@bp.route("/insights/<uuid:insight_id>", methods=["GET", "POST"])
@public
def insight(insight_id: UUID) -> ResponseReturnValue:
    found = trail.insight(insight_id)
    return of_activities(
        found.activities,
        "outcomes/insight.html",
        found=found,
        insight=found.insight,
        newest=found.newest,
        certainty=CERTAINTY,
    )


@bp.route("/recommendations/<uuid:recommendation_id>", methods=["GET", "POST"])
@public
def recommendation(recommendation_id: UUID) -> ResponseReturnValue:
    found = trail.recommendation(recommendation_id)
    asked = found.recommendation
    return of_activities(
        [asked.opportunity],
        "outcomes/recommendation.html",
        found=found,
        recommendations=[asked],
        commitments=found.commitments,
        cited={asked.id: citing.cited(asked)},
        code=asked.opportunity.code,
        answers=ANSWERS,
    )


@bp.get("/priorities/<int(max=99):number>/trail")
@public
def priority(number: int) -> ResponseReturnValue:
    named = partnership.priority(number)
    back = url_for("partnership.priority", number=number)
    return _theme(trail.about_priority(number), named.short_title, back)


@bp.get("/priorities/issues/<slug>")
@public
def issue(slug: str) -> ResponseReturnValue:
    named = partnership.local_issue(slug)
    return _theme(trail.about_issue(slug), named.title, url_for("partnership.priorities"))


@bp.get("/priorities/aims/<slug>")
@public
def aim(slug: str) -> ResponseReturnValue:
    named = partnership.success_measure(slug)
    page = decisions.changes_for(named.id, page_number(request.args.get("page")))
    kind = MEASURES[named.kind]
    return render_template("outcomes/aim.html", aim=named, kind=kind, page=page)


def _theme(about: ColumnElement[bool], name: str, back: str) -> str:
    page, chains = trail.theme(request.path, about, page_number(request.args.get("page")))
    return render_template("outcomes/theme.html", page=page, chains=chains, name=name, back=back)


def _page(code: str, template: str) -> ResponseReturnValue:
    found = queries.outcome_page(crypto.read_code(code))
    opportunity = found.entry.opportunity
    if opportunity.state is OpportunityState.WITHDRAWN:
        return _withdrawn(opportunity)
    if not found.entry.is_shown:
        return render_template("opportunities/being_changed.html", opportunity=opportunity)
    return after_warning(opportunity, lambda: render_template(template, **page_of(found)))


def page_of(found: queries.OutcomePage) -> dict[str, object]:
    """Return what the templates of one outcome show."""
    return {
        "entry": found.entry,
        "opportunity": found.entry.opportunity,
        "outcome": found.outcome,
        "release": found.release,
        "over_time": over_time.of_release(found.release) if found.release else (),
        "recommendations": found.recommendations,
        "chain": found.chain,
        "promise": promises.promise(found.entry, found.outcome),
        "words": levels.words(found.entry.opportunity.level),
        "keepings": promises.KEEPINGS,
        "proofs": promises.PROOFS,
        "cited": {one.id: citing.cited(one) for one in found.recommendations},
        "commitments": found.commitments,
        "standings": STANDINGS,
        "answers": ANSWERS,
    }


def _withdrawn(opportunity: Opportunity) -> ResponseReturnValue:
    reason = {"reason": i18n.staff_text(opportunity.state_reason)}
    happened = Markup(_("This was taken down: %(reason)s")) % reason  # noqa: S704 - our text.
    return errors.error_page(410, happened=happened)
