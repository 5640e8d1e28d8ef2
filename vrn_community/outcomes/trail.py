"""The trail from what people said to what changed, for the public: both ways, in few queries.

Nothing here is stored. Only what was released, published or sent is found, and only of
activities that the public may still see.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, or_, select, union
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import aliased, joinedload

from vrn_community.audit import memory
from vrn_community.extensions import db
from vrn_community.foundation.paging import Page, count, paginate
from vrn_community.insights.evidence import queries as evidence
from vrn_community.insights.evidence.models import (
    SEEN,
    Evidence,
    Insight,
    InsightState,
    insight_local_issue,
    insight_priority,
)
from vrn_community.insights.models import Release
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import LISTED
from vrn_community.opportunities.models import (
    Opportunity,
    opportunity_local_issue,
    opportunity_priority,
)
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
        .where(Change.state == SaidState.PUBLISHED, Change.id.in_(union(*_ways_to_change())))
    )
    return query.order_by(Change.happened_on.desc(), Change.id)


def _ways_to_change() -> Iterator[Any]:
    """Go through the queries of changes after a decision, an asking, or a promise."""
    decided = select(BodyDecision.id).where(BodyDecision.family_id.in_(_families))
    asked = select(Recommendation.id).where(Recommendation.opportunity_id.in_(_given))
    promised = select(Commitment.id).where(Commitment.recommendation_id.in_(asked))
    yield select(Change.id).where(Change.decision_id.in_(decided))
    yield select(Change.id).where(Change.recommendation_id.in_(asked))
    yield select(Change.id).where(Change.commitment_id.in_(promised))


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
    citing = select(Citation.recommendation_id).where(Citation.insight_id.in_(family))
    rests = Recommendation.id.in_(citing)
    is_shown = Recommendation.opportunity.has(Opportunity.state.in_(LISTED))
    asked = db.session.scalars(_sent().where(rests, is_shown)).all()
    heard = select(body_decision_insight.c.body_decision_id)
    heard = heard.where(body_decision_insight.c.insight_id.in_(family))
    decided = _standing_decisions(BodyDecision.id.in_(heard))
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
    before = select(body_decision_recommendation.c.body_decision_id)
    before = before.where(body_decision_recommendation.c.recommendation_id == found.id)
    considered = BodyDecision.id.in_(before)
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
    themes = select(Priority.id).where(Priority.number == number)
    return _about(opportunity_priority, insight_priority, themes)


def about_issue(slug: str) -> ColumnElement[bool]:
    """Return the condition that an activity, or what is known from it, is about a local issue."""
    themes = select(LocalIssue.id).where(LocalIssue.slug == slug)
    return _about(opportunity_local_issue, insight_local_issue, themes)


def _about(activities: Table, insights: Table, themes: Select[Key]) -> ColumnElement[bool]:
    """Return the condition that a theme is tied to an activity, or to a published insight from it.

    What is tied to a theme is found once; to ask each activity takes longer the more there are.
    """
    own = select(activities.c.opportunity_id).where(activities.c[1].in_(themes))
    of_theme = select(insights.c.insight_id).where(insights.c[1].in_(themes))
    known = select(Evidence.id).join(Evidence.release).join(Evidence.insight)
    known = known.where(Release.opportunity_id == Opportunity.id, _is_published_insight())
    return or_(Opportunity.id.in_(own), known.where(Insight.id.in_(of_theme)).exists())


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
