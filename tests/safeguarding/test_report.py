"""Worries that did not come from an answer: anybody at the desk raises them and reads nothing."""

import uuid
from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.pages import Page, send
from vrn_community.accounts.models import DeskSession
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.partnership.models import Area
from vrn_community.safeguarding import working_time
from vrn_community.safeguarding.kinds import AgeBand, Source
from vrn_community.safeguarding.models import Concern, Urgency

URL = "/desk/raise-concern"
WORDS = "  He said: my uncle   hits me.  "


def day(name, moment):
    return {f"{name}-{part}": getattr(moment, part) for part in ("day", "month", "year")}


def told(**more):
    today = clock.today()
    return {
        "id": str(uuid.uuid4()), "urgency": "immediate", "source": "phone", "note": "A boy rang.",
        "words": WORDS, "identity": "He is called Ravi.", "age_band": "13-15",
        **day("received_on", today), **day("noticed_on", today), **more,
    }  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_every_role_raises_a_concern_and_only_those_who_decide_see_one(
    sign_in_as, app, arrange, role
):
    client = sign_in_as(role)
    with arrange():
        make_account(Role.SAFEGUARDING_LEAD, email="elif@example.org")
    sent = told()

    answers = [send(client, URL, sent) for _press in range(2)]

    assert [answer.location for answer in answers] == ["/desk"] * 2
    with app.app_context():
        concern = db.session.scalars(db.select(Concern)).one()
        actions = db.session.scalars(db.select(AuditEntry.action)).all()
    assert actions.count("concern:report") == 1
    assert "Ravi" not in Page.get(client, "/desk").text
    sees = role in (Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_DEPUTY)
    assert client.get(f"/desk/safeguarding/{concern.id}").status_code == (200 if sees else 403)


def test_everything_that_was_told_is_kept_and_the_words_stay_as_they_were(
    sign_in_as, app, partnership
):
    lead = sign_in_as(Role.SAFEGUARDING_LEAD)
    with app.app_context():
        area = db.session.scalars(db.select(Area).where(Area.code == "E06000016")).one()
    send(lead, URL, told(area=str(area.id)))

    with app.app_context():
        concern = db.session.scalars(db.select(Concern)).one()
        assert (concern.source, concern.urgency) == (Source.PHONE, Urgency.IMMEDIATE)
        assert (concern.area_id, concern.age_band) == (area.id, AgeBand.FROM_13_TO_15)
        assert (concern.received_on, concern.accused_id) == (clock.today(), None)
    page = Page.post(lead, f"/desk/safeguarding/{concern.id}/reveal", {"reveal-reason": "decide"})
    assert WORDS.strip() in page.text
    for text in ("A boy rang.", "He is called Ravi.", "Leicester Children's Duty"):
        assert page.has(text)
    assert not page.has("Leicester Adult Social Care")


@pytest.mark.parametrize(("days", "is_overdue"), [(0, False), (3, False), (4, True)])
def test_the_clock_runs_from_the_end_of_the_day_when_it_was_noticed(
    sign_in_as, app, monkeypatch, days, is_overdue
):
    lead = sign_in_as(Role.SAFEGUARDING_LEAD)
    monday = clock.now().replace(hour=10, minute=0)
    monday += timedelta(days=7 - monday.weekday())
    monkeypatch.setattr(clock, "now", lambda: monday)
    with app.app_context():
        session = db.session.scalars(db.select(DeskSession)).one()
        session.last_seen_at = session.began_at = session.proved_at = monday
        db.session.commit()
    noticed = monday.date() - timedelta(days=days)
    send(lead, URL, told(urgency="today", **day("noticed_on", noticed)))

    with app.app_context():
        concern = db.session.scalars(db.select(Concern)).one()
        assert concern.waits_since == min(monday, working_time.closes(noticed))
        assert concern.is_overdue is is_overdue


def test_errors_stand_beside_the_fields_and_keep_what_was_typed(sign_in_as):
    client = sign_in_as(Role.FACILITATOR)
    tomorrow = day("received_on", clock.today() + timedelta(days=1))
    page = Page.post(client, URL, told(source="", note="", accused="nonsense", **tomorrow))

    assert "Say what you noticed." in page.errors()
    assert "Choose how it came." in page.errors()
    assert "This day has not come yet." in page.errors()
    assert "He is called Ravi." in page.text
    empty = {f"received_on-{part}": "" for part in ("day", "month", "year")}
    assert Page.post(client, URL, told(**empty)).errors() == ["Give the day."]
