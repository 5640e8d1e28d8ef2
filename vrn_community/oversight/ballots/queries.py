"""Reads of ballots: nobody reads one from which a declared interest keeps them."""

import math
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select
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

#: The state of a ballot, for conditions; a plain attribute is its value to the type checker.
_state: ColumnElement[BallotState] = Ballot.__table__.c.state
VOTING = [role for role in Role if Permission.BALLOT_VOTE in PERMISSIONS.get(role, ())]


@dataclass(frozen=True)
class Turnout:
    """How many may vote, and how many did."""

    may: int
    did: int


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
    whole = select(Ballot).options(joinedload(Ballot.author), votes, selectinload(Ballot.views))
    return db.session.scalars(whole.where(Ballot.id == ballot_id, *_readable(reader))).one()


def _readable(reader: Account) -> list[ColumnElement[bool]]:
    of_reader = exists().where(
        Voter.ballot_id == Ballot.id, Voter.account_id == reader.id, Voter.is_excluded
    )
    if reader.can(Permission.BALLOT_PREPARE):
        return [~of_reader]
    return [~of_reader, _state != BallotState.DRAFT]


def locked(ballot_id: uuid.UUID) -> Ballot:
    """Return a ballot as it stands, and keep everybody else from changing it meanwhile."""
    query = select(Ballot).where(Ballot.id == ballot_id).with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def box(ballot_id: uuid.UUID) -> BallotBox | None:
    """Return the sealed box of a ballot as it stands; the ballot must be locked."""
    query = select(BallotBox).where(BallotBox.id == ballot_id)
    found = query.options(joinedload(BallotBox.record_key))
    return db.session.scalars(found, execution_options={"populate_existing": True}).one_or_none()


def voter(ballot_id: uuid.UUID, account: Account) -> Voter | None:
    """Return how somebody stands in a ballot as it is now; None if they are not of it."""
    of_both = Voter.ballot_id == ballot_id, Voter.account_id == account.id
    options = {"populate_existing": True}
    return db.session.scalars(select(Voter).where(*of_both), execution_options=options).first()


def turnout(ballot_id: uuid.UUID) -> Turnout:
    """Return how many may vote in a ballot, and how many did."""
    numbers = select(func.count(), func.count().filter(Voter.has_voted))
    of_this = Voter.ballot_id == ballot_id, ~Voter.is_excluded
    may, did = db.session.execute(numbers.select_from(Voter).where(*of_this)).one()
    return Turnout(may, did)


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
        ~Voter.is_excluded,
        ~Voter.has_voted,
    )
    today: Any = clock.today()
    is_open = _state == BallotState.OPEN, Ballot.opens_on <= today, Ballot.closes_on >= today
    query = select(Ballot).where(mine, *is_open).order_by(Ballot.closes_on, Ballot.id)
    return list(db.session.scalars(query.limit(5)))
