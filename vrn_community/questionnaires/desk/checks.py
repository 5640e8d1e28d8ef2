"""Pages of the builder that look at a questionnaire and change nothing: the map of its routes."""

from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from vrn_community.foundation.permissions import Permission, requires
from vrn_community.questionnaires import labels, outline, queries, routes
from vrn_community.questionnaires.desk.drafts import desk
from vrn_community.questionnaires.models import QuestionnaireVersion


@desk.get("/versions/<uuid:version_id>/map")
@requires(Permission.OPPORTUNITY_READ_DRAFT)
def route_map(opportunity_id: UUID, version_id: UUID) -> ResponseReturnValue:
    version = version_of(opportunity_id, version_id)
    document = queries.document(version)
    return render_template(
        "questionnaires/desk/map.html",
        version=version,
        document=document,
        routes=routes.routes(document),
        conditions=labels.conditions(document),
        names={part.id: outline.name(part) for part in outline.parts(document)},
        reaches=labels.REACHES,
        most=routes.MOST_SAMPLED,
    )


def version_of(opportunity_id: UUID, version_id: UUID) -> QuestionnaireVersion:
    """Return a version of an opportunity, or answer 404."""
    version = queries.version(version_id)
    if version.opportunity_id != opportunity_id:
        abort(404)
    return version
