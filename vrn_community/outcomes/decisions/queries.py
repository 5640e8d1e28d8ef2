"""Reads of decisions and changes, and of what a body had in front of it."""

import uuid
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Select, exists, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload, load_only, selectinload

from vrn_community.extensions import db
from vrn_community.foundation.paging import Page, paginate
from vrn_community.insights.evidence.models import Evidence, Insight, InsightState, Routing
from vrn_community.insights.models import Release
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.decisions.models import BodyDecision, Change, SaidState, Versioned
from vrn_community.oversight.commitments.models import Commitment
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.partnership.models import Body, SuccessMeasure

Saying = TypeVar("Saying", BodyDecision, Change)
#: How much a body is offered as what it had in front of it, or as what came before a change.
MOST = 100
#: What is asked of an activity before its name is shown.
SEEN_OF = (
    Opportunity.code,
    Opportunity.title,
    Opportunity.state,
    Opportunity.published_at,
    Opportunity.is_sensitive,
)
_activity = joinedload(Recommendation.opportunity).load_only(*SEEN_OF)
_of_insight = (
    selectinload(Insight.evidence)
    .joinedload(Evidence.release)
    # Not its tables: they are long, and nothing of them is shown here.
    .options(
        load_only(Release.opportunity_id),
        joinedload(Release.opportunity).load_only(*SEEN_OF),
    )
)
#: What the page of a decision, and of a change, shows.
WHOLE_DECISION = (
    joinedload(BodyDecision.body),
    selectinload(BodyDecision.insights).options(_of_insight),
    selectinload(BodyDecision.recommendations).options(_activity, joinedload(Recommendation.body)),
)
WHOLE_CHANGE = (
    joinedload(Change.body),
    joinedload(Change.recommendation).options(_activity, joinedload(Recommendation.body)),
    joinedload(Change.decision).options(*WHOLE_DECISION),
    joinedload(Change.commitment)
    .joinedload(Commitment.recommendation)
    .options(_activity, joinedload(Recommendation.body)),
    selectinload(Change.measures),
)


def decision(decision_id: uuid.UUID) -> BodyDecision:
    """Return one version of a decision with all that it had in front of it; or NoResultFound."""
    query = select(BodyDecision).where(BodyDecision.id == decision_id)
    return db.session.scalars(query.options(*WHOLE_DECISION)).one()


def change(change_id: uuid.UUID) -> Change:
    """Return one version of a change with what came before it; NoResultFound if there is none."""
    query = select(Change).where(Change.id == change_id).options(*WHOLE_CHANGE)
    return db.session.scalars(query).one()


def said(row_id: uuid.UUID) -> BodyDecision | Change:
    """Return a decision or a change by its key; NoResultFound if there is neither."""
    found = db.session.get(BodyDecision, row_id) or db.session.get(Change, row_id)
    if found is None:
        raise NoResultFound
    return found


def find(model: type[Saying], row_id: uuid.UUID) -> Saying | None:
    """Return one version if it exists."""
    return db.session.get(model, row_id)


def versions(of: Versioned) -> Sequence[Versioned]:
    """Return all versions of a decision or a change, newest first."""
    model = type(of)
    query = select(model).where(model.family_id == of.family_id)
    return list(db.session.scalars(query.order_by(model.number.desc())))


def changes_after(of: BodyDecision) -> list[Change]:
    """Return what is different since a decision, in any of its versions, the newest first."""
    family = select(BodyDecision.id).where(BodyDecision.family_id == of.family_id)
    query = _published(Change).where(Change.decision_id.in_(family))
    return list(db.session.scalars(query.order_by(Change.happened_on.desc(), Change.id)))


def decisions_of(body_id: uuid.UUID, number: int) -> Page[BodyDecision]:
    """Return a page of what a body decided, as it stands, the newest first."""
    query = select(BodyDecision).where(
        BodyDecision.body_id == body_id, BodyDecision.state != SaidState.CORRECTED
    )
    newest = (BodyDecision.decided_on.desc(), BodyDecision.id)
    return paginate(query.order_by(*newest), number, load=[joinedload(BodyDecision.body)])


def changes_of(body_id: uuid.UUID, number: int) -> Page[Change]:
    """Return a page of what a body says is different, as it stands, the newest first."""
    is_theirs = (Change.body_id == body_id, Change.state != SaidState.CORRECTED)
    query = select(Change).where(*is_theirs).order_by(Change.happened_on.desc(), Change.id)
    return paginate(query, number, load=[joinedload(Change.body)])


def changes_for(measure_id: uuid.UUID, number: int) -> Page[Change]:
    """Return a page of the changes that may help an aim of the strategy, the newest first."""
    query = _published(Change).where(Change.measures.any(SuccessMeasure.id == measure_id))
    newest = query.order_by(Change.happened_on.desc(), Change.id)
    return paginate(newest, number, load=[joinedload(Change.body)])


def everything(number: int) -> Page[BodyDecision]:
    """Return a page of all decisions whose words stand, in every version, newest first."""
    query = select(BodyDecision).where(BodyDecision.state != SaidState.WITHDRAWN)
    newest = query.order_by(BodyDecision.created_at.desc(), BodyDecision.id)
    return paginate(newest, number, load=[joinedload(BodyDecision.body)])


def all_changes(number: int) -> Page[Change]:
    """Return a page of all changes whose words stand, in every version, newest first."""
    query = select(Change).where(Change.state != SaidState.WITHDRAWN)
    newest = query.order_by(Change.created_at.desc(), Change.id)
    return paginate(newest, number, load=[joinedload(Change.body)])


def _published(model: type[Saying]) -> Select[Saying]:
    found: Select[Saying] = select(model).where(model.state == SaidState.PUBLISHED)
    return found


def insights_for(body_id: uuid.UUID) -> list[Insight]:
    """Return the published insights that a body was sent, the newest first."""
    sent = exists().where(Routing.insight_id == Insight.id, Routing.body_id == body_id)
    query = select(Insight).where(sent, Insight.state == InsightState.PUBLISHED)
    newest = (Insight.published_at.desc(), Insight.id)
    return list(db.session.scalars(query.order_by(*newest).limit(MOST)))


def recommendations_for(body_id: uuid.UUID) -> list[Recommendation]:
    """Return what a body was asked by the oversight group, the newest first."""
    is_asked = (Recommendation.body_id == body_id, Recommendation.sent_at.is_not(None))
    newest = (Recommendation.sent_at.desc(), Recommendation.id)
    query = select(Recommendation).where(*is_asked).order_by(*newest).limit(MOST)
    return list(db.session.scalars(query))


def commitments_of(body_id: uuid.UUID) -> list[Commitment]:
    """Return what a body promised because of recommendations, the newest first."""
    query = select(Commitment).join(Commitment.recommendation)
    newest = query.order_by(Commitment.created_at.desc(), Commitment.id).limit(MOST)
    return list(db.session.scalars(newest.where(Recommendation.body_id == body_id)))


def decisions_for(body_id: uuid.UUID) -> list[BodyDecision]:
    """Return the decisions of a body that stand, the newest first."""
    query = _published(BodyDecision).where(BodyDecision.body_id == body_id)
    newest = (BodyDecision.decided_on.desc(), BodyDecision.id)
    return list(db.session.scalars(query.order_by(*newest).limit(MOST)))


def body_of(body_id: uuid.UUID) -> Body:
    """Return a body by its key; NoResultFound if there is none."""
    return db.session.scalars(select(Body).where(Body.id == body_id)).one()
