"""Public pages of the oversight group: who it is, and what it published."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import public
from vrn_community.oversight.meetings.labels import PLACE_KINDS
from vrn_community.oversight.publishing import labels, queries
from vrn_community.oversight.publishing.models import StatementKind

bp = Blueprint("statements", __name__, url_prefix="/oversight")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    asked = request.args.get("kind", "")
    kind = StatementKind(asked) if asked in set(StatementKind) else None
    return render_template(
        "oversight/public/index.html",
        page=queries.published(page_number(request.args.get("page")), kind),
        meetings=queries.public_meetings(page_number(request.args.get("meetings"))),
        kind=kind,
        labels=labels,
        place_kinds=PLACE_KINDS,
    )


@bp.get("/<uuid:statement_id>")
@public
def show(statement_id: UUID) -> ResponseReturnValue:
    found = queries.public(statement_id)
    return render_template("oversight/public/show.html", statement=found, labels=labels)
