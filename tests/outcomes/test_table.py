"""Each state of an outcome, each act and each role, tried over HTTP."""

import itertools

import pytest
from sqlalchemy import delete

from tests.conftest import make_account
from tests.outcomes.conftest import WORDS, day, make_closed, make_outcome
from tests.pages import send
from vrn_community.accounts import services as accounts
from vrn_community.accounts.roles import PERMISSIONS, Role
from vrn_community.foundation import clock
from vrn_community.foundation.permissions import Permission
from vrn_community.outcomes import queries
from vrn_community.outcomes.models import Outcome, OutcomeState

DRAFT, PUBLISHED = OutcomeState.DRAFT, OutcomeState.PUBLISHED
#: Where each act leads from each state: the answer, and the state after it. Without an outcome
#: there is nothing to change; what is published is not changed, and done again it is done once.
TABLE = {
    "begin": {None: (303, DRAFT), DRAFT: (303, DRAFT), PUBLISHED: (303, PUBLISHED)},
    "edit": {None: (404, None), DRAFT: (303, DRAFT), PUBLISHED: (200, PUBLISHED)},
    "publish": {None: (404, None), DRAFT: (303, PUBLISHED), PUBLISHED: (303, PUBLISHED)},
    "easy-read": {None: (404, None), DRAFT: (409, DRAFT), PUBLISHED: (303, PUBLISHED)},
}
CASES = list(itertools.product(TABLE, (None, *OutcomeState)))


@pytest.fixture
def world(arrange):
    """Return a closed activity and an account for every role."""
    with arrange():
        author = make_account(email="noor@example.org", name="Noor Else")
        closed = make_closed(author)
        people = {role: make_account(role, email=f"{role}@try.example") for role in Role}
        return closed, people


def bring(arrange, closed, state):
    """Bring the outcome of an activity into a state, past its services."""
    with arrange() as session:
        session.execute(delete(Outcome))
        if state:
            made = make_outcome(session.merge(closed), is_published=state is PUBLISHED)
            made.published_at = clock.now() if state is PUBLISHED else None


def now(arrange, closed):
    with arrange():
        found = queries.outcome(closed.id)
        return found and (found.state, found.version, found.changed)


def form(arrange, closed, act):
    if act == "easy-read":
        return {"easy_read": "You asked. Lights come."}
    if act != "edit":
        return {}
    on, known = day(-1), now(arrange, closed)
    parts = {"day": on.day, "month": on.month, "year": on.year}
    dates = {f"decided_on-{name}": value for name, value in parts.items()}
    version = str(known[1]) if known else "1"
    return {**WORDS, **dates, "changed": "Other words.", "version": version}


@pytest.mark.once
@pytest.mark.parametrize(("act", "state"), CASES, ids=str)
def test_each_act_leads_where_the_table_says_and_for_no_other_role(app, arrange, world, act, state):
    closed, people = world
    for role, account in people.items():
        bring(arrange, closed, state)
        before = now(arrange, closed)
        with arrange() as session:
            token = accounts.begin_session(session.merge(account), is_proved=True)
        client = app.test_client()
        client.set_cookie("desk", token, path="/desk")

        url = f"/desk/opportunities/{closed.id}/outcome/{act}"
        answer = send(client, url, form(arrange, closed, act))

        case, after = (act, state, role, answer.status_code), now(arrange, closed)
        if Permission.OUTCOME_EDIT not in PERMISSIONS.get(role, frozenset()):
            assert (answer.status_code, after) == (403, before), case
            continue
        expected, ends_in = TABLE[act][state]
        assert answer.status_code == expected, case
        assert (after and after[0]) == ends_in, case
        if state is PUBLISHED:
            assert after[2] == WORDS["changed"], case


def test_some_role_may_and_most_may_not():
    may = [role for role in Role if Permission.OUTCOME_EDIT in PERMISSIONS.get(role, ())]

    assert 0 < len(may) < len(Role) / 2
