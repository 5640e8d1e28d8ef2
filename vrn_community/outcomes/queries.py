"""Reads of outcomes and of the public register: where each activity stands is said once, here."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload

from vrn_community import config
from vrn_community.audit import memory
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.insights import queries as insights
from vrn_community.insights.models import Release, ReleaseState
from vrn_community.insights.tabulate import Table
from vrn_community.opportunities import queries as opportunities
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import LISTED, OpportunityState
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.outcomes import trail
from vrn_community.outcomes.models import Outcome, OutcomeState
from vrn_community.outcomes.trail import Chain
from vrn_community.oversight.commitments import queries as commitments
from vrn_community.oversight.commitments.models import Commitment
from vrn_community.oversight.recommendations import queries as recommendations
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.partnership.models import Area, Priority

_state = Opportunity.state
#: Results of one activity that stand on the page of all.
MOST_TOLD = 3


class Standing(StrEnum):
    """Where an activity stands in the register; computed, never stored (Y28)."""

    PLANNED = "planned"
    OPEN = "open"
    PAUSED = "paused"
    ANALYSING = "analysing"
    DECISION_DUE = "decision-due"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    BEING_CHANGED = "being-changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Entry:
    """One line of the register."""

    opportunity: Opportunity
    standing: Standing

    @property
    def is_shown(self) -> bool:
        """Whether its words may be shown: not what was taken down, or is being rewritten."""
        return self.opportunity.state in LISTED

    @property
    def last_day(self) -> date | None:
        """The last day on which people could take part."""
        return self.opportunity.closed_on or self.opportunity.closes_on

    @property
    def due_on(self) -> date | None:
        """The day by which an answer is owed: the promised reply, or else the decision."""
        if self.opportunity.level is ParticipationLevel.CONSULT:
            return self.opportunity.reply_due_on
        return self.opportunity.decision_on


@dataclass(frozen=True)
class Heard:
    """What was released of one activity."""

    opportunity: Opportunity
    release: Release

    @property
    def told(self) -> list[Table]:
        """The first tables about the matter: those about people say who, not what."""
        return [table for table in self.release.shown if not table.is_about_person][:MOST_TOLD]


@dataclass(frozen=True)
class OutcomePage:
    """What the public reads about what became of one activity."""

    entry: Entry
    #: None until it is published.
    outcome: Outcome | None
    release: Release | None
    recommendations: Sequence[Recommendation]
    chain: Chain
    #: What was promised, by recommendation.
    commitments: Mapping[uuid.UUID, list[Commitment]]


def standing() -> ColumnElement[str]:
    """Return where an activity stands today, as an expression: the one place that says it."""
    today = clock.today()
    owed_until = clock.weeks_after(today, -config.current().response_due_weeks)
    return _standing(today, owed_until)


@lru_cache(maxsize=2)  # Making it takes as long as a query, and a page needs it several times.
def _standing(today: date, owed_until: date) -> ColumnElement[str]:
    stages = {
        Stage.PAUSED: Standing.PAUSED,
        Stage.OPENING_SOON: Standing.PLANNED,
        Stage.OPEN: Standing.OPEN,
    }
    return case(
        (_state == OpportunityState.WITHDRAWN, Standing.WITHDRAWN.value),
        (and_(_is_late(today, owed_until), ~_is_answered()), Standing.OVERDUE.value),
        (_state.not_in(LISTED), Standing.BEING_CHANGED.value),
        (_is_answered(), Standing.ANSWERED.value),
        *((opportunities.is_in_stage(at, today), found.value) for at, found in stages.items()),
        (Opportunity.results_frozen_on.is_not(None), Standing.DECISION_DUE.value),
        else_=Standing.ANALYSING.value,
    )


def answer_due(last_day: date) -> date:
    """Return the day by which a consultation that ended on a day must be answered (V1)."""
    return clock.weeks_after(last_day, config.current().response_due_weeks)


def _is_late(today: date, owed_until: date) -> ColumnElement[bool]:
    """Return the condition that the day of `Entry.due_on` has passed."""
    is_consult = Opportunity.level == ParticipationLevel.CONSULT
    last_day = func.coalesce(Opportunity.closed_on, Opportunity.closes_on)
    return or_(
        and_(is_consult, last_day < owed_until),
        and_(or_(~is_consult, last_day.is_(None)), Opportunity.decision_on < today),
    )


def _is_answered() -> ColumnElement[bool]:
    published = Outcome.state == OutcomeState.PUBLISHED
    return exists().where(Outcome.opportunity_id == Opportunity.id, published)


def everything() -> Select[Opportunity]:
    """Return everything that was ever public and in which people could take part."""
    can_be_answered = Opportunity.level != ParticipationLevel.INFORM
    return select(Opportunity).where(Opportunity.published_at.is_not(None), can_be_answered)


def register(number: int, wanted: Standing | None = None) -> Page[Entry]:
    """Return a page of the public register, newest first, perhaps of one standing only."""
    query = everything().order_by(Opportunity.published_at.desc(), Opportunity.id)
    if wanted:
        query = query.where(standing() == wanted.value)
    found = counts()
    total = found.get(wanted, 0) if wanted else sum(found.values())
    page = paginate(query, number, load=[joinedload(Opportunity.asking_body)], total=total)
    return Page(entries(page.rows), page.number, page.pages, page.total)


def counts() -> dict[Standing, int]:
    """Return how many activities of the register stand where."""
    return memory.remembered("standings", _counts)


def _counts() -> dict[Standing, int]:
    query = everything().with_only_columns(standing().label("standing"), func.count())
    rows = db.session.execute(query.group_by("standing"))
    return {Standing(found): number for found, number in rows}


def heard(number: int, priority: int | None = None, area: str = "") -> Page[Heard]:
    """Return a page of what was released, newest first, perhaps of one priority and area only.

    An activity without an area is about all of them.
    """
    is_current = and_(
        Release.opportunity_id == Opportunity.id, Release.state == ReleaseState.FROZEN
    )
    query = select(Release).join(Opportunity, is_current).where(_state.in_(LISTED))
    query = query.where(Opportunity.published_at.is_not(None))
    if priority:
        query = query.where(Opportunity.priorities.any(Priority.number == priority))
    if area:
        here = Opportunity.areas.any(Area.code == area)
        query = query.where(or_(here, ~Opportunity.areas.any()))
    newest = query.order_by(Release.frozen_at.desc(), Release.id)
    page = paginate(newest, number, load=[joinedload(Release.opportunity)])
    found = [Heard(release.opportunity, release) for release in page.rows]
    return Page(found, page.number, page.pages, page.total)


def waiting(most: int = 10) -> list[Entry]:
    """Return what has closed and has no published outcome, for the desk: the oldest first."""
    owed = (Standing.OVERDUE.value, Standing.DECISION_DUE.value, Standing.ANALYSING.value)
    query = everything().where(standing().in_(owed), _state.in_(LISTED))
    oldest = Opportunity.closes_on.asc().nulls_first()
    return entries(db.session.scalars(query.order_by(oldest, Opportunity.id).limit(most)).all())


def entries(found: Sequence[Opportunity]) -> list[Entry]:
    """Return the lines of the register for some activities, in their order."""
    keys = [opportunity.id for opportunity in found]
    rows = db.session.execute(select(Opportunity.id, standing()).where(Opportunity.id.in_(keys)))
    standings = {key: Standing(value) for key, value in rows}
    return [Entry(opportunity, standings[opportunity.id]) for opportunity in found]


def outcome(opportunity_id: uuid.UUID) -> Outcome | None:
    """Return the outcome of an activity, published or not, if somebody has begun it."""
    query = select(Outcome).where(Outcome.opportunity_id == opportunity_id)
    return db.session.scalars(query).first()


def begun(opportunity_id: uuid.UUID) -> Outcome:
    """Return the outcome of an activity with the activity; NoResultFound if nobody has begun it."""
    query = select(Outcome).options(joinedload(Outcome.opportunity))
    return db.session.scalars(query.where(Outcome.opportunity_id == opportunity_id)).one()


def entry(opportunity: Opportunity) -> Entry:
    """Return the line of the register for one activity."""
    return entries([opportunity])[0]


def public_release(code: str) -> Release | None:
    """Return the results of an activity that the public sees, if it sees any.

    NoResultFound if the public never knew of the activity.
    """
    found = outcome_page(code)
    opportunity = found.entry.opportunity
    is_seen = found.entry.is_shown and opportunity.state is not OpportunityState.WITHDRAWN
    return found.release if is_seen else None


def outcome_page(code: str) -> OutcomePage:
    """Return what the public reads under a code; NoResultFound where there is nothing to answer."""
    opportunity = opportunities.row_by_code(code)
    if opportunity.level is ParticipationLevel.INFORM:
        raise NoResultFound
    found = outcome(opportunity.id)
    asked = recommendations.sent_about(opportunity.id)
    return OutcomePage(
        entry=entry(opportunity),
        outcome=found if found and found.state is OutcomeState.PUBLISHED else None,
        release=insights.current_release(opportunity.id),
        recommendations=asked,
        commitments=commitments.of([one.id for one in asked]),
        chain=trail.chain(opportunity.id),
    )
