"""Programs that answer: noticed, slowed down while many answers arrive, and never shut out."""

import hashlib
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.pages import Page
from tests.responses.test_sessions import enter, to_send
from tests.responses.walking import code_on, go, to_check_page
from vrn_community import create_app
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.responses import answering, drafts, flow, pages, sessions, slips
from vrn_community.responses.flow import Walk
from vrn_community.responses.models import Response
from vrn_community.responses.rates import Rate

WAIT = "Many answers are arriving just now"
DONE = "Thank you. Your answers are in."
CALM = 2


@pytest.fixture
def flags(app) -> Any:
    def read() -> list[list[str]]:
        with app.app_context():
            return list(db.session.scalars(select(Response.flags)))

    return read


@pytest.fixture
def wait(monkeypatch) -> Any:
    """Return a function that lets time pass; until then it stands still."""
    moment = [clock.now().replace(second=0)]
    monkeypatch.setattr(clock, "now", lambda: moment[0])

    def pass_time(**time: float) -> None:
        moment[0] += timedelta(**time)

    return pass_time


@pytest.fixture
def about(client, url) -> Any:
    """Return a function that brings somebody to the page with *Send*."""
    return lambda: go(client, url, to_check_page(client, url))


@pytest.fixture
def crowd(client, url, about, policy, wait) -> None:
    """Let so many people answer that the next one is asked."""
    policy(calm_rate=CALM, proof_bits=8)
    for _person in range(CALM + 1):
        go(client, url, about(), "send")


def solved(page: Page) -> str:
    """Find the number that a page asks for, as its script does."""
    field = next(i for i in page.all("input") if i.get("name") == "proof")
    challenge, bits = field.get("data-challenge"), int(field.get("data-bits"))
    hashes = ((n, hashlib.sha256(f"{challenge}{n}".encode()).digest()) for n in count())
    return next(str(n) for n, digest in hashes if int.from_bytes(digest) >> (256 - bits) == 0)


# The field that nobody sees


def test_a_program_that_fills_in_everything_is_flagged_and_not_refused(client, url, flags) -> None:
    page = go(client, url, Page.get(client, url))
    page = go(client, url, page, your_website="https://spam.example", **{"age-band": "16-17"})
    page = go(client, url, go(client, url, page, feel="safe"))

    assert go(client, url, go(client, url, page), "send").heading == DONE
    assert "hidden-field" in flags()[0]


def test_people_cannot_reach_the_field_and_are_told_what_it_is(client, url, about, flags) -> None:
    section = go(client, url, Page.get(client, url))
    last = about()

    for page in (section, last):
        field = next(i for i in page.all("input") if i.get("name") == answering.TRAP)
        assert (field.get("tabindex"), field.get("autocomplete")) == ("-1", "off")
        assert '<div class="visually-hidden" aria-hidden="true">' in page.text
        assert page.has("Leave this empty.")
    go(client, url, last, "send")
    assert "hidden-field" not in flags()[0]


def test_what_a_program_wrote_there_is_not_given_back_as_words(client, url) -> None:
    sent = {"state": "x", "go": "next", "why": "My words.", "your_website": "spam", "proof": "77"}

    page = Page.of(client.post(url, data=sent))

    assert page.has("My words.")
    assert not page.has("spam")
    assert not page.has("77")


# Quiet times


def test_at_normal_rates_nobody_sees_a_sum_or_a_wait(client, url, about, stored) -> None:
    for _person in range(3):
        last = about()
        assert "proof" not in last.text
        assert go(client, url, last, "send").heading == DONE
    assert stored()[0] == 3


def test_pages_stay_shared_and_a_sum_is_never_kept_for_others(
    app, client, url, about, policy, wait
) -> None:
    policy(keeps_pages=True, calm_rate=CALM, proof_bits=8)
    assert about().heading == "A few questions about you"
    kept = {key for _standing, key in app.extensions["memory"]}
    assert {"start", "section", "about"} <= {key[0] for key in kept}

    for _person in range(CALM + 1):
        go(client, url, about(), "send")
    challenges = {solved(about()) and _challenge(about()) for _person in range(2)}

    assert len(challenges) == 2
    texts = [v for _moment, v in app.extensions["memory"].values() if isinstance(v, str)]
    assert not [text for text in texts if "data-challenge" in text]


def _challenge(page: Page) -> str:
    return next(i.get("data-challenge") for i in page.all("input") if i.get("name") == "proof")


# While many answers arrive


def test_somebody_whose_device_did_the_sum_sends_at_once(client, url, about, crowd) -> None:
    last = about()

    done = go(client, url, last, "send", proof=solved(last))

    assert done.heading == DONE
    assert code_on(done) == code_on(go(client, url, last, "send", proof=solved(last)))


def test_without_a_sum_somebody_waits_and_loses_nothing(client, url, about, crowd, wait) -> None:
    page = go(client, url, about(), "send", sex="female")
    assert page.heading == WAIT
    assert page.has("Wait 20 seconds, then press Send again.")

    back = go(client, url, page, "back")
    assert back.heading == "A few questions about you"
    check = go(client, url, back, "back")
    assert check.has("It is dark by the canal.")
    wait(seconds=5)
    again = go(client, url, page, "send")
    assert again.has("Wait 15 seconds")
    wait(seconds=15)
    done = go(client, url, again, "send")
    assert done.heading == DONE
    assert code_on(go(client, url, again, "send")) == code_on(done)


def test_the_permission_to_quote_survives_the_wait(client, url, crowd) -> None:
    check = go(client, url, to_check_page(client, url), may_quote="y")

    page = go(client, url, check, "send")

    assert "checked" in go(client, url, go(client, url, page, "back"), "back").text


@pytest.mark.parametrize("typed", ["", "x", "-1", "٣", "9" * 5_000, "1.5", "\x00"])
def test_a_forged_sum_leads_to_the_wait(client, url, about, crowd, typed, stored) -> None:
    before = stored()

    assert go(client, url, about(), "send", proof=typed).heading == WAIT
    assert stored() == before


def test_the_sum_of_somebody_else_leads_to_the_wait(client, url, about, crowd, stored) -> None:
    first, other = about(), about()
    before = stored()[0]
    proof = solved(first)
    while solved(other) == proof:  # One number in 256 solves both.
        other = about()

    assert go(client, url, first, "send", proof=proof).heading == DONE
    assert go(client, url, other, "send", proof=proof).heading == WAIT
    assert stored()[0] == before + 1


def test_a_sum_used_twice_stores_nothing_more(client, url, crowd, stored) -> None:
    check = to_check_page(client, url)
    last = go(client, url, check)
    sum_done = {"proof": solved(last)}
    go(client, url, last, "send", **sum_done)
    before = stored()[0]

    changed = go(client, url, check, "change:section.safety")
    changed = go(client, url, go(client, url, changed, feel="safe"))
    go(client, url, changed, "send", **sum_done)

    assert stored()[0] == before


def test_a_sum_is_asked_anew_after_a_while(client, url, about, crowd, wait) -> None:
    last = about()
    wait(minutes=11)
    for _person in range(CALM + 1):
        go(client, url, about(), "send")

    page = go(client, url, last, "send", proof=solved(last))

    assert page.heading == WAIT
    assert page.has("Wait 20 seconds")
    assert go(client, url, page, "send", proof=solved(page)).heading == DONE


def test_when_it_is_quiet_again_nobody_is_asked(client, url, about, crowd, wait) -> None:
    last = about()
    wait(minutes=3)

    assert go(client, url, last, "send").heading == DONE
    assert "proof" not in about().text


def test_other_questions_stay_quiet(client, world, arrange, crowd) -> None:
    with arrange() as session:
        other = make_opportunity(session.merge(world["opportunity"]).author, is_public=True)
        make_version(other)

    last = to_check_page(client, f"/o/{other.code}/answer")

    assert go(client, f"/o/{other.code}/answer", last, "send").heading == DONE


def test_a_program_that_waits_is_still_counted_as_too_fast(
    client, url, about, crowd, wait, flags
) -> None:
    page = go(client, url, about(), "send")
    wait(seconds=25)

    assert go(client, url, page, "send").heading == DONE
    assert flags() == [["too-fast"]] * (CALM + 1)


def test_of_many_that_a_program_sends_few_are_taken(client, url, policy, wait, stored) -> None:
    policy(calm_rate=5)

    for _ballot in range(60):
        page = go(client, url, Page.get(client, url))
        go(client, url, page, "send", proof="1", **{"age-band": "16-17"})
        wait(seconds=0.2)

    assert stored()[0] == 5


# Whoever was let in


@pytest.fixture
def club(world, arrange) -> dict[str, Any]:
    """Return a room for thirty, and a slip."""
    with arrange() as session:
        opportunity, by = session.merge(world["opportunity"]), make_account(Role.FACILITATOR)
        plan = sessions.Plan(opportunity, "A club", "Teacher", 30, timedelta(hours=2))
        made = sessions.open_session(uuid4(), plan, by=by)
        slip = slips.make(opportunity, 1, by=by)[0]
        return {"code": sessions.code_of(made), "slip": slip}


def test_thirty_behind_one_address_answer_in_a_session_and_none_is_asked(
    client, url, club, crowd, stored
) -> None:
    before = stored()[0]

    for _pupil in range(30):
        last = to_send(client, {"url": url}, enter(client, club["code"]), "13-15")
        assert "proof" not in last.text
        assert go(client, url, last, "send").heading == DONE

    assert stored()[0] == before + 30


def test_a_class_asks_nobody_else_to_do_sums(client, url, club, about, policy, wait) -> None:
    policy(calm_rate=CALM)
    for _pupil in range(CALM + 2):
        last = to_send(client, {"url": url}, enter(client, club["code"]), "13-15")
        go(client, url, last, "send")

    assert "proof" not in about().text


def test_somebody_with_a_slip_is_not_asked(client, url, club, crowd) -> None:
    last = to_send(client, {"url": url}, enter(client, club["slip"]), "16-17")

    assert "proof" not in last.text
    assert go(client, url, last, "send").heading == DONE


def test_somebody_who_corrects_is_not_asked(client, url, about, crowd) -> None:
    last = about()
    code = code_on(go(client, url, last, "send", proof=solved(last)))

    check = Page.of(client.post(url, data={"go": "correct", "code": code}))
    last = go(client, url, check)

    assert "proof" not in last.text
    assert code_on(go(client, url, last, "send")) == code


# Several processes, and what is kept


def test_each_process_counts_alone_and_takes_what_another_asked(
    app, client, url, about, crowd
) -> None:
    other = create_app(app.config["SETTINGS"])
    with app.app_context():
        engines = dict(db.engines)
    db._app_engines[other] = engines
    elsewhere = other.test_client()
    asked = about()

    quiet = go(elsewhere, url, to_check_page(elsewhere, url))

    assert "proof" not in quiet.text
    page = go(client, url, quiet, "send")
    assert page.heading == WAIT
    assert go(elsewhere, url, page, "send").heading == DONE
    assert go(elsewhere, url, asked, "send", proof=solved(asked)).heading == DONE


def test_a_draft_of_last_week_knows_less_and_opens(app, world) -> None:
    walk = Walk("token", flow.CHECK, {"feel": "safe"}, asked=1_700_000_000)
    with app.test_request_context():
        words, _kept = drafts.keep(world["opportunity"], "version", walk)
        found = drafts.find(world["opportunity"], words)
    assert found
    assert (found.walk.answers, found.walk.asked) == ({"feel": "safe"}, 0)

    old = {name: value for name, value in walk.to_state().items() if name not in ("asked", "draft")}
    assert Walk.of_state(old) == Walk("token", flow.CHECK, {"feel": "safe"})


@given(st.lists(st.floats(0, 600), max_size=80), st.floats(0, 660))
def test_the_rate_is_between_one_minute_and_two(moments: list[float], now: float) -> None:
    rate, past = Rate(), sorted(moment for moment in moments if moment <= now)
    for moment in past:
        rate.count("any", moment)

    assert rate.lately("other", now) == 0
    assert rate.lately("any", now) <= len([m for m in past if now - m <= 120])
    assert rate.lately("any", now) >= len([m for m in past if m // 60 == now // 60])
    assert len(rate._counts) <= 2


def test_no_state_of_an_older_kind_is_an_error(client, url, world) -> None:
    walk = Walk("token", flow.CHECK).to_state()
    with client.application.test_request_context():
        version, opportunity = world["version"], world["opportunity"]
        broken = {name: value for name, value in walk.items() if name != "submission"}
        place = (pages.PURPOSE, opportunity.code, str(version.id))
        state = pages.sealed.seal_state(broken, *place)

    page = Page.of(client.post(url, data={"state": state, "v": str(version.id)}))

    assert page.heading == "Please start again"
