"""Reads of meetings: whoever has an interest in an item reads nothing of it but the title."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from vrn_community import config
from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.meetings.models import (
    AgendaItem,
    Attendance,
    Interest,
    ItemNote,
    Meeting,
    MeetingAction,
    MeetingState,
    OptOut,
    Paper,
)

Row = TypeVar("Row")
NAME = Account.display_name


@dataclass
class ItemView:
    """An item as one reader may see it: with nothing but the title for whoever is kept out."""

    item: AgendaItem
    is_kept_out: bool = False
    is_opted_out: bool = False
    papers: list[Paper] = field(default_factory=list)
    notes: list[ItemNote] = field(default_factory=list)
    actions: list[MeetingAction] = field(default_factory=list)


def page(number: int, *, is_past: bool = False) -> Page[Meeting]:
    """Return a page of meetings: those that come, soonest first, or those that were, newest."""
    today = clock.end_of(clock.today() - timedelta(days=1))
    query = select(Meeting)
    if is_past:
        query = query.where(Meeting.starts_at <= today).order_by(Meeting.starts_at.desc())
    else:
        query = query.where(Meeting.starts_at > today).order_by(Meeting.starts_at)
    return paginate(query.order_by(Meeting.id), number, load=[joinedload(Meeting.chair)])


def meeting(meeting_id: uuid.UUID) -> Meeting:
    """Return a meeting with its agenda; NoResultFound if there is none."""
    query = select(Meeting).options(joinedload(Meeting.chair), selectinload(Meeting.items))
    return db.session.scalars(query.where(Meeting.id == meeting_id)).one()


def held_since(moment: Any) -> list[Meeting]:
    """Return the meetings that were held and began after a moment, the newest first."""
    is_held = Meeting.state.in_((MeetingState.HELD, MeetingState.APPROVED))
    query = select(Meeting).where(is_held, Meeting.starts_at > moment)
    return list(db.session.scalars(query.order_by(Meeting.starts_at.desc()).limit(50)))


def coming(number: int = 3) -> list[Meeting]:
    """Return the next few meetings."""
    return list(page(1).rows[:number])


def to_approve() -> list[Meeting]:
    """Return the meetings whose notes wait for the chair."""
    query = select(Meeting).where(Meeting.state == MeetingState.HELD)
    return list(db.session.scalars(query.order_by(Meeting.starts_at).limit(20)))


def item(item_id: uuid.UUID) -> AgendaItem:
    """Return an item with its meeting; NoResultFound if there is none."""
    whole = joinedload(AgendaItem.meeting).joinedload(Meeting.chair)
    return db.session.scalars(
        select(AgendaItem).options(whole).where(AgendaItem.id == item_id)
    ).one()


def is_kept_out(item_id: uuid.UUID, account_id: uuid.UUID) -> bool:
    """Return whether somebody has an interest in an item."""
    query = select(Interest.id).where(Interest.item_id == item_id)
    return db.session.scalar(query.where(Interest.account_id == account_id)) is not None


def keeps_out(meeting_id: Any, reader: Account) -> ColumnElement[bool]:
    """Return the condition that a reader has an interest in an item of a meeting."""
    of_meeting = AgendaItem.meeting_id == meeting_id, Interest.item_id == AgendaItem.id
    return exists().where(*of_meeting, Interest.account_id == reader.id)


def item_for(item_id: uuid.UUID, reader: Account) -> AgendaItem:
    """Return an item that a reader may read; NoResultFound for whoever is kept out."""
    found = item(item_id)
    if is_kept_out(item_id, reader.id):
        raise NoResultFound
    return found


def items_to_decide(reader: Account, chosen: uuid.UUID | None = None) -> list[AgendaItem]:
    """Return the items of coming and recent meetings that a reader may read, and the chosen one."""
    recent = clock.now() - timedelta(days=config.current().item_decided_days)
    own = select(Interest.item_id).where(Interest.account_id == reader.id)
    query = select(AgendaItem).join(AgendaItem.meeting).options(contains_eager(AgendaItem.meeting))
    shown = or_(Meeting.starts_at > recent, AgendaItem.id == chosen), AgendaItem.id.not_in(own)
    order = (Meeting.starts_at.desc(), Meeting.id, AgendaItem.position, AgendaItem.id)
    return list(db.session.scalars(query.where(*shown).order_by(*order)))


def view(items: Iterable[AgendaItem], reader: Account) -> list[ItemView]:
    """Return items as a reader may see them, in as many queries for many as for one."""
    found = list(items)
    keys = [each.id for each in found]
    kept_out = _own(Interest, keys, reader)
    shown = [key for key in keys if key not in kept_out]
    opted_out = _own(OptOut, keys, reader)
    papers = _by_item(_papers(reader).where(Paper.item_id.in_(shown)))
    notes = _by_item(_notes().where(ItemNote.item_id.in_(shown)))
    actions = _by_item(_actions().where(MeetingAction.item_id.in_(shown)))
    return [
        ItemView(
            each,
            each.id in kept_out,
            each.id in opted_out,
            papers[each.id],
            notes[each.id],
            actions[each.id],
        )
        for each in found
    ]


def _own(model: Any, keys: Collection[uuid.UUID], reader: Account) -> set[uuid.UUID]:
    query = select(model.item_id).where(model.account_id == reader.id, model.item_id.in_(keys))
    return set(db.session.scalars(query))


def _by_item(query: Select[Any]) -> dict[uuid.UUID, list[Any]]:
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in db.session.scalars(query):
        found[row.item_id].append(row)
    return found


def _papers(reader: Account) -> Select[Paper]:
    """Return the query of papers that are out; whoever prepares them sees them before."""
    whole = joinedload(Paper.item).joinedload(AgendaItem.meeting)
    query = select(Paper).join(Paper.item).join(AgendaItem.meeting)
    if not reader.can(Permission.MEETING_PREPARE):
        query = query.where(Meeting.state != MeetingState.PLANNED)
    return query.options(whole, joinedload(Paper.author)).order_by(Paper.created_at, Paper.id)


def _notes() -> Select[ItemNote]:
    query = select(ItemNote).options(joinedload(ItemNote.author))
    return query.order_by(ItemNote.created_at, ItemNote.id)


def _actions() -> Select[MeetingAction]:
    loaded = (
        joinedload(MeetingAction.owner),
        joinedload(MeetingAction.body),
        joinedload(MeetingAction.item).joinedload(AgendaItem.meeting),
    )
    query = select(MeetingAction).options(*loaded)
    return query.order_by(MeetingAction.due_on, MeetingAction.id)


def paper(paper_id: uuid.UUID, reader: Account) -> Paper:
    """Return a paper that is out; NoResultFound for whoever is kept out of its item."""
    found = db.session.scalars(_papers(reader).where(Paper.id == paper_id)).one()
    if is_kept_out(found.item_id, reader.id):
        raise NoResultFound
    return found


def late_papers(reader: Account) -> list[Paper]:
    """Return the late papers of coming meetings, but of items that a reader is out of."""
    models: tuple[Any, ...] = (Interest, OptOut)
    own = [select(model.item_id).where(model.account_id == reader.id) for model in models]
    is_read = [Paper.item_id.not_in(items) for items in own]
    query = _papers(reader).where(Meeting.starts_at > clock.now(), *is_read)
    return [found for found in db.session.scalars(query) if found.is_late]


def readers_of(item_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the members who neither are kept out of an item nor leave it out."""
    members = {account.id for account in accounts.who_can(Permission.MEMBER_EDIT_OWN)}
    for model in (Interest, OptOut):
        members -= set(db.session.scalars(select(model.account_id).where(model.item_id == item_id)))
    return members


def action(action_id: uuid.UUID, reader: Account) -> MeetingAction:
    """Return an action; NoResultFound for whoever is kept out of its item."""
    found = db.session.scalars(_actions().where(MeetingAction.id == action_id)).one()
    if is_kept_out(found.item_id, reader.id):
        raise NoResultFound
    return found


def open_actions(number: int, reader: Account) -> Page[MeetingAction]:
    """Return a page of what is not done yet, what is due first at the top."""
    own = select(Interest.item_id).where(Interest.account_id == reader.id)
    waiting = MeetingAction.done_on.is_(None), MeetingAction.item_id.not_in(own)
    loaded = (
        joinedload(MeetingAction.owner),
        joinedload(MeetingAction.body),
        joinedload(MeetingAction.item),
    )
    query = select(MeetingAction).where(*waiting)
    return paginate(query.order_by(MeetingAction.due_on, MeetingAction.id), number, load=loaded)


def own_actions(account: Account) -> list[MeetingAction]:
    """Return what an account has taken on and not done, but of items it is kept out of."""
    kept_out = select(Interest.item_id).where(Interest.account_id == account.id)
    own = MeetingAction.owner_id == account.id, MeetingAction.item_id.not_in(kept_out)
    query = select(MeetingAction).where(MeetingAction.done_on.is_(None), *own)
    return list(db.session.scalars(query.order_by(MeetingAction.due_on, MeetingAction.id)))


def interests(item_id: uuid.UUID) -> list[Interest]:
    """Return the interests in an item, with the names of the members."""
    query = select(Interest).options(joinedload(Interest.account).load_only(NAME))
    return list(
        db.session.scalars(query.where(Interest.item_id == item_id).order_by(Interest.created_at))
    )


def noted_by_chair(item_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the accounts whose interest in an item somebody else wrote down."""
    is_noted = Interest.item_id == item_id, Interest.declared_by_id != Interest.account_id
    return set(db.session.scalars(select(Interest.account_id).where(*is_noted)))


def attendance(meeting_id: uuid.UUID) -> list[Attendance]:
    """Return who came and who sent apologies, by name."""
    query = select(Attendance).join(Attendance.account).options(joinedload(Attendance.account))
    of_this = Attendance.meeting_id == meeting_id
    return list(db.session.scalars(query.where(of_this).order_by(NAME, Account.id)))
