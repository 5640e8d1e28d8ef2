"""A facilitator's session: one code lets a room answer, one after another (V13, Y8)."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.pages import Page, send
from tests.responses.walking import CODE, carried, code_on, go
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights import results
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.responses import sessions
from vrn_community.responses.models import GroupSession, Response, Way

URL = "/session"
FORM = {
    "setting": "A youth club",
    "responsible_adult": "Youth worker",
    "is_there": "y",
    "cap": "2",
    "hours": "2",
}


@pytest.fixture
def room(world, arrange) -> dict[str, Any]:
    """Return an open session for two people, for children too, with its code."""
    with arrange() as session:
        facilitator = make_account(Role.FACILITATOR)
        opportunity = session.merge(world["opportunity"])
        opportunity.min_age = 8
        plan = sessions.Plan(opportunity, "A club", "Youth worker", 2, timedelta(hours=2))
        made = sessions.open_session(uuid.uuid4(), plan, by=facilitator)
        return {"id": made.id, "code": sessions.code_of(made), "url": answers_at(opportunity)}


def answers_at(opportunity) -> str:
    return f"/o/{opportunity.code}/answer"


def enter(client, code: str) -> Page:
    return Page.of(client.post(URL, data={"code": code}))


def to_send(client, room, page: Page, band: str = "10-12", **said: str) -> Page:
    """Answer every page, and return the last one."""
    page = go(client, room["url"], page)
    page = go(client, room["url"], page, **{"age-band": band})
    page = go(client, room["url"], page, feel="unsafe", why=said.get("why", "It is dark."))
    page = go(client, room["url"], go(client, room["url"], page))
    assert page.heading == "A few questions about you"
    return page


def next_person(client, page: Page) -> Page:
    return Page.of(client.post(URL, data={"next": page.hidden("next")}))


@pytest.fixture
def used(app, room) -> Any:
    def read() -> int:
        with app.app_context():
            return db.session.get(GroupSession, room["id"]).used

    return read


def test_a_child_of_ten_answers_in_a_session_and_nowhere_else(client, room, used, app) -> None:
    alone = go(client, room["url"], Page.get(client, room["url"]))
    alone = go(client, room["url"], alone, **{"age-band": "10-12"})
    assert alone.heading == "Thank you for wanting to help"

    last = to_send(client, room, enter(client, room["code"]))
    done = go(client, room["url"], last, "send")

    assert done.heading == "Thank you. Your answers are in."
    assert CODE.search(done.text)
    assert used() == 1
    with app.app_context():
        assert db.session.scalars(select(Response.way)).all() == [Way.SESSION]


def test_the_code_is_in_no_address_and_may_be_typed_carelessly(client, room) -> None:
    typed = room["code"].lower().replace("0", "o").replace("1", "l")

    page = enter(client, f" {typed} ")

    assert page.heading == "Before you start"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.response.headers
    forms = {form.get("action") for form in page.all("form")}
    assert room["url"] in forms
    assert room["code"].replace(" ", "") not in page.text


@pytest.mark.parametrize("code", ["", "x", "0" * 8, "\x00", "🔥" * 30, "9" * 5_000])
def test_a_wrong_code_is_said_kindly(client, room, code) -> None:
    page = enter(client, code)

    assert page.heading == "Enter your code"
    is_typed = bool(code.strip("\x00"))
    assert page.has("This code does not work.") is is_typed
    assert page.has("Type your code.") is not is_typed


def test_after_sending_the_next_person_begins_with_an_empty_page(client, room) -> None:
    done = go(client, room["url"], to_send(client, room, enter(client, room["code"])), "send")
    assert done.has("Next person")

    page = next_person(client, done)
    first = go(client, room["url"], page)

    assert page.heading == "Before you start"
    assert "checked" not in first.text
    assert code_on(done) not in page.text


def test_what_was_sent_is_not_shown_on_a_shared_device_again(client, room, used, stored) -> None:
    about = to_send(client, room, enter(client, room["code"]), why="My secret words")
    check = go(client, room["url"], about, "back")
    assert check.has("My secret words")
    code = code_on(go(client, room["url"], about, "send"))

    for page in (about, check):
        for act in ("send", "back", "next", "change:section.safety"):
            again = go(client, room["url"], page, act)
            assert again.heading == "These answers are in"
            assert "My secret words" not in again.text
            assert code not in again.text
    assert (used(), stored()[0]) == (1, 1)


def test_somebody_stops_and_the_next_person_does_not_see_their_words(client, room, stored) -> None:
    page = go(client, room["url"], enter(client, room["code"]))
    page = go(client, room["url"], page, **{"age-band": "13-15"})
    page = go(client, room["url"], page, feel="unsafe", why="My secret words")
    assert page.has("Stopping here?")

    page = go(client, room["url"], next_person(client, page))

    assert page.heading == "About you"
    assert "secret" not in page.text
    assert stored() == (0, 0, 0)


def test_a_full_session_lets_nobody_else_in_and_gives_the_words_back(
    client, room, used, stored
) -> None:
    three = [to_send(client, room, enter(client, room["code"]), why=f"Word {n}") for n in range(3)]

    for page in three[:2]:
        assert go(client, room["url"], page, "send").heading.startswith("Thank you.")
    late = go(client, room["url"], three[2], "send", status=409)

    assert late.heading == "Your answers were not sent"
    assert late.has("Word 2")
    assert (used(), stored()[0]) == (2, 2)
    assert enter(client, room["code"]).has("This session is full, or over.")


def test_a_session_is_over_after_its_time(client, room, monkeypatch, stored) -> None:
    page = to_send(client, room, enter(client, room["code"]))
    later = clock.now() + timedelta(hours=2, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert go(client, room["url"], page, "send", status=409).heading == "Your answers were not sent"
    assert enter(client, room["code"]).has("This session is full, or over.")
    assert stored() == (0, 0, 0)


def test_a_session_lets_nobody_into_other_questions(client, room, arrange, world, stored) -> None:
    with arrange() as session:
        author = session.get(Opportunity, world["opportunity"].id).author
        other = make_opportunity(author, is_public=True)
        make_version(other)
    page = enter(client, room["code"])

    moved = client.post(answers_at(other), data={**carried(page), "go": "next"})

    assert Page.of(moved).heading == "Please start again"


def test_a_class_behind_one_address_is_never_refused_but_guessing_is(client, room, policy) -> None:
    policy(wrong_codes=3)

    for _pupil in range(30):
        assert enter(client, room["code"]).heading == "Before you start"
    statuses = [client.post(URL, data={"code": f"WRONG{n}"}).status_code for n in range(4)]

    assert statuses == [200, 200, 200, 429]
    assert enter(client, room["code"]).heading == "Before you start"


def test_a_made_up_next_person_is_asked_for_a_code(client) -> None:
    for state in ("", "x", "A" * 70_000):
        assert Page.of(client.post(URL, data={"next": state})).heading == "Enter your code"


# The desk


@pytest.fixture
def facilitator(sign_in_as) -> Any:
    return sign_in_as(Role.FACILITATOR, email="nia@example.org")


def form(world, **changes: str) -> dict[str, str]:
    return {**FORM, "opportunity": world["opportunity"].code, **changes}


def opened(facilitator, world, **changes: str) -> str:
    """Open a session at the desk, and return where it is."""
    answer = send(facilitator, "/desk/sessions/new", form(world, **changes))
    assert answer.status_code == 303, answer.text[:2_000]
    return answer.location


def test_a_facilitator_opens_a_session_and_sees_the_code_and_a_count(
    facilitator, client, world, url
) -> None:
    assert Page.get(facilitator, "/desk/sessions").has("You have not had a session yet.")
    page = Page.get(facilitator, opened(facilitator, world))

    assert page.has("0 of 2")
    code = re.search(r'dir="ltr">([0-9A-Z]{4} [0-9A-Z]{4})<', page.text)
    assert code
    room = {"url": url}
    go(client, url, to_send(client, room, enter(client, code[1]), "13-15"), "send")

    assert Page.get(facilitator, "/desk/sessions").has("1 of 2")
    assert Page.get(facilitator, "/desk").has("1 of 2 have answered")


def test_no_session_without_a_responsible_adult_or_beyond_its_limits(facilitator, world) -> None:
    wrong = ({"is_there": ""}, {"responsible_adult": " "}, {"cap": "61"}, {"cap": "0"})
    for changes in (*wrong, {"hours": "25"}, {"opportunity": "ABCDEFG"}):
        sent = {name: text for name, text in form(world, **changes).items() if text}
        page = Page.post(facilitator, "/desk/sessions/new", sent)
        assert len(page.errors()) == 1, changes


def test_an_ended_session_shows_no_code_and_lets_nobody_in(facilitator, client, world) -> None:
    where = opened(facilitator, world)
    code = re.search(r'dir="ltr">([0-9A-Z]{4} [0-9A-Z]{4})<', Page.get(facilitator, where).text)[1]

    for _press in range(2):
        assert send(facilitator, f"{where}/end", {}).status_code == 303

    assert code not in Page.get(facilitator, where).text
    assert enter(client, code).has("This session is full, or over.")


def test_a_session_belongs_to_its_facilitator_alone(facilitator, sign_in_as, world) -> None:
    where = opened(facilitator, world)
    other = sign_in_as(Role.FACILITATOR, email="kim@example.org")

    assert other.get(where).status_code == 404
    assert send(other, f"{where}/end", {}).status_code == 404
    assert Page.get(other, "/desk/sessions").has("You have not had a session yet.")


def test_only_questions_that_are_open_are_offered(facilitator, world, arrange) -> None:
    title = world["opportunity"].title
    assert Page.get(facilitator, "/desk/sessions/new").has(title)
    with arrange() as session:
        session.merge(world["opportunity"]).state = OpportunityState.CLOSED

    assert not Page.get(facilitator, "/desk/sessions/new").has(title)


def test_no_row_ties_a_response_to_its_session(client, room, app) -> None:
    go(client, room["url"], to_send(client, room, enter(client, room["code"])), "send")

    with app.app_context():
        key = room["id"].hex
        for table in ("contribution", "response", "passage"):
            rows = db.session.execute(select(db.metadata.tables[table])).all()
            assert rows
            assert key not in repr(rows).replace("-", "")
        assert db.session.scalar(select(func.count()).select_from(GroupSession)) == 1


def test_children_are_counted_where_there_was_a_session(world, request, app) -> None:
    def impossible() -> set[str]:
        with app.app_context():
            return results.impossible_ages(db.session.get(Opportunity, world["opportunity"].id))

    assert impossible() == {"under-10", "10-12"}

    request.getfixturevalue("room")  # For people of 8 and over.
    assert impossible() == set()
