"""What the public reads of meetings: days, agendas, notes, and why there are none (C4)."""

import re
import uuid
from datetime import timedelta

import pytest

from tests.factories.meetings import make_item, make_meeting
from tests.opportunities.conftest import counted
from tests.oversight.meetings.conftest import Group
from tests.oversight.publishing.conftest import publish
from tests.pages import Page, send
from vrn_community import config
from vrn_community.foundation import clock, working_days
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.i18n import local_date
from vrn_community.oversight.meetings import items
from vrn_community.oversight.meetings import services as meetings
from vrn_community.oversight.meetings.models import MeetingState, PlaceKind
from vrn_community.oversight.publishing import queries, services
from vrn_community.oversight.publishing.models import StatementKind

PUBLIC, DESK = "/oversight", "/desk/statements"


@pytest.fixture
def held(app, arrange, partnership):
    """Return a group whose meeting was yesterday and has a note about its first item."""
    group = Group(app, arrange)
    with arrange() as session:
        kai, meeting = session.merge(group.kai), group.fresh(group.meeting)
        meeting.starts_at = clock.now() - timedelta(days=1)
        meetings.hold(meeting, {}, by=kai)
        items.note(uuid.uuid4(), group.fresh(group.item), "A first try.", by=kai)
        items.note(uuid.uuid4(), group.fresh(group.item), "Lights are asked for.", by=kai)
    return group


def at(meeting):
    return f"{DESK}/new/notes/{meeting.id}"


def told(group, **changes):
    """Write the notes of the meeting from its page, and return the address of the draft."""
    client = group.client(group.kai)
    page = Page.get(client, at(group.meeting))
    form = {"id": page.hidden("id"), "title": "We met", "words": "Lights.", "kind": "notes"}
    day = {f"about_on-{part}": getattr(clock.today(), part) for part in ("day", "month", "year")}
    return send(client, at(group.meeting), {**form, **day, **changes}).location


def late(group, days=40):
    """Let the meeting have been long ago."""
    with group.arrange():
        group.fresh(group.meeting).starts_at = clock.now() - timedelta(days=days)


def test_everyone_reads_days_and_agendas_and_nothing_that_is_not_public(client, held):
    with held.arrange() as session:
        kai, cleo = session.merge(held.kai), session.merge(held.cleo)
        comes = make_meeting(cleo, kai, days=30, place_kind=PlaceKind.ONLINE)
        make_item(comes, kai, "Clubs and <b>money</b>")

    page = Page.get(client, PUBLIC)

    for meeting in (comes, held.meeting):
        with held.arrange():
            assert page.has(str(local_date(held.fresh(meeting).held_on)))
    for words in ("Lights on paths", "Clubs and <b>money</b>", "Planned", "It took place"):
        assert page.has(words), words
    assert page.text.count("Online") == 1
    hidden = ("The library", "Autumn meeting", "0116 496 0123", "Cleo", "Kai", "Lights are asked")
    for words in (*hidden, "A paper", "Decide."):
        assert not page.has(words), words


def test_notes_go_from_the_items_to_the_public_page(client, held):
    kai, cleo = held.client(held.kai), held.client(held.cleo)
    assert at(held.meeting) in Page.get(kai, f"/desk/meetings/{held.meeting.id}").links()
    assert at(held.meeting) in Page.get(kai, DESK).links()
    assert at(held.meeting) in Page.get(kai, "/desk").links()
    draft = Page.get(kai, at(held.meeting))
    assert [draft.words(area) for area in draft.all("textarea")] == [
        "Lights on paths Lights are asked for."
    ]

    where = told(held)
    assert where in Page.get(kai, DESK).links()
    assert at(held.meeting) not in Page.get(kai, DESK).links()
    assert Page.get(client, PUBLIC).has("The notes come by")
    version = Page.get(cleo, f"{where}/clear").hidden("version")
    send(cleo, f"{where}/clear", {"version": version, "is_read": "y"})
    send(cleo, f"{where}/publish", {})

    page = Page.get(client, PUBLIC)
    public = f"{PUBLIC}/{where.rsplit('/', 1)[1]}"
    assert page.has("Read the notes")
    assert page.links().count(public) == 2
    assert not page.has("The notes come by")
    assert not Page.get(kai, DESK).has("Meetings that owe the public notes")
    send(cleo, f"{where}/withdraw", {"reason": "A name was in it."})
    assert Page.get(client, PUBLIC).has("The notes were withdrawn: read why")
    assert Page.get(client, public).has("A name was in it.")


def test_what_is_not_published_has_a_reason_that_everyone_reads(client, held):
    where, cleo = told(held), held.client(held.cleo)
    assert Page.get(cleo, f"{where}/keep").has("Everyone reads the reason beside the meeting.")
    assert len(Page.post(cleo, f"{where}/keep", {"reason": " "}).errors()) == 1

    send(cleo, f"{where}/keep", {"reason": "A trial <b>begins</b>."})

    page = Page.get(client, PUBLIC)
    assert page.has("The notes are not published, because: A trial <b>begins</b>.")
    assert not page.has("We met")
    Page.get(client, f"{PUBLIC}/{where.rsplit('/', 1)[1]}", status=404)
    assert not Page.get(cleo, DESK).has("Meetings that owe the public notes")
    send(cleo, f"{where}/reopen", {})
    assert Page.get(client, PUBLIC).has("The notes come by")
    assert where in Page.get(cleo, DESK).links()


@pytest.mark.parametrize("is_noted", [True, False])
def test_without_notes_and_reason_a_meeting_is_late(client, held, is_noted):
    late(held)
    with held.arrange():
        meeting = held.fresh(held.meeting)
        meeting.state = MeetingState.HELD if is_noted else MeetingState.PLANNED
        due = local_date(meeting.notes_due_on)

    assert Page.get(client, PUBLIC).has(f"The notes are late. They were due by {due}.")
    assert Page.get(held.client(held.kai), DESK).has("Overdue")
    told(held)
    assert Page.get(client, PUBLIC).has("The notes are late.")


def test_notes_are_late_from_the_day_after_the_last_working_day(held, later):
    with held.arrange():
        meeting = held.fresh(held.meeting)
        number = config.current().notes_due_days
        last = working_days.after(meeting.held_on, number)
        seen = []
        for day in (last, last + timedelta(days=1)):
            later(days=(day - clock.today()).days)
            (shown,) = queries.public_meetings(1)
            seen.append((clock.today() == day, shown.is_overdue))
            later()

    assert seen == [(True, False), (True, True)]


def test_a_meeting_that_comes_has_no_notes(held):
    with held.arrange() as session:
        kai, cleo = session.merge(held.kai), session.merge(held.cleo)
        comes = make_meeting(cleo, kai)
        subject = services.Subject(StatementKind.NOTES, clock.today(), meeting=comes)
        with pytest.raises(NotAllowed):
            services.begin(uuid.uuid4(), subject, services.Text("We met", "Yes."), by=kai)
        assert [meeting.id for meeting, _draft in queries.owed_notes(kai)] == [held.meeting.id]
    url = f"/desk/meetings/{comes.id}"
    assert at(comes) not in Page.get(held.client(held.kai), url).links()


def test_whoever_is_kept_out_of_an_item_writes_and_reads_no_draft_of_its_notes(held):
    where = told(held)
    with held.arrange() as session:
        kai, cleo = session.merge(held.kai), session.merge(held.cleo)
        items.declare_for(held.fresh(held.other), kai, "A friend.", by=cleo)
    kai = held.client(held.kai)

    for url in (where, at(held.meeting), f"{where}/edit"):
        Page.get(kai, url, status=404)
    assert where not in Page.get(kai, DESK).links()
    assert not Page.get(kai, DESK).has("Meetings that owe the public notes")
    Page.get(held.client(held.cleo), where)


def test_what_is_public_counts_before_what_was_kept_or_withdrawn(held):
    with held.arrange() as session:
        kai, cleo = session.merge(held.kai), session.merge(held.cleo)
        meeting = held.fresh(held.meeting)
        subject = services.Subject(StatementKind.NOTES, clock.today(), meeting=meeting)
        made = [
            services.begin(uuid.uuid4(), subject, services.Text("We met", "Yes."), by=kai)
            for _number in range(3)
        ]
        for statement in made[1:]:
            publish(statement, cleo)
        services.keep(made[0], "Not yet.", by=cleo)
        services.withdraw(made[2], "No.", by=cleo)
        services.amend(made[1], "A word.", by=kai)

        (shown,) = queries.public_meetings(1)

        assert shown.notes.id == made[1].id


def test_the_list_is_paged_and_costs_the_same_whatever_is_in_it(app, client, held, arrange):
    counts = []
    client.get(f"{PUBLIC}?meetings=2")
    for more in (1, 21):
        with arrange() as session:
            kai, cleo = session.merge(held.kai), session.merge(held.cleo)
            for number in range(more):
                meeting = make_meeting(cleo, kai, days=-1 - number)
                make_item(meeting, kai)
                subject = services.Subject(StatementKind.NOTES, clock.today(), meeting=meeting)
                text = services.Text(f"We met {more} {number}", "Yes.")
                publish(services.begin(uuid.uuid4(), subject, text, by=kai), cleo)
        with app.app_context(), counted() as statements:
            assert client.get(PUBLIC).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]
    first, second = (Page.get(client, f"{PUBLIC}?meetings={number}") for number in (1, 99))
    cards = [page.text.count("Lights on paths") for page in (first, second)]
    assert cards == [20, 3]
    assert re.search(r"Page 2 of 2", second.text)
    assert f"{PUBLIC}?meetings=1#meetings" in second.links()
