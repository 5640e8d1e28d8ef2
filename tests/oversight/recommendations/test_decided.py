"""A recommendation is tied to the ballot that decided it, and keeps out who is kept out there."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import make_account
from tests.factories.meetings import make_item, make_meeting
from tests.oversight.ballots.conftest import cast, make_members, opened
from tests.oversight.conftest import DESK
from tests.oversight.publishing.conftest import make_statement, publish
from tests.oversight.recommendations.conftest import RecommendingScene, make_recommendation
from tests.pages import Page, send
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.oversight.ballots import services as ballots
from vrn_community.oversight.ballots.counting import AGREE, ASIDE, OBJECT, Method
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.commitments import services as commitments
from vrn_community.oversight.commitments.models import Commitment
from vrn_community.oversight.meetings import items
from vrn_community.oversight.recommendations import services
from vrn_community.oversight.recommendations.models import Recommendation

QUESTION = "We ask for lights on the path."


@dataclass
class Decided:
    """What stands in the database: who decided, about which item, and what came of it."""

    scene: RecommendingScene
    members: list[Account]
    kai: Account
    item: Any
    ballot: Ballot


def carried(chair: Account, members: list[Account], **changes: Any) -> Ballot:
    """Return a closed ballot by consent: one stood aside, the others agree."""
    asked = {"question": QUESTION, "closes_on": clock.today(), **changes}
    ballot = opened(chair, Method.CONSENT, **asked)
    for member, choice in zip(members, (AGREE, AGREE, ASIDE), strict=True):
        cast(ballot, member, choice)
    ballots.close(ballot, by=chair)
    return ballot


@pytest.fixture
def decided(scene, arrange):
    with arrange() as session:
        joy = session.merge(scene.joy)
        kai = make_account(Role.SECRETARIAT, email="kai@example.org", name="Kai")
        members, item = make_members(3), make_item(make_meeting(joy, kai), kai)
        ballot = carried(joy, members, item_id=item.id)
        assert ballot.result
        return Decided(scene, members, kai, item, ballot)


@pytest.fixture
def joy(app, scene, arrange):
    with arrange() as session:
        token = accounts.begin_session(session.merge(scene.joy), is_proved=True)
    client = app.test_client()
    client.set_cookie("desk", token, path="/desk")
    return client


def form(ballot, /, **changes):
    words = {"body": "council", "text": "More lights", "reasons": "36%"}
    key = {"id": str(uuid.uuid4()), "ballot": str(ballot.id if ballot else "")}
    return {**words, **key, **changes}


def declare(decided, account=None):
    """Let somebody declare an interest in the item of the ballot: the chair, or a member."""
    with decided.scene.arrange() as session:
        by = session.merge(account or decided.scene.joy)
        items.declare(session.merge(decided.item), "My brother sells lamps.", by=by)


def drafted(decided, **changes):
    with decided.scene.arrange() as session:
        ballot = session.get_one(Ballot, decided.ballot.id)
        by, about = session.merge(decided.scene.joy), session.merge(decided.scene.closed)
        council = session.merge(decided.scene.council)
        made = make_recommendation(about, council, by, ballot=ballot, **changes)
        assert made.ballot
        return made


def at(recommendation, step=""):
    return f"{DESK}/recommendations/{recommendation.id}{step}"


def test_a_decision_is_chosen_stands_beside_it_for_everybody_and_leads_back(
    decided, joy, client, arrange
):
    url = f"{DESK}/{decided.scene.closed.id}/recommend"
    assert Page.get(joy, url).has(QUESTION)

    assert send(joy, url, form(decided.ballot)).status_code == 303

    with arrange() as session:
        made = session.query(Recommendation).one()
        assert made.ballot_id == decided.ballot.id
    assert send(joy, at(made, "/send"), {}).status_code == 303
    page = Page.get(client, f"/recommendations/{made.id}")
    for words in (QUESTION, "Decided by consent on", "2 agreed, 1 stood aside."):
        assert page.has(words), words
    assert not page.has("Member 00")
    desk, ballot = Page.get(joy, at(made)), f"/desk/ballots/{decided.ballot.id}"
    assert desk.has("2 agreed, 1 stood aside.")
    assert ballot in desk.links()
    assert at(made) in Page.get(joy, ballot).links()


def test_what_is_in_no_ballot_says_so_to_everybody(scene, joy, client):
    made = scene.recommend()

    assert Page.get(client, f"/recommendations/{made.id}").has("Nobody has written down how")
    assert Page.get(joy, at(made)).has("Nobody has written down how")


def test_what_the_group_published_about_it_leads_there_and_back(decided, client, arrange):
    made = drafted(decided)
    with arrange() as session:
        joy = session.merge(decided.scene.joy)
        found = session.get_one(Recommendation, made.id)
        statement = make_statement(joy, ballot=session.get_one(Ballot, decided.ballot.id))
        publish(statement, joy, "Nobody is named.")
        here = f"/oversight/{statement.id}"
    there = f"/recommendations/{made.id}"
    assert there not in Page.get(client, here).links()  # A draft is nobody's business.

    with arrange() as session:
        services.send(session.get_one(Recommendation, made.id), by=session.merge(joy))
    assert found

    assert there in Page.get(client, here).links()
    assert here in Page.get(client, there).links()


@pytest.mark.parametrize("choices", [(AGREE, AGREE, OBJECT), (AGREE,)], ids=["blocked", "quorum"])
def test_what_was_not_carried_is_not_offered_and_refused(scene, arrange, joy, choices):
    with arrange() as session:
        chair = session.merge(scene.joy)
        members = make_members(3)
        ballot = opened(chair, Method.CONSENT, question=QUESTION, closes_on=clock.today())
        for member, choice in zip(members, choices, strict=False):
            cast(ballot, member, choice, "No money.")
        ballots.close(ballot, by=chair)
        assert not ballot.is_carried
        about, council = session.merge(scene.closed), session.merge(scene.council)
        with pytest.raises(NotAllowed):
            make_recommendation(about, council, chair, ballot=ballot)
    url = f"{DESK}/{scene.closed.id}/recommend"
    assert not Page.get(joy, url).has(QUESTION)

    refused = Page.post(joy, url, form(ballot))

    assert len(refused.errors()) == 1
    assert refused.has("More lights")


def test_an_objection_that_was_met_carries_it(scene, arrange, client):
    with arrange() as session:
        chair = session.merge(scene.joy)
        members = make_members(3)
        ballot = opened(chair, Method.CONSENT, question=QUESTION, closes_on=clock.today())
        for member, choice in zip(members, (AGREE, AGREE, OBJECT), strict=True):
            cast(ballot, member, choice, "No money.")
        ballots.close(ballot, by=chair)
        ballots.resolve(ballot, "We ask for less.", by=chair)
        ballots.dissent(uuid.uuid4(), ballot, "Lights are not all.", by=members[2])
        about, council = session.merge(scene.closed), session.merge(scene.council)
        made = make_recommendation(about, council, chair, ballot=ballot)
        services.send(made, by=chair)

    page = Page.get(client, f"/recommendations/{made.id}")

    assert page.has("2 agreed, 1 objected. An objection was met. 1 member sees it otherwise.")
    for words in ("No money.", "We ask for less.", "Lights are not all.", "Member"):
        assert not page.has(words), words


@pytest.mark.parametrize("last", [AGREE, ASIDE])
def test_a_secret_ballot_gives_no_numbers_whether_or_not_all_agreed(scene, arrange, client, last):
    asked = {"question": QUESTION, "closes_on": clock.today(), "is_secret": True}
    with arrange() as session:
        chair = session.merge(scene.joy)
        members = make_members(3)
        ballot = opened(chair, Method.CONSENT, **asked)
        for member, choice in zip(members, (AGREE, AGREE, last), strict=True):
            cast(ballot, member, choice)
        ballots.close(ballot, by=chair)
        ballots.dissent(uuid.uuid4(), ballot, "Lights are not all.", by=members[2])
        about, council = session.merge(scene.closed), session.merge(scene.council)
        made = make_recommendation(about, council, chair, ballot=ballot)
        services.send(made, by=chair)

    page = Page.get(client, f"/recommendations/{made.id}")

    assert page.has("Decided by secret ballot on")
    for words in ("Decided by consent", "agreed", "stood aside", "sees it otherwise"):
        assert not page.has(words), words


@pytest.mark.parametrize("last", ["1", "abstain"])
def test_a_secret_vote_gives_what_won_and_no_numbers(scene, arrange, client, last):
    with arrange() as session:
        chair = session.merge(scene.joy)
        members = make_members(3)
        ballot = opened(chair, closes_on=clock.today(), is_secret=True)
        for member, choice in zip(members, ("1", "1", last), strict=True):
            cast(ballot, member, choice)
        ballots.close(ballot, by=chair)
        about, council = session.merge(scene.closed), session.merge(scene.council)
        made = make_recommendation(about, council, chair, ballot=ballot)
        services.send(made, by=chair)

    page = Page.get(client, f"/recommendations/{made.id}")

    assert page.has("Decided by secret ballot on")
    assert page.has("Decided: Lights.")
    assert not page.has("Lights: ")
    assert not page.has("abstained")


def test_a_vote_shows_the_option_that_won(scene, arrange, client):
    with arrange() as session:
        chair = session.merge(scene.joy)
        members = make_members(3)
        ballot = opened(chair, closes_on=clock.today())
        for member, choice in zip(members, ("1", "1", "abstain"), strict=True):
            cast(ballot, member, choice)
        ballots.close(ballot, by=chair)
        about, council = session.merge(scene.closed), session.merge(scene.council)
        made = make_recommendation(about, council, chair, ballot=ballot)
        services.send(made, by=chair)

    page = Page.get(client, f"/recommendations/{made.id}")

    assert page.has("Decided: Lights.")
    assert page.has("Lights: 2, 1 abstained.")


# Who is kept out


def test_whoever_declared_an_interest_drafts_nothing_from_it(decided, joy, arrange):
    declare(decided)
    url = f"{DESK}/{decided.scene.closed.id}/recommend"

    assert not Page.get(joy, url).has(QUESTION)
    assert len(Page.post(joy, url, form(decided.ballot)).errors()) == 1
    with arrange() as session:
        chair, council = session.merge(decided.scene.joy), session.merge(decided.scene.council)
        about, ballot = session.merge(decided.scene.closed), session.merge(decided.ballot)
        with pytest.raises(NotAllowed):
            make_recommendation(about, council, chair, ballot=ballot)


def test_whoever_was_kept_out_when_it_opened_is_kept_out_here_too(scene, arrange):
    with arrange() as session:
        chair, out = session.merge(scene.joy), make_account(Role.OVERSIGHT_CHAIR, email="o@x.org")
        ballot = carried(chair, make_members(3), excluded=[out.id])
        about, council = session.merge(scene.closed), session.merge(scene.council)

        with pytest.raises(NotAllowed):
            make_recommendation(about, council, out, ballot=ballot)
        assert make_recommendation(about, council, chair, ballot=ballot)


def test_an_interest_declared_later_stops_the_author_as_well(decided, joy, arrange):
    draft = drafted(decided)
    declare(decided)

    page = Page.get(joy, at(draft))
    assert page.has("You declared an interest in what the group decided here.")
    for step in ("/send", "/edit"):
        assert at(draft, step) not in page.links()
    assert send(joy, at(draft, "/send"), {}).status_code == 409
    assert send(joy, at(draft, "/edit"), form(None)).status_code == 409
    assert send(joy, at(draft, "/close"), {}).status_code == 409
    with arrange() as session:
        found = session.get_one(Recommendation, draft.id)
        assert found.sent_at is None
        assert found.ballot_id == decided.ballot.id


@pytest.mark.parametrize("step", ["amend", "extend", "escalate"])
def test_after_it_was_sent_they_do_nothing_for_the_group_either(decided, joy, arrange, step):
    made = drafted(decided)
    with arrange() as session:
        found = session.get_one(Recommendation, made.id)
        services.send(found, by=session.merge(decided.scene.joy))
    declare(decided)

    words = {"text": "Less", "reasons": "x", "why": "y", "reason": "z", "day-year": "2099"}
    page = Page.post(joy, at(made, f"/{step}"), words)

    assert "error-summary" in page.text
    with arrange() as session:
        assert session.get_one(Recommendation, made.id).text == "More lights"


def test_what_a_body_promised_because_of_it_they_do_not_move(decided, joy, arrange):
    made = drafted(decided)
    with arrange() as session:
        made = session.get_one(Recommendation, made.id)
        services.send(made, by=session.merge(decided.scene.joy))
    decided.scene.reply(made)
    with arrange() as session:
        found = session.get_one(Recommendation, made.id)
        by = session.query(Account).filter_by(email="max@example.org").one()
        due = clock.today() + timedelta(days=9)
        what = commitments.Promise("Head of roads", "Ten lights", due)
        key = commitments.promise(uuid.uuid4(), found, what, by=by).id
    url = f"/desk/oversight/commitments/{key}/move"
    assert url in Page.get(joy, at(made)).links()
    declare(decided)
    assert url not in Page.get(joy, at(made)).links()

    later = due + timedelta(days=9)
    parts = {f"day-{part}": getattr(later, part) for part in ("day", "month", "year")}
    form = {"id": str(uuid.uuid4()), "reason": "Snow", **parts}

    assert Page.post(joy, url, form).has("You declared an interest in what the group decided")
    assert joy.get(url).location == at(made)
    with arrange() as session:
        assert session.get_one(Commitment, key).due_on == due


def test_another_chair_who_is_kept_out_does_not_find_the_draft(decided, chair, arrange):
    draft = drafted(decided)
    assert at(draft) in Page.get(chair, f"{DESK}/recommendations").links()
    with arrange() as session:
        account = session.query(Account).filter_by(email="chair@example.org").one()
    declare(decided, account)

    assert at(draft) not in Page.get(chair, f"{DESK}/recommendations").links()
    Page.get(chair, at(draft), status=404)
    assert send(chair, at(draft, "/send"), {}).status_code == 404


def test_a_question_that_names_somebody_waits_for_the_tick(decided, joy, arrange):
    with arrange() as session:
        session.get_one(Ballot, decided.ballot.id).question = "Ask Jo on 07700 900123 for lights."
    draft = drafted(decided)

    asks = Page.post(joy, at(draft, "/send"), {})

    assert asks.has("This may tell who somebody is.")
    assert send(joy, at(draft, "/send"), {"is_checked": "y"}).status_code == 303


@pytest.mark.parametrize("value", ["x", str(uuid.UUID(int=7)), "' OR 1=1"])
def test_a_ballot_that_is_none_is_refused_beside_the_field(decided, joy, value):
    url = f"{DESK}/{decided.scene.closed.id}/recommend"

    refused = Page.post(joy, url, form(decided.ballot, ballot=value))

    assert len(refused.errors()) == 1
    assert refused.has("More lights")
