"""Whoever holds a receipt code can change what they sent, until it is counted."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.pages import Page
from tests.responses.walking import code_on, go, to_check_page
from vrn_community.contributions import queries, services
from vrn_community.contributions.models import Contribution, Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.responses.models import Response, Way


@pytest.fixture
def code(client, url) -> str:
    """Return the receipt code of somebody who has answered."""
    page = go(client, url, to_check_page(client, url), may_quote="y")
    return code_on(go(client, url, page, "send"))


def correct(client, url, code: str) -> Page:
    return Page.of(client.post(url, data={"go": "correct", "code": code}))


def changed(client, url, page: Page, words: str) -> Page:
    """Change the words on the first page, and go on to the last one."""
    page = go(client, url, page, "change:section.safety")
    page = go(client, url, page, feel="unsafe", why=words)
    assert page.heading == "Check your answers"
    return go(client, url, page)


@pytest.fixture
def kept(app) -> Any:
    """Return a function that reads the only response with its words."""

    def read() -> tuple[Response, dict[str, str], set[PassageState]]:
        with app.app_context():
            passages = db.session.scalars(select(Passage)).all()
            words = {passage.question_id: passage.unseal() for passage in passages}
            response = db.session.scalars(select(Response)).one()
            return response, words, {passage.state for passage in passages}

    return read


def test_somebody_changes_what_they_sent_and_keeps_their_code(
    client, url, code, stored, kept, arrange
) -> None:
    with arrange() as session:
        for passage in session.scalars(select(Passage)):
            passage.state, passage.cleared_words = PassageState.CLEARED, "It is dark."
        session.scalars(select(Response)).one().way = Way.SLIP
    used = Page.of(client.post("/code", data={"code": code}))
    assert used.has("Change my answers")

    page = correct(client, url, code)
    assert page.heading == "Check your answers"
    assert page.has("It is dark by the canal.")
    assert 'name="may_quote" value="y"' in page.text
    last = changed(client, url, page, "It is lit now.")
    done = [go(client, url, last, "send") for _press in range(2)]

    assert {code_on(page) for page in done} == {code}
    assert stored() == (1, 1, 2)
    response, words, states = kept()
    assert words["why"] == "It is lit now."
    assert response.answers["feel"] == "unsafe"
    assert response.way is Way.SLIP
    assert states == {PassageState.PENDING}
    assert Page.of(client.post("/code", data={"code": code})).has("It is lit now.")


def test_before_sending_nothing_changes(client, url, code, kept) -> None:
    changed(client, url, correct(client, url, code), "It is lit now.")

    assert kept()[1]["why"] == "It is dark by the canal."


def test_it_works_after_closing_until_a_week_later(client, url, code, world, arrange) -> None:
    def closed(days: int) -> None:
        with arrange() as session:
            opportunity = session.get(Opportunity, world["opportunity"].id)
            opportunity.opens_on = clock.today() - timedelta(days=60)
            opportunity.closes_on = clock.today() - timedelta(days=days)

    closed(7)
    last = changed(client, url, correct(client, url, code), "It is lit now.")
    assert code_on(go(client, url, last, "send")) == code

    last = changed(client, url, correct(client, url, code), "Too late.")
    closed(8)
    assert correct(client, url, code).heading == "These words open nothing"
    late = go(client, url, last, "send", status=409)
    assert late.has("Too late.")
    assert late.has("taken back or counted already")


def test_what_was_taken_back_does_not_come_back(client, url, code, stored, arrange) -> None:
    last = changed(client, url, correct(client, url, code), "It is lit now.")
    with arrange():
        services.withdraw(queries.by_receipt(code))

    go(client, url, last, "send", status=409)

    assert stored() == (0, 0, 0)


def test_what_is_counted_cannot_be_changed(client, url, code, world, arrange, kept) -> None:
    last = changed(client, url, correct(client, url, code), "It is lit now.")
    with arrange() as session:
        frozen = session.get(Opportunity, world["opportunity"].id)
        frozen.results_frozen_on = clock.today()

    go(client, url, last, "send", status=409)

    assert kept()[1]["why"] == "It is dark by the canal."
    assert not Page.of(client.post("/code", data={"code": code})).has("Change my answers")


@pytest.mark.parametrize("typed", ["", "x", "0" * 24, "\x00", "9" * 5_000])
def test_a_wrong_code_changes_nothing(client, url, code, typed, app) -> None:
    assert correct(client, url, typed).heading == "These words open nothing"
    with app.app_context():
        assert len(db.session.scalars(select(Contribution)).all()) == 1
