"""Reads of the rows that reports count: in as many queries for many rows as for few."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import contains_eager, load_only

from vrn_community import config
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights.models import Release, ReleaseState
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import LISTED, OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes import queries as outcomes
from vrn_community.outcomes.decisions.models import BodyDecision, Change, SaidState
from vrn_community.outcomes.models import Outcome, OutcomeState
from vrn_community.outcomes.reports import asking, rows
from vrn_community.outcomes.reports.asking import Slugs, day
from vrn_community.outcomes.reports.periods import Span
from vrn_community.oversight.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingState,
    Presence,
)
from vrn_community.oversight.recommendations.models import (
    Recommendation,
)
from vrn_community.oversight.scrutiny.models import Colour, Rating, ScrutinyTopic
from vrn_community.partnership.models import Body

#: From the least serious to the most serious.
SERIOUS = [Colour.GREEN, Colour.AMBER, Colour.RED]


def rows_of(span: Span, body: Body | None = None, *, is_whole: bool = False) -> rows.Rows:
    """Return all that a report of some days counts, perhaps of one body only, as files need it."""
    slugs = {row.id: row.slug for row in db.session.execute(select(Body.id, Body.slug))}
    moves = [*asking.extensions(slugs, body), *asking.postponements(slugs, body)]
    named = {(move.key, move.round): move.former_day for move in reversed(moves)}
    of_group = () if body else (_meetings(span), _ratings(span))
    held, rated = of_group or ((), ())
    return rows.Rows(
        recommendations=list(asking.sent(slugs, named, span, body, is_whole)),
        promises=list(asking.promises(slugs, named, span, body)),
        moves=moves,
        meetings=held,
        ratings=rated,
        activities=list(_activities(slugs, span, body)),
        decisions=list(_decisions(slugs, span, body)),
    )


def begun_on() -> date:
    """Return the first day on which anything was public, or today."""
    asked = select(func.min(Opportunity.published_at).label("first"))
    sent = select(func.min(Recommendation.sent_at).label("first"))
    query = select(func.min(union_all(asked, sent).subquery().c.first))
    first: datetime | None = db.session.scalar(query)
    return day(first) or clock.today()


def bodies() -> list[tuple[str, str]]:
    """Return the short names and the names of all bodies, in their order."""
    query = select(Body.slug, Body.name).order_by(Body.position, Body.name)
    return [(slug, name) for slug, name in db.session.execute(query)]


def not_changed(span: Span, most: int) -> Sequence[Outcome]:
    """Return the newest answers that say what did not change, of activities all can read about."""
    query = select(Outcome).join(Outcome.opportunity).options(contains_eager(Outcome.opportunity))
    shown = query.where(
        Outcome.state == OutcomeState.PUBLISHED,
        Outcome.not_changed != "",
        Opportunity.state.in_(LISTED),
        # Their words stand behind a warning on their own pages.
        ~Opportunity.is_sensitive,
        _is_in(Outcome.published_at, span),
    )
    newest = shown.order_by(Outcome.published_at.desc(), Outcome.id).limit(most)
    return db.session.scalars(newest).all()


def _is_in(column: Any, span: Span) -> ColumnElement[bool]:
    """Return the condition that a moment is in the London days of a span."""
    return and_(
        column >= clock.begin_of(span.first), column < clock.begin_of(span.last + timedelta(days=1))
    )


def _meetings(span: Span) -> list[rows.Meeting]:
    is_held = Meeting.state.in_((MeetingState.HELD, MeetingState.APPROVED))
    came = func.count().filter(Attendance.presence == Presence.CAME)
    query = (
        select(Meeting.starts_at, came)
        .outerjoin(Attendance, Attendance.meeting_id == Meeting.id)
        .where(is_held, _is_in(Meeting.starts_at, span))
        .group_by(Meeting.id, Meeting.starts_at)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    step = config.current().disclosure_threshold
    return [
        rows.Meeting(day(at), number // step * step) for at, number in db.session.execute(query)
    ]


def _ratings(span: Span) -> list[rows.Rating]:
    """Return what was rated, each by its most serious colour: members are not counted."""
    # What was taken down or is being rewritten shows none of its words, as in the register.
    is_named = and_(Opportunity.state.in_(LISTED), ~Opportunity.is_sensitive)
    shown = case((is_named, Opportunity.title), else_=Opportunity.code)
    kind = case((Rating.item_id.is_not(None), "item"), (Rating.topic_id.is_not(None), "topic"))
    query = (
        select(
            Rating.colour,
            func.coalesce(kind, "activity"),
            func.coalesce(AgendaItem.title, ScrutinyTopic.title, shown),
            func.coalesce(Rating.item_id, Rating.topic_id, Rating.opportunity_id),
        )
        .outerjoin(Rating.item)
        .outerjoin(Rating.topic)
        .outerjoin(Rating.opportunity)
        .where(_is_in(Rating.created_at, span))
    )
    found: dict[tuple[str, str, str], list[Colour]] = defaultdict(list)
    for colour, of, title, key in db.session.execute(query):
        found[of, title, str(key)].append(colour)
    return [
        rows.Rating(kind, title, max(colours, key=SERIOUS.index).value)
        for (kind, title, _key), colours in sorted(found.items())
    ]


def _activities(slugs: Slugs, span: Span, body: Body | None) -> Iterator[rows.Activity]:
    """Go through what people were asked and the public may still know of."""
    last_day = func.coalesce(Opportunity.closed_on, Opportunity.closes_on)
    is_told = and_(
        Outcome.opportunity_id == Opportunity.id, Outcome.state == OutcomeState.PUBLISHED
    )
    # What was closed and answered before the first day is settled.
    is_answered = Outcome.published_at < clock.begin_of(span.first)
    can_count = or_(Outcome.published_at.is_(None), ~is_answered, last_day >= span.first)
    query = (
        outcomes.everything()
        .with_only_columns(
            Opportunity.id,
            Opportunity.code,
            Opportunity.asking_body_id,
            Opportunity.published_at,
            Opportunity.closed_on,
            Opportunity.closes_on,
            Opportunity.state.in_(LISTED),
            Opportunity.level,
            Opportunity.decision_on,
            Outcome.published_at,
        )
        .outerjoin(Outcome, is_told)
        .where(Opportunity.state != OpportunityState.WITHDRAWN, can_count)
        .order_by(Opportunity.published_at, Opportunity.id)
    )
    if body:
        query = query.where(Opportunity.asking_body_id == body.id)
    people = _people(last_day, span)
    today = clock.today()
    for (
        key,
        code,
        body_id,
        published,
        closed,
        closes,
        over,
        level,
        decision,
        told,
    ) in db.session.execute(query):
        ended = closed or (closes if closes and closes < today else None)
        due = decision
        if level is ParticipationLevel.CONSULT and (last := closed or closes):
            due = outcomes.answer_due(last)
        yield rows.Activity(
            code,
            slugs[body_id] if body_id else "",
            day(published),
            ended if over else None,
            due,
            day(told),
            people.get(key),
        )


def _people(last_day: ColumnElement[date], span: Span) -> dict[uuid.UUID, int]:
    """Return how many took part at least in what closed in a span, as its public results say."""
    counted = load_only(Release.opportunity_id, Release.tables)
    query = select(Release).join(Release.opportunity).options(counted)
    shown = query.where(
        Release.state == ReleaseState.FROZEN,
        Opportunity.state.in_(LISTED),
        last_day.between(span.first, span.last),
    )
    return {release.opportunity_id: release.people for release in db.session.scalars(shown)}


def _decisions(slugs: Slugs, span: Span, body: Body | None) -> Iterator[rows.Decision]:
    kinds: tuple[tuple[str, Any, Any], ...] = (
        ("decision", BodyDecision, BodyDecision.decided_on),
        ("change", Change, Change.happened_on),
    )
    for kind, model, on in kinds:
        query = select(model.id, model.body_id, on).where(
            model.state == SaidState.PUBLISHED, on.between(span.first, span.last)
        )
        if body:
            query = query.where(model.body_id == body.id)
        for key, body_id, happened_on in db.session.execute(query.order_by(on, model.id)):
            yield rows.Decision(kind, str(key), slugs[body_id], happened_on)
