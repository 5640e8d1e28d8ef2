"""Which figures a row counts in, between the first and the last day of a report; pure.

A row is a matter of days alone: what came after the last day has not happened yet.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import groupby
from statistics import median_low
from typing import Any

from vrn_community.outcomes.reports.periods import Span
from vrn_community.outcomes.reports.rows import (
    Activity,
    Decision,
    Meeting,
    Move,
    Promise,
    Rating,
    Recommendation,
    Rows,
)

Names = Iterator[str]
#: The figures of each body, by its short name; what has no body stands under no name.
ByBody = Mapping[str, Counter[str]]


def _of_recommendation(row: Recommendation, rows: Rows, span: Span) -> Names:
    if span.holds(row.sent_on):
        yield "sent"
        yield _answer(row, span) or "unanswered"
    first = (1, row.sent_on, row.reply_by, row.first_reply_on)
    yield from _of_round(row.recommendation, first, rows, span)
    if row.challenged_on and row.challenge_reply_by:
        if span.holds(row.challenged_on):
            yield "challenged"
        again = (2, row.challenged_on, row.challenge_reply_by, row.second_reply_on)
        yield from _of_round(row.recommendation, again, rows, span)
    if row.escalated_on and row.board_answer_by:
        yield from _of_board(row, row.board_answer_by, span)


def _answer(row: Recommendation, span: Span) -> str:
    """Return what the body answers on the last day."""
    if span.is_by(row.second_reply_on):
        return row.second_answer
    return row.first_answer if span.is_by(row.first_reply_on) else ""


def _of_round(
    key: str, asked: tuple[int, date, date, date | None], rows: Rows, span: Span
) -> Names:
    number, asked_on, first_day, given = asked
    if given and span.holds(given):
        is_late = given > rows.due(key, number, first_day, given)
        yield "replied-late" if is_late else "replied"
    if asked_on <= span.last and not span.is_by(given):
        yield "waiting"
        if rows.due(key, number, first_day, span.last) < span.last:
            yield "waiting-late"


def _of_board(row: Recommendation, answer_by: date, span: Span) -> Names:
    if span.holds(row.escalated_on):
        yield "escalated"
    if span.holds(row.board_answered_on):
        yield "board-answered"
    if span.is_by(row.escalated_on) and not span.is_by(row.board_answered_on):
        yield "board-waiting"
        if answer_by < span.last:
            yield "board-late"


def _of_promise(row: Promise, rows: Rows, span: Span) -> Names:
    if span.holds(row.made_on):
        yield "promised"
    if row.ended_on and span.holds(row.ended_on):
        is_late = row.ended_on > rows.due(row.promise, 1, row.due_on, row.ended_on)
        yield f"{row.end}-late" if is_late and row.end == "done" else row.end
    if row.made_on <= span.last and not span.is_by(row.ended_on):
        yield "to-do"
        if rows.due(row.promise, 1, row.due_on, span.last) < span.last:
            yield "to-do-late"


def _of_move(row: Move, _rows: Rows, span: Span) -> Names:
    if span.holds(row.moved_on):
        yield f"{row.of}-moved"
        if row.came_late == "yes":
            yield f"{row.of}-moved-late"


def _of_meeting(row: Meeting, _rows: Rows, span: Span) -> Names:
    if span.holds(row.held_on):
        yield "meetings"


def _of_rating(row: Rating, _rows: Rows, _span: Span) -> Names:
    yield row.colour


def _of_activity(row: Activity, _rows: Rows, span: Span) -> Names:
    due = row.answer_due_on
    if span.holds(row.closed_on):
        yield "closed"
    if row.answered_on and span.holds(row.answered_on):
        yield "answered-late" if due and row.answered_on > due else "answered"
    if span.is_by(row.answered_on) or row.published_on > span.last:
        return
    is_late = due is not None and due < span.last
    if is_late or span.is_by(row.closed_on):
        yield "owed"
    if is_late:
        yield "owed-late"


def _of_decision(row: Decision, _rows: Rows, span: Span) -> Names:
    if span.holds(row.happened_on):
        yield row.kind


#: Of each kind of row, the figures that one counts in.
COUNTED: dict[str, Callable[[Any, Rows, Span], Names]] = {
    "recommendations": _of_recommendation,
    "promises": _of_promise,
    "moves": _of_move,
    "meetings": _of_meeting,
    "ratings": _of_rating,
    "activities": _of_activity,
    "decisions": _of_decision,
}


def by_body(rows: Rows, span: Span) -> ByBody:
    """Return the figures of each body."""
    found: dict[str, Counter[str]] = {}
    for kind, names in COUNTED.items():
        # Equal rows stand side by side, and need one look.
        for row, equal in groupby(getattr(rows, kind)):
            counted, number = found.setdefault(getattr(row, "body", ""), Counter()), _length(equal)
            for name in names(row, rows, span):
                counted[name] += number
    return found


def _length(them: Iterator[Any]) -> int:
    return sum(1 for _each in them)


def total(counts: ByBody) -> Counter[str]:
    """Return the figures of all bodies together."""
    found: Counter[str] = Counter()
    for counted in counts.values():
        found.update(counted)
    return found


def behind(rows: Rows, kind: str, span: Span) -> list[Any]:
    """Return the rows of a kind that count in any figure: of days that moved, all of such rows."""
    if kind == "moves":
        kept = {
            row[0] for kind in ("recommendations", "promises") for row in behind(rows, kind, span)
        }
        return [row for row in rows.moves if row.key in kept]
    names = COUNTED[kind]
    return [row for row in getattr(rows, kind) if any(names(row, rows, span))]


def days_to_reply(rows: Rows, span: Span) -> int | None:
    """Return after how many days the middle one of the first replies came; None without any."""
    waits = [
        (row.first_reply_on - row.sent_on).days
        for row in rows.recommendations
        if row.first_reply_on and span.holds(row.first_reply_on)
    ]
    return median_low(waits) if waits else None


def people(rows: Rows, span: Span) -> int:
    """Return how many took part at least, in what closed and has public results."""
    return sum(row.people or 0 for row in rows.activities if span.holds(row.closed_on))


def came(rows: Rows, span: Span) -> int:
    """Return how many members came at least, to all meetings together."""
    return sum(row.members_at_least for row in rows.meetings if span.holds(row.held_on))
