"""Yearly figures about concerns: totals alone, no small number, and the same for ever."""

import uuid
from datetime import datetime, timedelta

import pytest

from tests.conftest import make_account
from tests.pages import Page, send
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.pages import concern_figures
from vrn_community.safeguarding import figures, services
from vrn_community.safeguarding.kinds import Outcome, Source
from vrn_community.safeguarding.models import Concern, Urgency

URL = "/desk/concern-figures"
YEAR = clock.today().year - 2


@pytest.fixture
def lead(sign_in_as):
    return sign_in_as(Role.SAFEGUARDING_LEAD, name="Elif Demir")


@pytest.fixture
def raised(arrange, lead, monkeypatch):
    """Return a function that stores decided concerns of a year ago, and leaves the clock there."""

    def store(number, outcome, urgency=Urgency.TODAY, hours=2, accused_id=None):
        now = clock.now
        with arrange() as session:
            by = session.get(Account, lead.account_id)
            moment = datetime(YEAR, 6, 1, 12, tzinfo=clock.LONDON)
            for _one in range(number):
                monkeypatch.setattr(clock, "now", lambda: moment)
                told = services.Report(
                    Source.PHONE, urgency, {"noticed": "x"}, accused_id=accused_id,
                    received_on=moment.date(), noticed_on=moment.date(),
                )  # fmt: skip
                concern = services.report(told, by=by, key=uuid.uuid4())
                later = moment + timedelta(hours=hours)
                monkeypatch.setattr(clock, "now", lambda later=later: later)
                services.decide(concern, outcome, {"reasons": "y"}, by=by)
            monkeypatch.setattr(clock, "now", now)

    return store


@pytest.fixture(autouse=True)
def _last_year(monkeypatch):
    monkeypatch.setattr(figures, "last_year", lambda: YEAR)


def numbers(page):
    return [page.words(row) for row in page.all("tr")]


def test_numbers_that_are_large_enough_are_shown_and_small_ones_stand_together(
    lead, raised, partnership
):
    raised(25, Outcome.REFERRED)
    raised(12, Outcome.SUPPORT, Urgency.ROUTINE, hours=50)
    raised(11, Outcome.POLICE, hours=400)
    raised(2, Outcome.EMERGENCY, Urgency.IMMEDIATE)

    assert send(lead, f"{URL}/freeze", {}).location == URL
    page = Page.get(lead, URL)

    rows = numbers(page)
    assert "Referred to the local authority 25 50" in rows
    assert not [row for row in rows if row.split()[-2:-1] in (["2"], ["0"])]
    counts = [int(row.split()[-2]) for row in rows if row.split()[-1].isdigit()]
    assert min(counts) >= 10
    assert page.has("Not shown: there were too few")


def test_a_quiet_year_shows_no_number_at_all(lead, raised, partnership):
    raised(9, Outcome.REFERRED)
    send(lead, f"{URL}/freeze", {})

    page = Page.get(lead, URL)

    assert numbers(page) == []
    assert page.text.count("Not shown: there were too few") == len(figures.words())


def test_frozen_figures_stay_and_allegations_are_in_none(lead, raised, partnership, arrange, app):
    with arrange():
        accused_id = make_account(Role.ANALYST, email="ana@example.org").id
    raised(12, Outcome.REFERRED)
    raised(12, Outcome.SUPPORT)
    raised(15, Outcome.POLICE, accused_id=accused_id)
    with app.app_context():
        exact = {row.name: row.counts for row in figures.of_year(YEAR)}
        assert sum(exact["outcome"].values()) == 24
        assert exact["outcome"]["police"] == 0
    send(lead, f"{URL}/freeze", {})
    before = numbers(Page.get(lead, URL))

    raised(30, Outcome.NO_ACTION)
    send(lead, f"{URL}/freeze", {})

    assert numbers(Page.get(lead, URL)) == before


def test_what_is_decided_after_the_year_settled_changes_nothing(lead, raised, app, arrange):
    raised(12, Outcome.REFERRED)
    with arrange() as session:
        by = session.get(Account, lead.account_id)
        concern = session.scalars(db.select(Concern)).first()
        services.decide(concern, Outcome.POLICE, {"reasons": "Later."}, by=by)

    with app.app_context():
        assert {row.name: row.counts for row in figures.of_year(YEAR)}["outcome"]["referred"] == 12


def test_a_year_that_is_not_over_cannot_be_frozen(session):
    by = make_account(Role.SAFEGUARDING_LEAD)

    with pytest.raises(NotAllowed, match="not over"):
        figures.freeze(YEAR + 1, [], by=by)
    assert concern_figures.protected(figures.of_year(YEAR)) == []


def test_the_board_reads_them_and_only_the_lead_freezes(sign_in_as):
    readers = {Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_DEPUTY, Role.BOARD_MEMBER,
               Role.DATA_PROTECTION_OFFICER}  # fmt: skip
    for role in Role:
        client = sign_in_as(role, email=f"{role}@x.example")
        assert client.get(URL).status_code == (200 if role in readers else 403)
        freezes = role in (Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_DEPUTY)
        assert send(client, f"{URL}/freeze", {}).status_code == (303 if freezes else 403)
