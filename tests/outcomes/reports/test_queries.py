"""What is equal is read once and counted each; what was settled before counts in nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.conftest import make_account
from tests.outcomes.conftest import make_closed
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.outcomes.reports import counting, making, periods, queries
from vrn_community.outcomes.reports.periods import Span
from vrn_community.oversight.recommendations.models import (
    Answer,
    Challenge,
    Escalation,
    Extension,
    Recommendation,
    RecommendationState,
    Reply,
)
from vrn_community.partnership import queries as partnership

SUMMER = Span(date(2026, 4, 1), date(2026, 6, 30))
CHARNWOOD, COUNTY = "charnwood-csp", "leicestershire-county-council"
#: In summer the day of London begins an hour before that of UTC.
NIGHT = datetime(2026, 5, 10, 22, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def chair(session, partnership, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 8, 1, 12, tzinfo=UTC))
    return make_account(Role.OVERSIGHT_CHAIR, email="chair@example.org")


@pytest.fixture
def ask(chair):
    """Return a function that sends a body something, which may be answered some days later."""
    closed = make_closed(chair)

    def send(at, *, to=CHARNWOOD, replied_after=None, days=5):
        made = Recommendation(
            opportunity_id=closed.id,
            body_id=partnership.body(to).id,
            author_id=chair.id,
            text="Lights",
            reply_by=at.date() + days * DAY,
            state=RecommendationState.SENT,
            sent_at=at,
        )
        db.session.add(made)
        db.session.flush()
        if replied_after is not None:
            given = {"answer": Answer.PARTLY, "reasons": "So.", "due_on": made.reply_by}
            db.session.add(
                Reply(
                    recommendation_id=made.id,
                    author_id=chair.id,
                    created_at=at + replied_after * DAY,
                    **given,
                )
            )
            db.session.flush()
        return made

    return send


def counts(span=SUMMER, **changes):
    """Return all figures, and how many different rows they were counted from."""
    found = queries.rows_of(span, **changes)
    return counting.by_body(found, span), len({id(row) for row in found.recommendations})


def test_what_is_equal_in_its_days_is_read_once_and_counted_each(ask):
    for minute in range(20):
        ask(NIGHT + timedelta(minutes=minute), replied_after=2)

    figures, different = counts()

    assert (figures[CHARNWOOD]["sent"], figures[CHARNWOOD]["replied"], different) == (20, 20, 1)
    assert (figures, 20) == counts(is_whole=True)


def test_what_differs_in_a_day_a_body_or_an_answer_is_not_equal(ask):
    ask(NIGHT)
    ask(NIGHT, to=COUNTY)
    ask(NIGHT, days=6)
    ask(NIGHT, replied_after=1)
    ask(NIGHT, replied_after=6)
    ask(NIGHT + timedelta(hours=1))  # The next day in London.

    figures, different = counts()

    assert different == 6
    assert (figures, 6) == counts(is_whole=True)
    assert (figures[CHARNWOOD]["replied"], figures[CHARNWOOD]["replied-late"]) == (1, 1)


def test_what_moved_was_challenged_or_came_before_the_board_stands_alone(ask, chair):
    alike = [ask(NIGHT, replied_after=1) for _number in range(5)]
    moved, challenged, escalated = alike[:3]
    author = {"author_id": chair.id, "created_at": NIGHT}
    days = {"former_day": NIGHT.date(), "day": NIGHT.date() + DAY, "came_late": False}
    db.session.add(Extension(recommendation_id=moved.id, reason="Work.", **days, **author))
    again = NIGHT.date() + 9 * DAY
    db.session.add(
        Challenge(recommendation_id=challenged.id, reasons="Why?", reply_by=again, **author)
    )
    db.session.add(
        Escalation(recommendation_id=escalated.id, reasons="Late.", answer_by=again, **author)
    )
    db.session.flush()

    figures, different = counts()

    assert different == 4
    assert (figures, 5) == counts(is_whole=True)
    report = making.report(periods.read("2026-27-q1"))
    assert [row.recommendation for row in report.escalated] == [str(escalated.id)]


def test_what_was_answered_before_the_first_day_is_not_read(ask):
    before = datetime(2026, 3, 20, 12, tzinfo=UTC)
    ask(before, replied_after=2)
    ask(before, replied_after=12)
    ask(before)

    figures, different = counts()

    assert different == 2
    assert (figures[CHARNWOOD]["replied-late"], figures[CHARNWOOD]["waiting"]) == (1, 1)


def test_what_was_late_before_the_first_day_is_read_once_whenever_it_was_sent(ask):
    for number in range(6):
        ask(datetime(2026, 2, 1 + number, 12, tzinfo=UTC), days=2 * number)
    ask(datetime(2026, 2, 1, 12, tzinfo=UTC), days=90)  # Late only in the quarter.
    ask(NIGHT)

    figures, different = counts()

    assert different == 3
    assert (figures, 8) == counts(is_whole=True)
    assert (figures[CHARNWOOD]["sent"], figures[CHARNWOOD]["waiting-late"]) == (1, 8)
