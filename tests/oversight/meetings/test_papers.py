"""Papers: what came late is marked and told, and copies say what the papers say, to whom they may.

The copies are read as a person with paper or large text reads them, from the top to the end.
"""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories.meetings import make_item, make_meeting, make_paper
from tests.pages import NAMESPACE, Page, send
from vrn_community.foundation import clock
from vrn_community.notifications.models import Mail
from vrn_community.oversight.meetings import items, services

PAPER, MEETING, ITEM, DESK = "/desk/papers", "/desk/meetings", "/desk/agenda", "/desk"
WHOLE = """# Lights

Many paths are **dark**.

## What we know

- the path by the canal
- the path by the school

### In figures

| Path | Lights |
|---|---|
| Canal | none |

> We go another way.
"""
SAID = (
    "Many paths are",
    "dark",
    "the path by the canal",
    "the path by the school",
    "Canal",
    "none",
)
LARGE = ("", "?text=large")


def pages_of(group, paper):
    """Return the addresses that show a paper, and those that only name it."""
    meeting = f"{MEETING}/{group.meeting.id}"
    return [
        *(f"{PAPER}/{paper.id}{end}" for end in ("", *(f"/copy{text}" for text in LARGE))),
        *(f"{meeting}/copy{text}" for text in LARGE),
    ], [meeting, f"{ITEM}/{paper.item_id}"]


def filed(group, item, text=WHOLE, *, days=0):
    """Put a paper to an item, so many days ago."""
    with group.arrange() as session:
        made = make_paper(group.fresh(item), session.merge(group.kai), text)
        made.filed_at = clock.now() - timedelta(days=days)
        return made


def headings(page):
    """Return the level and the words of each heading, in their order."""
    found = [e for e in page.tree.iter() if e.tag in {f"{NAMESPACE}h{n}" for n in range(1, 7)}]
    return [(int(each.tag[-1]), page.words(each)) for each in found]


@pytest.mark.parametrize("text", LARGE)
def test_a_copy_says_what_the_paper_says_with_its_headings(group, text):
    paper, imo = filed(group, group.item), group.client(group.imo)

    page = Page.get(imo, f"{PAPER}/{paper.id}/copy{text}")

    for words in (*SAID, "We go another way.", "Autumn meeting"):
        assert page.has(words), words
    known = [(1, "A paper"), (2, "Lights"), (2, "What we know"), (3, "In figures")]
    assert [each for each in headings(page) if each in known] == known
    assert ("large" in page.tree.find(f".//{NAMESPACE}body").get("class")) == bool(text)
    assert [page.words(each) for each in page.all("th")] == ["Path", "Lights"]
    assert not page.all("nav")


@pytest.mark.parametrize("text", LARGE)
def test_the_copy_of_a_meeting_holds_every_paper_below_its_item(group, text):
    filed(group, group.item)
    filed(group, group.other, "## Which clubs\n\nFour clubs ask.")
    imo = group.client(group.imo)

    page = Page.get(imo, f"{MEETING}/{group.meeting.id}/copy{text}")

    for words in (*SAID, "Secret", "Which clubs", "Four clubs ask."):
        assert page.has(words), words
    levels = [level for level, _words in headings(page)]
    assert levels[0] == 1
    assert all(low - high <= 1 for high, low in zip(levels, levels[1:], strict=False))
    assert [words for level, words in headings(page) if level == 2] == [
        "1. Lights on paths",
        "2. Clubs",
    ]
    assert (4, "Which clubs") in headings(page) or (5, "Which clubs") in headings(page)


def test_a_copy_holds_nothing_that_a_member_who_is_kept_out_may_not_read(group):
    paper, other = filed(group, group.item), filed(group, group.other, "Four clubs ask.")
    imo = group.client(group.imo)
    send(imo, f"{ITEM}/{group.item.id}/interest", {"interest-words": "I work there."})
    shown, named = pages_of(group, paper)

    for url in shown[:3]:
        assert imo.get(url).status_code == 404, url
    for url in (*shown[3:], *named):
        page = Page.get(imo, url)
        assert page.has("Lights on paths")
        for words in (*SAID[:4], "A paper" if url in named[1:] else "Secret", "I work there"):
            assert not page.has(words), (url, words)
    assert Page.get(imo, f"{MEETING}/{group.meeting.id}/copy").has("Four clubs ask.")
    assert Page.get(imo, f"{PAPER}/{other.id}/copy").has("Four clubs ask.")


def test_what_is_not_out_yet_is_in_no_copy_of_a_member(group):
    with group.arrange() as session:
        kai = session.merge(group.kai)
        meeting = make_meeting(session.merge(group.cleo), kai, title="Next one")
        paper = make_paper(make_item(meeting, kai), kai, WHOLE)
    imo, at_kai = group.client(group.imo), group.client(group.kai)

    for text in LARGE:
        assert imo.get(f"{PAPER}/{paper.id}/copy{text}").status_code == 404
        assert not Page.get(imo, f"{MEETING}/{meeting.id}/copy{text}").has("dark")
        assert Page.get(at_kai, f"{PAPER}/{paper.id}/copy{text}").has("dark")


def test_what_came_late_is_marked_wherever_it_stands(group):
    early = filed(group, group.item, days=30)
    with group.arrange():
        group.fresh(group.meeting).starts_at = clock.now() + timedelta(days=3)
        group.fresh(group.paper).filed_at = clock.now() - timedelta(days=30)
    imo = group.client(group.imo)
    shown, named = pages_of(group, early)
    for url in (*shown, *named):
        assert not Page.get(imo, url).has("Late"), url

    late = filed(group, group.item)

    shown, named = pages_of(group, late)
    for url in (*shown, *named):
        assert Page.get(imo, url).has("Late"), url
    assert f"{PAPER}/{late.id}" in Page.get(imo, DESK).links()
    assert f"{PAPER}/{early.id}" not in Page.get(imo, DESK).links()


def told(group):
    with group.arrange() as session:
        return set(session.scalars(select(Mail.account_id)))


def test_members_are_told_of_a_late_paper_but_not_of_items_that_they_are_out_of(group, mailbox):
    with group.arrange() as session:
        group.fresh(group.meeting).starts_at = clock.now() + timedelta(days=30)
    filed(group, group.item)
    assert told(group) == set()
    with group.arrange() as session:
        group.fresh(group.meeting).starts_at = clock.now() + timedelta(days=3)
        items.declare(group.fresh(group.other), "Mine.", by=session.merge(group.imo))
        items.opt_out(group.fresh(group.other), by=session.merge(group.cleo))

    late = filed(group, group.other)
    assert told(group) == set()
    assert f"{PAPER}/{late.id}" not in Page.get(group.client(group.imo), DESK).links()
    filed(group, group.item)

    assert told(group) == {group.imo.id, group.cleo.id}


def test_a_paper_that_is_changed_late_is_late(group):
    with group.arrange():
        group.fresh(group.meeting).starts_at = clock.now() + timedelta(days=3)
        group.fresh(group.paper).filed_at = clock.now() - timedelta(days=30)
    kai, url = group.client(group.kai), f"{PAPER}/{group.paper.id}"

    send(kai, f"{url}/edit", {"title": "Another name", "text": "Secret <b>bold</b> **words**"})
    assert not Page.get(kai, url).has("Late")
    send(kai, f"{url}/edit", {"title": "Another name", "text": "Other words"})

    assert Page.get(kai, url).has("Late")


def test_overdue_actions_are_shown_to_whoever_owes_them_and_to_the_group(group):
    with group.arrange() as session:
        kai, meeting = session.merge(group.kai), group.fresh(group.meeting)
        meeting.starts_at = clock.now() - timedelta(hours=2)
        services.hold(meeting, {}, by=kai)
        item, imo = group.fresh(group.item), session.merge(group.imo)
        days = {"Ring them.": clock.today(), "Write to them.": clock.today() - timedelta(days=1)}
        for words, day in days.items():
            made = items.agree_action(uuid.uuid4(), item, items.Task(words, day, imo), by=kai)
        late_id = made.id
    imo, cleo = group.client(group.imo), group.client(group.cleo)
    at_item = f"{ITEM}/{group.item.id}"

    for client, url in ((imo, DESK), (cleo, f"{MEETING}/actions"), (cleo, at_item)):
        page = Page.get(client, url)
        assert page.has("Write to them.")
        assert page.has("Ring them.")
        assert page.text.count("Overdue") == 1, url
    assert send(cleo, f"{ITEM}/actions/{late_id}/done", {}).status_code == 409
    assert send(imo, f"{ITEM}/actions/{late_id}/done", {}).status_code == 303

    for client, url in ((imo, DESK), (cleo, f"{MEETING}/actions"), (cleo, at_item)):
        assert not Page.get(client, url).has("Overdue"), url
