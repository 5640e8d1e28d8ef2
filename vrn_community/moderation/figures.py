"""What became of people's words, by year: published, and never finer than steps of the threshold.

All numbers are rounded down to whole steps, so two looks differ by nothing or by a whole step,
and a small number never shows. There is no total, from which one could be worked out.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlalchemy import Date, func, select

from vrn_community import config
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.extensions import db
from vrn_community.moderation.models import Appeal, AppealOutcome, Decision, DecisionOutcome
from vrn_community.moderation.reasons import told

Name = TypeVar("Name")
CLEARED, REDACTED, WITHHELD = (
    DecisionOutcome.CLEAR,
    DecisionOutcome.REDACT,
    DecisionOutcome.WITHHOLD,
)


@dataclass
class Year:
    """The figures of one year, each in whole steps; 0 stands for fewer than one step."""

    year: int
    step: int
    cleared: int = 0
    redacted: Mapping[str, int] = field(default_factory=dict)
    withheld: Mapping[str, int] = field(default_factory=dict)
    appeals: Mapping[AppealOutcome, int] = field(default_factory=dict)
    #: Days from sending to the decision, of the middle one; None of fewer than one step.
    days_waited: int | None = None


def by_year() -> list[Year]:
    """Return the figures of every year in which something was decided, the newest first."""
    step = config.current().disclosure_threshold
    decided, waits = _decided()
    answered = _answered()
    return [
        Year(
            year,
            step,
            cleared=_steps(sum(decided[year, CLEARED].values()), step),
            redacted=_each(decided[year, REDACTED], step),
            withheld=_each(decided[year, WITHHELD], step),
            appeals=_each(answered[year], step),
            days_waited=_median(waits[year], step),
        )
        for year in sorted({*waits, *answered}, reverse=True)
    ]


def _steps(count: int, step: int) -> int:
    return count - count % step


def _each(counted: Counter[Name], step: int) -> dict[Name, int]:
    """Return only what reaches a step: not even that a rare reason was given at all."""
    return {name: _steps(count, step) for name, count in counted.items() if count >= step}


def _decided() -> tuple[
    Mapping[tuple[int, DecisionOutcome], Counter[str]], Mapping[int, Counter[int]]
]:
    """Count the decisions that stand by year, outcome and reason, and the days they took."""
    newest = func.row_number().over(
        partition_by=Decision.passage_id, order_by=(Decision.created_at.desc(), Decision.id)
    )
    last = select(Decision.id, newest.label("place")).subquery()
    day = func.date(Decision.created_at, type_=Date)
    what = (day, Contribution.received_on, Decision.outcome, Decision.reason)
    query = (
        select(*what, func.count())
        .join(last, last.c.id == Decision.id)
        .join(Passage, Passage.id == Decision.passage_id)
        .join(Contribution, Contribution.id == Passage.contribution_id)
        .where(last.c.place == 1, Decision.outcome != DecisionOutcome.HOLD)
        .group_by(*what)
    )
    decided: defaultdict[tuple[int, DecisionOutcome], Counter[str]] = defaultdict(Counter)
    waits: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for decided_on, received_on, outcome, reason, count in db.session.execute(query):
        decided[decided_on.year, outcome][told(reason)] += count
        waits[decided_on.year][max(0, (decided_on - received_on).days)] += count
    return decided, waits


def _answered() -> Mapping[int, Counter[AppealOutcome]]:
    day = func.date(Appeal.decided_at, type_=Date)
    query = select(day, Appeal.outcome, func.count()).where(Appeal.outcome.is_not(None))
    found: defaultdict[int, Counter[AppealOutcome]] = defaultdict(Counter)
    decided_on: date
    for decided_on, outcome, count in db.session.execute(query.group_by(day, Appeal.outcome)):
        if outcome:  # Always: the query leaves out what is open.
            found[decided_on.year][outcome] += count
    return found


def _median(days: Counter[int], step: int) -> int | None:
    """Return the middle of some waits; None of fewer than one step of them."""
    middle = (days.total() + 1) // 2
    if days.total() < step:
        return None
    passed = 0
    for wait in sorted(days):
        passed += days[wait]
        if passed >= middle:
            return wait
    return None
