"""Pages of the builder about versions: what differs between two, and mending one in use."""

from functools import partial
from uuid import UUID

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.questionnaires import (
    comparing,
    forms,
    outline,
    queries,
    services,
    translating,
)
from vrn_community.questionnaires.desk.checks import version_of
from vrn_community.questionnaires.desk.drafts import (
    desk,
    form_page,
    redirect_to,
    say_overtaken,
    to_overview,
)
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState


@desk.get("/versions/<uuid:version_id>/changes")
@requires(Permission.OPPORTUNITY_READ_DRAFT)
def changes(opportunity_id: UUID, version_id: UUID) -> ResponseReturnValue:
    version = version_of(opportunity_id, version_id)
    earlier = [v for v in queries.versions(opportunity_id) if v.number < version.number]
    if not earlier:
        abort(404)
    before, after = queries.document(earlier[0]), queries.document(version)
    return render_template(
        "questionnaires/desk/changes.html",
        version=version,
        earlier=earlier[0],
        found=comparing.differences(before, after),
    )


@desk.get("/mend")
@requires(Permission.QUESTIONNAIRE_EDIT)
def choose_words(opportunity_id: UUID) -> ResponseReturnValue:
    version = _in_use(opportunity_id)
    document = queries.document(version)
    names = {part.id: outline.name(part) for part in outline.parts(document)}
    texts = translating.texts(document)
    page = "questionnaires/desk/choose_words.html"
    why_not = services.why_not_reworded(version)
    return render_template(page, version=version, texts=texts, names=names, why_not=why_not)


@desk.route("/mend/<place>", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def mend(opportunity_id: UUID, place: str) -> ResponseReturnValue:
    version = _in_use(opportunity_id)
    before = translating.texts(queries.document(version)).get(place)
    if before is None:
        abort(404)
    form = forms.MendForm(before, partial(services.why_not_mended, version, place))
    if form.is_submitted() and not form.is_overtaken(version) and form.validate():
        words = {"by": current_user, "reason": form.reason.data}
        services.mend(version, place, form.text.data, **words)
        flash(_("The words are mended. All answers stay."))
        return to_overview(opportunity_id)
    if form.is_overtaken(version):
        say_overtaken()
        return redirect_to(".choose_words", opportunity_id=opportunity_id)
    return form_page("mend", form, version, before=before)


def _in_use(opportunity_id: UUID) -> QuestionnaireVersion:
    version = queries.published(opportunity_id)
    if version is None or version.state is not VersionState.PUBLISHED:
        raise NotAllowed(_("No version is in use."))
    return version
