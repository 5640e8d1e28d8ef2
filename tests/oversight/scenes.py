"""Ballots, proposals and published texts in every state that has a page of its own."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import update

from tests.conftest import make_account
from tests.oversight.ballots.conftest import cast, make_ballot, make_members, opened
from tests.oversight.proposals.conftest import make_proposal
from tests.oversight.publishing.conftest import make_statement, publish
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.oversight.ballots import services as ballots
from vrn_community.oversight.ballots.counting import AGREE, OBJECT, Method
from vrn_community.oversight.ballots.models import Ballot, Voter
from vrn_community.oversight.proposals import services as proposals
from vrn_community.oversight.proposals.models import ActivityProposal
from vrn_community.oversight.publishing.models import StatementVersion

Known = Mapping[str, Sequence[Any]]


def decide_together() -> Known:
    """Store all of it, and return the keys by the names that addresses have for them."""
    chair = make_account(Role.OVERSIGHT_CHAIR, email="cleo@example.org", name="Cleo Chair")
    team = make_account(Role.PUBLISHER, email="pat@example.org", name="Pat Team")
    members = make_members(3)
    return {
        "ballot_id": _ballots(chair, members),
        **_proposals(members[0], team),
        "statement_id": _statements(chair),
    }


def _ballots(chair: Account, members: list[Account]) -> list[uuid.UUID]:
    """Store a draft, an open ballot, and one in which somebody objected; two are secret."""
    waiting = opened(chair, Method.CONSENT, is_secret=True, closes_on=clock.today())
    cast(waiting, members[0], AGREE, "It is good.")
    today = clock.today()
    blocked = opened(chair, Method.CONSENT, is_secret=True, closes_on=today, quorum=3)
    for member, choice in zip(members, (AGREE, AGREE, OBJECT), strict=True):
        cast(blocked, member, choice, "We have no money.")
    ballots.close(blocked, by=chair)
    return [made.id for made in (make_ballot(chair), waiting, blocked)]


def _proposals(member: Account, team: Account) -> Known:
    waiting, taken = make_proposal(member), make_proposal(member)
    proposals.take_up(taken, "Let us do it.", by=team)
    suggested = proposals.Suggested("title", "Ask at every bus stop")
    wording = proposals.suggest(uuid.uuid4(), taken, suggested, by=member)
    return {"proposal_id": [waiting.id, taken.id], "wording_id": [wording.id]}


def _statements(chair: Account) -> list[uuid.UUID]:
    draft, public = (make_statement(chair, "We met. Ring 07700 900123.") for _number in range(2))
    publish(public, chair, "It is the number of the hall.")
    return [draft.id, public.id]


def hand_over(known: Known, accounts: Mapping[Role, Account]) -> None:
    """Let the accounts of some roles have what only its owner may open."""
    chair = accounts[Role.OVERSIGHT_CHAIR].id
    draft, *running = known["ballot_id"]
    db.session.execute(update(Ballot).where(Ballot.id == draft).values(author_id=chair))
    for role in (Role.OVERSIGHT_CHAIR, Role.OVERSIGHT_MEMBER):
        for key in running:  # Who was there when it was opened has a place already.
            db.session.merge(Voter(ballot_id=key, account_id=accounts[role].id))
    written = StatementVersion.statement_id.in_(known["statement_id"])
    db.session.execute(update(StatementVersion).where(written).values(author_id=chair))
    of_panel = {"author_id": accounts[Role.YOUTH_PANEL].id}
    mine = ActivityProposal.id.in_(known["proposal_id"])
    db.session.execute(update(ActivityProposal).where(mine).values(**of_panel))
