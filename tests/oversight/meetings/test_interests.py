"""Whoever declares an interest is kept out of the item: tried over HTTP, with the real pages."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from tests.pages import Page, send
from vrn_community.audit.models import AuditEntry
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.notifications.models import Mail
from vrn_community.oversight.meetings import items, queries, services
from vrn_community.oversight.meetings.models import Interest, ItemNote, MeetingAction
from vrn_community.oversight.scrutiny.models import Rating

ITEM, PAPER, MEETING = "/desk/agenda", "/desk/papers", "/desk/meetings"

DAY = ("day", "month", "year")


@pytest.fixture
def kept_out(group):
    """Return the client of a member who declared an interest in the first item."""
    imo = group.client(group.imo)
    form = {"interest-words": "I work there."}
    assert send(imo, f"{ITEM}/{group.item.id}/interest", form).status_code == 303
    return imo


def held(group):
    """Let the meeting be over, with a note and an action about the first item."""
    with group.arrange() as session:
        kai, meeting = session.merge(group.kai), group.fresh(group.meeting)
        meeting.starts_at = clock.now() - timedelta(hours=2)
        services.hold(meeting, {}, by=kai)
        item = group.fresh(group.item)
        items.note(uuid.uuid4(), item, "The noted words.", by=kai)
        task = items.Task("The agreed act.", clock.today(), session.merge(group.cleo))
        return items.agree_action(uuid.uuid4(), item, task, by=kai)


def test_before_it_is_declared_everything_can_be_read(group):
    imo = group.client(group.imo)

    assert Page.get(imo, f"{ITEM}/{group.item.id}").has("A paper")
    assert Page.get(imo, f"{PAPER}/{group.paper.id}").has("Secret")


def test_from_then_on_only_the_title_stays(group, kept_out):
    action = held(group)
    page = Page.get(kept_out, f"{ITEM}/{group.item.id}")
    pages = [
        page,
        *(Page.get(kept_out, f"{MEETING}/{group.meeting.id}{end}") for end in ("", "/copy")),
        Page.get(kept_out, f"{MEETING}/actions"),
    ]

    assert all(found.has("You declared an interest") for found in pages[:3])
    assert page.heading == "Lights on paths"
    for found in pages:
        for words in ("A paper", "Secret", "The noted words", "The agreed act", "I work there"):
            assert not found.has(words)
    for url in (
        f"{PAPER}/{group.paper.id}",
        f"{PAPER}/{group.paper.id}/copy",
        f"/desk/scrutiny/ratings/item/{group.item.id}",
    ):
        assert kept_out.get(url).status_code == 404, url
    assert Page.get(kept_out, f"{ITEM}/{group.other.id}").has("You and this item")
    done = send(kept_out, f"{ITEM}/actions/{action.id}/done", {})
    assert done.status_code == 404


def test_what_they_took_on_before_is_not_on_their_first_page(group, arrange):
    action = held(group)
    cleo = group.client(group.cleo)
    assert Page.get(cleo, "/desk").has("The agreed act.")

    send(cleo, f"{ITEM}/{action.item_id}/interest", {"interest-words": "I work there."})

    assert not Page.get(cleo, "/desk").has("The agreed act.")


def test_nobody_is_given_an_action_of_an_item_they_are_kept_out_of(group, kept_out, arrange):
    held(group)
    due = {f"action-due_on-{part}": getattr(clock.today(), part) for part in DAY}
    form = {"action-text": "Ask them.", "action-owner": str(group.imo.id), **due}
    url = f"{ITEM}/{group.item.id}/actions"

    refused = Page.post(group.client(group.kai), url, form)

    assert len(refused.errors()) == 1
    assert refused.has("They declared an interest in this item. Choose somebody else.")
    assert refused.has("Ask them.")
    with arrange() as session:
        task = items.Task("Ask them.", clock.today(), session.merge(group.imo))
        with pytest.raises(NotAllowed):
            items.agree_action(uuid.uuid4(), group.fresh(group.item), task, by=group.kai)
        assert len(session.scalars(select(MeetingAction)).all()) == 1


def test_no_form_lets_them_take_part(group, kept_out, arrange):
    form = {"colour": "red", "reasons": "Bad.", "escalated_to": "Head"}

    rated = send(kept_out, f"/desk/scrutiny/ratings/item/{group.item.id}", form)

    assert rated.status_code == 404
    with arrange() as session:
        assert session.scalars(select(Rating)).all() == []
        with pytest.raises(NotAllowed):
            items.refuse_kept_out(group.item.id, group.imo)


def test_the_secretariat_and_a_chair_can_be_kept_out_too(group, arrange):
    with arrange() as session:
        item, cleo = group.fresh(group.item), session.merge(group.cleo)
        items.declare_for(item, session.merge(group.kai), "His flat is there.", by=cleo)
    kai = group.client(group.kai)

    held_at = clock.now() - timedelta(hours=1)
    with arrange():
        group.fresh(group.meeting).starts_at = held_at
    assert send(kai, f"{MEETING}/{group.meeting.id}/hold", {}).status_code == 303
    for end, form in (("notes", {"note-text": "x"}), ("actions", {"action-text": "x"})):
        assert send(kai, f"{ITEM}/{group.item.id}/{end}", form).status_code == 404
    assert kai.get(f"{PAPER}/new/{group.item.id}").status_code == 404
    with arrange() as session:
        for model in (ItemNote, MeetingAction):
            assert session.scalars(select(model)).all() == []


def test_whoever_prepares_the_agenda_changes_no_item_they_are_kept_out_of(group, arrange):
    with arrange() as session:
        item, cleo = group.fresh(group.other), session.merge(group.cleo)
        items.declare_for(item, session.merge(group.kai), "His flat is there.", by=cleo)
    kai, url = group.client(group.kai), f"{ITEM}/{group.other.id}"

    assert kai.get(f"{url}/edit").status_code == 404
    assert send(kai, f"{url}/edit", {"title": "x", "purpose": "x"}).status_code == 404
    assert send(kai, f"{url}/up", {}).status_code == 404

    with arrange() as session:
        item, by = group.fresh(group.other), session.merge(group.kai)
        assert (item.title, item.position) == ("Clubs", 2)
        for act in (
            lambda: services.edit_item(item, "x", "x", by=by),
            lambda: services.move_up(item, by=by),
        ):
            with pytest.raises(NotAllowed):
                act()
    page = Page.get(kai, f"{MEETING}/{group.meeting.id}")
    assert "Move up" not in page.text


def test_a_chair_with_an_interest_does_not_approve_the_notes(group, arrange):
    held(group)
    with arrange() as session:
        items.declare(group.fresh(group.item), "Mine.", by=session.merge(group.cleo))
    cleo = group.client(group.cleo)

    answer = send(cleo, f"{MEETING}/{group.meeting.id}/approve-notes", {})

    assert answer.status_code == 409


def test_the_chair_writes_down_what_a_member_declared_and_reads_why(group):
    cleo = group.client(group.cleo)
    url = f"{ITEM}/{group.item.id}/interest-of-another"

    for _twice in range(2):
        form = {"other-member": str(group.imo.id), "other-words": "Her son works there."}
        assert send(cleo, url, form).status_code == 303

    page = Page.get(cleo, f"{ITEM}/{group.item.id}")
    assert page.has("Her son works there.")
    told = "1 member is kept out of this item, because the chair wrote down"
    assert page.has(told)
    assert Page.get(group.client(group.kai), f"{ITEM}/{group.item.id}").has(told)
    own = Page.get(group.client(group.imo), f"{ITEM}/{group.item.id}")
    assert own.has("You declared")
    assert own.has("The chair wrote this down.")
    assert not Page.get(group.client(group.kai), f"{ITEM}/{group.item.id}").has("Her son")
    wrong = Page.post(cleo, url, {"other-member": "", "other-words": ""})
    assert len(wrong.errors()) == 2
    assert send(group.client(group.imo), url, {}).status_code == 403


def test_whoever_declared_it_alone_is_not_named_as_noted_by_the_chair(group, kept_out):
    for who in (group.imo, group.cleo):
        assert not Page.get(group.client(who), f"{ITEM}/{group.item.id}").has("chair wrote")


def test_whoever_is_kept_out_by_the_chair_gets_a_mail_without_words(group, arrange, policy):
    policy(smtp_url="smtp://127.0.0.1")
    with arrange() as session:
        item = group.fresh(group.item)
        for who in (group.imo, group.cleo):
            items.declare_for(item, session.merge(who), "Words.", by=session.merge(group.cleo))

    with arrange() as session:
        assert [row.account_id for row in session.scalars(select(Mail))] == [group.imo.id]


def test_the_words_are_sealed_and_in_no_audit_entry(group, kept_out, arrange):
    with arrange() as session:
        (interest,) = session.scalars(select(Interest)).all()
        assert interest.words == "I work there."
        for table in ("interest", "audit_entry"):
            rows = session.execute(text(f"SELECT * FROM {table}")).all()
            assert "I work there" not in repr(rows)


def test_the_form_suggests_the_interests_of_the_record(group):
    imo = group.client(group.imo)
    own = {"name": "Imo", "interests": "A boxing club", "access_needs": ""}
    send(imo, "/desk/membership", own)

    page = Page.get(imo, f"{ITEM}/{group.item.id}")

    assert "A boxing club" in [page.words(area) for area in page.all("textarea")]


def test_leaving_an_item_out_asks_no_reason_and_leaves_no_trace(group, arrange):
    imo = group.client(group.imo)
    with arrange() as session:
        before = len(session.scalars(select(AuditEntry)).all())

    for _twice in range(2):
        assert send(imo, f"{ITEM}/{group.item.id}/leave-out", {}).status_code == 303

    page = Page.get(imo, f"{ITEM}/{group.item.id}")
    assert page.has("You left this item out.")
    assert not page.has("A paper")
    assert not Page.get(imo, f"{MEETING}/{group.meeting.id}/copy").has("Secret")
    assert not Page.get(group.client(group.cleo), f"{ITEM}/{group.item.id}").has("left")
    with arrange() as session:
        assert len(session.scalars(select(AuditEntry)).all()) == before
    send(imo, f"{ITEM}/{group.item.id}/take-part", {})
    assert Page.get(imo, f"{ITEM}/{group.item.id}").has("A paper")


def test_the_screen_of_the_room_shows_titles_and_no_names(group, kept_out):
    url = f"{MEETING}/{group.meeting.id}/room"
    page = Page.get(group.client(group.cleo), url)

    assert page.heading == "Lights on paths"
    assert f"{url}?item=2" in page.links()
    assert not page.has("Imo")
    assert not page.has("interest")
    assert Page.get(kept_out, f"{url}?item=2").heading == "Clubs"
    assert Page.get(kept_out, f"{url}?item=99").heading == "Clubs"


def test_a_view_takes_as_many_queries_for_ten_items_as_for_one(app, group, arrange):
    from tests.factories.meetings import make_item, make_paper
    from tests.opportunities.conftest import counted

    counts = []
    client = group.client(group.cleo)
    client.get(f"{MEETING}/{group.meeting.id}")
    for more in (1, 9):
        with arrange() as session:
            kai, meeting = session.merge(group.kai), group.fresh(group.meeting)
            for _number in range(more):
                make_paper(make_item(meeting, kai), kai)
        with app.app_context(), counted() as statements:
            assert client.get(f"{MEETING}/{group.meeting.id}").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]
    with arrange():
        assert queries.is_kept_out(group.item.id, group.cleo.id) is False
