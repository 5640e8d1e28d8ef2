"""A body that nobody answers for here: the team enters what it sends, and says how it came."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.oversight.recommendations.conftest import REPLIES
from tests.pages import Page, send
from vrn_community.accounts.models import Account, AccountState
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.foundation import clock
from vrn_community.oversight.commitments.models import Commitment
from vrn_community.oversight.recommendations import queries
from vrn_community.oversight.recommendations.models import Recommendation, RecommendationState

LETTER = "letter of 3 May from the head of service"
REPLY = {"answer": "partly", "reasons": "It costs little.", "sent_in": LETTER}
PROMISES = "/desk/commitments"
ENTERED = f"Sent in by the team for the body: {LETTER}"


def date_of(name, days):
    on = clock.today() + timedelta(days=days)
    return {f"{name}-{part}": getattr(on, part) for part in ("day", "month", "year")}


def at(recommendation, ending=""):
    return f"{REPLIES}/{recommendation.id}{ending}"


def public(scene):
    return f"/register/{scene.closed.code}"


@pytest.fixture
def team(sign_in_as):
    return sign_in_as(Role.PUBLISHER, email="team@example.org", name="Tara Team")


@pytest.fixture
def sent(scene):
    return scene.recommend()


def test_the_team_enters_a_reply_and_everyone_reads_how_it_came(client, scene, sent, team):
    assert at(sent) in Page.get(team, REPLIES).links()
    assert Page.get(team, at(sent)).has("Nobody at this body has an account.")

    for _twice in range(2):
        assert send(team, at(sent), REPLY).location == at(sent)

    page = Page.get(client, public(scene))
    assert page.words(page.tree).count(ENTERED) == 1
    assert not page.has("Tara Team")
    assert Page.get(team, at(sent)).has(ENTERED)
    with scene.arrange():
        found = queries.recommendation(sent.id)
        assert found.state is RecommendationState.REPLIED
        last = list(audit.of_subject(sent.id))[-1]
        assert last.details["entered"] is True
        assert "head" not in str(last.details)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "Say from whom it came, and how."),
        (" ", "Say from whom it came, and how."),
        ("x" * 201, "Use at most 200 characters."),
        ("from Mrs Smith", "Somebody’s name"),
    ],
)
def test_how_it_came_must_be_said_and_names_nobody(scene, sent, team, words, message):
    page = Page.post(team, at(sent), REPLY | {"sent_in": words})

    (error,) = page.errors()
    assert error.startswith(message)
    assert page.has("It costs little.")
    with scene.arrange():
        assert queries.recommendation(sent.id).replies == []


def test_a_body_with_somebody_of_its_own_answers_itself(scene, sent, team, partner_of):
    lena = partner_of(scene.council)
    assert at(sent) not in Page.get(team, REPLIES).links()

    page = Page.get(team, at(sent))
    assert page.has("This body has accounts of its own, so it says this itself.")
    assert page.all("textarea") == []
    refused = Page.post(team, at(sent), REPLY)
    assert refused.has("so it says this itself")
    assert refused.has("It costs little.")
    assert team.get(at(sent, "/extend")).location == at(sent)
    assert "sent_in" not in Page.get(lena, at(sent)).text
    assert send(lena, at(sent), REPLY).status_code == 303  # What it does not say is not kept.
    assert not Page.get(lena, at(sent)).has(LETTER)


@pytest.mark.parametrize(
    "change",
    [
        lambda account: setattr(account, "state", AccountState.DISABLED),
        lambda account: setattr(account, "state", AccountState.INVITED),
        lambda account: setattr(account.held_roles[0], "ends_on", clock.today()),
        lambda account: setattr(account.held_roles[0], "role", Role.FACILITATOR),
    ],
    ids=["disabled", "not yet there", "whose role has ended", "of a role that answers nothing"],
)
def test_an_account_that_could_not_answer_does_not_count(scene, sent, team, change):
    with scene.arrange() as session:
        account = make_account(Role.PARTNER, email="lena@example.org")
        account.body_id = session.merge(scene.council).id
        change(account)

    assert at(sent) in Page.get(team, REPLIES).links()
    assert send(team, at(sent), REPLY).status_code == 303


def test_a_later_day_a_promise_and_its_progress_are_entered_too(client, scene, sent, team):
    later = {"id": str(uuid.uuid4()), "reason": "The council meets late.", **date_of("day", 40)}
    assert len(Page.post(team, at(sent, "/extend"), later).errors()) == 1
    assert send(team, at(sent, "/extend"), {**later, "sent_in": "a call"}).status_code == 303
    assert send(team, at(sent), REPLY | {"answer": "accepted"}).status_code == 303
    key = str(uuid.uuid4())
    promise = {"id": key, "owner": "Head of parks", "text": "Lights.", **date_of("due_on", 60)}
    promise |= {"step_1": "Order them", **date_of("day_1", 20)}
    assert len(Page.post(team, f"{PROMISES}/for/{sent.id}", promise).errors()) == 1
    promise["sent_in"] = "an e-mail"
    assert send(team, f"{PROMISES}/for/{sent.id}", promise).status_code == 303
    with scene.arrange() as session:
        (step,) = session.get_one(Commitment, uuid.UUID(key)).milestones
    acts = {
        "start": {},
        f"reach/{step.id}": {},
        "note": {"id": str(uuid.uuid4()), "text": "Two are up."},
        "move": {"id": str(uuid.uuid4()), "reason": "Snow.", **date_of("day", 70)},
        "finish": {"evidence": "They shine.", "link": ""},
    }
    for number, (act, form) in enumerate(acts.items()):
        url = f"{PROMISES}/{key}/{act}"
        assert Page.get(team, url).has("From whom it came, and how"), act
        assert len(Page.post(team, url, form).errors()) == 1, act
        assert send(team, url, {**form, "sent_in": f"visit {number}"}).status_code == 303, act

    page = Page.get(client, public(scene))
    for came in ("a call", LETTER, "an e-mail", *(f"visit {number}" for number in range(5))):
        assert page.words(page.tree).count(f"for the body: {came}") == 1, came


def test_what_a_silent_body_owes_waits_for_the_team(scene, sent, team, arrange):
    with arrange() as session:
        session.merge(sent).reply_by = clock.today() - timedelta(days=1)
    start = Page.get(team, "/desk")
    assert at(sent) in start.links()
    assert start.has("The council. Overdue")
    send(team, at(sent), REPLY | {"answer": "accepted"})
    key = str(uuid.uuid4())
    promise = {"id": key, "owner": "Head of parks", "text": "Lights.", **date_of("due_on", 60)}
    send(team, f"{PROMISES}/for/{sent.id}", {**promise, "sent_in": "an e-mail"})
    assert f"{PROMISES}/{key}" not in Page.get(team, "/desk").links()
    with arrange() as session:
        session.get_one(Commitment, uuid.UUID(key)).due_on = clock.today() - timedelta(days=1)

    assert f"{PROMISES}/{key}" in Page.get(team, "/desk").links()
    with arrange() as session:
        make_account(Role.PARTNER, email="lena@example.org").body_id = scene.council.id
    assert f"{PROMISES}/{key}" not in Page.get(team, "/desk").links()


def test_partners_and_other_roles_enter_nothing_for_a_silent_body(scene, sent, partner_of):
    other = partner_of(scene.police)
    assert at(sent) not in Page.get(other, REPLIES).links()
    assert send(other, at(sent), REPLY).status_code == 404
    with scene.arrange() as session:
        nobody = session.scalars(select(Account).where(Account.email == "lena@example.org")).one()
        nobody.body_id = None
    assert send(other, at(sent), REPLY).status_code == 404


def test_the_list_of_the_team_takes_as_many_queries_for_ten_as_for_one(app, scene, team):
    from tests.opportunities.conftest import counted

    numbers = []
    team.get(REPLIES)
    for more in (1, 9):
        for _number in range(more):
            scene.recommend()
        for url in (REPLIES, "/desk"):
            with app.app_context(), counted() as statements:
                assert team.get(url).status_code == 200
            numbers.append(len(statements))

    assert numbers[:2] == numbers[2:]


def test_a_draft_is_not_there_for_the_team(scene, team):
    draft = scene.recommend(is_sent=False)

    assert send(team, at(draft), REPLY).status_code == 404
    with scene.arrange() as session:
        assert session.get_one(Recommendation, draft.id).state is RecommendationState.DRAFT
