"""What came back about a red rating, and who reads it."""

import uuid
from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.factories.meetings import make_meeting, make_red, make_topic
from tests.oversight.meetings.conftest import group
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.oversight.meetings import items
from vrn_community.oversight.meetings import services as meetings
from vrn_community.oversight.scrutiny import rating
from vrn_community.oversight.scrutiny.models import Colour
from vrn_community.oversight.scrutiny.queries import About
from vrn_community.partnership import queries as partnership

__all__ = ["group"]
POLICE = "leicestershire-police"
RATINGS, FEEDBACK = "/desk/scrutiny/ratings", "/desk/scrutiny/feedback"


def rated(group, colour=Colour.RED, about=About.ITEM):
    """Let Imo rate an item or a topic, two days ago."""
    with group.arrange() as session:
        imo, cleo = session.merge(group.imo), session.merge(group.cleo)
        subject = group.item.id if about is About.ITEM else make_topic(cleo).id
        if colour is Colour.RED:
            made = make_red(subject, partnership.body(POLICE), imo, about)
        else:
            verdict = rating.Verdict(colour, "Nobody checks.")
            made = rating.rate(uuid.uuid4(), about, subject, verdict, by=imo)
        made.created_at = clock.now() - timedelta(days=2)
        return made


def held(group, title="Winter meeting", days=-1):
    """Store a meeting that was held so many days from now."""
    with group.arrange() as session:
        kai, cleo = session.merge(group.kai), session.merge(group.cleo)
        meeting = make_meeting(cleo, kai, days=days, title=title)
        meetings.send_papers(meeting, by=kai)
        meetings.hold(meeting, {}, by=kai)
        return meeting


def test_a_red_rating_waits_until_a_meeting_heard_what_came_back(group):
    red, meeting = rated(group), held(group)
    cleo, imo = group.client(group.cleo), group.client(group.imo)
    url = f"{FEEDBACK}/{red.id}"
    assert url in Page.get(cleo, "/desk").links()
    of_item = f"{RATINGS}/item/{group.item.id}"
    assert of_item in Page.get(cleo, f"{RATINGS}?state=waiting").links()
    assert url in Page.get(cleo, of_item).links()
    assert url not in Page.get(imo, of_item).links()
    form = {"meeting": str(meeting.id), "words": "They check <b>now</b>."}

    for _twice in range(2):
        assert send(cleo, url, form).location == RATINGS

    page = Page.get(imo, of_item)
    assert page.has("They check <b>now</b>.")
    assert page.has("Winter meeting")
    assert of_item not in Page.get(cleo, f"{RATINGS}?state=waiting").links()
    assert url not in Page.get(cleo, "/desk").links()


def test_feedback_is_heard_at_a_meeting_after_the_rating(group):
    early, late = held(group, "Before", days=-5), held(group, "After")
    red = rated(group)
    cleo = group.client(group.cleo)
    url = f"{FEEDBACK}/{red.id}"

    page = Page.get(cleo, url)
    assert page.has("After")
    assert not page.has("Before")
    wrong = Page.post(cleo, url, {"meeting": str(early.id), "words": "They check now."})

    assert len(wrong.errors()) == 1
    assert wrong.has("They check now.")
    assert send(cleo, url, {"meeting": str(late.id), "words": "Yes."}).status_code == 303


def test_what_came_back_is_not_changed_later(group):
    red, meeting = rated(group), held(group)
    cleo = group.client(group.cleo)
    url = f"{FEEDBACK}/{red.id}"
    send(cleo, url, {"meeting": str(meeting.id), "words": "First."})

    again = send(cleo, url, {"meeting": str(meeting.id), "words": "Second."})

    assert again.status_code == 409
    page = Page.get(cleo, f"{RATINGS}/item/{group.item.id}")
    assert page.has("First.")
    assert not page.has("Second.")


@pytest.mark.parametrize("colour", [Colour.GREEN, Colour.AMBER])
def test_only_red_waits_for_feedback(group, colour):
    red, meeting = rated(group, colour), held(group)
    cleo = group.client(group.cleo)
    form = {"meeting": str(meeting.id), "words": "Fine."}

    assert send(cleo, f"{FEEDBACK}/{red.id}", form).status_code == 409
    assert f"{FEEDBACK}/{red.id}" not in Page.get(cleo, "/desk").links()


def test_whoever_is_kept_out_of_the_item_reads_and_writes_nothing_of_it(group):
    of_item, of_topic = rated(group), rated(group, about=About.TOPIC)
    held(group)
    with group.arrange() as session:
        items.declare(group.fresh(group.item), "Mine.", by=session.merge(group.cleo))
    cleo = group.client(group.cleo)

    assert cleo.get(f"{FEEDBACK}/{of_item.id}").status_code == 404
    assert send(cleo, f"{FEEDBACK}/{of_item.id}", {"words": "x"}).status_code == 404
    links = Page.get(cleo, f"{RATINGS}?state=waiting").links()
    assert f"{RATINGS}/item/{group.item.id}" not in links
    assert f"{RATINGS}/topic/{of_topic.topic_id}" in links
    first = Page.get(cleo, "/desk").links()
    assert f"{FEEDBACK}/{of_item.id}" not in first
    assert f"{FEEDBACK}/{of_topic.id}" in first


@pytest.mark.parametrize("role", [Role.OVERSIGHT_MEMBER, Role.SECRETARIAT, Role.PARTNER])
def test_the_chair_alone_writes_it(group, role):
    red, meeting = rated(group), held(group)
    with group.arrange():
        other = make_account(role, email="other@example.org", name="Other")
    form = {"meeting": str(meeting.id), "words": "Fine."}

    assert send(group.client(other), f"{FEEDBACK}/{red.id}", form).status_code == 403
