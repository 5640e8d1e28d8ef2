"""Pages of the desk for bodies that are asked, and for whoever enters what they answer."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.oversight.form_page import saved
from vrn_community.oversight.scrutiny import (
    answering,
    forms,
    labels,
    queries,
    rating,
    steps,
)
from vrn_community.oversight.scrutiny.desk.step_page import step_page
from vrn_community.oversight.scrutiny.lifecycle import Act
from vrn_community.oversight.scrutiny.models import Rating

asked_desk = Blueprint("asked_desk", __name__, url_prefix="/desk/evidence-requests")


@asked_desk.get("")
@requires(Permission.EVIDENCE_ANSWER)
def inbox() -> ResponseReturnValue:
    has_place = current_user.body_id or current_user.can(Permission.ESCALATION_ANSWER)
    number = page_number(request.args.get("page"))
    page = queries.waiting_for(current_user, number) if has_place else None
    return render_template("oversight/scrutiny/inbox.html", page=page, states=labels.STATES)


@asked_desk.route("/<uuid:asked_id>", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_ANSWER)
def answer(asked_id: UUID) -> ResponseReturnValue:
    asked = queries.asked_of(asked_id, current_user)
    form = forms.AnswerForm()
    if form.validate_on_submit():
        try:
            answering.answer(asked, form.words.data, by=current_user)
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            return saved(
                _("Your answer is sent. The group can read it now."), ".answer", asked_id=asked_id
            )
    return render_template(
        "oversight/scrutiny/answer.html",
        asked=asked,
        acts=steps.acts(asked, (), by=current_user),
        form=form,
        states=labels.STATES,
    )


@asked_desk.route("/<uuid:asked_id>/move", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_ANSWER)
def move_own(asked_id: UUID) -> ResponseReturnValue:
    asked, form = queries.asked_of(asked_id, current_user), forms.MoveForm()
    back = url_for(".answer", asked_id=asked_id), _("Back to what was asked")

    def take() -> None:
        answering.move(form.id.data, asked, form.new_day, form.reason.data, by=current_user)

    return step_page(asked, Act.MOVE_OWN, form, take, back)


@asked_desk.route("/<uuid:asked_id>/enter", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_ENTER)
def enter(asked_id: UUID) -> ResponseReturnValue:
    asked, form = queries.asked(asked_id), forms.EnterForm()
    back = url_for("scrutiny_desk.topic", topic_id=asked.topic_id), asked.topic.title

    def take() -> None:
        answering.enter(asked, form.words.data, form.source.data, by=current_user)

    return step_page(asked, Act.ENTER, form, take, back)


@asked_desk.get("/ratings")
@requires(Permission.EVIDENCE_ANSWER)
def ratings() -> ResponseReturnValue:
    number, has_body = page_number(request.args.get("page")), current_user.body_id
    page = queries.red_for(current_user, number) if has_body else None
    return render_template(
        "oversight/scrutiny/red_inbox.html", page=page, states=labels.RATING_STATES
    )


@asked_desk.route("/ratings/<uuid:rating_id>", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_ANSWER)
def answer_rating(rating_id: UUID) -> ResponseReturnValue:
    found, form = queries.red_of(rating_id, current_user), forms.AnswerForm()
    if form.validate_on_submit():
        try:
            rating.answer(found, form.words.data, by=current_user)
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            words = _("Your answer is sent. The group can read it now.")
            return saved(words, ".answer_rating", rating_id=rating_id)
    back = url_for(".ratings"), _("What was rated red")
    return _red_page(found, form, back, _("Answer to a red rating"))


@asked_desk.route("/ratings/<uuid:rating_id>/enter", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_ENTER)
def enter_rating(rating_id: UUID) -> ResponseReturnValue:
    found, form = queries.red_to_enter(rating_id, current_user), forms.EnterForm()
    if form.validate_on_submit():
        try:
            rating.enter(found, form.words.data, form.source.data, by=current_user)
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            return saved(_("The answer is kept."), ".enter_rating", rating_id=rating_id)
    back = url_for("pages_desk.dashboard"), _("What waits for you")
    return _red_page(found, form, back, labels.HEADINGS[Act.ENTER])


def _red_page(
    found: Rating, form: forms.AnswerForm, back: tuple[str, str], heading: str
) -> ResponseReturnValue:
    return render_template(
        "oversight/scrutiny/red.html",
        rating=found,
        form=form,
        back=back,
        heading=heading,
        states=labels.RATING_STATES,
        colours=labels.COLOURS,
    )
