"""Meetings: lists, agenda, the copy for paper, and the one screen of a room."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community import config
from vrn_community.foundation import clock
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.oversight.form_page import form_page, saved
from vrn_community.oversight.meetings import forms, labels, queries, services
from vrn_community.oversight.meetings.lifecycle import STEPS
from vrn_community.oversight.meetings.models import Meeting
from vrn_community.oversight.members import queries as members
from vrn_community.oversight.rules import acts_for

desk = Blueprint("meetings_desk", __name__, url_prefix="/desk/meetings")


@desk.get("")
@requires(Permission.MEETING_READ)
def index() -> ResponseReturnValue:
    is_past = request.args.get("when") == "past"
    page = queries.page(page_number(request.args.get("page")), is_past=is_past)
    return render_template(
        "oversight/meetings/index.html", page=page, is_past=is_past, states=labels.STATES
    )


@desk.route("/new", methods=["GET", "POST"])
@requires(Permission.MEETING_PREPARE)
def new() -> ResponseReturnValue:
    form = forms.MeetingForm(members.chairs())
    if form.validate_on_submit():
        made = services.plan(form.id.data, form.plan, by=current_user)
        return saved(
            _("The meeting is planned. Now add what it is about."), ".show", meeting_id=made.id
        )
    return form_page(form, _("Plan a meeting"), (url_for(".index"), _("All meetings")))


@desk.get("/<uuid:meeting_id>")
@requires(Permission.MEETING_READ)
def show(meeting_id: UUID) -> ResponseReturnValue:
    return _show(queries.meeting(meeting_id))


def _show(meeting: Meeting, form: forms.AttendanceForm | None = None) -> ResponseReturnValue:
    came = queries.attendance(meeting.id)
    known = {each.account_id: each.presence for each in came}
    return render_template(
        "oversight/meetings/show.html",
        meeting=meeting,
        views=queries.view(meeting.items, current_user),
        attendance=came,
        form=form or forms.AttendanceForm.of(members.accounts(), known),
        acts=acts_for(STEPS, meeting.state, current_user),
        has_begun=meeting.starts_at <= clock.now(),
        states=labels.STATES,
        presences=labels.PRESENCES,
        days=config.current().papers_due_days,
    )


@desk.route("/<uuid:meeting_id>/edit", methods=["GET", "POST"])
@requires(Permission.MEETING_PREPARE)
def edit(meeting_id: UUID) -> ResponseReturnValue:
    meeting = queries.meeting(meeting_id)
    form = forms.MeetingForm(members.chairs(), meeting)
    if form.validate_on_submit():
        services.edit(meeting, form.plan, by=current_user)
        return saved(_("The meeting is changed."), ".show", meeting_id=meeting_id)
    return form_page(
        form, _("Change the meeting"), (url_for(".show", meeting_id=meeting_id), meeting.title)
    )


@desk.route("/<uuid:meeting_id>/items/new", methods=["GET", "POST"])
@requires(Permission.MEETING_PREPARE)
def new_item(meeting_id: UUID) -> ResponseReturnValue:
    meeting = queries.meeting(meeting_id)
    form = forms.ItemForm()
    if form.validate_on_submit():
        words = (form.title.data, form.purpose.data)
        services.add_item(
            form.id.data, meeting, *words, is_checked=form.is_checked.data, by=current_user
        )
        return saved(_("The item is on the agenda."), ".show", meeting_id=meeting_id)
    return form_page(
        form, _("Add an item"), (url_for(".show", meeting_id=meeting_id), meeting.title)
    )


@desk.post("/<uuid:meeting_id>/send-papers")
@requires(Permission.MEETING_PREPARE)
def send_papers(meeting_id: UUID) -> ResponseReturnValue:
    services.send_papers(queries.meeting(meeting_id), by=current_user)
    return saved(_("Members can read the papers now."), ".show", meeting_id=meeting_id)


@desk.post("/<uuid:meeting_id>/apologise")
@requires(Permission.MEMBER_EDIT_OWN)
def apologise(meeting_id: UUID) -> ResponseReturnValue:
    services.apologise(queries.meeting(meeting_id), by=current_user)
    return saved(_("The chair sees that you cannot come."), ".show", meeting_id=meeting_id)


@desk.post("/<uuid:meeting_id>/hold")
@requires(Permission.MEETING_PREPARE)
def hold(meeting_id: UUID) -> ResponseReturnValue:
    meeting = queries.meeting(meeting_id)
    known = {each.account_id: each.presence for each in queries.attendance(meeting_id)}
    form = forms.AttendanceForm.of(members.accounts(), known)
    if not form.validate():
        return _show(meeting, form)
    services.hold(meeting, form.presences, by=current_user)
    return saved(
        _("It is noted who came. Now the notes can be written."), ".show", meeting_id=meeting_id
    )


@desk.post("/<uuid:meeting_id>/approve-notes")
@requires(Permission.MEETING_CHAIR)
def approve_notes(meeting_id: UUID) -> ResponseReturnValue:
    services.approve_notes(queries.meeting(meeting_id), by=current_user)
    return saved(_("The notes are approved."), ".show", meeting_id=meeting_id)


@desk.get("/<uuid:meeting_id>/copy")
@requires(Permission.MEETING_READ)
def copy(meeting_id: UUID) -> ResponseReturnValue:
    meeting = queries.meeting(meeting_id)
    return render_template(
        "oversight/meetings/copy.html",
        meeting=meeting,
        views=queries.view(meeting.items, current_user),
        is_large=request.args.get("text") == "large",
    )


@desk.get("/<uuid:meeting_id>/room")
@requires(Permission.MEETING_READ)
def room(meeting_id: UUID) -> ResponseReturnValue:
    meeting = queries.meeting(meeting_id)
    number = min(page_number(request.args.get("item")), max(1, len(meeting.items)))
    return render_template("oversight/meetings/room.html", meeting=meeting, number=number)


@desk.get("/actions")
@requires(Permission.MEETING_READ)
def actions() -> ResponseReturnValue:
    page = queries.open_actions(page_number(request.args.get("page")), current_user)
    return render_template("oversight/meetings/actions.html", page=page)
