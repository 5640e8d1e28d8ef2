"""Pages of the desk on which a body promises something and says how far it is."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.exc import NoResultFound

from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.oversight.commitments import forms, queries, services
from vrn_community.oversight.commitments.labels import STATES
from vrn_community.oversight.commitments.lifecycle import Act
from vrn_community.oversight.commitments.models import Commitment, CommitmentState, Milestone
from vrn_community.oversight.forms import PublicForm
from vrn_community.oversight.recommendations import queries as recommendations
from vrn_community.oversight.recommendations.forms import MoveForm
from vrn_community.oversight.recommendations.models import Recommendation

desk = Blueprint("commitments_desk", __name__, url_prefix="/desk/commitments")
FOLDER = "oversight/commitments/desk"
HEADINGS = {
    Act.NOTE: _l("Say how far it is"),
    Act.MOVE: _l("Name a later day"),
    Act.FINISH: _l("Say that it is done"),
    Act.DROP: _l("Say that it will not be done"),
}


@desk.app_template_global()
def commitments_of(recommendation: Recommendation) -> list[Commitment]:
    """Return what was promised because of a recommendation, for pages that show one."""
    return queries.of([recommendation.id]).get(recommendation.id, [])


@desk.app_template_global()
def can_promise(recommendation: Recommendation) -> bool:
    """Return whether the signed-in account can promise something because of it."""
    return not services.promise_refusal(recommendation, by=current_user)


@desk.app_template_global()
def commitment_state(state: CommitmentState) -> Any:
    """Return what people read instead of a state."""
    return STATES[state]


@desk.route("/for/<uuid:recommendation_id>", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def promise(recommendation_id: UUID) -> ResponseReturnValue:
    found = recommendations.for_body(recommendation_id, current_user.body_id)
    back = url_for("replies_desk.reply", recommendation_id=recommendation_id)
    form = forms.PromiseForm()
    if request.method == "GET" and services.promise_refusal(found, by=current_user):
        return redirect(back, 303)
    if form.validate_on_submit():
        try:
            services.promise(form.id.data, found, form.promise, by=current_user)
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(_("Everyone can read now what you promised."))
            return redirect(back, 303)
    return render_template(f"{FOLDER}/promise.html", recommendation=found, form=form, back=back)


@desk.get("/<uuid:commitment_id>")
@requires(Permission.RECOMMENDATION_REPLY)
def show(commitment_id: UUID) -> ResponseReturnValue:
    found = queries.for_body(commitment_id, current_user.body_id)
    acts = [act for act in Act if not services.refusal(found, act, by=current_user)]
    return render_template(f"{FOLDER}/show.html", commitment=found, acts=acts)


@desk.post("/<uuid:commitment_id>/start")
@requires(Permission.RECOMMENDATION_REPLY)
def start(commitment_id: UUID) -> ResponseReturnValue:
    services.start(queries.for_body(commitment_id, current_user.body_id), by=current_user)
    return _saved(commitment_id)


@desk.post("/<uuid:commitment_id>/reach/<uuid:milestone_id>")
@requires(Permission.RECOMMENDATION_REPLY)
def reach(commitment_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    found = queries.for_body(commitment_id, current_user.body_id)
    services.reach(_milestone(found, milestone_id), by=current_user)
    return _saved(commitment_id)


@desk.route("/<uuid:commitment_id>/note", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def note(commitment_id: UUID) -> ResponseReturnValue:
    found = queries.for_body(commitment_id, current_user.body_id)
    form = forms.NoteForm()

    def take() -> None:
        services.note(form.id.data, found, form.text.data, by=current_user)

    return _step(found, Act.NOTE, form, take)


@desk.route("/<uuid:commitment_id>/move", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def move(commitment_id: UUID) -> ResponseReturnValue:
    found = queries.for_body(commitment_id, current_user.body_id)
    form, of_step = MoveForm(), request.args.get("step", type=UUID)
    milestone = _milestone(found, of_step) if of_step else None

    def take() -> None:
        wanted = services.Move(form.new_day, form.reason.data, milestone)
        services.move(form.id.data, found, wanted, by=current_user)

    return _step(found, Act.MOVE, form, take, milestone=milestone)


@desk.route("/<uuid:commitment_id>/finish", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def finish(commitment_id: UUID) -> ResponseReturnValue:
    found = queries.for_body(commitment_id, current_user.body_id)
    form = forms.FinishForm()

    def take() -> None:
        services.finish(found, form.evidence.data, form.link.data or "", by=current_user)

    return _step(found, Act.FINISH, form, take)


@desk.route("/<uuid:commitment_id>/drop", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def drop(commitment_id: UUID) -> ResponseReturnValue:
    found = queries.for_body(commitment_id, current_user.body_id)
    form = forms.DropForm()

    def take() -> None:
        services.drop(found, form.reason.data, by=current_user)

    return _step(found, Act.DROP, form, take)


def _milestone(commitment: Commitment, milestone_id: UUID) -> Milestone:
    found = [one for one in commitment.milestones if one.id == milestone_id]
    if not found:
        raise NoResultFound
    return found[0]


def _step(
    found: Commitment, act: Act, form: PublicForm, take: Callable[[], None], **shown: Any
) -> ResponseReturnValue:
    """Show the page of one step with its form, or take the step."""
    if request.method == "GET" and services.refusal(found, act, by=current_user):
        return redirect(url_for(".show", commitment_id=found.id), 303)
    if form.validate_on_submit():
        try:
            take()
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            return _saved(found.id)
    heading = HEADINGS[act]
    return render_template(
        f"{FOLDER}/step.html", commitment=found, form=form, heading=heading, **shown
    )


def _saved(commitment_id: UUID) -> ResponseReturnValue:
    flash(_("Saved. Everyone can read it now."))
    return redirect(url_for(".show", commitment_id=commitment_id), 303)
