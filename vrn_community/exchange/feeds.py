"""Opportunities and news as Atom feeds, and a calendar; nothing here knows Flask."""

from collections.abc import Sequence
from datetime import timedelta

from feedgen.feed import FeedGenerator
from icalendar import Calendar, Event

from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.ledger import News


def atom(opportunities: Sequence[Opportunity], *, title: str, base_url: str) -> bytes:
    """Return an Atom feed (RFC 4287) of opportunities."""
    feed = FeedGenerator()
    feed.id(f"{base_url}/opportunities")
    feed.title(title)
    feed.link(href=f"{base_url}/opportunities.atom", rel="self")
    feed.link(href=f"{base_url}/opportunities", rel="alternate")
    changed = [opportunity.changed_at for opportunity in opportunities]
    feed.updated(max(changed, default=clock.now()))
    for opportunity in opportunities:
        entry = feed.add_entry(order="append")
        entry.id(f"urn:uuid:{opportunity.id}")
        entry.title(opportunity.title)
        entry.summary(opportunity.summary)
        entry.link(href=f"{base_url}/o/{opportunity.code}")
        entry.updated(opportunity.changed_at)
        entry.published(opportunity.published_at)
        entry.author(name=opportunity.asking_body.name if opportunity.asking_body else title)
    body: bytes = feed.atom_str(pretty=True)
    return body


def news(found: Sequence[tuple[News, str, str]], *, title: str, base_url: str) -> bytes:
    """Return an Atom feed of what is new in the register, each with its title and its path."""
    feed = FeedGenerator()
    feed.id(f"{base_url}/register")
    feed.title(title)
    feed.link(href=f"{base_url}/register.atom", rel="self")
    feed.link(href=f"{base_url}/register", rel="alternate")
    feed.updated(max((each.at for each, _title, _path in found), default=clock.now()))
    for each, name, path in found:
        entry = feed.add_entry(order="append")
        entry.id(f"urn:uuid:{each.id}:{each.kind}")
        entry.title(name)
        entry.summary(each.words)
        entry.link(href=f"{base_url}{path}")
        entry.updated(each.at)
        entry.published(each.at)
        entry.author(name=each.by or title)
    body: bytes = feed.atom_str(pretty=True)
    return body


def calendar(opportunities: Sequence[Opportunity], *, title: str, base_url: str) -> bytes:
    """Return a calendar (RFC 5545) with the last day of each opportunity that has one."""
    result = Calendar()
    result.add("prodid", "-//VRN Community//opportunities//EN")
    result.add("version", "2.0")
    result.add("x-wr-calname", title)
    for opportunity in opportunities:
        if opportunity.closes_on is None:
            continue
        event = Event()
        event.add("uid", f"{opportunity.id}@vrn-community")
        event.add("dtstamp", opportunity.changed_at)
        event.add("dtstart", opportunity.closes_on)
        event.add("dtend", opportunity.closes_on + timedelta(days=1))
        event.add("summary", opportunity.title)
        event.add("description", opportunity.summary)
        event.add("url", f"{base_url}/o/{opportunity.code}")
        event.add("transp", "TRANSPARENT")
        result.add_component(event)
    return bytes(result.to_ical())
