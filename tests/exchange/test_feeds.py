"""What other programs read: an Atom feed and a calendar, each as its reader takes it."""

import uuid
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timedelta

import pytest
from icalendar import Calendar

from tests.opportunities.conftest import reload
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.opportunities.lifecycle import OpportunityState as S

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = timedelta(days=1)
BASE = "http://127.0.0.1:8000"
ODD = [
    "Lights & paths <b>now</b>",
    "Commas, semicolons; and \\ strokes",
    "گھر کا محفوظ راستہ، اسکول کے بعد، روشنی اور راستوں کے بارے میں اپنی رائے دیں",
    "x" * 120,
]


def atom(client, url="/opportunities.atom"):
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    assert "Set-Cookie" not in answer.headers
    return ElementTree.fromstring(answer.data)


def entries(client):
    return atom(client).findall(f"{ATOM}entry")


def words(element, name):
    return element.findtext(f"{ATOM}{name}")


def events(client, url="/opportunities.ics"):
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75
    return Calendar.from_ical(answer.data).walk("VEVENT")


def test_feeds_hold_what_is_open_now_and_nothing_else(client, stored):
    today = clock.today()
    stored(is_public=True, title="Open")
    stored(is_public=True, title="Soon", opens_on=today + DAY)
    stored(is_public=True, title="Over", opens_on=today - 9 * DAY, closes_on=today - DAY)
    stored(is_public=True, title="Last day", opens_on=today - DAY, closes_on=today)
    for state in set(S) - {S.PUBLISHED}:
        stored(title=state, state=state, published_at=clock.now())

    assert [words(entry, "title") for entry in entries(client)] == ["Last day", "Open"]
    assert [str(event["summary"]) for event in events(client)] == ["Last day", "Open"]


def test_feeds_are_empty_when_nothing_is_open(client, partnership):
    assert entries(client) == []
    assert words(atom(client), "updated")
    assert events(client) == []


def test_an_entry_says_what_it_is_who_asks_and_where_it_stands(client, stored):
    opportunity = stored(is_public=True)

    (entry,) = entries(client)

    assert words(entry, "id") == f"urn:uuid:{opportunity.id}"
    assert words(entry, "title") == opportunity.title
    assert words(entry, "summary") == opportunity.summary
    assert entry.find(f"{ATOM}link").get("href") == f"{BASE}/o/{opportunity.code}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == opportunity.asking_body.name
    for name, moment in (
        ("updated", opportunity.changed_at),
        ("published", opportunity.published_at),
    ):
        said = datetime.fromisoformat(words(entry, name))
        assert abs(said - moment) < timedelta(seconds=1)


def test_a_feed_was_changed_when_its_newest_entry_was(client, stored):
    newest = clock.now() - DAY
    for days in (3, 1, 2):
        stored(is_public=True, changed_at=clock.now() - days * DAY)

    said = datetime.fromisoformat(words(atom(client), "updated"))

    assert abs(said - newest) < timedelta(minutes=1)


def test_a_calendar_shows_the_whole_last_day(client, stored):
    opportunity = stored(is_public=True)
    stored(is_public=True, title="Without an end", closes_on=None)

    (event,) = events(client)

    assert event["dtstart"].dt == opportunity.closes_on
    assert event["dtend"].dt == opportunity.closes_on + DAY
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event["uid"] == f"{opportunity.id}@vrn-community"
    assert event["url"] == f"{BASE}/o/{opportunity.code}"
    assert event["dtstamp"].dt.utcoffset() == timedelta(0)


@pytest.mark.parametrize("title", ODD)
def test_every_title_comes_out_as_it_was_typed(client, stored, title):
    stored(is_public=True, title=title, summary=f"{title}\n{title}")

    (entry,), (event,) = entries(client), events(client)

    assert words(entry, "title") == str(event["summary"]) == title
    assert words(entry, "summary") == str(event["description"]) == f"{title}\n{title}"


def test_in_urdu_the_name_of_the_feed_is_in_urdu(client, stored):
    opportunity = stored(is_public=True)

    feed = atom(client, "/ur/opportunities.atom")
    calendar = Calendar.from_ical(client.get("/ur/opportunities.ics").data)

    name = words(feed, "title")
    assert name != words(atom(client), "title")
    assert any("\u0600" <= letter <= "\u06ff" for letter in name)
    assert str(calendar["x-wr-calname"]) == name
    assert words(feed.find(f"{ATOM}entry"), "title") == opportunity.title


@pytest.mark.parametrize("bad", ["\ufffe", "\uffff", "\x0b", "\x00", "\x1b", "\ufffb"])
def test_what_no_feed_can_hold_never_gets_into_a_title(sign_in_as, stored, client, app, bad):
    opportunity = stored(is_public=True)
    publisher = sign_in_as(Role.PUBLISHER)
    key = Page.get(publisher, "/desk/opportunities/new").hidden("id")
    sent = {"id": key, "title": f"Li{bad}ghts", "level": "inform"}
    assert send(publisher, "/desk/opportunities/new", sent).status_code == 303

    class Begun:
        id = uuid.UUID(key)

    assert reload(app, Begun).title == "Lights"
    assert [words(entry, "title") for entry in entries(client)] == [opportunity.title]
