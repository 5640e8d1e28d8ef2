"""Pages of the desk for topics, evidence and ratings, and for bodies that are asked."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.oversight.form_page import form_page, saved
from vrn_community.oversight.meetings import queries as meetings
from vrn_community.oversight.rules import acts_for
from vrn_community.oversight.scrutiny import forms, labels, queries, services
from vrn_community.oversight.scrutiny.lifecycle import STEPS, Act
from vrn_community.oversight.scrutiny.models import Colour, EvidenceRequest, Rating
from vrn_community.oversight.scrutiny.queries import About

desk = Blueprint("scrutiny_desk", __name__, url_prefix="/desk/scrutiny")
asked_desk = Blueprint("asked_desk", __name__, url_prefix="/desk/evidence-requests")


@desk.app_template_global()
def ratings_about(items: list[UUID]) -> tuple[dict[UUID, list[Rating]], dict[Colour, Any]]:
    """Return the ratings of items of an agenda, by item, and the words for their colours."""
    return queries.ratings_of_items(items), labels.COLOURS


@desk.get("")
@requires(Permission.MEETING_READ)
def index() -> ResponseReturnValue:
    is_closed = request.args.get("state") == "closed"
    page = queries.topics(page_number(request.args.get("page")), is_closed=is_closed)
    return render_template("oversight/scrutiny/index.html", page=page, is_closed=is_closed)


@desk.route("/new", methods=["GET", "POST"])
@requires(Permission.SCRUTINY_EDIT)
def new() -> ResponseReturnValue:
    form = forms.TopicForm()
    if form.validate_on_submit():
        made = services.begin_topic(
            form.id.data, form.title.data, form.reasons.data, by=current_user
        )
        return saved(
            _("The topic is there. Now you can ask for evidence."), ".topic", topic_id=made.id
        )
    return form_page(form, _("Look into something"), (url_for(".index"), _("All topics")))


@desk.get("/<uuid:topic_id>")
@requires(Permission.MEETING_READ)
def topic(topic_id: UUID) -> ResponseReturnValue:
    can_rate = current_user.can(Permission.RATING_WRITE)
    return render_template(
        "oversight/scrutiny/topic.html",
        topic=queries.topic(topic_id),
        asked=queries.asked_in(topic_id),
        ratings=queries.ratings_of(About.TOPIC, topic_id) if can_rate else [],
        colours=labels.COLOURS,
        acts=_acts,
        states=labels.STATES,
    )


def _acts(asked: EvidenceRequest) -> list[Act]:
    """Return what the signed-in member can do; only authors change their words."""
    is_mine = asked.author_id == current_user.id
    found = acts_for(STEPS, asked.state, current_user)
    return [act for act in found if is_mine or act is not Act.EDIT]


@desk.post("/<uuid:topic_id>/close")
@requires(Permission.SCRUTINY_EDIT)
def close_topic(topic_id: UUID) -> ResponseReturnValue:
    services.close_topic(queries.topic(topic_id), by=current_user)
    return saved(_("The topic is closed."), ".topic", topic_id=topic_id)


@desk.route("/<uuid:topic_id>/ask", methods=["GET", "POST"])
@requires(Permission.SCRUTINY_EDIT)
def ask(topic_id: UUID) -> ResponseReturnValue:
    topic = queries.topic(topic_id)
    form = forms.EvidenceForm()
    if form.validate_on_submit():
        services.ask(form.id.data, topic, form.question, by=current_user)
        return saved(_("The draft is saved. It is not sent yet."), ".topic", topic_id=topic_id)
    return form_page(
        form,
        _("Ask for evidence"),
        (url_for(".topic", topic_id=topic_id), topic.title),
        _("Save the draft"),
    )


@desk.route("/evidence/<uuid:asked_id>/edit", methods=["GET", "POST"])
@requires(Permission.SCRUTINY_EDIT)
def edit(asked_id: UUID) -> ResponseReturnValue:
    asked = queries.asked(asked_id)
    form = forms.EvidenceForm(asked)
    if form.validate_on_submit():
        services.edit(asked, form.question, by=current_user)
        return saved(
            _("The draft is saved. It is not sent yet."), ".topic", topic_id=asked.topic_id
        )
    return form_page(
        form,
        _("Change the draft"),
        (url_for(".topic", topic_id=asked.topic_id), asked.topic.title),
        _("Save the draft"),
    )


@desk.post("/evidence/<uuid:asked_id>/send")
@requires(Permission.SCRUTINY_EDIT)
def send(asked_id: UUID) -> ResponseReturnValue:
    asked = queries.asked(asked_id)
    services.send(asked, by=current_user)
    return saved(_("The body is asked now."), ".topic", topic_id=asked.topic_id)


@desk.post("/evidence/<uuid:asked_id>/close")
@requires(Permission.SCRUTINY_EDIT)
def close(asked_id: UUID) -> ResponseReturnValue:
    asked = queries.asked(asked_id)
    services.close(asked, by=current_user)
    return saved(_("It is closed."), ".topic", topic_id=asked.topic_id)


@desk.get("/ratings")
@requires(Permission.RATING_WRITE)
def ratings() -> ResponseReturnValue:
    is_waiting = request.args.get("state") == "waiting"
    number = page_number(request.args.get("page"))
    page = queries.ratings(number, current_user, is_waiting=is_waiting)
    return render_template(
        "oversight/scrutiny/ratings.html", page=page, is_waiting=is_waiting, colours=labels.COLOURS
    )


@desk.route("/ratings/<about>/<uuid:rated_id>", methods=["GET", "POST"])
@requires(Permission.RATING_WRITE)
def rate(about: str, rated_id: UUID) -> ResponseReturnValue:
    rated = queries.rated(about, rated_id, current_user)
    form = forms.RatingForm()
    if form.validate_on_submit():
        services.rate(form.id.data, About(about), rated_id, form.verdict, by=current_user)
        return saved(_("Your rating is noted."), ".rate", about=about, rated_id=rated_id)
    return render_template(
        "oversight/scrutiny/rate.html",
        rated=rated,
        about=about,
        ratings=queries.ratings_of(About(about), rated_id),
        form=form,
        colours=labels.COLOURS,
    )


@desk.route("/feedback/<uuid:rating_id>", methods=["GET", "POST"])
@requires(Permission.MEETING_CHAIR)
def feedback(rating_id: UUID) -> ResponseReturnValue:
    rating = queries.rating(rating_id, current_user)
    form = forms.FeedbackForm(meetings.held_since(rating.created_at))
    if form.validate_on_submit():
        heard_at = form.meetings[form.meeting.data]
        services.record_feedback(rating, form.words.data, heard_at, by=current_user)
        return saved(_("The feedback is noted."), ".ratings")
    return render_template(
        "oversight/scrutiny/feedback.html", rating=rating, form=form, colours=labels.COLOURS
    )


@asked_desk.get("")
@requires(Permission.EVIDENCE_ANSWER)
def inbox() -> ResponseReturnValue:
    number, body_id = page_number(request.args.get("page")), current_user.body_id
    page = queries.waiting_for(body_id, number) if body_id else None
    return render_template("oversight/scrutiny/inbox.html", page=page, states=labels.STATES)


@asked_desk.route("/<uuid:asked_id>", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_ANSWER)
def answer(asked_id: UUID) -> ResponseReturnValue:
    asked = queries.asked_of(asked_id, current_user.body_id)
    form = forms.AnswerForm()
    if form.validate_on_submit():
        try:
            services.answer(asked, form.words.data, by=current_user)
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            return saved(
                _("Your answer is sent. The group can read it now."), ".answer", asked_id=asked_id
            )
    return render_template(
        "oversight/scrutiny/answer.html", asked=asked, form=form, states=labels.STATES
    )
