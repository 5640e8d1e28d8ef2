"""What is noted of how a response came about: never finer than it needs to be."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories.questionnaires import questionnaire
from tests.pages import Page
from tests.responses.walking import go, to_check_page
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.responses import quality
from vrn_community.responses.flow import CHECK, Walk
from vrn_community.responses.models import Minutes, Response

FASTEST = timedelta(seconds=2)


@pytest.fixture
def kept(app) -> Any:
    """Return a function that reads the only response."""

    def read() -> Response:
        with app.app_context():
            return db.session.scalars(select(Response)).one()

    return read


@pytest.fixture
def wait(monkeypatch) -> Any:
    """Return a function that lets time pass."""
    moment = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: moment[0])

    def pass_time(**time: int) -> None:
        moment[0] += timedelta(**time)

    return pass_time


@pytest.mark.parametrize(
    ("seconds", "band"),
    [(0, "under-2"), (119, "under-2"), (120, "2-5"), (300, "5-15"), (900, "over-15")],
)
def test_time_is_kept_in_four_bands(seconds, band) -> None:
    assert quality.minutes_of(Walk("", CHECK, began=1_000), 1_000 + seconds) == band


def test_an_unknown_beginning_is_no_band_and_no_suspicion() -> None:
    walk = Walk("", CHECK, {"feel": "safe"})

    assert quality.minutes_of(walk, 9) is None
    assert quality.flags_of(walk, 9, FASTEST) == []


def test_the_random_number_is_stored_only_where_an_order_follows_from_it() -> None:
    walk = Walk("", CHECK, seed=77)

    assert quality.seed_of(questionnaire(), walk) is None
    assert quality.seed_of(questionnaire(section_order="random"), walk) == 77


def test_somebody_who_takes_their_time_is_not_suspected(client, url, wait, kept) -> None:
    page = Page.get(client, url)
    wait(minutes=7, seconds=31)
    page = go(client, url, page)
    page = go(client, url, page, **{"age-band": "16-17"})
    page = go(client, url, page, feel="unsafe", why="It is dark.")

    go(client, url, go(client, url, page), "send")

    response = kept()
    assert (response.minutes, response.flags) == (Minutes.FROM_5_TO_15, [])
    assert (response.way, response.is_partial, response.seed) == ("online", False, None)


def test_a_script_that_answers_at_once_is_counted_and_not_refused(client, url, kept) -> None:
    go(client, url, to_check_page(client, url), "send")

    assert kept().flags == ["too-fast"]


# Sending early


def early(client, url) -> Page:
    page = go(client, url, Page.get(client, url))
    assert "Stop here and send" not in page.text
    page = go(client, url, page, **{"age-band": "16-17"})
    assert page.has("Stop here and send what I have")
    return go(client, url, page, "finish", feel="unsafe", why="It is dark.")


def test_somebody_stops_early_sees_what_they_have_and_sends_it(client, url, stored, kept) -> None:
    page = early(client, url)

    assert page.heading == "Check your answers"
    assert page.has("It is dark.")
    assert page.has("Send my answers")
    assert stored() == (0, 0, 0)
    page = go(client, url, page, "send")
    assert page.heading == "Thank you. Your answers are in."
    assert kept().is_partial


def test_back_leads_to_where_they_stopped_and_going_on_is_not_early(client, url, kept) -> None:
    page = go(client, url, early(client, url), "back")

    assert page.heading == "Feeling safe"
    assert "It is dark." in page.text
    page = go(client, url, go(client, url, page, feel="safe"))
    assert page.heading == "Check your answers"
    go(client, url, page, "send")
    assert not kept().is_partial


def test_stopping_on_the_last_page_is_not_early(client, url, kept) -> None:
    page = go(client, url, Page.get(client, url))
    page = go(client, url, go(client, url, page))
    assert page.heading == "What would help"

    go(client, url, go(client, url, page, "finish"), "send")

    assert not kept().is_partial


def test_nobody_jumps_over_the_question_about_their_age(client, url) -> None:
    page = go(client, url, Page.get(client, url), "finish")

    assert page.heading == "About you"
    page = go(client, url, page, "finish", **{"age-band": "10-12"})
    assert page.heading == "Thank you for wanting to help"
