"""Each state, role and act of decisions and changes, tried over HTTP for every role."""

import itertools
import uuid

import pytest

from tests.conftest import make_account
from tests.outcomes.conftest import day
from tests.outcomes.decisions.conftest import CHANGED, SAID, Decided
from tests.pages import send
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import PERMISSIONS, Role
from vrn_community.extensions import db
from vrn_community.foundation.permissions import Permission
from vrn_community.outcomes.decisions import queries
from vrn_community.outcomes.decisions.lifecycle import STEPS, Act
from vrn_community.outcomes.decisions.models import BodyDecision, Change, SaidState

DESK = "/desk/decisions"
KINDS = {"decision": BodyDecision, "change": Change}
CASES = list(itertools.product(KINDS, Act, SaidState))
#: Roles with accounts that may answer for the body that said it.
OF_BODY = (Role.PARTNER, Role.BOARD_MEMBER)


class World(Decided):
    """A decision and a change of one body, and an account for every role."""

    def __init__(self, arrange):
        super().__init__(arrange)
        decision = self.decide()
        self.rows = {"decision": decision, "change": self.change(decision=decision)}
        with arrange() as session:
            self.people = {}
            for role in Role:
                self.people[role] = make_account(role, email=f"{role}@try.example")
                if role in OF_BODY:
                    self.people[role].body_id = session.merge(self.csp).id

    def form(self, kind, act):
        """Return the address and the form of an act."""
        row = self.rows[kind]
        if act is Act.WITHDRAW:
            return f"{DESK}/{row.id}/withdraw", {"reason": "It named somebody."}
        words, name = (SAID, "decided_on") if kind == "decision" else (CHANGED, "happened_on")
        before = self.asked.id if kind == "decision" else row.decision_id
        on = day(-1)
        parts = {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}
        form = {"id": str(uuid.uuid4()), "reason": "It was wrong.", "before": str(before)}
        return f"{DESK}/{kind}/{row.id}/correct", {**words, **form, **parts}


@pytest.fixture
def world(partnership, arrange):
    return World(arrange)


def client_of(app, arrange, account):
    with arrange() as session:
        token = accounts.begin_session(session.merge(account), is_proved=True)
    client = app.test_client()
    client.set_cookie("desk", token, path="/desk")
    return client


def bring(world, kind, state):
    """Bring the row into a state, past its services, and forget the versions after it."""
    with world.arrange() as session:
        row = queries.said(world.rows[kind].id)
        for later in queries.versions(row):
            if later.id != row.id:
                session.delete(later)
        row.state = state


def state_of(world, kind):
    with world.arrange():
        return db.session.get_one(KINDS[kind], world.rows[kind].id).state


@pytest.mark.once
@pytest.mark.parametrize(("kind", "act", "state"), CASES, ids=str)
def test_each_act_is_done_where_its_table_says_and_refused_elsewhere(
    app, arrange, world, kind, act, state
):
    step = STEPS[act]
    for role in Role:
        bring(world, kind, state)
        client = client_of(app, arrange, world.people[role])
        url, form = world.form(kind, act)

        answer = send(client, url, form)

        case = (kind, act, state, role, answer.status_code)
        now = state_of(world, kind)
        if step.permission not in PERMISSIONS.get(role, frozenset()):
            assert (answer.status_code, now) == (403, state), case
        elif step.is_for_body and role not in OF_BODY:
            # The team does not speak for a body that has accounts.
            assert (answer.status_code, now) == (409, state), case
        elif state in step.begins_in:
            assert (answer.status_code, now) == (303, step.ends_in), case
        elif state is step.ends_in and act is Act.WITHDRAW:
            # Done already: done again it does nothing.
            assert (answer.status_code, now) == (303, state), case
        else:
            assert (answer.status_code, now) == (409, state), case


def test_every_role_is_tried(world):
    may = {role for role in Role if Permission.DECISION_RECORD in PERMISSIONS.get(role, ())}

    assert set(world.people) == set(Role)
    assert {*OF_BODY} < may


@pytest.mark.parametrize("role", OF_BODY)
@pytest.mark.parametrize("kind", KINDS)
def test_another_body_corrects_nothing(app, arrange, world, kind, role):
    with arrange() as session:
        moved = session.get_one(Account, world.people[role].id)
        moved.body_id = session.merge(world.board).id
    world.people[role] = moved
    url, form = world.form(kind, Act.CORRECT)

    answer = send(client_of(app, arrange, world.people[role]), url, form)

    assert answer.status_code == 409
    assert state_of(world, kind) is SaidState.PUBLISHED


@pytest.mark.parametrize("kind", KINDS)
def test_an_act_without_a_reason_is_asked_for_it_and_does_nothing(app, arrange, world, kind):
    people = {Act.CORRECT: world.people[Role.PARTNER], Act.WITHDRAW: world.people[Role.APPROVER]}
    for act, account in people.items():
        url, form = world.form(kind, act)

        answer = send(client_of(app, arrange, account), url, {**form, "reason": " "})

        assert answer.status_code == 200
        assert "error-summary" in answer.text
        assert state_of(world, kind) is SaidState.PUBLISHED
