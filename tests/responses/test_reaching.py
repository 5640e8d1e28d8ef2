"""A way to be reached for help: sealed for the lead, beside the answers, and told honestly."""

import uuid
from datetime import datetime

import pytest
from sqlalchemy import inspect, select, text

from tests.conftest import make_account
from tests.factories.keys import make_key, texts_of
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.pages import Page
from tests.responses.walking import go
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.contributions.models import Contribution
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.responses.models import Response
from vrn_community.safeguarding import jobs, queries
from vrn_community.safeguarding.kinds import Source
from vrn_community.safeguarding.models import Alert, CaseEntry, Concern, TeamKey, Urgency

REACH = "Text 07700 900123. Do not ring: he listens."
TYPED = {"reach": REACH, "best_time": "After school", "name": "Kit", "area": ""}


@pytest.fixture
def world(arrange, partnership):
    with arrange():
        lead = make_account(Role.SAFEGUARDING_LEAD)
        make_key(lead)
        author = make_account(Role.PUBLISHER)
        made = [
            make_opportunity(author, is_public=True, is_sensitive=is_sensitive)
            for is_sensitive in (True, False)
        ]
        for opportunity in made:
            make_version(opportunity)
    return {"lead": lead, "opportunity": made[0], "calm": made[1]}


@pytest.fixture
def url(world):
    return f"/o/{world['opportunity'].code}/reach"


def leave(client, url, page=None, **changes):
    state = (page or Page.get(client, url)).hidden("state")
    return Page.of(client.post(url, data={**TYPED, "state": state, **changes}))


def test_the_page_says_what_happens_before_anything_is_asked(client, url, monkeypatch) -> None:
    night = clock.now().replace(hour=23, minute=30)
    monkeypatch.setattr(clock, "now", lambda: night)
    page = Page.get(client, url)

    assert page.title.startswith("Questions - ")
    hours = page.words(page.all("ul")[0]) + " ".join(page.words(row) for row in page.all("li"))
    assert "There is not always somebody reading. Next time is on" in hours
    assert f"Next time is on {night.day} {night:%B %Y}" not in hours
    assert "09:00 to 17:00" in hours
    assert page.has("It is not put with your answers.")
    assert "tel:999" in page.links()
    assert "no-store" in page.response.headers["Cache-Control"]


def test_what_is_left_opens_for_the_lead_alone_and_once(client, url, app, world) -> None:
    page = Page.get(client, url)

    pages = [leave(client, url, page) for _press in range(2)]

    assert [page.heading for page in pages] == ["We have it"] * 2
    assert pages[0].has("Childline")
    with app.app_context():
        concern = db.session.scalars(select(Concern)).one()
        assert (concern.source, concern.urgency) == (Source.ASKED_FOR_HELP, Urgency.TODAY)
        assert db.session.scalars(select(CaseEntry)).one().sealed_text is None
        lead = db.session.merge(world["lead"])
        assert texts_of(concern, lead) == [
            {"name": "Kit", "reach": REACH, "best_time": "After school"}
        ]
    stored = everything(app)
    assert not [word for word in ("07700", "Kit", "After school") if word in stored]


def everything(app):
    with app.app_context():
        names = inspect(db.engine).get_table_names()
        return "".join(
            repr(row)
            for name in names
            for row in db.session.execute(text(f'SELECT * FROM "{name}"'))
        )


def test_nothing_leads_to_the_answers_and_no_time_is_finer_than_a_day(client, url, app) -> None:
    answer = url.replace("/reach", "/answer")
    page = Page.get(client, answer)
    while page.heading != "Thank you. Your answers are in.":
        page = go(client, answer, page, "send" if "Check" in page.heading else "next")
    assert url in page.links()
    leave(client, url)

    with app.app_context():
        audited = db.session.scalars(select(AuditEntry.action)).all()
        jobs.tell_who_must_act()
        db.session.flush()
        contribution = db.session.scalars(select(Contribution)).one()
        concern = db.session.scalars(select(Concern)).one()
        rows = [concern, *db.session.scalars(select(Alert)), *queries.entries(concern.id)]
        said = [{c.name: getattr(row, c.name) for c in row.__table__.columns} for row in rows]
        keys_of_answers = {contribution.id, contribution.receipt_hash, contribution.opportunity_id}
        moments = {v for row in said for v in row.values() if isinstance(v, datetime)}
        assert not [name for name in audited if name.startswith("concern")]
        assert not keys_of_answers & {v for row in said for v in row.values() if v.__hash__}
        assert {clock.in_london(m).strftime("%H:%M") for m in moments} <= {
            "09:00",
            "13:00",
            "17:00",
        }
        pointing = {k.column.table.name for k in Concern.__table__.foreign_keys}
        assert not pointing & {Contribution.__tablename__, Response.__tablename__}
        assert db.session.scalars(select(Alert)).first() is not None


def test_the_lead_sees_that_something_waits_and_reads_it_with_the_key_alone(
    client, url, sign_in_as, app
) -> None:
    leave(client, url)
    lead = sign_in_as(Role.SAFEGUARDING_DEPUTY, email="femi@example.org")

    with app.app_context():
        key = db.session.scalars(select(Concern.id)).one()
    assert f"/desk/safeguarding/{key}" in Page.get(lead, "/desk/safeguarding").links()
    case = Page.get(lead, f"/desk/safeguarding/{key}")
    assert case.has("To be decided by")
    assert not case.has("07700")
    assert ":00" not in case.words(case.all("dl")[0]).split("To be decided by")[0]


@pytest.mark.parametrize("sent", [{"reach": " "}, {"reach": "x" * 4_001}, {"area": "nonsense"},
                                  {"state": "x"}, {"name": "x" * 300}])  # fmt: skip
def test_what_cannot_be_kept_comes_back_with_what_was_typed(client, url, app, sent) -> None:
    page = leave(client, url, **{"best_time": "At noon", **sent})

    assert page.heading == "Ask somebody to get in touch"
    assert page.errors()
    assert "At noon" in page.text
    with app.app_context():
        assert db.session.scalars(select(Concern)).first() is None


def test_a_form_of_another_activity_is_not_taken(client, url, world, app) -> None:
    other = f"/o/{world['calm'].code}/reach"
    assert leave(client, other, Page.get(client, url)).errors()
    assert client.get(f"/o/{uuid.uuid4().hex[:7]}/reach").status_code == 404
    with app.app_context():
        assert db.session.scalars(select(Concern)).first() is None


def to_worrying_check(client, answer):
    page = go(client, answer, go(client, answer, Page.get(client, answer)), **{"age-band": "18-24"})
    page = go(client, answer, page, feel="unsafe", why="I want to kill myself.")
    return go(client, answer, page, ideas=["lights"])


def test_whoever_may_need_help_can_ask_for_it_wherever_that_is_said(client, world, app) -> None:
    calm = f"/o/{world['calm'].code}"
    check = to_worrying_check(client, f"{calm}/answer")
    assert check.has("It sounds as if you may need help now")
    assert f"{calm}/reach" in check.links()

    page = Page.get(client, f"{calm}/reach")

    assert page.has("Childline")
    assert leave(client, f"{calm}/reach", page).heading == "We have it"
    with app.app_context():
        assert db.session.scalars(select(Concern)).one().source is Source.ASKED_FOR_HELP


def test_nobody_is_asked_for_a_way_to_be_reached_that_nobody_could_open(
    client, world, arrange
) -> None:
    with arrange() as session:
        session.delete(session.scalars(select(TeamKey)).one())
    calm = f"/o/{world['calm'].code}"

    check = to_worrying_check(client, f"{calm}/answer")

    assert check.has("It sounds as if you may need help now")
    assert f"{calm}/reach" not in check.links()
    assert client.get(f"{calm}/reach").status_code == 404
    assert client.post(f"{calm}/reach", data=TYPED).status_code == 404


def test_opening_the_page_writes_nothing_and_each_opening_is_another_key(client, url, app) -> None:
    leave(client, url)
    leave(client, url)

    with app.app_context():
        assert len(db.session.scalars(select(Concern)).all()) == 2


def test_many_from_one_address_have_to_wait(client, url, policy) -> None:
    policy(help_tries=2)
    leave(client, url)
    page = Page.get(client, url)
    leave(client, url, page)

    refused = Page.post(client, url, {**TYPED, "state": page.hidden("state")}, status=429)

    assert refused.has("What you typed is still here.")
    assert TYPED["reach"] in refused.text


def test_what_is_not_filled_in_counts_for_nobody(client, url, policy) -> None:
    policy(help_tries=1)
    for _time in range(3):
        page = Page.get(client, url)
        client.post(url, data={"state": page.hidden("state")})

    leave(client, url)  # It is kept.
