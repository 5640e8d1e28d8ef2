"""What bodies owe people who answered: answers and replies that are due, or overdue (Y28, P3).

It is computed from dates, never stored.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from vrn_community.audit import memory
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes import queries
from vrn_community.outcomes.queries import Entry, Standing
from vrn_community.oversight.commitments import queries as commitments
from vrn_community.oversight.commitments.models import Commitment
from vrn_community.oversight.recommendations import queries as recommendations
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.partnership.models import Body

#: What people wait for an answer to: it has closed, or its day is over.
OWED = (Standing.ANALYSING, Standing.DECISION_DUE, Standing.OVERDUE)


class Counted(NamedTuple):
    """How much of one kind a body owes, and since when, if it is late."""

    body_id: uuid.UUID
    kind: str
    number: int
    late_since: date | None


@dataclass
class Debt:
    """What one body owes: how much is due, how much of it late, and since when."""

    body: Body
    answers: int = 0
    late_answers: int = 0
    replies: int = 0
    late_replies: int = 0
    promises: int = 0
    late_promises: int = 0
    #: The earliest day that has passed.
    late_since: date | None = None

    @property
    def due(self) -> int:
        """How much is owed and not late yet."""
        return self.answers + self.replies + self.promises - self.late

    @property
    def late(self) -> int:
        """How much is late."""
        return self.late_answers + self.late_replies + self.late_promises

    @property
    def days_late(self) -> int:
        """For how many days the oldest is late; 0 if none is."""
        return days_late(self.late_since)

    def note_late(self, day: date | None) -> None:
        """Remember the earliest day that has passed."""
        self.late_since = min(filter(None, (self.late_since, day)), default=None)


def days_late(due_on: date | None) -> int:
    """Return for how many days something that was due is late; 0 if it is not."""
    return max(0, (clock.today() - due_on).days) if due_on else 0


def by_body() -> list[Debt]:
    """Return what each body owes that owes anything: what is late longest first."""
    found: dict[uuid.UUID, Debt] = {}
    bodies = {body.id: body for body in db.session.scalars(select(Body))}
    for body_id, kind, number, late_since in _counted():
        _note(found.setdefault(body_id, Debt(bodies[body_id])), kind, number, late_since)
    return sorted(found.values(), key=lambda debt: (-debt.days_late, -debt.due, debt.body.position))


def _number(body: Body, kind: str) -> int:
    return sum(row.number for row in _counted() if (row.body_id, row.kind) == (body.id, kind))


def _counted() -> list[Counted]:
    """Return what is owed by whom, counted once after each act and on each day."""
    return memory.remembered("debts", _count)


def _count() -> list[Counted]:
    counted = [Counted(row.body_id, "answers", row.number, _late_since(row)) for row in _owing()]
    for kind, query in (("replies", _replies()), ("promises", _promises())):
        for body_id, is_late, number, first in db.session.execute(query):
            counted.append(Counted(body_id, kind, number, first if is_late else None))
    return counted


def _owing() -> Iterable[Any]:
    """Go through counts of owed answers by body, with the first day on which each group was due.

    Consultations are due some weeks after their last day, all else on the day of its decision.
    """
    last_day = func.coalesce(Opportunity.closed_on, Opportunity.closes_on)
    is_consult = Opportunity.level == ParticipationLevel.CONSULT
    standing = queries.standing()
    query = (
        queries.everything()
        .with_only_columns(
            Opportunity.asking_body_id.label("body_id"),
            standing.label("standing"),
            (is_consult & last_day.is_not(None)).label("from_last_day"),
            func.count().label("number"),
            func.min(last_day).label("last_day"),
            func.min(Opportunity.decision_on).label("decision_on"),
        )
        .where(Opportunity.asking_body_id.is_not(None), standing.in_([s.value for s in OWED]))
        .group_by("body_id", "standing", "from_last_day")
    )
    return db.session.execute(query)


def _late_since(row: Any) -> date | None:
    """Return the day on which the first of some owed answers was due, if that has passed."""
    due_on = queries.answer_due(row.last_day) if row.from_last_day else row.decision_on
    return due_on if row.standing == Standing.OVERDUE else None


def _replies() -> Any:
    is_late = recommendations.is_overdue()
    query = select(
        Recommendation.body_id, is_late.label("is_late"), func.count(), func.min(_reply_by)
    )
    waiting = query.where(recommendations.is_owed())
    return waiting.group_by(Recommendation.body_id, "is_late")


_reply_by = Recommendation.reply_by


def _promises() -> Any:
    is_late, due_on = commitments.is_overdue(), Commitment.due_on
    numbers = (is_late.label("is_late"), func.count(), func.min(due_on))
    query = select(Recommendation.body_id, *numbers).join(Commitment.recommendation)
    return query.where(commitments.is_open()).group_by(Recommendation.body_id, "is_late")


def _note(debt: Debt, kind: str, number: int, late_since: date | None) -> None:
    """Count what is owed of one kind; late where it says since when."""
    setattr(debt, kind, getattr(debt, kind) + number)
    if late_since:
        setattr(debt, f"late_{kind}", getattr(debt, f"late_{kind}") + number)
        debt.note_late(late_since)


def answers_of(body: Body, number: int) -> Page[Entry]:
    """Return a page of the activities that a body still has to answer, what is late first."""
    query = queries.everything().where(Opportunity.asking_body_id == body.id, is_owed())
    last_day = func.coalesce(Opportunity.closed_on, Opportunity.closes_on, Opportunity.decision_on)
    is_late = queries.standing() == Standing.OVERDUE.value
    oldest = query.order_by(is_late.desc(), last_day, Opportunity.id)
    page = paginate(oldest, number, total=_number(body, "answers"))
    return Page(queries.entries(page.rows), page.number, page.pages, page.total)


def replies_of(body: Body, number: int) -> Page[Recommendation]:
    """Return a page of the recommendations that a body still has to answer, the oldest first."""
    query = select(Recommendation).where(
        Recommendation.body_id == body.id, recommendations.is_owed()
    )
    oldest = query.order_by(_reply_by, Recommendation.id)
    about = joinedload(Recommendation.opportunity)
    return paginate(oldest, number, load=[about], total=_number(body, "replies"))


def promises_of(body: Body, number: int) -> Page[Commitment]:
    """Return a page of what a body promised and has still to do, the oldest first."""
    asked = select(Recommendation.id).where(Recommendation.body_id == body.id)
    query = select(Commitment).where(Commitment.recommendation_id.in_(asked), commitments.is_open())
    about = joinedload(Commitment.recommendation).joinedload(Recommendation.opportunity)
    oldest = query.order_by(Commitment.due_on, Commitment.id)
    return paginate(oldest, number, load=[about], total=_number(body, "promises"))


#: The lists of what one body owes, each read page by page.
LISTS: dict[str, Callable[[Body, int], Page[Any]]] = {
    "answers": answers_of,
    "replies": replies_of,
    "promises": promises_of,
}


def is_owed() -> ColumnElement[bool]:
    """Return the condition that people wait for the answer to an activity."""
    return queries.standing().in_([standing.value for standing in OWED])
