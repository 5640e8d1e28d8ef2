import uuid

import pytest

from tests.conftest import make_account
from tests.oversight.ballots.conftest import DESK, OPTIONS, cast, make_ballot, make_members, opened
from tests.oversight.lifecycles import expected, tried
from vrn_community.accounts import services as accounts
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.oversight.ballots import services, voting
from vrn_community.oversight.ballots.counting import AGREE, OBJECT, Method
from vrn_community.oversight.ballots.lifecycle import STEPS, Act, BallotState

S = BallotState
TODAY = {
    f"{field}-{part}": getattr(clock.today(), part)
    for field in ("opens_on", "closes_on")
    for part in ("day", "month", "year")
}


def store(who):
    """Store a ballot in each state: the one who tries wrote it, and agreed where others did not."""
    chair = make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org")
    rest = make_members(2)
    made = {S.DRAFT: make_ballot(chair, Method.CONSENT)}
    made[S.OPEN] = opened(chair, Method.CONSENT, closes_on=clock.today())
    made[S.CLOSED] = opened(chair, Method.CONSENT, closes_on=clock.today())
    cast(made[S.CLOSED], who if who.can(STEPS[Act.VOTE].permission) else chair, AGREE)
    cast(made[S.CLOSED], rest[0], OBJECT, "No.")
    cast(made[S.CLOSED], rest[1], AGREE)
    services.close(made[S.CLOSED], by=chair)
    made[S.WITHDRAWN] = make_ballot(chair)
    services.withdraw(made[S.WITHDRAWN], "Not now.", by=chair)
    for ballot in made.values():
        ballot.author_id = who.id
    return made


@pytest.mark.parametrize("role", Role)
def test_every_act_in_every_state_is_done_or_refused_as_the_table_says(app, arrange, role):
    with arrange():
        who = make_account(role, email="who@example.org")
        made = store(who)
        token = accounts.begin_session(who, is_proved=True)
        forms = {ballot.id: voting.new_form(ballot, who) for ballot in made.values()}
        version = made[S.DRAFT].version
    client = app.test_client()
    client.set_cookie("desk", token, path="/desk")
    urls = {state: {act: f"{DESK}/{b.id}/{act}" for act in Act} for state, b in made.items()}

    def form_of(state, act):
        content = {"question": "What?", "method": "consent", "options": "\n".join(OPTIONS)}
        return {
            Act.EDIT: {**content, **TODAY},
            Act.OPEN: {"quorum": 3, "version": version, "knows_risk": "y"},
            Act.VOTE: {"choice": AGREE, "form": forms[made[state].id]},
        }.get(act, {"id": str(uuid.uuid4()), "words": "Some words."})

    found = tried(app, client, urls, form_of)

    wanted = {(state, act): expected(STEPS, state, role, act) for state in S for act in Act}
    # What is a draft is read by those alone who prepare; what is done already stays so.
    for (state, act), status in wanted.items():
        is_hidden = state is S.DRAFT and role is Role.OVERSIGHT_MEMBER and status != 403
        if is_hidden:
            wanted[state, act] = 404
        if state is STEPS[act].ends_in and status == 409 and act in (Act.CLOSE, Act.WITHDRAW):
            wanted[state, act] = 303
    assert found == wanted
