from datetime import UTC, datetime

import pytest

from tests.pages import Page
from vrn_community.foundation import clock

PAGES = ["/priorities", "/priorities/1", "/about", "/decides", "/sources", "/help"]

pytestmark = pytest.mark.usefixtures("partnership")


@pytest.mark.parametrize("url", [*PAGES, *(f"/ur{url}" for url in PAGES)])
def test_everyone_can_read_every_page(client, url):
    page = Page.get(client, url)

    assert "Set-Cookie" not in page.response.headers


@pytest.mark.parametrize("number", ["8", "0", "99", "100", "-1", "9" * 400, "1%00", "x", "%D9%A3x"])
def test_a_priority_that_does_not_exist_is_not_found(client, number):
    Page.get(client, f"/priorities/{number}", status=404)


def test_a_priority_quotes_its_official_title_and_says_who_watches_over_it(client):
    page = Page.get(client, "/priorities/1")

    assert "Providing collaborative and courageous leadership" in page.text
    assert "Strategic Partnership Board Executive" in page.text


def test_the_oversight_group_has_the_name_that_it_has_here(client, policy):
    policy(oversight_name="Community Oversight Board")

    assert "Community Oversight Group" not in Page.get(client, "/decides").text


def test_sources_carry_the_sentences_that_their_licences_ask_for(client):
    page = Page.get(client, "/sources")

    assert "licensed under the Open Government Licence v.3.0." in page.text
    assert "Contains Royal Mail data © Royal Mail copyright" in page.text


def test_numbers_are_links_that_read_left_to_right(client):
    page = Page.get(client, "/ur/help")

    assert 'href="tel:08001111"><bdi dir="ltr">0800 1111</bdi>' in page.text


def test_nobody_is_led_to_think_that_this_site_is_watched(client):
    assert "There is not always somebody watching this site." in Page.get(client, "/help").text


def names_of_services(page):
    return {page.words(heading) for heading in page.all("h3")}


def test_help_can_be_chosen_by_area_and_age(client):
    names = names_of_services(Page.get(client, "/help?area=E06000016&age=30"))

    assert "National Domestic Abuse Helpline" in names
    assert "Childline" not in names
    assert "Leicester Children's Duty and Advice Service" not in names


@pytest.mark.parametrize("query", ["area=x&age=abc", "age=-1", "age=999", "area=&age="])
def test_a_choice_that_makes_no_sense_shows_everyone(client, query):
    assert len(names_of_services(Page.get(client, f"/help?{query}"))) == 14


@pytest.mark.parametrize(("hour", "closed"), [(7, 2), (9, 0), (19, 1), (20, 2)])
def test_the_page_says_who_is_closed_now(client, monkeypatch, hour, closed):
    moment = datetime(2026, 1, 14, hour, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)

    assert Page.get(client, "/help").text.count("Closed now") == closed
