"""Answering, page by page: nothing is kept before it is sent, nothing typed is lost."""

from datetime import timedelta

import pytest

from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.pages import Page
from tests.responses.walking import CODE, carried, code_on, go, to_check_page
from vrn_community.foundation import clock
from vrn_community.opportunities.lifecycle import OpportunityState


def test_somebody_answers_and_gets_a_code(client, url, stored) -> None:
    page = to_check_page(client, url)
    assert page.heading == "Check your answers"
    assert page.has("It is dark by the canal.")
    assert page.has("A night bus")
    assert stored() == (0, 0, 0)

    page = go(client, url, page, may_quote="y")
    assert page.has("You do not have to answer them.")
    page = go(client, url, page, "send")

    assert page.heading == "Thank you. Your answers are in."
    assert CODE.search(page.text)
    assert page.has("You can change your answers or take them back until")
    assert stored() == (1, 1, 2)


@pytest.mark.parametrize("kind", ["single-choice", "long-text"])
def test_only_who_was_asked_for_words_hears_that_somebody_reads_them(
    client, world, arrange, kind
) -> None:
    asked = {"kind": kind, "id": "first", "text": "What comes first?"}
    if kind == "single-choice":
        asked["choices"] = [{"id": "light", "text": "A light"}, {"id": "seat", "text": "A seat"}]
    with arrange() as session:
        opportunity = make_opportunity(session.merge(world["opportunity"]).author, is_public=True)
        sections = [{"id": "one", "title": "One", "questions": [asked]}]
        make_version(opportunity, sections=sections, asks_age_band=False)
        url = f"/o/{opportunity.code}/answer"

    page = go(client, url, go(client, url, Page.get(client, url)), first="light")
    page = go(client, url, page, "send")

    assert code_on(page)
    assert page.has("Somebody reads what you wrote") is (kind == "long-text")


def test_pressing_send_twice_shows_the_same_code(client, url, stored) -> None:
    about = go(client, url, to_check_page(client, url))

    codes = {code_on(go(client, url, about, "send")) for _ in range(3)}

    assert len(codes) == 1
    assert stored()[:2] == (1, 1)


def test_back_and_change_keep_what_was_answered(client, url) -> None:
    check = to_check_page(client, url)

    back = go(client, url, check, "back")
    assert back.has("What would help")
    assert 'value="lights"' in back.text
    changed = go(client, url, check, "change:section.safety")
    assert "It is dark by the canal." in changed.text
    again = go(client, url, changed, feel="safe")
    assert again.heading == "Check your answers"
    assert not again.has("It is dark by the canal.")


@pytest.mark.parametrize("band", ["10-12", "under-10"])
def test_children_under_13_are_not_kept_and_are_told_kindly(client, url, stored, band) -> None:
    page = go(client, url, Page.get(client, url))

    page = go(client, url, page, **{"age-band": band})

    assert page.heading == "Thank you for wanting to help"
    assert stored() == (0, 0, 0)


def test_too_long_an_answer_is_shown_again_with_the_reason(client, url) -> None:
    page = go(client, url, go(client, url, Page.get(client, url)))

    page = go(client, url, page, feel="unsafe", why="long " * 500)

    assert page.has("There is a problem")
    assert "long long" in page.text


def test_every_page_is_kept_by_nobody(client, url) -> None:
    page = Page.get(client, url)

    for answer in (page.response, go(client, url, page).response):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


BROKEN = ["", "x", "AAAA", "é", "A" * 70_000, "%00"]


@pytest.mark.parametrize("state", BROKEN)
def test_a_broken_state_gives_back_the_words(client, url, world, stored, state) -> None:
    sent = {"state": state, "v": str(world["version"].id), "go": "send", "why": "My own words."}

    page = Page.of(client.post(url, data=sent))

    assert page.heading == "Please start again"
    assert page.has("My own words.")
    assert stored() == (0, 0, 0)


def test_a_state_is_refused_after_a_day_and_in_another_place(
    client, url, world, arrange, monkeypatch, stored
) -> None:
    check = to_check_page(client, url)
    with arrange() as session:
        author = session.merge(world["opportunity"]).author
        other = make_opportunity(author, is_public=True)
        make_version(other)
    elsewhere = go(client, f"/o/{other.code}/answer", check, "send")
    assert elsewhere.heading == "Please start again"

    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert go(client, url, check, "send").heading == "Please start again"
    assert stored() == (0, 0, 0)


def test_closing_while_somebody_answers_gives_back_their_words(
    client, url, world, arrange, stored
) -> None:
    check = to_check_page(client, url)
    with arrange() as session:
        session.merge(world["opportunity"]).state = OpportunityState.CLOSED

    page = go(client, url, check, "send")

    assert page.heading == "You cannot answer just now"
    assert page.has("It is dark by the canal.")
    assert stored() == (0, 0, 0)


def test_a_form_from_another_website_is_refused(client, url, stored) -> None:
    check = to_check_page(client, url)
    data = {**carried(check), "go": "send"}

    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert client.post(url, data=data, headers=headers).status_code == 403
    assert stored() == (0, 0, 0)


def test_the_page_of_an_opportunity_leads_to_its_questions(client, url, world) -> None:
    page = Page.get(client, f"/o/{world['opportunity'].code}")

    assert url in page.links()


def test_in_urdu_the_pages_stay_in_urdu(client, url) -> None:
    page = Page.get(client, f"/ur{url}")
    page = go(client, f"/ur{url}", page)

    assert page.all("html")[0].get("dir") == "rtl"
    assert page.all("form")


def test_words_of_danger_bring_help_before_sending_and_block_nothing(client, url, stored) -> None:
    page = go(client, url, Page.get(client, url))
    page = go(client, url, page, **{"age-band": "16-17"})
    words = "My dad hits me. Ring 07700 900123."
    page = go(client, url, page, feel="unsafe", why=words)
    page = go(client, url, page, ideas=["lights"])

    assert page.heading == "Check your answers"
    assert page.has("It sounds as if you may need help now: here is who can")
    assert page.has("Childline")
    assert page.has("A phone number")
    assert stored() == (0, 0, 0)
    about = go(client, url, page)
    assert code_on(go(client, url, about, "send"))
    assert stored() == (1, 1, 1)


def test_other_words_bring_no_help_lines_to_the_check_page(client, url) -> None:
    page = to_check_page(client, url)

    assert not page.has("It sounds as if you may need help now")
    assert not page.has("Could somebody tell who you are?")
