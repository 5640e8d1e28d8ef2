"""Reads of ballots: nobody reads one from which a declared interest keeps them."""

import math
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from vrn_community import config
from vrn_community.accounts.models import Account, AccountRole, AccountState
from vrn_community.accounts.roles import PERMISSIONS, Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.ballots.lifecycle import BallotState
from vrn_community.oversight.ballots.models import Ballot, BallotBox, Vote, Voter
from vrn_community.oversight.meetings.models import Interest

#: The state of a ballot, for conditions; a plain attribute is its value to the type checker.
_state: ColumnElement[BallotState] = Ballot.__table__.c.state
VOTING = [role for role in Role if Permission.BALLOT_VOTE in PERMISSIONS.get(role, ())]


@dataclass(frozen=True)
class Turnout:
    """How many may vote or did, how many did, and how many are kept out; who is in no number."""

    may: int
    did: int
    out: int = 0
    #: Of those kept out: who had voted before they declared an interest.
    out_late: int = 0


def find(ballot_id: uuid.UUID) -> Ballot | None:
    """Return a ballot if it exists."""
    return db.session.get(Ballot, ballot_id)


def ballots(number: int, reader: Account, state: BallotState | None = None) -> Page[Ballot]:
    """Return a page of the ballots that somebody may read: what is open first, then the newest."""
    query = select(Ballot).where(*_readable(reader), *([_state == state] if state else []))
    order = case((_state == BallotState.OPEN, 0), (_state == BallotState.DRAFT, 1), else_=2)
    return paginate(query.order_by(order, Ballot.closes_on.desc(), Ballot.id), number)


def ballot(ballot_id: uuid.UUID, reader: Account) -> Ballot:
    """Return a ballot with what was cast; NoResultFound for whoever may not read it."""
    votes = selectinload(Ballot.votes).joinedload(Vote.account).load_only(Account.display_name)
    whole = select(Ballot).options(
        joinedload(Ballot.author), joinedload(Ballot.item), votes, selectinload(Ballot.views)
    )
    return db.session.scalars(whole.where(Ballot.id == ballot_id, *_readable(reader))).one()


def about(item_id: uuid.UUID, reader: Account) -> list[Ballot]:
    """Return the ballots about an item of an agenda that somebody may read, the newest first."""
    query = select(Ballot).where(Ballot.item_id == item_id, *_readable(reader))
    return list(db.session.scalars(query.order_by(Ballot.created_at.desc(), Ballot.id)))


def is_open_about(item_id: uuid.UUID) -> bool:
    """Return whether a ballot about an item was opened and is not ended."""
    is_open = Ballot.item_id == item_id, _state == BallotState.OPEN
    return bool(db.session.scalar(select(exists().where(*is_open))))


def _readable(reader: Account) -> list[ColumnElement[bool]]:
    if reader.can(Permission.BALLOT_PREPARE):
        return [~keeps_out(reader)]
    return [~keeps_out(reader), _state != BallotState.DRAFT]


def carried(reader: Account, most: int = 50) -> list[Ballot]:
    """Return the newest closed ballots in which the group decided something, for a reader."""
    closed = select(Ballot).where(_state == BallotState.CLOSED, *_readable(reader))
    newest = closed.order_by(Ballot.closed_on.desc(), Ballot.id).limit(most)
    found = db.session.scalars(newest.options(selectinload(Ballot.votes)))
    return [ballot for ballot in found if ballot.is_carried]


def keeps_out(reader: Account) -> ColumnElement[bool]:
    """Return the condition that a ballot keeps somebody out because of a declared interest."""
    mine = Voter.ballot_id == Ballot.id, Voter.account_id == reader.id
    return or_(exists().where(*mine, Voter.is_excluded), _has_declared(reader))


def _has_declared(account: Account) -> ColumnElement[bool]:
    of_item = Interest.item_id == Ballot.item_id, Interest.account_id == account.id
    return exists().where(*of_item)


def declared(ballot: Ballot) -> set[uuid.UUID]:
    """Return the accounts that declared an interest in the item of a ballot."""
    query = select(Interest.account_id).where(Interest.item_id == ballot.item_id)
    return set(db.session.scalars(query))


def locked(ballot_id: uuid.UUID, by: Account) -> Ballot:
    """Return a ballot as it stands, and keep everybody else from changing it meanwhile.

    NoResultFound for whoever may not read it.
    """
    query = select(Ballot).where(Ballot.id == ballot_id, *_readable(by))
    options = {"populate_existing": True}
    return db.session.scalars(query.with_for_update(), execution_options=options).one()


def box(ballot_id: uuid.UUID) -> BallotBox | None:
    """Return the sealed box of a ballot as it stands; the ballot must be locked."""
    query = select(BallotBox).where(BallotBox.id == ballot_id)
    found = query.options(joinedload(BallotBox.record_key))
    return db.session.scalars(found, execution_options={"populate_existing": True}).one_or_none()


def voter(ballot_id: uuid.UUID, account: Account) -> Voter | None:
    """Return the place of somebody in a ballot as it is now; None if they have none."""
    of_both = Voter.ballot_id == ballot_id, Voter.account_id == account.id
    is_in = ~Voter.is_excluded, ~_has_declared(account)
    query = select(Voter).join(Ballot, Ballot.id == Voter.ballot_id).where(*of_both, *is_in)
    return db.session.scalars(query, execution_options={"populate_existing": True}).first()


def turnout(ballot_id: uuid.UUID) -> Turnout:
    """Return how many may vote in a ballot, how many did, and how many are kept out."""
    is_out = or_(Voter.is_excluded, Interest.id.is_not(None))
    conditions = (
        or_(~is_out, Voter.has_voted),
        Voter.has_voted,
        is_out,
        and_(is_out, Voter.has_voted),
    )
    numbers = select(*(func.count().filter(condition) for condition in conditions))
    of_item = and_(Interest.item_id == Ballot.item_id, Interest.account_id == Voter.account_id)
    rows = numbers.select_from(Voter).join(Ballot, Ballot.id == Voter.ballot_id)
    found = rows.outerjoin(Interest, of_item).where(Voter.ballot_id == ballot_id)
    return Turnout(*map(int, db.session.execute(found).one()))


def members() -> list[Account]:
    """Return everybody who votes in the group, by name; the secretariat never does."""
    votes = Account.held_roles.any(AccountRole.role.in_(VOTING))
    serves = Account.held_roles.any(AccountRole.role == Role.SECRETARIAT)
    query = select(Account).where(votes, ~serves, Account.state == AccountState.ACTIVE)
    return [a for a in db.session.scalars(query.order_by(Account.display_name)) if a.is_active]


def usual_quorum(number: int) -> int:
    """Return how many of a number of members must take part unless somebody says otherwise."""
    return max(1, math.ceil(number * config.current().ballot_quorum_percent / 100))


def following(ballot_id: uuid.UUID) -> Ballot | None:
    """Return the vote to which a ballot by consent was put, if there is one."""
    of_this = Ballot.follows_id == ballot_id, _state != BallotState.WITHDRAWN
    return db.session.scalars(select(Ballot).where(*of_this)).first()


def waiting_for(member: Account) -> list[Ballot]:
    """Return the few ballots that close first in which somebody can vote and has not."""
    mine = exists().where(
        Voter.ballot_id == Ballot.id,
        Voter.account_id == member.id,
        ~Voter.has_voted,
    )
    today: Any = clock.today()
    is_open = _state == BallotState.OPEN, Ballot.opens_on <= today, Ballot.closes_on >= today
    query = (
        select(Ballot)
        .where(mine, ~keeps_out(member), *is_open)
        .order_by(Ballot.closes_on, Ballot.id)
    )
    return list(db.session.scalars(query.limit(5)))
