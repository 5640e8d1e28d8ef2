"""What happens to meetings, by the one table of their life."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.oversight import clearing
from vrn_community.oversight.meetings import items, queries
from vrn_community.oversight.meetings.lifecycle import STEPS, Act
from vrn_community.oversight.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingState,
    PlaceKind,
    Presence,
)
from vrn_community.oversight.refusals import refuse_without
from vrn_community.oversight.rules import end_step, refuse_step


@dataclass(frozen=True)
class Plan:
    """What is known of a meeting before it is held."""

    title: str
    starts_at: datetime
    place: str
    wellbeing_contact: str
    chair: Account
    place_kind: PlaceKind | None = None


def plan(meeting_id: uuid.UUID, planned: Plan, *, by: Account) -> Meeting:
    """Plan a meeting under a key chosen beforehand; asked twice, plan it once."""
    known = db.session.get(Meeting, meeting_id)
    if known is not None:
        return known
    refuse_without(STEPS[Act.EDIT].permission, by)
    made = Meeting(id=meeting_id, **vars(planned))
    db.session.add(made)
    db.session.flush()
    audit.record("meeting:plan", made, actor=by)
    return made


def edit(meeting: Meeting, planned: Plan, *, by: Account) -> None:
    """Change when, where and how a meeting is that was not held yet."""
    refuse_step(meeting, STEPS[Act.EDIT], by)
    for name, value in vars(planned).items():
        setattr(meeting, name, value)
    db.session.flush()
    audit.record("meeting:edit", meeting, actor=by)


def add_item(
    item_id: uuid.UUID,
    meeting: Meeting,
    title: str,
    purpose: str,
    *,
    is_checked: bool = False,
    by: Account,
) -> AgendaItem:
    """Put an item at the end of an agenda; asked twice, put it there once.

    Everybody reads its title: one that seems to name somebody is refused, unless a person
    says to have looked (C4).
    """
    known = db.session.get(AgendaItem, item_id)
    if known is not None:
        return known
    refuse_step(meeting, STEPS[Act.EDIT], by)
    clearing.refuse_names({"title": title}, is_checked=is_checked)
    last = select(func.max(AgendaItem.position)).where(AgendaItem.meeting_id == meeting.id)
    position = (db.session.scalar(last) or 0) + 1
    made = AgendaItem(
        id=item_id, meeting_id=meeting.id, position=position, title=title, purpose=purpose
    )
    db.session.add(made)
    db.session.flush()
    audit.record("meeting:add-item", made, actor=by, meeting=str(meeting.id), looked=is_checked)
    return made


def edit_item(
    item: AgendaItem, title: str, purpose: str, *, is_checked: bool = False, by: Account
) -> None:
    """Change the title of an item, which everybody reads, and what the group is to do about it."""
    refuse_step(item.meeting, STEPS[Act.EDIT], by)
    items.refuse_kept_out(item.id, by)
    clearing.refuse_names({"title": title}, is_checked=is_checked)
    item.title, item.purpose = title, purpose
    db.session.flush()
    audit.record("meeting:edit-item", item, actor=by, looked=is_checked)


def move_up(item: AgendaItem, *, by: Account) -> None:
    """Let an item change places with the one before it."""
    refuse_step(item.meeting, STEPS[Act.EDIT], by)
    items.refuse_kept_out(item.id, by)
    agenda = queries.meeting(item.meeting_id).items
    place = agenda.index(item)
    if place:
        before = agenda[place - 1]
        item.position, before.position = before.position, item.position
        db.session.flush()
        db.session.expire(item.meeting, ["items"])
        audit.record("meeting:move-item", item, actor=by)


def send_papers(meeting: Meeting, *, by: Account) -> None:
    """Let members read the papers; those that come later are added as they come."""
    if meeting.state is MeetingState.PAPERS_OUT:
        return
    _finish(meeting, Act.SEND_PAPERS, by)


def apologise(meeting: Meeting, *, by: Account) -> None:
    """Say that one cannot come; said twice, it is said once."""
    refuse_step(meeting, STEPS[Act.APOLOGISE], by)
    if _set_presence(meeting, by.id, Presence.APOLOGIES):
        audit.record("meeting:apologise", meeting, actor=by)


def hold(meeting: Meeting, presences: Mapping[uuid.UUID, Presence], *, by: Account) -> None:
    """Say that a meeting was held and who came; said again, the list is mended."""
    refuse_step(meeting, STEPS[Act.HOLD], by)
    if clock.now() < meeting.starts_at:
        raise NotAllowed(_("The meeting has not begun yet."))
    for account_id, presence in presences.items():
        _set_presence(meeting, account_id, presence)
    _finish(meeting, Act.HOLD, by)


def _set_presence(meeting: Meeting, account_id: uuid.UUID, presence: Presence) -> bool:
    """Note whether somebody came, and return whether that is new."""
    known = db.session.get(Attendance, (meeting.id, account_id))
    if known is None:
        known = Attendance(meeting_id=meeting.id, account_id=account_id)
        db.session.add(known)
    is_new = known.presence is not presence
    known.presence = presence
    db.session.flush()
    return is_new


def approve_notes(meeting: Meeting, *, by: Account) -> None:
    """Approve the notes of a meeting; whoever is kept out of an item cannot."""
    if meeting.state is MeetingState.APPROVED:
        return
    refuse_step(meeting, STEPS[Act.APPROVE_NOTES], by)
    seen = queries.view(queries.meeting(meeting.id).items, by)
    if any(each.is_kept_out for each in seen):
        raise NotAllowed(_("You declared an interest. Somebody else must do this."))
    if not any(each.notes for each in seen):
        raise NotAllowed(_("There are no notes yet."))
    _finish(meeting, Act.APPROVE_NOTES, by)


def _finish(meeting: Meeting, act: Act, by: Account) -> None:
    refuse_step(meeting, STEPS[act], by)
    end_step(meeting, STEPS[act])
    audit.record(f"meeting:{act}", meeting, actor=by)
