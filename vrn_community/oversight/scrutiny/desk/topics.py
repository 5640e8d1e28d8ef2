"""Pages of the desk on which the group looks into topics, asks for evidence, and rates."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.oversight.form_page import form_page, saved
from vrn_community.oversight.meetings import queries as meetings
from vrn_community.oversight.scrutiny import (
    answering,
    forms,
    labels,
    queries,
    rating,
    services,
    steps,
)
from vrn_community.oversight.scrutiny.desk.step_page import step_page
from vrn_community.oversight.scrutiny.lifecycle import Act
from vrn_community.oversight.scrutiny.models import Colour, EvidenceRequest, Rating
from vrn_community.oversight.scrutiny.queries import About

desk = Blueprint("scrutiny_desk", __name__, url_prefix="/desk/scrutiny")


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
        words = (form.title.data, form.reasons.data)
        made = services.begin_topic(
            form.id.data, *words, is_checked=form.is_checked.data, by=current_user
        )
        return saved(
            _("The topic is there. Now you can ask for evidence."), ".topic", topic_id=made.id
        )
    return form_page(form, _("Look into something"), (url_for(".index"), _("All topics")))


@desk.get("/<uuid:topic_id>")
@requires(Permission.MEETING_READ)
def topic(topic_id: UUID) -> ResponseReturnValue:
    can_rate = current_user.can(Permission.RATING_WRITE)
    asked, able = queries.asked_in(topic_id), steps.able(by=current_user)
    return render_template(
        "oversight/scrutiny/topic.html",
        topic=queries.topic(topic_id),
        asked=asked,
        ratings=queries.ratings_of(About.TOPIC, topic_id) if can_rate else [],
        colours=labels.COLOURS,
        acts={one.id: steps.acts(one, able, by=current_user) for one in asked},
        states=labels.STATES,
    )


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


@desk.route("/evidence/<uuid:asked_id>/move", methods=["GET", "POST"])
@requires(Permission.SCRUTINY_EDIT)
def move(asked_id: UUID) -> ResponseReturnValue:
    asked, form = queries.asked(asked_id), forms.MoveForm()

    def take() -> None:
        answering.move(form.id.data, asked, form.new_day, form.reason.data, by=current_user)

    return step_page(asked, Act.MOVE, form, take, _topic_of(asked))


@desk.route("/evidence/<uuid:asked_id>/raise", methods=["GET", "POST"])
@requires(Permission.SCRUTINY_EDIT)
def bring_up(asked_id: UUID) -> ResponseReturnValue:
    asked, form = queries.asked(asked_id), forms.RaiseForm()

    def take() -> None:
        answering.bring_up(form.id.data, asked, form.reasons.data, by=current_user)

    return step_page(asked, Act.RAISE, form, take, _topic_of(asked))


def _topic_of(asked: EvidenceRequest) -> tuple[str, str]:
    return url_for("scrutiny_desk.topic", topic_id=asked.topic_id), asked.topic.title


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
        key, is_checked = form.id.data, form.is_checked.data
        rating.rate(
            key, About(about), rated_id, form.verdict, is_checked=is_checked, by=current_user
        )
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
    found = queries.rating(rating_id, current_user)
    form = forms.FeedbackForm(found, meetings.held_since(found.created_at))
    if form.validate_on_submit():
        heard_at = form.meetings[form.meeting.data]
        rating.record_feedback(found, form.words.data, heard_at, by=current_user)
        return saved(_("The feedback is noted."), ".ratings")
    return render_template(
        "oversight/scrutiny/feedback.html", rating=found, form=form, colours=labels.COLOURS
    )
