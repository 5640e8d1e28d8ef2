import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.oversight.lifecycles import expected, tried
from tests.oversight.proposals.conftest import DESK, make_proposal
from tests.pages import Page, send
from vrn_community.accounts import services as accounts
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.oversight.proposals import services
from vrn_community.oversight.proposals.lifecycle import STEPS, Act, ProposalState
from vrn_community.oversight.proposals.models import ActivityProposal
from vrn_community.oversight.proposals.services import Suggested

S = ProposalState


@pytest.fixture
def panel(sign_in_as, partnership):
    return sign_in_as(Role.YOUTH_PANEL, email="zara@example.org", name="Zara")


@pytest.fixture
def publisher(sign_in_as, partnership):
    return sign_in_as(Role.PUBLISHER, email="ben@example.org", name="Ben")


def form_of(**changes):
    known = {"title": "Ask at bus stops", "why": "Nobody asked there.", "audience": "Who waits"}
    return {"id": str(uuid.uuid4()), "level": "consult", **known, **changes}


def test_a_proposal_goes_its_way_to_a_draft_that_is_written_together(panel, publisher):
    form = form_of(level="empower", power="budget", power_words="5,000 pounds")
    sent = {send(panel, f"{DESK}/new", form).location for _twice in range(2)}
    (at,) = sent
    assert at in Page.get(publisher, "/desk").links()
    answer = {"answer": "Let us do it."}
    assert send(publisher, f"{at}/take-up", {"answer": ""}).status_code == 200
    assert send(publisher, f"{at}/take-up", answer).location == at
    said = {"id": str(uuid.uuid4()), "field": "title", "words": "Ask <b>at</b> bus stops"}
    for _twice in range(2):
        assert send(panel, f"{at}/suggest", said).status_code == 303
    page = Page.get(publisher, at)
    assert page.text.count("Put it into the draft") == 1
    accept = next(link for link in page.links() if link.endswith("/accept"))
    assert Page.get(publisher, accept).has("Ask at bus stops")
    assert send(publisher, accept, {"reason": "It is clearer."}).status_code == 303

    page = Page.get(panel, at)
    for words in ("It is in the draft", "It is clearer.", "How money is spent", "5,000 pounds"):
        assert page.has(words), words
    assert page.has("Ask <b>at</b> bus stops")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Give it a title."),
        ({"title": "x" * 121}, "Use at most 120 characters."),
        ({"why": ""}, "Say why."),
        ({"audience": ""}, "Say who should be asked."),
        ({"level": ""}, "Choose a level."),
        ({"level": "empower"}, "Say which power is handed over."),
        ({"level": "empower", "power": "budget"}, "Say which power is handed over."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(panel, changes, message):
    answer = send(panel, f"{DESK}/new", form_of(**{"why": "It is dark.", **changes}))

    assert answer.status_code == 200
    assert message in answer.text
    assert "It is dark." in answer.text or "why" in changes


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "Write something first."),
        ({"words": "x"}, "Choose the part for which these words are."),
        ({"field": "title", "words": "x" * 121}, "These words are too long for this part."),
    ],
)
def test_what_is_wrong_with_a_suggestion_is_said(panel, publisher, arrange, changes, message):
    at = send(panel, f"{DESK}/new", form_of()).location
    send(publisher, f"{at}/take-up", {"answer": "Yes."})

    answer = send(panel, f"{at}/suggest", {"field": "", **changes})

    assert answer.status_code == 200
    assert message in answer.text


def test_the_list_says_what_is_overdue(panel, arrange):
    at = send(panel, f"{DESK}/new", form_of()).location
    assert not Page.get(panel, DESK).has("Overdue")
    with arrange() as session:
        proposal = session.scalars(select(ActivityProposal)).one()
        proposal.due_on = clock.today() - timedelta(days=1)

    page = Page.get(panel, f"{DESK}?state=proposed")
    assert page.has("Overdue")
    assert at in page.links()


@pytest.mark.parametrize("role", Role)
def test_every_act_in_every_state_is_done_or_refused_as_the_table_says(
    app, arrange, partnership, role
):
    with arrange():
        who = make_account(role, email="who@example.org")
        writer = make_account(Role.YOUTH_PANEL, email="zara@example.org")
        team = make_account(Role.PUBLISHER, email="ben@example.org")
        made = {state: make_proposal(writer) for state in S}
        services.take_up(made[S.TAKEN_UP], "Yes.", by=team)
        services.decline(made[S.DECLINED], "No.", by=team)
        services.withdraw(made[S.WITHDRAWN], by=writer)
        suggested = Suggested("title", "Better words.")
        words = services.suggest(uuid.uuid4(), made[S.TAKEN_UP], suggested, by=writer).id
        for proposal in made.values():
            proposal.author_id = who.id
        token = accounts.begin_session(who, is_proved=True)
    client = app.test_client()
    client.set_cookie("desk", token, path="/desk")
    urls = {
        state: {act: f"{DESK}/{proposal.id}/{act}" for act in Act if act is not Act.DECIDE}
        for state, proposal in made.items()
    }
    urls[S.TAKEN_UP][Act.DECIDE] = f"{DESK}/{made[S.TAKEN_UP].id}/wordings/{words}/accept"

    def form(state, act):
        said = {"id": str(uuid.uuid4()), "field": "", "comment": "Good."}
        return said if act is Act.SUGGEST else {"answer": "Because.", "reason": "Because."}

    found = tried(app, client, urls, form)

    wanted = {
        (state, act): expected(STEPS, state, role, act) for state in urls for act in urls[state]
    }
    if wanted[S.WITHDRAWN, Act.WITHDRAW] == 409:
        wanted[S.WITHDRAWN, Act.WITHDRAW] = 303
    assert found == wanted
