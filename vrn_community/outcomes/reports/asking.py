"""Reads of what bodies were asked and promised, and of the days that moved, for reports."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import repeat
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.reports import rows
from vrn_community.outcomes.reports.periods import Span
from vrn_community.oversight.commitments import queries as commitments
from vrn_community.oversight.commitments.models import Commitment, Postponement
from vrn_community.oversight.recommendations import queries as recommendations
from vrn_community.oversight.recommendations.models import (
    Challenge,
    Escalation,
    Extension,
    Recommendation,
    Reply,
)
from vrn_community.partnership.models import Body

Slugs = dict[uuid.UUID, str]
#: The days that were named first, of what has moved.
Named = dict[rows.Round, date]


def day(of: Any) -> Any:
    """Return the London day of a moment, or None."""
    return clock.in_london(of).date() if of else None


def sent(
    slugs: Slugs, named: Named, span: Span, body: Body | None, is_whole: bool
) -> Iterator[rows.Recommendation]:
    """Go through what was sent by the last day; what is equal is one row many times over."""
    found = db.session.execute(_asked(span, body, is_whole))
    for number, asked, code, body_id, sent_at, due, *later in found:
        replied_at, answer, challenged_at, again_by, again_at, again, *board = later
        escalated_at, board_by, board_at = board
        key = str(asked) if asked else ""
        row = rows.Recommendation(
            key,
            code or "",
            slugs[body_id],
            day(sent_at),
            named.get((key, 1), due),
            day(replied_at),
            answer or "",
            day(challenged_at),
            again_by,
            day(again_at),
            again or "",
            day(escalated_at),
            board_by,
            day(board_at),
        )
        yield from repeat(row, number)


def _asked(span: Span, body: Body | None, is_whole: bool) -> Select[Any]:
    """Return the query for what was sent by the last day and can count.

    Files have each by its key. Figures need none but where a day moved, or where more came than
    a reply; of all else, what is of one body and equal in its days is one row with a number.
    """
    first, second = aliased(Reply), aliased(Reply)
    has_more = or_(Challenge.id.is_not(None), Escalation.id.is_not(None), _has_moved())
    key = Recommendation.id if is_whole else case((has_more, Recommendation.id))
    due_on = func.coalesce(first.due_on, Recommendation.reply_by)
    begin, waits = clock.begin_of(span.first), first.created_at.is_(None)
    # What was answered before the first day, and that was all, is settled.
    can_count = or_(has_more, waits, first.created_at >= begin)
    # What was late before the first day is late, whenever it was sent.
    is_new = ~and_(waits, Recommendation.sent_at < begin, due_on < span.first)
    once = (
        Challenge.created_at,
        Challenge.reply_by,
        second.created_at,
        second.answer,
        Escalation.created_at,
        Escalation.answer_by,
        Escalation.answered_at,
    )
    sent_at, replied_at = func.min(Recommendation.sent_at), func.min(first.created_at)
    asked = (key, Opportunity.code, Recommendation.body_id, sent_at, func.min(due_on))
    return (
        select(func.count(), *asked, replied_at, first.answer, *map(func.min, once))
        .select_from(Recommendation)
        .outerjoin(first, _is_round(first, 1))
        .outerjoin(second, _is_round(second, 2))
        .outerjoin(Challenge, Challenge.recommendation_id == Recommendation.id)
        .outerjoin(Escalation, Escalation.recommendation_id == Recommendation.id)
        .outerjoin(
            Opportunity, and_(key.is_not(None), Opportunity.id == Recommendation.opportunity_id)
        )
        .where(recommendations.is_public(), *_of(body))
        .where(Recommendation.sent_at < clock.begin_of(span.last + timedelta(days=1)), can_count)
        .group_by(key, Opportunity.code, Recommendation.body_id, first.answer)
        .group_by(case((is_new, due_on)), case((is_new, _hour(Recommendation.sent_at))))
        .group_by(_hour(first.created_at))
        .order_by(sent_at, key)
    )


def _has_moved() -> ColumnElement[bool]:
    return exists().where(Extension.recommendation_id == Recommendation.id)


def _is_round(reply: Any, number: int) -> ColumnElement[bool]:
    return and_(reply.recommendation_id == Recommendation.id, reply.round == number)


def _hour(moment: Any) -> Any:
    """Return the hour of a moment: all days of London begin on the hour."""
    return func.substr(cast(moment, String), 1, len("2026-01-31 23"))


def _of(body: Body | None) -> list[ColumnElement[bool]]:
    return [Recommendation.body_id == body.id] if body else []


def promises(slugs: Slugs, named: Named, span: Span, body: Body | None) -> Iterator[rows.Promise]:
    """Go through what was promised and had not ended before the first day."""
    end = case((commitments.is_open(), ""), else_=Commitment.state)
    query = (
        select(
            Commitment.id,
            Commitment.recommendation_id,
            Recommendation.body_id,
            Commitment.created_at,
            Commitment.due_on,
            Commitment.ended_on,
            end,
        )
        .join(Commitment.recommendation)
        .where(recommendations.is_public(), *_of(body))
        .where(or_(Commitment.ended_on.is_(None), Commitment.ended_on >= span.first))
        .order_by(Commitment.created_at, Commitment.id)
    )
    for key, asked, body_id, made_at, due_on, ended_on, ended in db.session.execute(query):
        first = named.get((str(key), 1), due_on)
        made_on = day(made_at)
        yield rows.Promise(str(key), str(asked), slugs[body_id], made_on, first, ended_on, ended)


def extensions(slugs: Slugs, body: Body | None) -> Iterator[rows.Move]:
    """Go through the days of replies that moved, in the first round or the second."""
    query = (
        select(
            Extension.recommendation_id,
            case((recommendations.is_again(), 2), else_=1),
            Recommendation.body_id,
            *_moved(Extension),
        )
        .join(Recommendation, Recommendation.id == Extension.recommendation_id)
        .where(recommendations.is_public(), *_of(body))
        .order_by(Extension.created_at, Extension.id)
    )
    return _moves("recommendation", slugs, query)


def postponements(slugs: Slugs, body: Body | None) -> Iterator[rows.Move]:
    """Go through the days of whole promises that moved, not those of their steps."""
    query = (
        select(
            Postponement.commitment_id,
            literal(1),
            Recommendation.body_id,
            *_moved(Postponement),
        )
        .join(Commitment, Commitment.id == Postponement.commitment_id)
        .join(Commitment.recommendation)
        .where(recommendations.is_public(), Postponement.milestone_id.is_(None), *_of(body))
        .order_by(Postponement.created_at, Postponement.id)
    )
    return _moves("promise", slugs, query)


def _moved(model: Any) -> tuple[Any, ...]:
    return model.created_at, model.former_day, model.day, model.came_late


def _moves(of: str, slugs: Slugs, query: Select[Any]) -> Iterator[rows.Move]:
    for key, number, body_id, made_at, former, new_day, is_late in db.session.execute(query):
        came_late = "yes" if is_late else "no"
        moved_on = day(made_at)
        yield rows.Move(of, str(key), number, slugs[body_id], moved_on, former, new_day, came_late)
