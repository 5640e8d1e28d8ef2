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
from vrn_community.oversight.recommendations import speaking
from vrn_community.oversight.recommendations.desk import to_answer
from vrn_community.oversight.recommendations.forms import MoveForm
from vrn_community.oversight.recommendations.models import Recommendation

desk = Blueprint("commitments_desk", __name__, url_prefix="/desk/commitments")
group = Blueprint("promises_desk", __name__, url_prefix="/desk/oversight/commitments")
FOLDER = "oversight/commitments/desk"
HEADINGS = {
    Act.START: _l("It has begun"),
    Act.REACH: _l("This step is reached"),
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
    found = to_answer(recommendation_id)
    back = url_for("replies_desk.reply", recommendation_id=recommendation_id)
    is_entered = speaking.enters(found.body_id, current_user)
    form = forms.PromiseForm(is_entered=is_entered)
    if request.method == "GET" and services.promise_refusal(found, by=current_user):
        return redirect(back, 303)
    if form.validate_on_submit():
        try:
            services.promise(form.id.data, found, form.promise, by=current_user)
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            mine = _("Everyone can read now what you promised.")
            flash(_("Saved. Everyone can read it now.") if is_entered else mine)
            return redirect(back, 303)
    return render_template(f"{FOLDER}/promise.html", recommendation=found, form=form, back=back)


def _to_keep(commitment_id: UUID) -> Commitment:
    """Return what one's body promised, for the team any; NoResultFound for all else."""
    if speaking.is_of_team(current_user):
        return queries.commitment(commitment_id)
    return queries.for_body(commitment_id, current_user.body_id)


def _enters(found: Commitment) -> bool:
    return speaking.enters(found.recommendation.body_id, current_user)


@desk.get("/<uuid:commitment_id>")
@requires(Permission.RECOMMENDATION_REPLY)
def show(commitment_id: UUID) -> ResponseReturnValue:
    found = _to_keep(commitment_id)
    acts = [act for act in Act if not services.refusal(found, act, by=current_user)]
    subjects: list[Commitment | Milestone] = [found, *found.milestones]
    return render_template(
        f"{FOLDER}/show.html",
        commitment=found,
        acts=acts,
        is_entered=_enters(found),
        silence=speaking.silence(found.recommendation.body_id, current_user),
        stuck={subject.id: services.stuck(subject, by=current_user) for subject in subjects},
    )


@desk.route("/<uuid:commitment_id>/start", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def start(commitment_id: UUID) -> ResponseReturnValue:
    found = _to_keep(commitment_id)
    form = forms.SayForm(is_entered=_enters(found))

    def take() -> None:
        services.start(found, by=current_user, sent_in=form.source)

    return _step(found, Act.START, form, take)


@desk.route("/<uuid:commitment_id>/reach/<uuid:milestone_id>", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def reach(commitment_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    found = _to_keep(commitment_id)
    milestone = _milestone(found, milestone_id)
    form = forms.SayForm(is_entered=_enters(found))

    def take() -> None:
        services.reach(milestone, by=current_user, sent_in=form.source)

    return _step(found, Act.REACH, form, take, milestone=milestone)


@desk.route("/<uuid:commitment_id>/note", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def note(commitment_id: UUID) -> ResponseReturnValue:
    found = _to_keep(commitment_id)
    form = forms.NoteForm(is_entered=_enters(found))

    def take() -> None:
        text, source = form.text.data, form.source
        services.note(form.id.data, found, text, by=current_user, sent_in=source)

    return _step(found, Act.NOTE, form, take)


@desk.route("/<uuid:commitment_id>/move", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def move(commitment_id: UUID) -> ResponseReturnValue:
    found = _to_keep(commitment_id)
    return _move(found, is_entered=_enters(found))


@group.route("/<uuid:commitment_id>/move", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_SEND)
def allow(commitment_id: UUID) -> ResponseReturnValue:
    return _move(queries.commitment(commitment_id), is_entered=False)


def _move(found: Commitment, *, is_entered: bool) -> ResponseReturnValue:
    of_step = request.args.get("step", type=UUID)
    milestone = _milestone(found, of_step) if of_step else None
    form = MoveForm(services.latest(milestone or found), is_entered=is_entered)

    def take() -> None:
        wanted = services.Move(form.new_day, form.reason.data, milestone, form.source)
        services.move(form.id.data, found, wanted, by=current_user)

    return _step(found, Act.MOVE, form, take, milestone=milestone)


@desk.route("/<uuid:commitment_id>/finish", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def finish(commitment_id: UUID) -> ResponseReturnValue:
    found = _to_keep(commitment_id)
    form = forms.FinishForm(is_entered=_enters(found))

    def take() -> None:
        evidence, link = form.evidence.data, form.link.data or ""
        services.finish(found, evidence, link, by=current_user, sent_in=form.source)

    return _step(found, Act.FINISH, form, take)


@desk.route("/<uuid:commitment_id>/drop", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def drop(commitment_id: UUID) -> ResponseReturnValue:
    found = _to_keep(commitment_id)
    form = forms.DropForm(is_entered=_enters(found))

    def take() -> None:
        services.drop(found, form.reason.data, by=current_user, sent_in=form.source)

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
    subject = shown.get("milestone") or found
    why_not = services.refusal(found, act, by=current_user)
    if act is Act.MOVE:
        why_not = why_not or services.stuck(subject, by=current_user)
    if request.method == "GET" and why_not:
        return redirect(_back(found), 303)
    if form.validate_on_submit():
        try:
            take()
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(_("Saved. Everyone can read it now."))
            return redirect(_back(found), 303)
    return render_template(
        f"{FOLDER}/step.html",
        commitment=found,
        subject=subject,
        form=form,
        heading=HEADINGS[act],
        back=_back(found),
    )


def _back(found: Commitment) -> str:
    """Return where a step leads back to: the group does not open what a body promised."""
    if current_user.can(Permission.RECOMMENDATION_SEND):
        recommendation_id = found.recommendation_id
        return url_for("recommendations_desk.recommendation", recommendation_id=recommendation_id)
    return url_for("commitments_desk.show", commitment_id=found.id)
