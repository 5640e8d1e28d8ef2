"""Reads for moderators; nothing here is ordered by arrival, or says anything about a person."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
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
from vrn_community.moderation.models import Decision, DecisionOutcome, Proposal
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import equality
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.responses.models import Response
from vrn_community.safeguarding import queries as safeguarding
from vrn_community.safeguarding.models import Concern, ConcernState
from vrn_community.screening import folding
from vrn_community.screening.signals import AS_USUAL, NOW, Signal, joined

Row = TypeVar("Row")
MOST_DECISIONS = 20
PAGE_SIZE = 20
#: No sealed text of the longest short answer is longer.
LONGEST_SEALED = 4 * 40 + 64
HELD_LAST = case((Passage.state == PassageState.HELD, 1), else_=0)
BANDS = {choice.id: place for place, choice in enumerate(equality.AGE_BAND.choices)}
#: The youngest first; who did not say comes after them.
_AGE = func.coalesce(
    case(BANDS, value=Response.profile[equality.AGE_BAND.id].as_string(), else_=len(BANDS)),
    len(BANDS),
)
#: What is most urgent, then the youngest, has the lowest place in the queue.
PLACE = HELD_LAST * 10_000 + (NOW - Passage.urgency) * 100 + _AGE


@dataclass(frozen=True)
class Waiting:
    """How many passages of one opportunity wait for a moderator."""

    opportunity_id: uuid.UUID
    title: str
    new: int
    held: int


def queue(
    number: int,
    *,
    to: uuid.UUID | None = None,
    opportunity_id: uuid.UUID | None = None,
    state: PassageState | None = None,
    signal: Signal | None = None,
    second_for: uuid.UUID | None = None,
) -> Page[Passage]:
    """Return a page of the passages that wait, or are in one state, or show one signal.

    New ones stand before held ones, then the most urgent first, then the youngest people. What
    alleges something about the reader (`to`) is not among them, nor what is with the safeguarding
    lead. `second_for` leaves those that wait for an account to agree with somebody else.
    """
    query = _with_ages(select(Passage)).where(_is_for(to))
    if second_for:
        query = query.where(_is_proposed(Proposal.moderator_id != second_for))
    if signal:
        query = query.where(Passage.signals.contains(joined([signal]), autoescape=True))
    query = query.where(Passage.state.in_([state] if state else WAITING))
    if opportunity_id:
        query = query.where(Contribution.opportunity_id == opportunity_id)
    return paginate(
        query.order_by(PLACE, Contribution.opportunity_id, Passage.id),
        number,
        PAGE_SIZE,
        load=[joinedload(Passage.contribution).joinedload(Contribution.opportunity)],
    )


def _is_proposed(by: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Proposal.passage_id == Passage.id, by)


def proposal(passage_id: uuid.UUID) -> Proposal | None:
    """Return what waits for a second moderator to agree about a passage, if anything does."""
    return db.session.scalars(select(Proposal).where(Proposal.passage_id == passage_id)).first()


def proposals(passage_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Proposal]:
    """Return the proposals about some passages, by the key of the passage, in one query."""
    query = select(Proposal).where(Proposal.passage_id.in_(passage_ids))
    return {found.passage_id: found for found in db.session.scalars(query)}


def number_for_second(account_id: uuid.UUID) -> int:
    """Return how many passages wait for an account to agree with somebody else."""
    query = select(func.count()).select_from(Passage).where(Passage.state.in_(WAITING))
    by_others = _is_proposed(Proposal.moderator_id != account_id)
    return db.session.scalar(query.where(by_others, _is_for(account_id))) or 0


def _is_for(account_id: uuid.UUID | None) -> ColumnElement[bool]:
    """Return the condition that a passage is moderators’ to read, and alleges nothing about one."""
    is_with_lead = Concern.passage_id == Passage.id, Concern.state == ConcernState.OPEN
    return Passage.id.not_in(safeguarding.passages_about(account_id)) & ~exists().where(
        *is_with_lead
    )


def _with_ages(query: Select[Row]) -> Select[Row]:
    return query.join(Passage.contribution).outerjoin(
        Response, Response.contribution_id == Contribution.id
    )


def waiting(to: uuid.UUID | None = None) -> list[Waiting]:
    """Return the number of waiting passages for each opportunity that has some, by title.

    What alleges something about the reader, or is with the safeguarding lead, is not counted.
    """
    held = func.sum(HELD_LAST)
    query = (
        select(Opportunity.id, Opportunity.title, func.count() - held, held)
        .join(Contribution, Contribution.opportunity_id == Opportunity.id)
        .join(Passage, Passage.contribution_id == Contribution.id)
        .where(Passage.state.in_(WAITING), _is_for(to))
        .group_by(Opportunity.id, Opportunity.title)
        .order_by(Opportunity.title, Opportunity.id)
    )
    rows = db.session.execute(query)
    return [Waiting(key, title, int(new), int(held)) for key, title, new, held in rows]


def number_waiting() -> int:
    """Return how many passages wait for a moderator."""
    query = select(func.count()).select_from(Passage).where(Passage.state.in_(WAITING))
    return db.session.scalar(query) or 0


def is_urgent_for(account_id: uuid.UUID) -> bool:
    """Return whether new words wait for a moderator in which somebody may need help now."""
    query = select(Passage.id).where(Passage.state == PassageState.PENDING, Passage.urgency == NOW)
    return db.session.scalar(query.where(_is_for(account_id)).limit(1)) is not None


def next_waiting(passage: Passage, reader_id: uuid.UUID) -> uuid.UUID | None:
    """Return the key of the waiting passage of the same opportunity that follows one, if any.

    After one that was left as it is comes the next in the queue, at its end the first again.
    What the reader proposed waits for somebody else, so it does not come again.
    """
    query = _with_ages(select(Passage.id)).where(
        Contribution.opportunity_id == passage.contribution.opportunity_id,
        Passage.state.in_(WAITING),
        Passage.id != passage.id,
        ~_is_proposed(Proposal.moderator_id == reader_id),
        _is_for(reader_id),
    )
    return db.session.scalars(query.order_by(*_following(passage)).limit(1)).first()


def _following(passage: Passage) -> tuple[Any, ...]:
    if passage.state is not PassageState.PENDING:
        return (HELD_LAST, PLACE, Passage.id < passage.id, Passage.id)
    place = db.session.scalar(_with_ages(select(PLACE)).where(Passage.id == passage.id))
    is_before = or_(place > PLACE, and_(place == PLACE, Passage.id < passage.id))
    return (HELD_LAST, is_before, PLACE, Passage.id)


def decisions(passage: Passage) -> list[Decision]:
    """Return the last decisions about a passage, newest first."""
    query = select(Decision).where(Decision.passage_id == passage.id)
    newest = query.order_by(Decision.created_at.desc(), Decision.id).limit(MOST_DECISIONS)
    return list(db.session.scalars(newest))


def last_decision(passage: Passage) -> Decision | None:
    """Return the decision about a passage that counts."""
    return next(iter(decisions(passage)), None)


def last_decisions(passage_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Decision]:
    """Return the decisions that count about some passages, by the key of the passage."""
    query = select(Decision).where(Decision.passage_id.in_(passage_ids))
    oldest_first = query.order_by(Decision.created_at, Decision.id.desc())
    return {found.passage_id: found for found in db.session.scalars(oldest_first)}


def outcomes(passage: Passage) -> list[DecisionOutcome]:
    """Return what can be decided about a passage now.

    As long as a concern about it is open, or when the words as written are gone, nothing that
    lets others read it.
    """
    blocked = passage.is_forgotten or has_open_concern(passage)
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


LONGEST_ALIKE, LEAST_ALIKE, MOST_LOOKED_AT, MOST_GROUPS = 40, 2, 2_000, 20


@dataclass(frozen=True)
class Alike:
    """Short answers to one question that say the same, and the words of the first of them."""

    words: str
    passages: list[Passage]


def alike(opportunity_id: uuid.UUID) -> list[Alike]:
    """Return groups of new short answers that say the same and show no sign, largest first.

    Of an activity with very many, those that come first by their random keys. Of a sensitive
    one none: each is read by two people.
    """
    query = (
        select(Passage)
        .join(Passage.contribution)
        .options(joinedload(Passage.record_key))
        .where(
            Contribution.opportunity_id == opportunity_id,
            Passage.state == PassageState.PENDING,
            Passage.urgency == AS_USUAL,
            Contribution.opportunity.has(Opportunity.is_sensitive.is_(False)),
            func.length(Passage.sealed_words) <= LONGEST_SEALED,
            ~select(Concern.id).where(Concern.passage_id == Passage.id).exists(),
        )
        .order_by(Passage.id)
        .limit(MOST_LOOKED_AT)
    )
    groups: dict[tuple[str, str], list[Passage]] = {}
    for passage in db.session.scalars(query):
        words = passage.unseal()
        if len(words) <= LONGEST_ALIKE:
            groups.setdefault((passage.question_id, folding.alike(words)), []).append(passage)
    found = [Alike(same[0].unseal(), same) for same in groups.values() if len(same) >= LEAST_ALIKE]
    return sorted(found, key=lambda group: (-len(group.passages), group.words))[:MOST_GROUPS]


def alike_to(passage: Passage) -> list[Passage]:
    """Return the group that a passage is in now; empty if it is in none."""
    groups = alike(passage.contribution.opportunity_id)
    return next((g.passages for g in groups if passage in g.passages), [])
