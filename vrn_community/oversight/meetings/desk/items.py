"""One item of an agenda: what is read, declared, noted and agreed about it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.forms import BaseForm
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.oversight.form_page import form_page, saved
from vrn_community.oversight.meetings import forms, items, queries, services
from vrn_community.oversight.meetings.lifecycle import STEPS
from vrn_community.oversight.meetings.models import AgendaItem
from vrn_community.oversight.members import queries as members
from vrn_community.oversight.rules import acts_for

items_desk = Blueprint("items_desk", __name__, url_prefix="/desk/agenda")


@items_desk.get("/<uuid:item_id>")
@requires(Permission.MEETING_READ)
def show(item_id: UUID) -> ResponseReturnValue:
    return show_item(queries.item(item_id))


def show_item(item: AgendaItem, sent: BaseForm | None = None) -> ResponseReturnValue:
    """Return the page of an item, with a form that was sent and is not right yet."""
    (view,) = queries.view([item], current_user)
    can_read_interests = current_user.can(Permission.MEETING_CHAIR) and not view.is_kept_out
    return render_template(
        "oversight/meetings/item.html",
        item=item,
        meeting=item.meeting,
        view=view,
        forms=_forms(sent),
        sent=sent,
        interests=queries.interests(item.id) if can_read_interests else [],
        noted_by_chair=queries.noted_by_chair(item.id),
        acts=acts_for(STEPS, item.meeting.state, current_user),
    )


def _forms(sent: BaseForm | None) -> dict[str, Any]:
    """Return the forms of the page: empty ones, but for the one that was sent."""
    everyone = members.accounts()
    mine = members.of_account(current_user.id)
    empty: dict[str, Any] = {"formdata": None}
    made = {
        "interest": forms.InterestForm(
            **empty, prefix="interest", data={"words": mine.interests if mine else ""}
        ),
        "other": forms.OtherInterestForm(everyone, **empty, prefix="other"),
        "note": forms.NoteForm(**empty, prefix="note"),
        "action": forms.ActionForm(everyone, **empty, prefix="action"),
    }
    return {name: sent if type(sent) is type(form) else form for name, form in made.items()}


@items_desk.route("/<uuid:item_id>/edit", methods=["GET", "POST"])
@requires(Permission.MEETING_PREPARE)
def edit(item_id: UUID) -> ResponseReturnValue:
    item = queries.item_for(item_id, current_user)
    form = forms.ItemForm(item)
    if form.validate_on_submit():
        words = (form.title.data, form.purpose.data)
        services.edit_item(item, *words, is_checked=form.is_checked.data, by=current_user)
        return saved(_("The item is changed."), ".show", item_id=item_id)
    return form_page(form, _("Change the item"), (url_for(".show", item_id=item_id), item.title))


@items_desk.post("/<uuid:item_id>/up")
@requires(Permission.MEETING_PREPARE)
def move_up(item_id: UUID) -> ResponseReturnValue:
    item = queries.item_for(item_id, current_user)
    services.move_up(item, by=current_user)
    return redirect(url_for("meetings_desk.show", meeting_id=item.meeting_id), 303)


@items_desk.post("/<uuid:item_id>/interest")
@requires(Permission.MEMBER_EDIT_OWN)
def declare(item_id: UUID) -> ResponseReturnValue:
    item, form = queries.item(item_id), forms.InterestForm(prefix="interest")
    if not form.validate():
        return show_item(item, form)
    items.declare(item, form.words.data, by=current_user)
    return saved(
        _("Your interest is noted. You see only the title of this item now."),
        ".show",
        item_id=item_id,
    )


@items_desk.post("/<uuid:item_id>/leave-out")
@requires(Permission.MEMBER_EDIT_OWN)
def opt_out(item_id: UUID) -> ResponseReturnValue:
    items.opt_out(queries.item(item_id), by=current_user)
    return saved(
        _("You left this item out. Nobody is told, and nobody asks why."), ".show", item_id=item_id
    )


@items_desk.post("/<uuid:item_id>/take-part")
@requires(Permission.MEMBER_EDIT_OWN)
def opt_in(item_id: UUID) -> ResponseReturnValue:
    items.opt_in(queries.item(item_id), by=current_user)
    return redirect(url_for(".show", item_id=item_id), 303)


@items_desk.post("/<uuid:item_id>/notes")
@requires(Permission.MEETING_PREPARE)
def note(item_id: UUID) -> ResponseReturnValue:
    item, form = queries.item_for(item_id, current_user), forms.NoteForm(prefix="note")
    if not form.validate():
        return show_item(item, form)
    items.note(form.id.data, item, form.text.data, by=current_user)
    return saved(_("The note is kept. The chair approves it."), ".show", item_id=item_id)


@items_desk.post("/<uuid:item_id>/actions")
@requires(Permission.MEETING_PREPARE)
def agree_action(item_id: UUID) -> ResponseReturnValue:
    item = queries.item_for(item_id, current_user)
    form = forms.ActionForm(members.accounts(), prefix="action")
    if not form.validate():
        return show_item(item, form)
    if why_not := items.owner_refusal(item, form.task):
        form.owner.errors = [why_not]
        return show_item(item, form)
    items.agree_action(form.id.data, item, form.task, by=current_user)
    return saved(_("The action is noted."), ".show", item_id=item_id)


@items_desk.post("/actions/<uuid:action_id>/done")
@requires(Permission.MEETING_READ)
def finish_action(action_id: UUID) -> ResponseReturnValue:
    action = queries.action(action_id, current_user)
    items.finish_action(action, by=current_user)
    return saved(_("It is noted that this is done."), ".show", item_id=action.item_id)
