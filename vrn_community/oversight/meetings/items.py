"""What is done about one item: papers, interests, notes and actions; whoever is kept out does none.

A decision about an item asks `refuse_kept_out` before it lets somebody take part.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock, text
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.notifications import MailKind, notify
from vrn_community.oversight.meetings import queries
from vrn_community.oversight.meetings.lifecycle import STEPS, Act
from vrn_community.oversight.meetings.models import (
    AgendaItem,
    Interest,
    ItemNote,
    MeetingAction,
    MeetingState,
    OptOut,
    Paper,
)
from vrn_community.oversight.refusals import refuse_others, refuse_without
from vrn_community.oversight.rules import end_step, refuse_step
from vrn_community.partnership.models import Body


def refuse_kept_out(item_id: uuid.UUID, by: Account) -> None:
    """Refuse whoever has an interest in an item."""
    if queries.is_kept_out(item_id, by.id):
        raise NotAllowed(_("You declared an interest."))


@dataclass(frozen=True)
class Draft:
    """What a paper says, and what is said before it."""

    title: str
    text_source: str
    content_note: str = ""


def file_paper(paper_id: uuid.UUID, item: AgendaItem, draft: Draft, *, by: Account) -> Paper:
    """Put a paper to an item under a key chosen beforehand; asked twice, put it there once."""
    known = db.session.get(Paper, paper_id)
    if known is not None:
        refuse_others(known.author_id, by)
        return known
    refuse_step(item.meeting, STEPS[Act.FILE_PAPER], by)
    refuse_kept_out(item.id, by)
    made = Paper(id=paper_id, item=item, author_id=by.id)
    _write(made, draft)
    db.session.add(made)
    db.session.flush()
    audit.record("paper:file", made, actor=by, item=str(item.id))
    _tell_if_late(made, by)
    return made


def edit_paper(paper: Paper, draft: Draft, *, by: Account) -> None:
    """Change a paper of one's own before the meeting; what is changed late is late."""
    refuse_step(paper.item.meeting, STEPS[Act.FILE_PAPER], by)
    refuse_others(paper.author_id, by)
    refuse_kept_out(paper.item_id, by)
    _write(paper, draft)
    db.session.flush()
    audit.record("paper:edit", paper, actor=by)
    _tell_if_late(paper, by)


def _write(paper: Paper, draft: Draft) -> None:
    paper.title, paper.content_note = draft.title, draft.content_note
    if paper.text_source != draft.text_source:
        paper.text_source, paper.filed_at = draft.text_source, clock.now()
        paper.text_html = text.clean_markdown(draft.text_source)


def _tell_if_late(paper: Paper, by: Account) -> None:
    """Tell whoever can read a paper that it came late: once, and again when its text is new."""
    if not paper.is_late or paper.item.meeting.state is not MeetingState.PAPERS_OUT:
        return
    for account_id in queries.readers_of(paper.item_id) - {by.id}:
        notify(account_id, MailKind.TODAY, f"late-paper|{paper.id}|{paper.filed_at}")


def declare(item: AgendaItem, words: str, *, by: Account) -> None:
    """Declare an interest of one's own in an item; declared twice, the first one stays."""
    refuse_without(Permission.MEMBER_EDIT_OWN, by)
    _declare(item, by, words, by)


def declare_for(item: AgendaItem, member: Account, words: str, *, by: Account) -> None:
    """Write down an interest that somebody declared in a meeting, as its chair, and tell them."""
    refuse_without(Permission.MEETING_CHAIR, by)
    refuse_kept_out(item.id, by)
    _declare(item, member, words, by)
    if member.id != by.id:
        notify(member.id, MailKind.TODAY, f"interest|{item.id}")


def _declare(item: AgendaItem, member: Account, words: str, by: Account) -> None:
    if queries.is_kept_out(item.id, member.id):
        return
    made = Interest(id=uuid.uuid4(), item_id=item.id, account_id=member.id, declared_by_id=by.id)
    made.words = words
    db.session.add(made)
    db.session.flush()
    audit.record("interest:declare", made, actor=by, item=str(item.id))


def opt_out(item: AgendaItem, *, by: Account) -> None:
    """Leave out an item without a reason; nothing of it is written into the audit trail."""
    refuse_without(Permission.MEMBER_EDIT_OWN, by)
    if db.session.get(OptOut, (item.id, by.id)) is None:
        db.session.add(OptOut(item_id=item.id, account_id=by.id))
        db.session.flush()


def opt_in(item: AgendaItem, *, by: Account) -> None:
    """Read about an item again after all."""
    refuse_without(Permission.MEMBER_EDIT_OWN, by)
    if found := db.session.get(OptOut, (item.id, by.id)):
        db.session.delete(found)
        db.session.flush()


def note(note_id: uuid.UUID, item: AgendaItem, words: str, *, by: Account) -> ItemNote:
    """Write what was said and agreed, or amend it: what stood there before stays to be read."""
    known = db.session.get(ItemNote, note_id)
    if known is not None:
        refuse_others(known.author_id, by)
        return known
    refuse_step(item.meeting, STEPS[Act.NOTE], by)
    refuse_kept_out(item.id, by)
    made = ItemNote(id=note_id, item_id=item.id, author_id=by.id, text=words)
    db.session.add(made)
    end_step(item.meeting, STEPS[Act.NOTE])
    audit.record("meeting:note", made, actor=by, item=str(item.id))
    return made


@dataclass(frozen=True)
class Task:
    """What is to be done, by whom and by when; the owner is a member or a body."""

    text: str
    due_on: date
    owner: Account | None = None
    body: Body | None = None


def agree_action(
    action_id: uuid.UUID, item: AgendaItem, task: Task, *, by: Account
) -> MeetingAction:
    """Write down who does what by when; asked twice, write it once."""
    known = db.session.get(MeetingAction, action_id)
    if known is not None:
        return known
    refuse_step(item.meeting, STEPS[Act.AGREE_ACTION], by)
    refuse_kept_out(item.id, by)
    if why_not := owner_refusal(item, task):
        raise NotAllowed(why_not)
    made = MeetingAction(id=action_id, item_id=item.id, **vars(task))
    db.session.add(made)
    db.session.flush()
    audit.record("action:agree", made, actor=by, item=str(item.id))
    return made


def owner_refusal(item: AgendaItem, task: Task) -> str:
    """Return why the owner of an action cannot take it on, or nothing."""
    if task.owner and queries.is_kept_out(item.id, task.owner.id):
        return str(_("They declared an interest in this item. Choose somebody else."))
    return ""


def finish_action(action: MeetingAction, *, by: Account) -> None:
    """Say that an action of one's own is done, or as the secretariat any; the first day counts."""
    if action.owner_id != by.id:
        refuse_without(Permission.MEETING_PREPARE, by)
    refuse_kept_out(action.item_id, by)
    if action.done_on is None:
        action.done_on = clock.today()
        db.session.flush()
        audit.record("action:finish", action, actor=by)
