"""What all pages of the builder share: the draft, a form that changes it, and the way back."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.errors import NotAllowed
from vrn_community.questionnaires import editing, forms, outline, queries, services
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import QuestionnaireVersion

desk = Blueprint(
    "questionnaires_desk",
    __name__,
    url_prefix="/desk/opportunities/<uuid:opportunity_id>/questions",
)
Change = Callable[[Questionnaire], Questionnaire]
Found = TypeVar("Found")


def draft_of(opportunity_id: UUID) -> QuestionnaireVersion:
    """Return the draft of an opportunity; without one nothing can be changed."""
    version = queries.draft(opportunity_id)
    if version is None:
        raise NotAllowed(_("There is no draft of the questions. Begin a new version first."))
    return version


def found(read: Callable[[Questionnaire, str], Found], version: Any, key: str) -> Found:
    """Return what a function finds in a version, or answer 404."""
    try:
        return read(queries.document(version), key)
    except KeyError:
        abort(404)


def has(version: QuestionnaireVersion, part_id: str) -> bool:
    """Return whether what a form would make is there already: the form was sent twice."""
    return any(part.id == part_id for part in outline.parts(queries.document(version)))


def say_overtaken(why: str = "") -> None:
    """Say that nothing was changed, for somebody else was quicker, or why else."""
    overtaken = _("The questions have changed since you opened the page. Look at them again.")
    flash(why or overtaken, "warning")


def is_saved(form: forms.DraftForm, version: QuestionnaireVersion, change: Change) -> bool:
    """Apply what a form asks for, if it can be; a refusal stands in the form's errors."""
    if not form.is_submitted() or form.is_overtaken(version) or not form.validate():
        return False
    try:
        after = change(queries.document(version))
    except editing.Refused as refusal:
        form.form_errors.append(str(refusal))
        return False
    services.edit(version, after, by=current_user)
    flash(_("The draft is saved."))
    return True


def form_page(
    template: str, form: forms.DraftForm, version: QuestionnaireVersion, **shown: Any
) -> ResponseReturnValue:
    """Show a form of the draft as it is now; what was typed stays."""
    overtaken = form.is_overtaken(version)
    form.revision.data = str(version.revision)
    page = f"questionnaires/desk/{template}.html"
    return render_template(page, form=form, version=version, overtaken=overtaken, **shown)


def to_overview(opportunity_id: UUID, part_id: str = "") -> ResponseReturnValue:
    """Lead back to the overview, perhaps to one part of it."""
    anchor = f"part-{part_id}" if part_id else None
    return redirect_to(".show", opportunity_id=opportunity_id, _anchor=anchor)


def redirect_to(endpoint: str, **values: Any) -> ResponseReturnValue:
    """Lead to another page of the builder, which is then opened with GET."""
    return redirect(url_for(endpoint, **values), 303)
