"""A breach has a clock of 72 hours and a history that nobody changes."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from tests.conftest import make_account
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.rights import breaches
from vrn_community.rights.models import Breach, BreachEntry
from vrn_community.rights.models import BreachEntryKind as Kind

DESK = "/desk/breaches"
HAPPENED = "A letter to Ms Quillfeather went to the neighbour."


def begun(by, hours=1):
    noticed = clock.now() - timedelta(hours=hours)
    return breaches.begin(uuid.uuid4(), noticed, HAPPENED, by=by)


@pytest.fixture
def by(session):
    return make_account(Role.DATA_PROTECTION_OFFICER)


def add(breach, kind, by):
    breaches.add(uuid.uuid4(), breach, kind, "Because.", by=by)


def test_the_clock_runs_72_hours_from_the_moment_at_any_hour(session, by):
    fresh, old = begun(by), begun(by, hours=73)

    assert fresh.decide_by - fresh.noticed_at == timedelta(hours=72)
    assert (fresh.is_overdue, old.is_overdue) == (False, True)
    add(old, Kind.ICO_TOLD, by)
    assert not old.is_overdue


def test_it_closes_only_when_all_is_said_that_is_owed(session, by):
    breach = begun(by)
    with pytest.raises(NotAllowed):
        add(breach, Kind.CLOSED, by)
    for kind in (Kind.MEASURE, Kind.ICO_NOT_TOLD, Kind.PEOPLE_TOLD, Kind.CLOSED):
        add(breach, kind, by)

    assert breach.is_closed
    with pytest.raises(NotAllowed):
        add(breach, Kind.MEASURE, by)


@pytest.mark.parametrize("table", ["breach", "breach_entry"])
@pytest.mark.parametrize("act", ["UPDATE {} SET created_at = created_at", "DELETE FROM {}"])
def test_no_line_of_the_history_is_changed_or_taken_out(session, by, table, act):
    begun(by)

    with pytest.raises(DatabaseError, match="never changed"), session.begin_nested():
        session.execute(text(act.format(table)))


def test_the_officer_writes_it_down_and_adds_to_it(app, officer):
    noticed = clock.in_london(clock.now() - timedelta(hours=2))
    form = {
        "id": str(uuid.uuid4()),
        "noticed_on-day": str(noticed.day),
        "noticed_on-month": str(noticed.month),
        "noticed_on-year": str(noticed.year),
        "noticed_at": f"{noticed:%H:%M}",
        "happened": HAPPENED,
    }
    answers = [send(officer, DESK, form) for _press in range(2)]
    url = answers[0].location
    assert answers[0].location == answers[1].location
    line = {"id": str(uuid.uuid4()), "kind": "ico-told", "words": "Reference 12."}
    for _press in range(2):
        assert send(officer, f"{url}/add", line).status_code == 303

    page = Page.get(officer, url)

    assert page.has(HAPPENED)
    assert page.has("Reference 12.")
    assert page.has("Harry Wells")
    assert Page.get(officer, DESK).has("Decided")
    assert url in Page.get(officer, "/desk").links()
    with app.app_context():
        assert len(db.session.scalars(select(BreachEntry)).all()) == 2
        for table in ("breach", "breach_entry", "audit_entry"):
            rows = db.session.execute(text(f"SELECT * FROM {table}")).all()
            assert "Quillfeather" not in repr(rows)


@pytest.mark.parametrize("typed", ["", "soon", "25:00", "99"])
def test_a_time_that_cannot_be_read_is_said_beside_it_and_words_stay(app, officer, typed):
    today = clock.today()
    form = {"noticed_on-day": str(today.day), "noticed_on-month": str(today.month)}
    form |= {"noticed_on-year": str(today.year), "noticed_at": typed, "happened": HAPPENED}

    page = Page.post(officer, DESK, form)

    assert page.has("such as 14:30.")
    assert page.has(HAPPENED)
    with app.app_context():
        assert db.session.scalars(select(Breach)).all() == []
