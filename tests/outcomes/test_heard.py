"""What we heard: all released results in one place, by what they are about, and where."""

import pytest

from tests.conftest import make_account
from tests.insights.conftest import CROWD, make_closed
from tests.opportunities.conftest import counted
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.insights import services
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.partnership import queries as place


@pytest.fixture
def released(partnership, arrange):
    """Return a function that releases the results of an activity."""
    with arrange():
        analyst = make_account(Role.ANALYST)

    def release(title, *, priority=1, area=None, freeze=True, **changes):
        with arrange() as session:
            by = session.merge(analyst)
            made = make_closed(by, CROWD, title=title, published_at=clock.now(), **changes)
            made.priorities = [place.priority(priority)]
            made.areas = [place.area(area)] if area else []
            draft = services.draft_release(made, by=by)
            if freeze:
                services.freeze(draft, by=by)
        return made

    return release


def test_everybody_reads_what_people_said_in_one_sentence_each(client, released):
    made = released("The path")

    page = Page.get(client, "/heard")

    assert page.heading == "What we heard"
    assert page.has("Most often people chose “Safe”: 50 of 88 (57%).")
    assert page.has("At least 100 people took part.")
    assert f"/register/{made.code}" in page.links()


def test_results_are_found_by_what_they_are_about_and_where(client, released):
    released("The path", priority=2, area="E07000130")
    released("The bus stop", priority=3, area="E06000016")
    released("Everywhere", priority=2)

    def titles(asked):
        page = Page.get(client, f"/heard{asked}")
        return {title for title in ("The path", "The bus stop", "Everywhere") if page.has(title)}

    # The word for all areas is on the page too.
    assert titles("?priority=2") - {"Everywhere"} == {"The path"}
    assert titles("?area=E06000016") - {"Everywhere"} == {"The bus stop"}
    assert titles("?priority=3&area=E07000130") - {"Everywhere"} == set()


@pytest.mark.parametrize("asked", ["?priority=99", "?priority=x", "?area=nowhere", "?page=9999"])
def test_what_makes_no_sense_shows_everything(client, released, asked):
    released("The path")

    assert Page.get(client, f"/heard{asked}").has("The path")


def test_only_what_is_frozen_and_still_public_is_here(client, released, arrange):
    released("A draft", freeze=False)
    gone = released("Taken down")
    with arrange() as session:
        session.merge(gone).state = OpportunityState.WITHDRAWN

    page = Page.get(client, "/heard")

    assert not page.has("A draft")
    assert not page.has("Taken down")
    assert page.has("There is nothing here yet.")


def test_the_number_of_queries_does_not_grow(client, released, app):
    released("One")
    with app.app_context(), counted() as few:
        client.get("/heard")
        first = len(few)
    for number in range(4):
        released(f"More {number}")

    with app.app_context(), counted() as many:
        client.get("/heard")
    assert len(many) <= first  # Names of areas are kept in memory.
