"""Public pages about the place: what matters, who decides, and who can help."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vrn_community import config
from vrn_community.foundation import clock
from vrn_community.foundation.permissions import public
from vrn_community.partnership import queries
from vrn_community.partnership.levels import PreventionLevel
from vrn_community.partnership.models import BodyKind, SupportKind

bp = Blueprint("partnership", __name__)
OLDEST = 120


@bp.get("/priorities")
@public
def priorities() -> ResponseReturnValue:
    return render_template(
        "partnership/priorities.html",
        priorities=queries.priorities(),
        issues=queries.local_issues(),
        measures=queries.success_measures(),
        levels=list(PreventionLevel),
    )


@bp.get("/priorities/<int(max=99):number>")
@public
def priority(number: int) -> ResponseReturnValue:
    return render_template("partnership/priority.html", priority=queries.priority(number))


@bp.get("/about")
@public
def about() -> ResponseReturnValue:
    return render_template(
        "partnership/about.html",
        network=queries.network(),
        groups=queries.beneficiary_groups(),
        members=queries.bodies(BodyKind.CORE_MEMBER),
        team=queries.bodies(BodyKind.TEAM),
    )


@bp.get("/decides")
@public
def deciders() -> ResponseReturnValue:
    bodies = queries.bodies()
    by_kind = {kind.value: [body for body in bodies if body.kind is kind] for kind in BodyKind}
    return render_template(
        "partnership/deciders.html",
        bodies=by_kind,
        oversight_name=config.current().oversight_name,
        contact_email=config.current().contact_email,
    )


@bp.get("/sources")
@public
def sources() -> ResponseReturnValue:
    return render_template("partnership/sources.html", sources=queries.sources())


@bp.get("/help")
@public
def help_page() -> ResponseReturnValue:
    areas = queries.areas()
    chosen = next((area for area in areas if area.code == request.args.get("area")), None)
    age = request.args.get("age", type=int)
    age = age if age is not None and 0 <= age <= OLDEST else None
    services = queries.support_services(chosen, age)
    return render_template(
        "partnership/help_page.html",
        areas=areas,
        area=chosen,
        age=age,
        now=clock.now(),
        services={
            kind.value: [service for service in services if service.kind is kind]
            for kind in SupportKind
        },
    )


@bp.app_context_processor
def _help_lines() -> dict[str, Any]:
    return {"help_lines": queries.help_lines()}
