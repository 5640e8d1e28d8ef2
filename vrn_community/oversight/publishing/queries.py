"""Reads of published texts: for the desk, and for the public what was published alone."""

import uuid
from collections.abc import Collection

from sqlalchemy import ColumnElement, case, exists, or_, select
from sqlalchemy.orm import joinedload

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation.paging import Page, paginate
from vrn_community.oversight.ballots import queries as ballots
from vrn_community.oversight.ballots.lifecycle import BallotState
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.publishing.lifecycle import StatementState
from vrn_community.oversight.publishing.models import Statement, StatementKind

#: The state of a text, for conditions; a plain attribute is its value to the type checker.
_state: ColumnElement[StatementState] = Statement.__table__.c.state
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


def locked(statement_id: uuid.UUID) -> Statement:
    """Return a text as it stands, and keep everybody else from changing it meanwhile."""
    query = select(Statement).where(Statement.id == statement_id).with_for_update()
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
    """Return the condition that nothing keeps somebody out of a text, or that it is public."""
    is_kept_out = exists().where(Ballot.id == Statement.ballot_id, ballots.keeps_out(reader))
    return or_(Statement.first_published_on.is_not(None), ~is_kept_out)


def published(number: int, kind: StatementKind | None = None) -> Page[Statement]:
    """Return a page of what the public can read, or could: the newest first."""
    was = Statement.first_published_on.is_not(None), *([Statement.kind == kind] if kind else [])
    order = (Statement.about_on.desc(), Statement.id)
    return paginate(select(Statement).where(*was).order_by(*order), number)


def public(statement_id: uuid.UUID) -> Statement:
    """Return a text that was published; NoResultFound for every other."""
    of_it = Statement.id == statement_id, Statement.first_published_on.is_not(None)
    return db.session.scalars(select(Statement).where(*of_it)).one()


def untold(reader: Account) -> Collection[Ballot]:
    """Return the few newest closed ballots about which nobody has begun a text."""
    told = exists().where(Statement.ballot_id == Ballot.id)
    kept_out = ballots.keeps_out(reader)
    query = select(Ballot).where(_ballot_state == BallotState.CLOSED, ~told, ~kept_out)
    return db.session.scalars(query.order_by(Ballot.closes_on.desc(), Ballot.id).limit(10)).all()
