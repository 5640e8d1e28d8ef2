"""Reads of proposals of activities."""

import uuid

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import joinedload

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.oversight.proposals.lifecycle import ProposalState
from vrn_community.oversight.proposals.models import ActivityProposal, SuggestedWording

#: The state of a proposal, for conditions; a plain attribute is its value to the type checker.
_state: ColumnElement[ProposalState] = ActivityProposal.__table__.c.state
BY_AUTHOR = joinedload(ActivityProposal.author).load_only(Account.display_name)


def find(proposal_id: uuid.UUID) -> ActivityProposal | None:
    """Return a proposal if it exists."""
    return db.session.get(ActivityProposal, proposal_id)


def proposals(number: int, state: ProposalState | None = None) -> Page[ActivityProposal]:
    """Return a page of proposals: those that wait first, what is due soonest before others."""
    query = select(ActivityProposal).where(*([_state == state] if state else []))
    is_waiting = _state == ProposalState.PROPOSED
    newest = case((~is_waiting, ActivityProposal.proposed_on)).desc().nulls_first()
    order = (~is_waiting, newest, ActivityProposal.due_on, ActivityProposal.id)
    return paginate(query.order_by(*order), number, load=(BY_AUTHOR,))


def proposal(proposal_id: uuid.UUID) -> ActivityProposal:
    """Return a proposal with its draft; NoResultFound if there is none."""
    loaded = (
        BY_AUTHOR,
        joinedload(ActivityProposal.answered_by).load_only(Account.display_name),
        joinedload(ActivityProposal.opportunity),
    )
    query = select(ActivityProposal).where(ActivityProposal.id == proposal_id).options(*loaded)
    return db.session.scalars(query).one()


def locked(proposal_id: uuid.UUID) -> ActivityProposal:
    """Return a proposal as it stands, and keep everybody else from changing it meanwhile."""
    query = select(ActivityProposal).where(ActivityProposal.id == proposal_id).with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def wordings(proposal_id: uuid.UUID, number: int) -> Page[SuggestedWording]:
    """Return a page of what was suggested for a draft: what waits first, the oldest before."""
    names = (
        joinedload(SuggestedWording.author).load_only(Account.display_name),
        joinedload(SuggestedWording.decided_by).load_only(Account.display_name),
    )
    is_settled = case(
        (and_(SuggestedWording.words != "", SuggestedWording.is_accepted.is_(None)), 0), else_=1
    )
    query = select(SuggestedWording).where(SuggestedWording.proposal_id == proposal_id)
    query = query.order_by(is_settled, SuggestedWording.created_at, SuggestedWording.id)
    return paginate(query, number, load=names)


def wording(proposal_id: uuid.UUID, wording_id: uuid.UUID) -> SuggestedWording:
    """Return a suggestion of a proposal; NoResultFound if there is none."""
    of_both = SuggestedWording.id == wording_id, SuggestedWording.proposal_id == proposal_id
    return db.session.scalars(select(SuggestedWording).where(*of_both)).one()


def waiting() -> list[ActivityProposal]:
    """Return the few proposals to which an answer is due soonest."""
    query = select(ActivityProposal).where(_state == ProposalState.PROPOSED)
    return list(db.session.scalars(query.order_by(ActivityProposal.due_on).limit(5)))


def number_overdue() -> int:
    """Return how many proposals should have been answered by now."""
    is_late = _state == ProposalState.PROPOSED, ActivityProposal.due_on < clock.today()
    query = select(func.count()).select_from(ActivityProposal).where(*is_late)
    return db.session.scalar(query) or 0
