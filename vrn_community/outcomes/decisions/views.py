"""Public pages of decisions and changes, with what came before them and what came after."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vrn_community.extensions import csrf
from vrn_community.foundation.permissions import public
from vrn_community.opportunities.models import Opportunity
from vrn_community.opportunities.views import after_warning
from vrn_community.outcomes import trail
from vrn_community.outcomes.decisions import labels, queries
from vrn_community.outcomes.decisions.models import Change

bp = Blueprint("decisions", __name__)
csrf.exempt(bp)  # Its forms write nothing: they only show a page that Back must not bring again.


@bp.route("/decisions/<uuid:decision_id>", methods=["GET", "POST"])
@public
def decision(decision_id: UUID) -> ResponseReturnValue:
    found = queries.decision(decision_id)
    changes = queries.changes_after(found)
    return of_activities(
        trail.activities_of(found), "outcomes/decisions/decision.html", changes=changes, row=found
    )


@bp.route("/changes/<uuid:change_id>", methods=["GET", "POST"])
@public
def change(change_id: UUID) -> ResponseReturnValue:
    found = queries.change(change_id)
    return of_activities(_behind(found), "outcomes/decisions/change.html", row=found)


def _behind(row: Change) -> list[Opportunity]:
    """Return the activities behind a change, as far as the public may see them."""
    decided = trail.activities_of(row.decision) if row.decision else []
    promised = row.commitment.recommendation if row.commitment else None
    asked = [each.opportunity for each in (row.recommendation, promised) if each]
    return [*decided, *(each for each in asked if trail.is_seen(each))]


def of_activities(
    activities: Sequence[Opportunity], template: str, **shown: Any
) -> ResponseReturnValue:
    """Show a page about some activities: after a warning where one of them is sensitive."""
    named = dict.fromkeys(activities)
    careful = next((each for each in named if each.is_sensitive), None)

    def make() -> str:
        if row := shown.get("row"):
            shown["versions"] = queries.versions(row)
        # A sensitive one makes the name of the page say nothing.
        whole = {"opportunity": careful} if careful else {}
        return render_template(template, activities=list(named), labels=labels, **whole, **shown)

    return after_warning(careful, make) if careful else make()


bp.add_app_template_test(trail.is_told, "told")
bp.add_app_template_test(trail.is_seen, "seen")
