"""Reads of published texts: for the desk, and for the public what was published alone."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload, selectinload

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.oversight.ballots import queries as ballots
from vrn_community.oversight.ballots.lifecycle import BallotState
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.meetings import queries as meetings
from vrn_community.oversight.meetings.models import Meeting, MeetingState
from vrn_community.oversight.publishing.lifecycle import StatementState
from vrn_community.oversight.publishing.models import Statement, StatementKind

#: The state of a text, for conditions; a plain attribute is its value to the type checker.
_state: ColumnElement[StatementState] = Statement.__table__.c.state
_meeting_state: ColumnElement[MeetingState] = Meeting.__table__.c.state
_ballot_state: ColumnElement[BallotState] = Ballot.__table__.c.state
BY_AUTHOR = joinedload(Statement.author).load_only(Account.display_name)


def find(statement_id: uuid.UUID) -> Statement | None:
    """Return a text if it exists."""
    return db.session.get(Statement, statement_id)


def statement(statement_id: uuid.UUID, reader: Account) -> Statement:
    """Return a text with its versions; NoResultFound for whoever may not read it."""
    of_it = Statement.id == statement_id, _is_open_to(reader)
    query = select(Statement).where(*of_it).options(BY_AUTHOR)
    return db.session.scalars(query).one()


def locked(statement_id: uuid.UUID, by: Account) -> Statement:
    """Return a text as it stands, and keep everybody else from changing it meanwhile.

    NoResultFound for whoever may not read it.
    """
    of_it = Statement.id == statement_id, _is_open_to(by)
    query = select(Statement).where(*of_it).with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def statements(
    number: int, reader: Account, state: StatementState | None = None
) -> Page[Statement]:
    """Return a page of texts for the desk: what is being written first, then the newest."""
    query = select(Statement).where(_is_open_to(reader), *([_state == state] if state else []))
    is_settled = case((_state.in_((StatementState.DRAFT, StatementState.CLEARED)), 0), else_=1)
    order = (is_settled, Statement.about_on.desc(), Statement.id)
    return paginate(query.order_by(*order), number, load=(BY_AUTHOR,))


def _is_open_to(reader: Account) -> ColumnElement[bool]:
    """Return the condition that no interest keeps somebody out of a text.

    What was published of it they read where everybody does.
    """
    of_ballot = exists().where(Ballot.id == Statement.ballot_id, ballots.keeps_out(reader))
    of_meeting = meetings.keeps_out(Statement.meeting_id, reader)
    return and_(~of_ballot, ~of_meeting)


def published(number: int, kind: StatementKind | None = None) -> Page[Statement]:
    """Return a page of what the public can read, or could: the newest first."""
    was = Statement.first_published_on.is_not(None), *([Statement.kind == kind] if kind else [])
    order = (Statement.about_on.desc(), Statement.id)
    return paginate(select(Statement).where(*was).order_by(*order), number)


def public(statement_id: uuid.UUID) -> Statement:
    """Return a text that was published; NoResultFound for every other."""
    of_it = Statement.id == statement_id, Statement.first_published_on.is_not(None)
    return db.session.scalars(select(Statement).where(*of_it)).one()


def about_ballot(ballot_id: uuid.UUID) -> Statement | None:
    """Return the newest text about a ballot that the public can read now, if there is one."""
    is_public = Statement.first_published_on.is_not(None), _state != StatementState.WITHDRAWN
    query = select(Statement).where(Statement.ballot_id == ballot_id, *is_public)
    return db.session.scalars(query.order_by(Statement.about_on.desc(), Statement.id)).first()


@dataclass(frozen=True)
class PublicMeeting:
    """What everybody can read of a meeting: never its place, who came, or what is not cleared."""

    meeting: Meeting
    #: Its published or withdrawn notes, or why they are not published.
    notes: Statement | None

    @property
    def is_overdue(self) -> bool:
        """Whether notes, or a reason why there are none, should be there by now."""
        return self.notes is None and self.meeting.notes_due_on < clock.today()


def public_meetings(number: int) -> Page[PublicMeeting]:
    """Return a page of all meetings, those that come last first."""
    query = select(Meeting).order_by(Meeting.starts_at.desc(), Meeting.id)
    page = paginate(query, number, load=[selectinload(Meeting.items)])
    notes = _notes([meeting.id for meeting in page])
    shown = [PublicMeeting(meeting, notes.get(meeting.id)) for meeting in page]
    return Page(shown, page.number, page.pages, page.total)


def _notes(keys: Collection[uuid.UUID]) -> dict[uuid.UUID | None, Statement]:
    """Return for each meeting what the public is told: what it can read before what it cannot."""
    query = select(Statement).where(Statement.meeting_id.in_(keys), _is_settled())
    is_last = case((_state.in_((StatementState.KEPT, StatementState.WITHDRAWN)), 0), else_=1)
    found = db.session.scalars(query.order_by(is_last, Statement.created_at, Statement.id))
    return {statement.meeting_id: statement for statement in found}


def _is_settled() -> ColumnElement[bool]:
    """Return the condition that notes are public, were, or are kept for a reason."""
    is_told = or_(Statement.first_published_on.is_not(None), _state == StatementState.KEPT)
    return and_(Statement.kind == StatementKind.NOTES, is_told)


def meeting(meeting_id: uuid.UUID, reader: Account) -> Meeting:
    """Return a meeting of which notes can be told; NoResultFound for whoever is kept out."""
    if db.session.scalar(select(meetings.keeps_out(meeting_id, reader))):
        raise NoResultFound
    return meetings.meeting(meeting_id)


def owes_notes() -> ColumnElement[bool]:
    """Return the condition that a meeting was, and the public has neither notes nor a reason."""
    is_told = exists().where(Statement.meeting_id == Meeting.id, _is_settled())
    is_held = _meeting_state.in_((MeetingState.HELD, MeetingState.APPROVED))
    was = or_(is_held, Meeting.starts_at < clock.end_of(clock.today() - timedelta(days=1)))
    return and_(was, ~is_told)


def owed_notes(reader: Account) -> list[tuple[Meeting, Statement | None]]:
    """Return the first meetings that owe the public notes or a reason, with a draft if any."""
    query = select(Meeting).where(owes_notes(), ~meetings.keeps_out(Meeting.id, reader))
    owed = db.session.scalars(query.order_by(Meeting.starts_at, Meeting.id).limit(10)).all()
    begun = select(Statement).where(Statement.meeting_id.in_([row.id for row in owed]))
    drafts = {row.meeting_id: row for row in db.session.scalars(begun)}
    return [(meeting, drafts.get(meeting.id)) for meeting in owed]


def untold(reader: Account) -> Collection[Ballot]:
    """Return the few newest closed ballots about which nobody has begun a text."""
    told = exists().where(Statement.ballot_id == Ballot.id)
    kept_out = ballots.keeps_out(reader)
    query = select(Ballot).where(_ballot_state == BallotState.CLOSED, ~told, ~kept_out)
    return db.session.scalars(query.order_by(Ballot.closes_on.desc(), Ballot.id).limit(10)).all()
