"""Reports for four readers: each is made of the rows of a period, and of nothing else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vrn_community.audit import memory
from vrn_community.outcomes.reports import counting, queries
from vrn_community.outcomes.reports.periods import QUARTER, YEAR, Period, Span
from vrn_community.outcomes.reports.rows import Rating, Recommendation, Rows
from vrn_community.partnership.models import Body

#: So many quarters stand beside each other for one body.
QUARTERS = 4
#: So many things are told in words; the register has all.
MOST = 20


class Reader(StrEnum):
    """Who reads a report."""

    BOARD = "board"
    GROUP = "group"
    PANEL = "panel"
    BODY = "body"

    @property
    def months(self) -> int:
        """How long the periods of its reports are."""
        return YEAR if self in (Reader.GROUP, Reader.PANEL) else QUARTER


@dataclass(frozen=True)
class Told:
    """What did not change after one activity, and why."""

    code: str
    title: str
    words: str


@dataclass(frozen=True)
class Debt:
    """What one body owes on the last day."""

    slug: str
    name: str
    counts: Counter[str]


@dataclass(frozen=True)
class Report:
    """What a report says; every number is counted from the rows of its period."""

    period: Period
    #: The first day, and the last one that counts.
    span: Span
    counts: Counter[str]
    #: After how many days the middle one of the first replies came; None without any.
    days_to_reply: int | None
    #: How many took part at least, and how many members came at least.
    people: int
    came: int
    #: Bodies that owe anything, in their order.
    debts: Sequence[Debt]
    ratings: Sequence[Rating]
    #: What is before the board, or was brought there or answered in the period.
    escalated: Sequence[Recommendation]
    not_changed: Sequence[Told]
    #: The last quarters, the newest first.
    history: Sequence[tuple[Period, Counter[str]]]
    #: The names of bodies by their short names.
    names: dict[str, str]


#: What a body can owe, in time and late.
OWED = ("waiting", "to-do", "owed")
BEFORE_BOARD = frozenset({"escalated", "board-answered", "board-waiting"})


def report(period: Period, body: Body | None = None) -> Report:
    """Return the report of a period, perhaps of one body; kept until somebody acts."""
    slug = body.slug if body else ""
    return memory.remembered(("report", period, slug), lambda: _report(period, body))


def rows(period: Period, kind: str, body: Body | None = None) -> Sequence[tuple[object, ...]]:
    """Return the rows of a kind that count in a report."""
    span = period.span
    return counting.behind(queries.rows_of(span, body, is_whole=True), kind, span)


def first_day() -> date:
    """Return the first day on which anything was public; kept until somebody acts."""
    return memory.remembered("reports begin", queries.begun_on)


def _report(period: Period, body: Body | None) -> Report:
    span, quarters = period.span, []
    if body:
        quarters = [period.before(number) for number in range(QUARTERS)]
    wide = Span(quarters[-1].first if quarters else span.first, span.last)
    found = queries.rows_of(wide, body)
    counts, names = counting.by_body(found, span), dict(queries.bodies())
    return Report(
        period=period,
        span=span,
        counts=counting.total(counts),
        days_to_reply=counting.days_to_reply(found, span),
        people=counting.people(found, span),
        came=counting.came(found, span),
        debts=_debts(counts, names),
        ratings=found.ratings,
        escalated=_escalated(found, span),
        not_changed=() if body else _not_changed(span),
        history=[(each, counting.total(counting.by_body(found, each.span))) for each in quarters],
        names=names,
    )


def _debts(counts: counting.ByBody, names: dict[str, str]) -> list[Debt]:
    return [
        Debt(slug, name, counts[slug])
        for slug, name in names.items()
        if any(counts.get(slug, Counter())[kind] for kind in OWED)
    ]


def _escalated(found: Rows, span: Span) -> list[Recommendation]:
    """Return what is or was before the board, what waits first, then the newest."""
    at = [
        row
        for row in found.recommendations
        if row.escalated_on
        and BEFORE_BOARD & set(counting.COUNTED["recommendations"](row, found, span))
    ]
    at.sort(key=lambda row: (not span.is_by(row.board_answered_on), row.escalated_on), reverse=True)
    return at[:MOST]


def _not_changed(span: Span) -> list[Told]:
    return [
        Told(row.opportunity.code, row.opportunity.title, row.not_changed)
        for row in queries.not_changed(span, MOST)
    ]
