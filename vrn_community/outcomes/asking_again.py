"""Who asks again on a theme is warned of what people still wait for there, whoever owes it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, func, or_, select

from vrn_community.extensions import db
from vrn_community.opportunities import activities
from vrn_community.opportunities.gates import Gap
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes import debts, queries
from vrn_community.outcomes.queries import Standing
from vrn_community.oversight.commitments import queries as commitments
from vrn_community.oversight.commitments.models import Commitment
from vrn_community.oversight.recommendations import queries as recommendations
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.partnership.models import Area, Body, LocalIssue, Priority

#: So many bodies are named; the public page of debts has all.
MOST_NAMED = 5


@dataclass
class Open:
    """What one body owes on a theme: answers and replies, how many are late, late promises."""

    answers: int = 0
    late: int = 0
    promises: int = 0

    @property
    def weight(self) -> int:
        """How much of it is late."""
        return self.late + self.promises


@activities.publish_check
def debt_gaps(opportunity: Opportunity) -> list[Gap]:
    """Warn of answers, replies and late promises that are owed on a theme; one's own first."""
    if opportunity.level is ParticipationLevel.INFORM:
        return []
    found, own_id = _open(opportunity), opportunity.asking_body_id
    bodies = db.session.scalars(select(Body).where(Body.id.in_(found)))
    order = sorted(bodies, key=lambda row: (row.id != own_id, -found[row.id].weight, row.position))
    named = [_warned(row, found[row.id], row.id == own_id) for row in order[:MOST_NAMED]]
    further = len(order) - MOST_NAMED
    if further > 0:
        named.append(
            ngettext(
                "%(num)s more body owes people something on the same theme.",
                "%(num)s more bodies owe people something on the same theme.",
                further,
            )
        )
    return [Gap("asking_body", message, is_warning=True) for message in named]


def _warned(body: Body, found: Open, is_own: bool) -> str:
    parts = []
    if found.answers:
        parts.append(
            ngettext(
                "%(body)s still owes people %(num)s answer on the same theme, "
                "%(late)s of them late.",
                "%(body)s still owes people %(num)s answers on the same theme, "
                "%(late)s of them late.",
                found.answers,
                body=body.name,
                late=found.late,
            )
        )
    if found.promises:
        parts.append(
            ngettext(
                "%(body)s is late with %(num)s promise on the same theme.",
                "%(body)s is late with %(num)s promises on the same theme.",
                found.promises,
                body=body.name,
            )
        )
    own = _("Answer first, or be ready to say why you ask again.")
    parts.append(own if is_own else _("People may ask you about it: find out what became of it."))
    return " ".join(parts)


def _open(opportunity: Opportunity) -> dict[uuid.UUID, Open]:
    """Return what each body owes on the theme of an activity, by the key of the body."""
    found: dict[uuid.UUID, Open] = {}
    shared = _shares_theme(opportunity)
    for body_id, standing, number in _answers(opportunity, shared):
        _count(found, body_id, number, is_late=standing == Standing.OVERDUE.value)
    for body_id, is_late, number in _replies(shared):
        _count(found, body_id, number, is_late=bool(is_late))
    for body_id, number in _promises(shared):
        found.setdefault(body_id, Open()).promises += number
    return found


def _count(found: dict[uuid.UUID, Open], body_id: uuid.UUID, number: int, *, is_late: bool) -> None:
    debt = found.setdefault(body_id, Open())
    debt.answers += number
    debt.late += number if is_late else 0


def _answers(opportunity: Opportunity, shared: ColumnElement[bool]) -> Iterable[Any]:
    standing = queries.standing().label("standing")
    columns = Opportunity.asking_body_id.label("body_id"), standing, func.count()
    query = queries.everything().with_only_columns(*columns).group_by("body_id", "standing")
    others = Opportunity.id != opportunity.id, Opportunity.asking_body_id.is_not(None)
    return db.session.execute(query.where(*others, shared, debts.is_owed()))


def _replies(shared: ColumnElement[bool]) -> Iterable[Any]:
    is_late = recommendations.is_overdue().label("is_late")
    query = select(Recommendation.body_id, is_late, func.count())
    query = query.select_from(Recommendation).join(Recommendation.opportunity)
    owed = query.where(shared, recommendations.is_owed())
    return db.session.execute(owed.group_by(Recommendation.body_id, "is_late"))


def _promises(shared: ColumnElement[bool]) -> Iterable[Any]:
    query = select(Recommendation.body_id, func.count()).select_from(Commitment)
    query = query.join(Commitment.recommendation).join(Recommendation.opportunity)
    late = query.where(shared, commitments.is_overdue())
    return db.session.execute(late.group_by(Recommendation.body_id))


def _shares_theme(of: Opportunity) -> ColumnElement[bool]:
    """Return the condition that an activity shares a priority, a local issue or an area."""
    return or_(
        Opportunity.priorities.any(Priority.id.in_([row.id for row in of.priorities])),
        Opportunity.local_issues.any(LocalIssue.id.in_([row.id for row in of.local_issues])),
        Opportunity.areas.any(Area.id.in_([row.id for row in of.areas])),
    )
