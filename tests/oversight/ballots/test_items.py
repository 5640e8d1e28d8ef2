"""A ballot about an item keeps out whoever declared an interest in it, tried over HTTP."""

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from tests.factories.meetings import make_item, make_meeting
from tests.oversight.ballots.conftest import DESK, asking, make_ballot
from tests.oversight.ballots.test_desk import at, form_of
from tests.oversight.publishing.conftest import make_statement, publish
from tests.pages import Page, send
from vrn_community.audit.models import AuditEntry
from vrn_community.foundation.errors import NotAllowed
from vrn_community.oversight.ballots import interests, queries, services
from vrn_community.oversight.ballots.counting import Method, Outcome
from vrn_community.oversight.ballots.lifecycle import BallotState
from vrn_community.oversight.ballots.models import Ballot, BallotBox, Voter
from vrn_community.oversight.publishing import services as statements
from vrn_community.oversight.publishing.models import Statement, StatementKind

ITEM = "/desk/agenda"


def see_nothing(voting, account, ballot):
    """Check that somebody finds neither a ballot nor what leads to it."""
    client = voting.client(account)
    for url in (at(ballot), at(ballot, "/dissent"), f"/desk/statements/new/{ballot.id}"):
        assert client.get(url).status_code in (403, 404), url
    assert Page.get(client, at(ballot), status=404).heading != ballot.question
    for url in (DESK, f"{DESK}?state=closed", f"{ITEM}/{voting.item.id}", "/desk"):
        page = Page.get(client, url)
        assert at(ballot) not in page.links(), url
        assert not page.has(ballot.question), url
    sent = {"choice": "1", "form": "x"}
    assert send(client, at(ballot, "/vote"), sent).status_code == 404


# Choosing the item


def test_a_ballot_names_its_item_and_the_item_its_ballot(voting):
    client = voting.client(voting.cleo)
    page = Page.get(client, f"{ITEM}/{voting.item.id}")
    (new,) = [link for link in page.links() if link.startswith(f"{DESK}/new")]
    form = Page.get(client, new)
    (chosen,) = [o for o in form.all("option") if o.get("selected") is not None]
    assert chosen.get("value") == str(voting.item.id)
    assert voting.meeting.title in form.text

    sent = send(client, f"{DESK}/new", form_of(item=str(voting.item.id)))

    shown = Page.get(client, sent.location)
    assert f"{ITEM}/{voting.item.id}" in shown.links()
    assert shown.has("Lights on paths")
    assert sent.location in Page.get(client, f"{ITEM}/{voting.item.id}").links()
    assert sent.location not in Page.get(client, f"{ITEM}/{voting.other.id}").links()
    member = Page.get(voting.client(voting.imo), f"{ITEM}/{voting.item.id}")
    assert sent.location not in member.links()  # It is a draft.
    edit = Page.get(client, f"{sent.location}/edit")
    (chosen,) = [o for o in edit.all("option") if o.get("selected") is not None]
    assert chosen.get("value") == str(voting.item.id)
    send(client, f"{sent.location}/edit", form_of(item=""))
    assert f"{ITEM}/{voting.item.id}" not in Page.get(client, sent.location).links()


@pytest.mark.parametrize("wanted", ["nonsense", str(uuid.UUID(int=7)), "kept out"])
def test_only_an_item_of_the_list_can_be_chosen(voting, wanted):
    voting.declare(voting.cleo)
    client = voting.client(voting.cleo)
    item = str(voting.item.id) if wanted == "kept out" else wanted

    answer = Page.post(client, f"{DESK}/new", form_of(item=item, background="It is dark."))

    assert len(answer.errors()) == 1
    assert answer.has("It is dark.")
    assert Page.get(client, f"{DESK}/new?item={item}").heading
    with voting.arrange() as session:
        assert session.scalars(select(Ballot)).all() == []


def test_items_of_meetings_long_ago_cannot_be_chosen_but_stay(voting):
    with voting.arrange() as session:
        kai, cleo = session.merge(voting.kai), session.merge(voting.cleo)
        old = make_item(make_meeting(cleo, kai, days=-100), kai, "Long ago")
        draft = make_ballot(cleo, item_id=old.id)
    client = voting.client(voting.cleo)

    assert not Page.get(client, f"{DESK}/new").has("Long ago")
    assert Page.get(client, at(draft, "/edit")).has("Long ago")


def test_a_service_lets_nobody_decide_what_they_are_kept_out_of(voting):
    voting.declare(voting.kai)
    with voting.arrange() as session:
        kai, cleo = session.merge(voting.kai), session.merge(voting.cleo)
        asked, free = asking(item_id=voting.item.id), make_ballot(kai)
        for act in (
            lambda: services.begin(uuid.uuid4(), asked, by=kai),
            lambda: services.edit(free, asked, by=kai),
        ):
            with pytest.raises(NotAllowed):
                act()
        draft = make_ballot(cleo, item_id=voting.item.id)
        for read in (queries.ballot, queries.locked):
            with pytest.raises(NoResultFound):
                read(draft.id, kai)


# Before it opens


@pytest.mark.parametrize("is_secret", [True, False])
def test_whoever_declared_before_has_no_place_and_sees_nothing(voting, is_secret):
    voting.declare(voting.imo)
    ballot = voting.open(is_secret=is_secret)

    see_nothing(voting, voting.imo, ballot)
    with voting.arrange():
        assert queries.turnout(ballot.id) == queries.Turnout(may=5, did=0, out=1)
    page = Page.get(voting.client(voting.cleo), at(ballot))
    assert page.has("1 member declared an interest, and is kept out of it.")
    assert not page.has("Imo")


def test_opening_lists_and_counts_those_alone_who_can_vote(voting):
    voting.declare(voting.imo)
    with voting.arrange() as session:
        draft = make_ballot(session.merge(voting.cleo), item_id=voting.item.id)
    client = voting.client(voting.cleo)
    page = Page.get(client, at(draft, "/open"))
    form = {"version": page.hidden("version")}

    assert page.has("5 members can vote today.")
    assert not page.has("Imo")
    wrong = send(client, at(draft, "/open"), {**form, "quorum": "6"})
    assert "Choose a number from 1 to 5." in wrong.text
    assert send(client, at(draft, "/open"), {**form, "quorum": "5"}).status_code == 303


def test_a_chair_with_an_interest_neither_opens_nor_ends_it(voting):
    with voting.arrange() as session:
        draft = make_ballot(session.merge(voting.cleo), item_id=voting.item.id)
    running = voting.open()
    voting.declare(voting.cleo)
    client = voting.client(voting.cleo)

    for ballot, act in (
        (draft, "open"),
        (draft, "edit"),
        (running, "close"),
        (running, "withdraw"),
    ):
        form = {"quorum": "3", "version": "1", "words": "No."}
        assert send(client, at(ballot, f"/{act}"), form).status_code == 404, act


# While it is open


@pytest.mark.parametrize("is_secret", [True, False])
def test_whoever_declares_before_voting_loses_the_place(voting, is_secret):
    ballot = voting.open(is_secret=is_secret, quorum=6)
    client = voting.client(voting.imo)
    form = Page.get(client, at(ballot)).hidden("form")
    send(client, f"{ITEM}/{voting.item.id}/interest", {"interest-words": "I work there."})

    late = send(client, at(ballot, "/vote"), {"form": form, "choice": "1"})

    assert late.status_code == 404
    see_nothing(voting, voting.imo, ballot)
    page = Page.get(voting.client(voting.cleo), at(ballot))
    assert page.has("0 of 5; at least 5 must")
    assert page.has("1 member declared an interest, and is kept out of it.")
    assert not page.has("had voted before")
    for who in (voting.cleo, *voting.others):
        voting.vote(ballot, who)
    with voting.arrange() as session:  # All who are owed a vote have voted.
        services.close(voting.fresh(ballot), by=session.merge(voting.cleo))
        assert voting.fresh(ballot).result.outcome is Outcome.DECIDED
        assert session.scalars(select(Voter).where(Voter.has_voted)).all() != []


def test_the_chair_shuts_nobody_out_while_it_is_open(voting):
    ballot, url = voting.open(), f"{ITEM}/{voting.item.id}/interest-of-another"
    form = {"other-member": str(voting.imo.id), "other-words": "She works there."}
    client = voting.client(voting.cleo)

    refused = Page.post(client, url, form)

    assert len(refused.errors()) == 1
    assert refused.has("A ballot about this item is open.")
    assert refused.has("She works there.")
    with voting.arrange() as session:
        item, imo, cleo = (
            voting.fresh(voting.item),
            session.merge(voting.imo),
            session.merge(voting.cleo),
        )
        with pytest.raises(NotAllowed):
            interests.declare_for(item, imo, "She works there.", by=cleo)
    for who in voting.others:
        voting.vote(ballot, who)
    voting.end(ballot)
    assert send(client, url, form).status_code == 303
    see_nothing(voting, voting.imo, ballot)


def test_a_place_that_is_gone_does_not_make_the_sealed_box_smaller(voting):
    ballot = voting.open(is_secret=True)
    sizes = []
    for who in (voting.cleo, *voting.others):
        voting.vote(ballot, who, reason="é" * 500)
        if who is voting.cleo:
            voting.declare(voting.imo)
        with voting.arrange() as session:
            sizes.append(len(session.get_one(BallotBox, ballot.id).sealed_votes))

    assert len(set(sizes)) == 1
    assert voting.end(ballot)[0].result.counts["1"] == 5


def test_too_few_left_of_a_secret_ballot_decide_nothing(voting):
    ballot = voting.open(is_secret=True)
    for who in voting.others:
        voting.declare(who)
    for who in (voting.cleo, voting.imo):
        voting.vote(ballot, who)

    found, turnout = voting.end(ballot)

    assert turnout == queries.Turnout(may=2, did=2, out=4)
    assert found.quorum == 3
    assert found.counted == []
    assert found.result.outcome is Outcome.NO_QUORUM


# After the vote


def voted_then_declared(voting, *, is_secret):
    """Let a member vote otherwise than the others, declare an interest, and end the ballot."""
    ballot = voting.open(is_secret=is_secret)
    voting.vote(ballot, voting.imo, "2", "Marmosetfern")
    for who in voting.others[:3]:
        voting.vote(ballot, who, "1")
    with voting.arrange() as session:
        before = [row.has_voted for row in session.scalars(select(Voter))]
        sealed = [bytes(row.sealed_votes) for row in session.scalars(select(BallotBox))]
    voting.declare(voting.imo)
    with voting.arrange() as session:
        assert [row.has_voted for row in session.scalars(select(Voter))] == before
        assert [bytes(row.sealed_votes) for row in session.scalars(select(BallotBox))] == sealed
    return ballot


@pytest.mark.parametrize("is_secret", [True, False])
def test_a_vote_that_was_cast_before_counts_and_everybody_reads_that(voting, is_secret):
    ballot = voted_then_declared(voting, is_secret=is_secret)
    waiting = Page.get(voting.client(voting.cleo), at(ballot))

    found, turnout = voting.end(ballot)

    assert turnout == queries.Turnout(may=6, did=4, out=1, out_late=1)
    assert waiting.has("1 of them had voted before. That vote counts.")
    assert found.result.counts == {"1": 3, "2": 1, "3": 0, "abstain": 0}
    see_nothing(voting, voting.imo, ballot)
    page = Page.get(voting.client(voting.others[0]), at(ballot))
    assert page.has("4 of 6")
    assert page.has("Marmosetfern")
    assert page.has("Imo") is not is_secret


def test_nothing_tells_which_secret_vote_was_theirs(voting):
    ballot = voted_then_declared(voting, is_secret=True)
    found, _turnout = voting.end(ballot)

    with voting.arrange() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        of_imo = [entry.action for entry in entries if entry.actor_id == voting.imo.id]
        assert of_imo == ["interest:declare"]
        assert "Marmosetfern" not in repr([entry.details for entry in entries])
        assert all(str(voting.imo.id) not in repr(row) for row in found.counted)
    for account in (voting.cleo, voting.kai, voting.others[3]):
        assert not Page.get(voting.client(account), at(ballot)).has("Imo")


@pytest.mark.parametrize("is_secret", [True, False])
def test_they_write_no_minority_view_and_the_chair_can_begin_anew(voting, is_secret):
    ballot = voted_then_declared(voting, is_secret=is_secret)
    client = voting.client(voting.cleo)
    send(client, at(ballot, "/withdraw"), {"words": "One of us had an interest."})

    again = voting.open(is_secret=is_secret)

    with voting.arrange() as session:
        assert voting.fresh(ballot).state is BallotState.WITHDRAWN
        assert queries.turnout(again.id) == queries.Turnout(may=5, did=0, out=1)
        imo = session.merge(voting.imo)
        assert not services.may_dissent(voting.fresh(ballot), by=imo)
        with pytest.raises(NoResultFound):
            services.dissent(uuid.uuid4(), voting.fresh(ballot), "I say no.", by=imo)


def test_what_was_put_to_a_vote_keeps_out_the_same(voting):
    ballot = voting.open(method=Method.CONSENT)
    for who in voting.others:
        voting.vote(ballot, who, "object", "No.")
    voting.end(ballot)
    voting.declare(voting.imo)
    client = voting.client(voting.cleo)

    made = send(client, at(ballot, "/put-to-vote"), {})

    with voting.arrange() as session:
        following = session.get_one(Ballot, uuid.UUID(made.location.rsplit("/", 1)[1]))
        assert following.item_id == voting.item.id
        services.open_ballot(following, services.Rules(3), by=session.merge(voting.cleo))
    see_nothing(voting, voting.imo, following)


def test_whoever_is_kept_out_reads_no_draft_that_tells_the_result(voting):
    ballot = voting.open()
    for who in voting.others:
        voting.vote(ballot, who)
    voting.end(ballot)
    with voting.arrange() as session:
        kai, cleo = session.merge(voting.kai), session.merge(voting.cleo)
        told = {"kind": StatementKind.DECISION, "ballot": session.get_one(Ballot, ballot.id)}
        draft, public = (make_statement(cleo, "Marmosetfern", **told) for _n in range(2))
        publish(public, cleo)
        free = make_statement(kai)
    client = voting.client(voting.kai)
    assert Page.get(client, f"/desk/statements/{draft.id}").has("Marmosetfern")

    voting.declare(voting.kai)

    listed = Page.get(client, "/desk/statements").links()
    assert f"/desk/statements/{free.id}" in listed
    for hidden in (f"/desk/statements/{row.id}" for row in (draft, public)):
        assert hidden not in listed
        assert client.get(hidden).status_code == 404
        assert send(client, f"{hidden}/edit", {"title": "x", "words": "x"}).status_code == 404
    assert Page.get(client, f"/oversight/{public.id}").has("Marmosetfern")


def test_a_chair_with_an_interest_neither_reads_nor_rules_what_is_amended(voting):
    ballot = voting.open()
    for who in voting.others:
        voting.vote(ballot, who)
    voting.end(ballot)
    with voting.arrange() as session:
        cleo, kai = session.merge(voting.cleo), session.merge(voting.kai)
        told = {"kind": StatementKind.DECISION, "ballot": session.get_one(Ballot, ballot.id)}
        public = make_statement(cleo, "Lights won.", **told)
        publish(public, cleo)
        statements.amend(public, "It was wrong.", by=kai)
        statements.edit(public, statements.Text("Amended", "Marmosetfern"), by=kai)
    voting.declare(voting.cleo)
    client, url = voting.client(voting.cleo), f"/desk/statements/{public.id}"

    assert not Page.get(client, "/desk/statements").has("Amended")
    for act in ("edit", "clear", "publish", "keep", "withdraw", "amend"):
        form = {"reason": "Mine.", "is_read": "y", "version": "2", "title": "x", "words": "x"}
        assert send(client, f"{url}/{act}", form).status_code == 404, act
    Page.get(client, url, status=404)
    with voting.arrange() as session:
        text, cleo = session.get_one(Statement, public.id), session.merge(voting.cleo)
        for act in (
            lambda: statements.withdraw(text, "Mine.", by=cleo),
            lambda: statements.clear(text, "", by=cleo, version=text.newest.version),
            lambda: make_statement(cleo, **{**told, "ballot": text.ballot}),
        ):
            with pytest.raises(NoResultFound):
                act()
