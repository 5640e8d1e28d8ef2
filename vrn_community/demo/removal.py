"""Removing the demonstration: all that is made up, and nothing that anybody else relies on.

What happened inside the activities of the demonstration goes with them, whoever did it. What
stands by itself and points at the demonstration is in the way: then nothing is removed.
"""

import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, func, or_, select

from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Contribution
from vrn_community.extensions import db
from vrn_community.foundation.db import Base, table_of
from vrn_community.insights.evidence.models import Evidence, Insight
from vrn_community.insights.models import Release
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.decisions.models import BodyDecision, Change
from vrn_community.outcomes.models import Outcome
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.meetings.models import Meeting
from vrn_community.oversight.models import Observation
from vrn_community.oversight.proposals.models import ActivityProposal
from vrn_community.oversight.publishing.models import Statement
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.oversight.scrutiny.models import Rating, ScrutinyTopic
from vrn_community.responses.models import GroupSession
from vrn_community.rights.models import PrivacyRequest, RawDataRequest
from vrn_community.safeguarding.models import CaseEntry, Concern, KeyHolder, TeamKey

#: What goes before an opportunity can go, in this order.
BEFORE = (
    Outcome,
    Recommendation,
    Observation,
    Rating,
    Release,
    Concern,
    GroupSession,
    Contribution,
)
#: What bodies said; a change points at a decision.
SAID = (Change, BodyDecision)
#: What the group of the demonstration did, which goes with what hangs on it.
BY_PEOPLE: tuple[tuple[type[Base], Any], ...] = (
    (Rating, Rating.author_id),
    (Meeting, Meeting.chair_id),
    (ScrutinyTopic, ScrutinyTopic.author_id),
    (Statement, Statement.author_id),
    (Ballot, Ballot.author_id),
    (ActivityProposal, ActivityProposal.author_id),
)
Keys = list[uuid.UUID]


class StillInUse(Exception):  # noqa: N818 - a refusal, named as a fact.
    """Something that is not of the demonstration points at it; `rows` says what, line by line."""

    def __init__(self, rows: list[str]) -> None:
        super().__init__("\n".join(rows))
        self.rows = rows


def remove() -> int:
    """Delete the demonstration and return how many rows it had; the audit trail stays.

    Raises `StillInUse`, and deletes nothing, where other rows point at it.
    """
    by_demo = Opportunity.author.has(Account.is_demo)
    activities = _keys(Opportunity, or_(Opportunity.is_demo, by_demo))
    people = _keys(Account, Account.is_demo)
    of_these = [delete(model).where(model.opportunity_id.in_(activities)) for model in BEFORE]
    with db.session.begin_nested():
        if resting := list(_decided_with(activities)):
            raise StillInUse(resting)
        number = sum(_run(delete(said).where(said.author_id.in_(people))) for said in SAID)
        number += _run(delete(Insight).where(Insight.author.has(Account.is_demo)))
        number += _run(delete(PrivacyRequest).where(PrivacyRequest.is_demo))
        number += sum(_run(delete(model).where(column.in_(people))) for model, column in BY_PEOPLE)
        by_people = RawDataRequest.asked_by_id.in_(people)
        number += _run(delete(RawDataRequest).where(by_people))
        if resting := list(_resting_on(activities)):
            raise StillInUse(resting)
        number += sum(map(_run, of_these))
        by_phone = Concern.opportunity_id.is_(None), Concern.raised_by_id.in_(people)
        number += _run(delete(Concern).where(*by_phone))
        number += _run(delete(Opportunity).where(Opportunity.id.in_(activities)))
        if pointing := [*_pointing_at(people), *_locked_for(people)]:
            raise StillInUse(pointing)
        if not _others_hold_key(people):
            number += _run(delete(TeamKey))
        return number + _run(delete(Account).where(Account.id.in_(people)))


def _keys(model: type[Opportunity] | type[Account], which: Any) -> Keys:
    return list(db.session.scalars(select(model.id).where(which)))


def _run(statement: Any) -> int:
    options = {"synchronize_session": False}
    return db.session.execute(statement, execution_options=options).rowcount  # type: ignore[attr-defined,no-any-return]


def _resting_on(activities: Keys) -> Iterator[str]:
    """Go through the insights of others that cite results of the demonstration."""
    cited = Evidence.release.has(Release.opportunity_id.in_(activities))
    for insight in db.session.scalars(select(Insight).where(Insight.evidence.any(cited))):
        yield f"The insight {insight.id} by {insight.author.display_name} rests on its results."


def _decided_with(activities: Keys) -> Iterator[str]:
    """Go through what real people decided or changed with something of the demonstration."""
    asked = Recommendation.opportunity_id.in_(activities)
    cites = BodyDecision.insights.any(Insight.author.has(Account.is_demo))
    tied = or_(cites, BodyDecision.recommendations.any(asked))
    of_demo = select(BodyDecision.id).where(_by_demo(BodyDecision))
    after = or_(Change.recommendation.has(asked), Change.decision_id.in_(of_demo))
    for model, is_tied in ((BodyDecision, tied), (Change, after)):
        for key in db.session.scalars(select(model.id).where(is_tied, ~_by_demo(model))):
            yield f"The {model.__tablename__.replace('_', ' ')} {key} came after something of it."


def _by_demo(model: type[BodyDecision | Change]) -> Any:
    return model.author_id.in_(select(Account.id).where(Account.is_demo))


def _others_hold_key(people: Keys) -> bool:
    held = KeyHolder.account_id.not_in(people), KeyHolder.sealed_team_key.is_not(None)
    return db.session.scalars(select(KeyHolder).where(*held)).first() is not None


def _locked_for(people: Keys) -> Iterator[str]:
    """Say how many entries of real cases nobody could open any more."""
    is_locked = CaseEntry.locked_text.is_not(None)
    number = db.session.scalar(select(func.count()).select_from(CaseEntry).where(is_locked))
    if number and not _others_hold_key(people):
        yield f"{number} entries of cases open with a key that only its accounts hold."


def _pointing_at(people: Keys) -> Iterator[str]:
    """Go through the columns that name accounts, and say in how many rows one of these is left."""
    account = table_of(Account)
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            if key.column.table is not account or key.ondelete == "CASCADE":
                continue
            rows = select(func.count()).select_from(table).where(key.parent.in_(people))
            if number := db.session.scalar(rows):
                what = key.parent.name.removesuffix("_id").replace("_", " ")
                yield f"{number} of {table.name} name an account of it as {what}."
