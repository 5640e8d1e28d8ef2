"""What stands on the page of a meeting: what is asked, how it was rated, and who came."""

import uuid
from datetime import timedelta

from tests.pages import Page, send
from vrn_community.foundation import clock
from vrn_community.oversight.scrutiny import rating
from vrn_community.oversight.scrutiny.models import Colour
from vrn_community.oversight.scrutiny.queries import About

MEETING, RATED = "/desk/meetings", "/desk/scrutiny/ratings/item"


def page_of(group, client):
    return Page.get(client, f"{MEETING}/{group.meeting.id}")


def begin(group):
    with group.arrange():
        group.fresh(group.meeting).starts_at = clock.now() - timedelta(hours=1)


def rate(group, colour=Colour.AMBER):
    with group.arrange() as session:
        verdict = rating.Verdict(colour, "It stays dark.")
        cleo = session.merge(group.cleo)
        rating.rate(uuid.uuid4(), About.ITEM, group.item.id, verdict, by=cleo)


def test_the_agenda_says_what_the_group_is_asked_to_do(group):
    assert page_of(group, group.client(group.imo)).has("Decide.")


def test_a_rating_stands_with_its_item_and_nobody_is_asked_before_the_meeting(group):
    imo, where = group.client(group.imo), f"{RATED}/{group.item.id}"
    assert where not in page_of(group, imo).links()

    rate(group)

    page = page_of(group, imo)
    assert page.has("Amber: it can be better")
    assert page.links().count(where) == 1
    assert Page.get(imo, f"/desk/agenda/{group.item.id}").has("Amber: it can be better")


def test_after_the_meeting_began_each_item_can_be_rated(group):
    begin(group)

    links = page_of(group, group.client(group.imo)).links()

    assert {f"{RATED}/{item.id}" for item in (group.item, group.other)} <= set(links)


def test_whoever_has_an_interest_sees_no_rating_and_whoever_prepares_rates_nothing(group):
    begin(group)
    rate(group)
    imo = group.client(group.imo)
    send(imo, f"/desk/agenda/{group.item.id}/interest", {"interest-words": "I work there."})

    for client in (imo, group.client(group.kai)):
        page = page_of(group, client)
        assert not page.has("Amber: it can be better")
        assert f"{RATED}/{group.item.id}" not in page.links()


def test_who_came_is_said_once_the_meeting_has_begun(group):
    kai = group.client(group.kai)
    assert not page_of(group, kai).has("Who came")
    assert not page_of(group, kai).has("Who cannot come")

    send(group.client(group.imo), f"{MEETING}/{group.meeting.id}/apologise", {})
    assert page_of(group, kai).has("Who cannot come")
    begin(group)

    assert page_of(group, kai).has("Who came")
