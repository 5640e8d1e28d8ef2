"""What the register counts is kept until somebody acts, in any process, and until midnight."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.outcomes.conftest import day, make_body, make_closed
from tests.pages import Page
from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.outcomes import debts, queries
from vrn_community.outcomes.queries import Standing
from vrn_community.partnership.models import Body, Priority


@pytest.fixture
def close(arrange, partnership, policy):
    """Return a function that stores an activity behind the back of the desk."""
    policy(keeps_pages=True)
    with arrange():
        make_body("council")
        make_account(email="ben@example.org")

    def make(**changes):
        with arrange() as session:
            body = session.scalars(select(Body).where(Body.slug == "council")).one()
            first = session.scalars(select(Priority).where(Priority.number == 1)).one()
            author = session.scalars(select(Account)).one()
            return make_closed(author, asking_body=body, priorities=[first], **changes)

    return make


def seen(app, client):
    """Return what somebody reads who has not read it before, on each page that counts."""
    with app.test_request_context():
        body = next(debt for debt in debts.by_body() if debt.body.slug == "council")
        counts = queries.counts()
        listed = queries.register(1, Standing.ANALYSING).total, queries.register(1).total
        owed = debts.answers_of(body.body, 1).total
    theme = Page.get(client, f"/priorities/1/trail?n={clock.now().timestamp()}")
    return counts, listed, (body.answers, body.late_answers, owed), theme.text.count("<article")


def test_an_act_of_the_desk_counts_at_once(app, client, close, arrange):
    close()
    assert seen(app, client) == ({Standing.ANALYSING: 1}, (1, 1), (1, 0, 1), 1)
    close()
    assert seen(app, client)[0] == {Standing.ANALYSING: 1}

    with arrange():
        audit.record("opportunity:edit", None, actor=None)

    assert seen(app, client) == ({Standing.ANALYSING: 2}, (2, 2), (2, 0, 2), 2)


def test_what_becomes_late_overnight_counts_as_late_in_the_morning(app, client, close, monkeypatch):
    close(opens_on=day(-140), closes_on=day(-84))
    assert seen(app, client) == ({Standing.ANALYSING: 1}, (1, 1), (1, 0, 1), 1)

    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)

    assert seen(app, client) == ({Standing.OVERDUE: 1}, (0, 1), (1, 1, 1), 1)
