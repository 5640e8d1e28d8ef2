"""Reads for moderators; nothing here is ordered by arrival, or says anything about a person."""

import uuid
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from vrn_community.contributions.models import (
    READABLE,
    WAITING,
    Contribution,
    Passage,
    PassageState,
)
from vrn_community.extensions import db
from vrn_community.foundation.paging import Page, paginate
from vrn_community.moderation import lifecycle
from vrn_community.moderation.models import Decision, DecisionOutcome
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.responses.models import Response
from vrn_community.safeguarding import queries as safeguarding
from vrn_community.safeguarding.models import ConcernState

MOST_DECISIONS = 20
PAGE_SIZE = 20
HELD_LAST = case((Passage.state == PassageState.HELD, 1), else_=0)


@dataclass(frozen=True)
class Waiting:
    """How many passages of one opportunity wait for a moderator."""

    opportunity_id: uuid.UUID
    title: str
    new: int
    held: int


def queue(
    number: int, *, opportunity_id: uuid.UUID | None = None, state: PassageState | None = None
) -> Page[Passage]:
    """Return a page of the passages that wait (or are in one state), new ones before held ones."""
    query = select(Passage).join(Passage.contribution)
    query = query.where(Passage.state.in_([state] if state else WAITING))
    if opportunity_id:
        query = query.where(Contribution.opportunity_id == opportunity_id)
    return paginate(
        query.order_by(HELD_LAST, Contribution.opportunity_id, Passage.id),
        number,
        PAGE_SIZE,
        load=[joinedload(Passage.contribution).joinedload(Contribution.opportunity)],
    )


def waiting() -> list[Waiting]:
    """Return the number of waiting passages for each opportunity that has some, by title."""
    held = func.sum(HELD_LAST)
    query = (
        select(Opportunity.id, Opportunity.title, func.count() - held, held)
        .join(Contribution, Contribution.opportunity_id == Opportunity.id)
        .join(Passage, Passage.contribution_id == Contribution.id)
        .where(Passage.state.in_(WAITING))
        .group_by(Opportunity.id, Opportunity.title)
        .order_by(Opportunity.title, Opportunity.id)
    )
    rows = db.session.execute(query)
    return [Waiting(key, title, int(new), int(held)) for key, title, new, held in rows]


def next_waiting(passage: Passage) -> uuid.UUID | None:
    """Return the key of the waiting passage of the same opportunity that follows one, if any."""
    query = (
        select(Passage.id)
        .join(Passage.contribution)
        .where(
            Contribution.opportunity_id == passage.contribution.opportunity_id,
            Passage.state.in_(WAITING),
            Passage.id != passage.id,
        )
    )
    return db.session.scalars(
        query.order_by(HELD_LAST, Passage.id < passage.id, Passage.id).limit(1)
    ).first()


def decisions(passage: Passage) -> list[Decision]:
    """Return the last decisions about a passage, newest first."""
    query = select(Decision).where(Decision.passage_id == passage.id)
    newest = query.order_by(Decision.created_at.desc(), Decision.id).limit(MOST_DECISIONS)
    return list(db.session.scalars(newest))


def last_decision(passage: Passage) -> Decision | None:
    """Return the decision about a passage that counts."""
    return next(iter(decisions(passage)), None)


def outcomes(passage: Passage) -> list[DecisionOutcome]:
    """Return what can be decided about a passage now.

    As long as a concern about it is open, nothing that lets others read it.
    """
    blocked = has_open_concern(passage)
    return [
        outcome
        for outcome in lifecycle.outcomes_from(passage.state)
        if not (blocked and lifecycle.STEPS[outcome].ends_in in READABLE)
    ]


def has_open_concern(passage: Passage) -> bool:
    """Return whether the safeguarding lead has to decide about a passage first."""
    concern = safeguarding.of_passage(passage.id)
    return concern is not None and concern.state is ConcernState.OPEN


def question_text(passage: Passage) -> str:
    """Return the question that a passage answers, as it was put; nothing if it is not known."""
    contribution = passage.contribution
    answered = select(Response.version_id).where(Response.contribution_id == contribution.id)
    version_id = db.session.scalar(answered)
    version = (
        questionnaires.version(version_id)
        if version_id
        else questionnaires.published(contribution.opportunity_id)
    )
    try:
        asked = questionnaires.document(version) if version else None
        return asked.question(passage.question_id.partition(".")[0]).text if asked else ""
    except KeyError:
        return ""
