"""Pages of the desk for chairs who recommend, for those who must reply, and for the board."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.oversight.ballots.labels import count_words, outcome_words
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.clearing import NamesSomebody
from vrn_community.oversight.forms import PublicForm
from vrn_community.oversight.queries import closed_activity
from vrn_community.oversight.recommendations import (
    answering,
    citing,
    days,
    deciding,
    forms,
    labels,
    queries,
    services,
    speaking,
    steps,
)
from vrn_community.oversight.recommendations.lifecycle import Act
from vrn_community.oversight.recommendations.models import (
    Answer,
    Recommendation,
    RecommendationState,
)
from vrn_community.partnership import queries as partnership

desk = Blueprint("recommendations_desk", __name__, url_prefix="/desk/oversight")
replies = Blueprint("replies_desk", __name__, url_prefix="/desk/replies")
board = Blueprint("board_desk", __name__, url_prefix="/desk/board")
OVERDUE, ESCALATED = "overdue", "escalated"
FOLDER = "oversight/recommendations/desk"


@desk.app_template_global()
def asked_after(ballot_id: UUID, *, for_public: bool) -> list[Recommendation]:
    """Return what the group asked for because of a ballot, for the pages that tell of it."""
    return queries.decided_by(ballot_id, for_public=for_public)


@desk.app_template_global()
def is_kept_out(ballot: Ballot) -> bool:
    """Return whether a declared interest keeps the signed-in account out of a ballot."""
    return deciding.is_kept_out(ballot, current_user)


@desk.app_template_global()
def counts_of(ballot: Ballot) -> list[str]:
    """Return how many chose what, for everybody."""
    return count_words(ballot)


@desk.app_template_global()
def outcome_of(ballot: Ballot) -> str:
    """Return what came of a ballot, in words."""
    return outcome_words(ballot)


@desk.route("/<uuid:opportunity_id>/recommend", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_SEND)
def recommend(opportunity_id: UUID) -> ResponseReturnValue:
    opportunity = closed_activity(opportunity_id)
    form = forms.RecommendationForm(opportunity, by=current_user)
    if form.validate_on_submit():
        draft = services.recommend(form.id.data, opportunity, form.request, by=current_user)
        flash(_("The draft is saved. It is not sent yet."))
        return redirect(url_for(".recommendation", recommendation_id=draft.id), 303)
    return render_template(f"{FOLDER}/recommend.html", opportunity=opportunity, form=form)


@desk.get("/recommendations")
@requires(Permission.OBSERVATION_WRITE)
def recommendations() -> ResponseReturnValue:
    filters, listing = _filters()
    page = queries.recommendations(_page(), filters, current_user)
    return render_template(f"{FOLDER}/recommendations.html", page=page, **listing)


def _page() -> int:
    return page_number(request.args.get("page"))


def _found(recommendation_id: UUID) -> Recommendation:
    return queries.recommendation(recommendation_id, current_user)


def _filters() -> tuple[queries.Filters, dict[str, Any]]:
    """Return which recommendations are asked for, and what a list shows beside them."""
    wanted, slug = request.args.get("state", ""), request.args.get("body", "")
    body = partnership.body(slug) if slug else None
    filters = queries.Filters(
        state=RecommendationState(wanted) if wanted in set(RecommendationState) else None,
        is_overdue=wanted == OVERDUE,
        is_escalated=wanted == ESCALATED,
        body_id=body.id if body else None,
        opportunity_id=request.args.get("about", type=UUID),
    )
    return filters, {"filters": filters, "body": body, "states": labels.STATES}


@desk.get("/recommendations/<uuid:recommendation_id>")
@requires(Permission.OBSERVATION_WRITE)
def recommendation(recommendation_id: UUID) -> ResponseReturnValue:
    return _recommendation(_found(recommendation_id), forms.SendForm())


def _recommendation(found: Recommendation, sending: forms.SendForm) -> str:
    return render_template(f"{FOLDER}/recommendation.html", sending=sending, **_shown(found))


def _shown(found: Recommendation) -> dict[str, Any]:
    """Return what every page about one recommendation shows."""
    return {
        "recommendation": found,
        "acts": steps.acts(found, by=current_user),
        "cited": citing.cited(found),
        "states": labels.STATES,
        "answers": labels.ANSWERS,
    }


@desk.route("/recommendations/<uuid:recommendation_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_SEND)
def edit(recommendation_id: UUID) -> ResponseReturnValue:
    found = _found(recommendation_id)
    back = url_for(".recommendation", recommendation_id=recommendation_id)
    if request.method == "GET" and steps.refusal(found, Act.EDIT, by=current_user):
        return redirect(back, 303)
    form = forms.RecommendationForm(found.opportunity, found, by=current_user)
    if form.validate_on_submit():
        services.edit(found, form.request, by=current_user)
        flash(_("The draft is saved. It is not sent yet."))
        return redirect(back, 303)
    return render_template(f"{FOLDER}/edit.html", recommendation=found, form=form)


@desk.post("/recommendations/<uuid:recommendation_id>/send")
@requires(Permission.RECOMMENDATION_SEND)
def send(recommendation_id: UUID) -> ResponseReturnValue:
    found = _found(recommendation_id)
    form = forms.SendForm()
    form.validate()
    try:
        services.send(found, is_checked=form.is_checked.data, by=current_user)
    except NamesSomebody as refusal:
        form.asks_to_check = True
        form.is_checked.errors = [str(refusal)]
        return _recommendation(found, form)
    flash(_("The recommendation is sent. Everyone can read it now."))
    return redirect(url_for(".recommendation", recommendation_id=recommendation_id), 303)


@desk.post("/recommendations/<uuid:recommendation_id>/close")
@requires(Permission.RECOMMENDATION_SEND)
def close(recommendation_id: UUID) -> ResponseReturnValue:
    services.close(_found(recommendation_id), by=current_user)
    flash(_("The recommendation is closed."))
    return redirect(url_for(".recommendation", recommendation_id=recommendation_id), 303)


@desk.route("/recommendations/<uuid:recommendation_id>/amend", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_SEND)
def amend(recommendation_id: UUID) -> ResponseReturnValue:
    found = _found(recommendation_id)
    form = forms.AmendForm(found)

    def take() -> None:
        services.amend(found, form.amended, is_checked=form.is_checked.data, by=current_user)

    return _step(found, Act.AMEND, form, take)


@desk.route("/recommendations/<uuid:recommendation_id>/extend", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_SEND)
def extend(recommendation_id: UUID) -> ResponseReturnValue:
    found = _found(recommendation_id)
    return _extend(found, forms.MoveForm(days.latest(found, by=current_user)))


def _extend(found: Recommendation, form: forms.MoveForm) -> ResponseReturnValue:
    def take() -> None:
        reason, source = form.reason.data, form.source
        answering.extend(form.id.data, found, form.new_day, reason, by=current_user, sent_in=source)

    return _step(found, Act.EXTEND, form, take)


@desk.route("/recommendations/<uuid:recommendation_id>/challenge", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_SEND)
def challenge(recommendation_id: UUID) -> ResponseReturnValue:
    found = _found(recommendation_id)
    form = forms.ChallengeForm()

    def take() -> None:
        answering.challenge(found, form.reasons.data, form.day, by=current_user)

    return _step(found, Act.CHALLENGE, form, take)


@desk.route("/recommendations/<uuid:recommendation_id>/escalate", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_SEND)
def escalate(recommendation_id: UUID) -> ResponseReturnValue:
    found = _found(recommendation_id)
    form = forms.EscalationForm()

    def take() -> None:
        answering.escalate(found, form.reasons.data, form.answer_by.data, by=current_user)

    return _step(found, Act.ESCALATE, form, take)


def _step(
    found: Recommendation, act: Act, form: PublicForm, take: Callable[[], object]
) -> ResponseReturnValue:
    """Show the page of one step with its form, or take the step."""
    is_of_group = current_user.can(Permission.RECOMMENDATION_SEND)
    page = "recommendations_desk.recommendation" if is_of_group else "replies_desk.reply"
    back = url_for(page, recommendation_id=found.id)
    if request.method == "GET" and steps.refusal(found, act, by=current_user):
        return redirect(back, 303)
    if form.validate_on_submit():
        try:
            take()
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(labels.TAKEN[act])
            return redirect(back, 303)
    return render_template(
        f"{FOLDER}/step.html", form=form, back=back, heading=labels.HEADINGS[act], **_shown(found)
    )


@replies.get("")
@requires(Permission.RECOMMENDATION_REPLY)
def inbox() -> ResponseReturnValue:
    is_team = speaking.is_of_team(current_user)
    page = None
    if is_team or current_user.body_id:
        whom = speaking.is_asked_of(current_user.body_id, with_silent=is_team)
        page = queries.sent_to(whom, _page())
    return render_template(f"{FOLDER}/inbox.html", page=page, is_team=is_team, states=labels.STATES)


def to_answer(recommendation_id: UUID) -> Recommendation:
    """Return what was asked of one's body, for the team of any; NoResultFound for all else."""
    if speaking.is_of_team(current_user):
        return queries.sent_to_any(recommendation_id)
    return queries.for_body(recommendation_id, current_user.body_id)


@replies.route("/<uuid:recommendation_id>", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def reply(recommendation_id: UUID) -> ResponseReturnValue:
    found = to_answer(recommendation_id)
    is_entered = speaking.enters(found.body_id, current_user)
    form = forms.ReplyForm(is_entered=is_entered)
    if form.validate_on_submit():
        try:
            answer, source = Answer(form.answer.data), form.source
            answering.reply(found, answer, form.reasons.data, by=current_user, sent_in=source)
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            sent = _("The reply is sent. Everyone can read it now.")
            flash(sent if is_entered else _("Your reply is sent. Everyone can read it now."))
            return redirect(url_for(".reply", recommendation_id=recommendation_id), 303)
    return render_template(
        f"{FOLDER}/reply.html",
        form=form,
        is_entered=is_entered,
        silence=speaking.silence(found.body_id, current_user),
        no_move=steps.refusal(found, Act.EXTEND, by=current_user),
        **_shown(found),
    )


@replies.route("/<uuid:recommendation_id>/extend", methods=["GET", "POST"])
@requires(Permission.RECOMMENDATION_REPLY)
def extend_own(recommendation_id: UUID) -> ResponseReturnValue:
    found = to_answer(recommendation_id)
    is_entered = speaking.enters(found.body_id, current_user)
    return _extend(
        found, forms.MoveForm(days.latest(found, by=current_user), is_entered=is_entered)
    )


@board.get("/recommendations")
@requires(Permission.ESCALATION_ANSWER)
def index() -> ResponseReturnValue:
    filters, listing = _filters()
    page = queries.sent(_page(), filters)
    return render_template(f"{FOLDER}/board.html", page=page, **listing)


@board.route("/<uuid:recommendation_id>", methods=["GET", "POST"])
@requires(Permission.ESCALATION_ANSWER)
def show(recommendation_id: UUID) -> ResponseReturnValue:
    found = queries.sent_to_any(recommendation_id)
    form = forms.BoardForm()
    if form.validate_on_submit():
        try:
            answering.answer_for_board(found, form.words.data, by=current_user)
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(labels.TAKEN[Act.ANSWER_FOR_BOARD])
            return redirect(url_for(".show", recommendation_id=recommendation_id), 303)
    return render_template(f"{FOLDER}/board_one.html", form=form, **_shown(found))
