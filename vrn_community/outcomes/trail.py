"""The trail from what people said to what changed, for the public: both ways, in few queries.

Nothing here is stored. Only what was released, published or sent is found, and only of
activities that the public may still see.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, union
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import aliased, joinedload

from vrn_community.audit import memory
from vrn_community.extensions import db
from vrn_community.foundation.paging import Page, count, paginate
from vrn_community.insights.evidence import queries as evidence
from vrn_community.insights.evidence.models import SEEN, Evidence, Insight, InsightState
from vrn_community.insights.models import Release
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import LISTED
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.decisions.models import (
    BodyDecision,
    Change,
    SaidState,
    body_decision_insight,
    body_decision_recommendation,
)
from vrn_community.oversight.commitments import queries as commitments
from vrn_community.oversight.commitments.models import Commitment
from vrn_community.oversight.publishing import queries as statements
from vrn_community.oversight.publishing.models import Statement
from vrn_community.oversight.recommendations import queries as recommendations
from vrn_community.oversight.recommendations.models import Citation, Recommendation
from vrn_community.partnership.models import LocalIssue, Priority

Key = uuid.UUID


@dataclass
class Chain:
    """What followed from one activity, each list the newest first."""

    insights: list[Insight] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    decisions: list[BodyDecision] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether anything followed."""
        return bool(self.insights or self.recommendations or self.decisions or self.changes)


def is_seen(opportunity: Opportunity) -> bool:
    """Return whether the public may read the words of an activity now."""
    return opportunity.published_at is not None and opportunity.state in LISTED


def is_told(insight: Insight) -> bool:
    """Return whether the public may read an insight, or that it was corrected or withdrawn."""
    seen = (is_seen(each.release.opportunity) for each in insight.evidence)
    return insight.state in SEEN and any(seen)


def activities_of(decision: BodyDecision) -> list[Opportunity]:
    """Return the activities whose results or recommendations were in front of a decision."""
    heard = [each.release.opportunity for row in decision.insights for each in row.evidence]
    asked = [row.opportunity for row in decision.recommendations]
    return [row for row in dict.fromkeys([*heard, *asked]) if is_seen(row)]


def chains(activities: Collection[Key]) -> dict[Key, Chain]:
    """Return what followed from each of some activities; the number of queries never grows."""
    found = _followed(activities)
    asked = _sent().where(Recommendation.opportunity_id.in_(activities))
    for recommendation in db.session.scalars(asked):
        found[recommendation.opportunity_id].recommendations.append(recommendation)
    return found


def chain(activity: Key) -> Chain:
    """Return what followed from one activity, but for what was asked: its page has that whole."""
    return _followed([activity])[activity]


def _followed(activities: Collection[Key]) -> dict[Key, Chain]:
    found: dict[Key, Chain] = defaultdict(Chain)
    given = {"activities": list(activities)}
    for key, insight in _rows(_insights(), given):
        found[key].insights.append(insight)
    families: dict[Key, list[Key]] = defaultdict(list)
    for key, decision in _rows(_decisions(), given):
        found[key].decisions.append(decision)
        families[decision.family_id].append(key)
    for change, family, opportunity_id in _rows(_changes(), {**given, "families": list(families)}):
        for key in dict.fromkeys([*families.get(family, []), opportunity_id]):
            if key in activities:
                found[key].changes.append(change)
    return found


def _is_published_insight() -> ColumnElement[bool]:
    return Insight.state == InsightState.PUBLISHED


def _rows(query: Any, given: dict[str, list[Key]]) -> Iterable[Any]:
    return db.session.execute(query, given).all()


# These are made once: making them takes as long as asking them.
_given: Any = bindparam("activities", expanding=True)
_families: Any = bindparam("families", expanding=True)


@cache
def _insights() -> Any:
    """Return the query of activities with the published insights that rest on them."""
    rests_on = select(Release.opportunity_id, Evidence.insight_id).join(Evidence.release)
    pairs = rests_on.where(Release.opportunity_id.in_(_given)).distinct()
    return _tied(pairs, Insight).where(_is_published_insight())


@cache
def _decisions() -> Any:
    """Return the query of activities with the decisions that had something of them before them."""
    by_insight, by_asking = body_decision_insight, body_decision_recommendation
    heard = (
        select(Release.opportunity_id, by_insight.c.body_decision_id)
        .join(Evidence, Evidence.release_id == Release.id)
        .join(by_insight, by_insight.c.insight_id == Evidence.insight_id)
        .where(Release.opportunity_id.in_(_given))
    )
    asked = (
        select(Recommendation.opportunity_id, by_asking.c.body_decision_id)
        .join(by_asking, by_asking.c.recommendation_id == Recommendation.id)
        .where(Recommendation.opportunity_id.in_(_given))
    )
    query = _tied(union(heard, asked), BodyDecision).options(joinedload(BodyDecision.body))
    return query.where(BodyDecision.state == SaidState.PUBLISHED)


def _tied(pairs: Any, model: Any) -> Any:
    """Return the query of activities with the rows that pairs of keys tie to them, newest first."""
    activity, row = pairs.subquery().c
    query = select(activity, model).join(model, model.id == row)
    return query.order_by(model.created_at.desc(), model.id)


@cache
def _changes() -> Any:
    """Return the query of changes: with the family of a decision, and the activity of an asking."""
    former = aliased(BodyDecision)
    asked = func.coalesce(Change.recommendation_id, Commitment.recommendation_id)
    query = (
        select(Change, former.family_id, Recommendation.opportunity_id)
        .outerjoin(former, Change.decision_id == former.id)
        .outerjoin(Commitment, Change.commitment_id == Commitment.id)
        .outerjoin(Recommendation, Recommendation.id == asked)
        .options(joinedload(Change.body))
        .where(Change.state == SaidState.PUBLISHED)
        .where(or_(former.family_id.in_(_families), Recommendation.opportunity_id.in_(_given)))
    )
    return query.order_by(Change.happened_on.desc(), Change.id)


def _sent() -> Select[Recommendation]:
    query = select(Recommendation).where(recommendations.is_public())
    newest = query.order_by(Recommendation.sent_at.desc(), Recommendation.id)
    return newest.options(joinedload(Recommendation.body))


@dataclass(frozen=True)
class PublicInsight:
    """What everybody reads of an insight: released results alone, and what followed."""

    insight: Insight
    #: The activities whose results it rests on, as far as the public may see them.
    activities: list[Opportunity]
    #: The version that counts now, where this one was corrected.
    newest: Insight | None
    recommendations: Sequence[Recommendation]
    decisions: Sequence[BodyDecision]


def insight(insight_id: Key) -> PublicInsight:
    """Return an insight for the public; NoResultFound for a draft, or if nothing is shown of it."""
    found = evidence.insight(insight_id)
    activities = {each.release.opportunity.id: each.release.opportunity for each in found.evidence}
    if not is_told(found):
        raise NoResultFound
    seen = [row for row in activities.values() if is_seen(row)]
    newest = None
    if found.state is InsightState.CORRECTED:
        newest = next((row for row in evidence.versions(found) if row.published_at), None)
    family = select(Insight.id).where(Insight.family_id == found.family_id)
    rests = Recommendation.citations.any(Citation.insight_id.in_(family))
    is_shown = Recommendation.opportunity.has(Opportunity.state.in_(LISTED))
    asked = db.session.scalars(_sent().where(rests, is_shown)).all()
    decided = _standing_decisions(BodyDecision.insights.any(Insight.id.in_(family)))
    return PublicInsight(found, seen, newest, asked, decided)


def _standing_decisions(condition: ColumnElement[bool]) -> Sequence[BodyDecision]:
    query = select(BodyDecision).where(condition, BodyDecision.state == SaidState.PUBLISHED)
    newest = query.order_by(BodyDecision.decided_on.desc(), BodyDecision.id)
    return db.session.scalars(newest.options(joinedload(BodyDecision.body))).all()


@dataclass(frozen=True)
class PublicRecommendation:
    """What everybody reads of a recommendation, and what followed from it."""

    recommendation: Recommendation
    decisions: Sequence[BodyDecision]
    changes: Sequence[Change]
    #: What was promised, by recommendation.
    commitments: Mapping[Key, list[Commitment]]
    #: What the group published about the ballot in which it decided that.
    told: Statement | None = None


def recommendation(recommendation_id: Key) -> PublicRecommendation:
    """Return what was sent to a body, for the public; NoResultFound for a draft."""
    query = select(Recommendation).where(
        Recommendation.id == recommendation_id, recommendations.is_public()
    )
    whole = (
        *recommendations.PUBLIC,
        *recommendations.DECIDED,
        joinedload(Recommendation.opportunity),
    )
    found = db.session.scalars(query.options(*whole)).one()
    if not is_seen(found.opportunity):
        raise NoResultFound
    considered = BodyDecision.recommendations.any(Recommendation.id == found.id)
    promised = commitments.of([found.id])
    changes = _changes_after(found, [row.id for row in promised.get(found.id, [])])
    told = statements.about_ballot(found.ballot_id) if found.ballot_id else None
    return PublicRecommendation(found, _standing_decisions(considered), changes, promised, told)


def _changes_after(of: Recommendation, promised: Collection[Key]) -> Sequence[Change]:
    after = or_(Change.recommendation_id == of.id, Change.commitment_id.in_(promised))
    query = select(Change).where(after, Change.state == SaidState.PUBLISHED)
    newest = query.order_by(Change.happened_on.desc(), Change.id)
    return db.session.scalars(newest.options(joinedload(Change.body))).all()


def about_priority(number: int) -> ColumnElement[bool]:
    """Return the condition that an activity, or what is known from it, is about a priority."""
    of_insight = Insight.priorities.any(Priority.number == number)
    return or_(Opportunity.priorities.any(Priority.number == number), _rests_on(of_insight))


def about_issue(slug: str) -> ColumnElement[bool]:
    """Return the condition that an activity, or what is known from it, is about a local issue."""
    of_insight = Insight.local_issues.any(LocalIssue.slug == slug)
    return or_(Opportunity.local_issues.any(LocalIssue.slug == slug), _rests_on(of_insight))


def _rests_on(of_insight: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a published insight of some kind rests on an activity."""
    tied = select(Release.opportunity_id).join(Evidence, Evidence.release_id == Release.id)
    tied = tied.join(Insight, Insight.id == Evidence.insight_id)
    return Opportunity.id.in_(tied.where(_is_published_insight(), of_insight))


def theme(
    key: str, about: ColumnElement[bool], number: int
) -> tuple[Page[Opportunity], dict[Key, Chain]]:
    """Return a page of the activities about a theme, newest first, with what followed from each.

    Their number is kept under the key, until somebody acts.
    """
    query = select(Opportunity).where(
        about,
        Opportunity.published_at.is_not(None),
        Opportunity.state.in_(LISTED),
        Opportunity.level != ParticipationLevel.INFORM,
    )
    newest = query.order_by(Opportunity.published_at.desc(), Opportunity.id)
    total = memory.remembered(("theme", key), lambda: count(query))
    page = paginate(newest, number, 10, [joinedload(Opportunity.asking_body)], total)
    return page, chains([row.id for row in page])
