"""Slips of paper: a code lets one person answer once, and nobody knows who got which."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.conftest import make_account
from tests.pages import Page, send
from tests.responses.test_sessions import enter, to_send
from tests.responses.walking import code_on, go
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.responses import slips
from vrn_community.responses.models import Response, Slip, Way

DESK = "/desk/sessions/slips"
ADULT = "25-34"


@pytest.fixture
def codes(world, arrange) -> list[str]:
    with arrange() as session:
        opportunity = session.merge(world["opportunity"])
        opportunity.needs_code = True
        return slips.make(opportunity, 3, by=make_account(Role.FACILITATOR))


@pytest.fixture
def room(url) -> dict[str, str]:
    return {"url": url}


@pytest.fixture
def left(app) -> Any:
    def count() -> int:
        with app.app_context():
            return db.session.scalar(select(func.count()).select_from(Slip))

    return count


def test_without_a_code_nobody_answers_what_needs_one(client, url, codes) -> None:
    page = Page.get(client, url)

    assert page.heading == "You need a code"
    assert "/session" in page.links()


def test_a_slip_lets_one_person_answer_once(client, room, codes, app, left, stored) -> None:
    last = to_send(client, room, enter(client, codes[0]), ADULT)
    assert left() == 3
    receipts = {code_on(go(client, room["url"], last, "send")) for _press in range(2)}

    assert len(receipts) == 1
    assert (left(), stored()[0]) == (2, 1)
    assert enter(client, codes[0]).has("This code does not work.")
    with app.app_context():
        assert db.session.scalars(select(Response.way)).all() == [Way.SLIP]


def test_a_slip_that_was_begun_twice_counts_once_and_gives_the_words_back(
    client, room, codes, stored
) -> None:
    mine, copied = (to_send(client, room, enter(client, codes[1]), ADULT, why=f"Word {n}")
                    for n in range(2))  # fmt: skip
    go(client, room["url"], mine, "send")

    late = go(client, room["url"], copied, "send", status=409)

    assert late.heading == "Your answers were not sent"
    assert late.has("Word 1")
    assert stored()[0] == 1


def test_a_slip_does_not_let_a_child_answer_alone(client, room, codes, left) -> None:
    page = go(client, room["url"], enter(client, codes[0]))

    page = go(client, room["url"], page, **{"age-band": "10-12"})

    assert page.heading == "Thank you for wanting to help"
    assert left() == 3


def test_a_facilitator_prints_slips_once_and_they_are_stored_as_hashes_only(
    sign_in_as, world, app, left
) -> None:
    facilitator = sign_in_as(Role.FACILITATOR)
    sent = {"opportunity": world["opportunity"].code, "number": "20"}

    page = Page.post(facilitator, DESK, sent)

    printed = re.findall(r'class="slip-code">([0-9A-Z]{5} [0-9A-Z]{5})<', page.text)
    assert len(set(printed)) == left() == 20
    with app.app_context():
        rows = repr(db.session.execute(select(Slip.__table__)).all())
        rows += repr(db.session.scalars(select(AuditEntry.details)).all())
    for code in printed:
        assert code not in rows
        assert code.replace(" ", "") not in rows
    assert Page.get(facilitator, DESK).has("20")


def test_slips_stand_in_the_history_of_the_opportunity_in_words(codes, sign_in_as, world) -> None:
    publisher = sign_in_as(Role.PUBLISHER, email="pat@example.org")

    page = Page.get(publisher, f"/desk/opportunities/{world['opportunity'].id}")

    assert page.has("Slips made by")


def test_no_more_slips_than_the_limit_are_made_at_once(sign_in_as, world, left) -> None:
    facilitator = sign_in_as(Role.FACILITATOR)

    for number in ("0", "401", "x"):
        sent = {"opportunity": world["opportunity"].code, "number": number}
        assert len(Page.post(facilitator, DESK, sent).errors()) == 1
    assert left() == 0


def test_a_publisher_says_that_only_people_with_a_code_answer(sign_in_as, world, arrange) -> None:
    publisher = sign_in_as(Role.PUBLISHER, email="pat@example.org")
    with arrange() as session:
        session.merge(world["opportunity"]).state = "draft"
    url = f"/desk/opportunities/{world['opportunity'].id}/edit"

    page = Page.get(publisher, url)

    assert page.has("Only people with a code can answer")
    values = {"title": "Safer walks", "needs_code": "y", "version": page.hidden("version")}
    assert send(publisher, url, values).status_code == 303
    assert "checked" in Page.get(publisher, url).text
