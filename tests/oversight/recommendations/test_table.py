"""State x role x act, made of the table: what it allows is done, all else is refused over HTTP."""

import uuid
from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.oversight.conftest import DESK
from tests.oversight.recommendations.conftest import REPLIES
from tests.pages import send
from vrn_community.accounts import services as accounts
from vrn_community.accounts.roles import PERMISSIONS, Role
from vrn_community.audit import queries as audit
from vrn_community.foundation import clock
from vrn_community.oversight.recommendations import queries
from vrn_community.oversight.recommendations.lifecycle import STEPS, Act
from vrn_community.oversight.recommendations.models import (
    Answer,
    Challenge,
    Escalation,
    RecommendationState,
    Reply,
)

S = RecommendationState
#: Everybody who could try: a role, and whether it is of the body that was asked.
WHO = (
    (Role.OVERSIGHT_CHAIR, False),
    (Role.OVERSIGHT_MEMBER, False),
    (Role.PARTNER, True),
    (Role.PARTNER, False),
    (Role.BOARD_MEMBER, False),
    (Role.PUBLISHER, False),
)
LIST = f"{DESK}/recommendations"


def day_fields(name, days):
    day = clock.today() + timedelta(days=days)
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


WORDS = {"text": "Other words", "reasons": "For a reason", "why": "Clearer", "reason": "Busy"}
FORM = {
    **WORDS,
    "words": "We agree",
    "answer": "partly",
    "body": "council",
    **day_fields("reply_by", 20),
    **day_fields("day", 10),
}
PATHS = {
    **{act: (LIST, f"/{act}") for act in Act},
    Act.REPLY: (REPLIES, ""),
    Act.ANSWER_FOR_BOARD: ("/desk/board", ""),
}


def put_in(found, state, number, joy, lena):
    """Store what a recommendation in a state has behind it; its day has passed."""
    found.state, found.reply_by = state, clock.today() - timedelta(days=1)
    if state is S.DRAFT:
        found.reply_by = clock.today() + timedelta(days=9)
        return
    found.sent_at, found.number = clock.now() - timedelta(days=30), number
    if state is not S.SENT:
        given = {"answer": Answer.NOT_ACCEPTED, "reasons": "No.", "due_on": found.reply_by}
        found.replies = [Reply(author_id=lena.id, **given)]
    if state is S.CHALLENGED:
        day = found.reply_by
        found.challenge = Challenge(author_id=joy.id, reasons="Too little.", reply_by=day)


def store(scene, act, state, who, number):
    """Store a recommendation in a state and somebody of a role; return it and their token."""
    role, is_asked = who
    draft = scene.recommend(is_sent=False)
    with scene.arrange() as session:
        by = make_account(role, email=f"{number}@example.org", name="Somebody")
        body = session.merge(scene.council if is_asked else scene.police)
        by.body_id = body.id if role in (Role.PARTNER, Role.BOARD_MEMBER) else None
        found = session.merge(draft)
        put_in(found, state, number, session.merge(scene.joy), by)
        if role is Role.OVERSIGHT_CHAIR:
            found.author_id = by.id
        if act is Act.ANSWER_FOR_BOARD and state is not S.DRAFT:
            due = clock.today() + timedelta(days=5)
            found.escalation = Escalation(author_id=by.id, reasons="Late.", answer_by=due)
        return found, accounts.begin_session(by, is_proved=True)


def is_allowed(act, state, who):
    role, is_asked = who
    step = STEPS[act]
    # Whoever answers for a body answers for the one that was asked; here the board was not.
    is_theirs = is_asked or role not in (Role.PARTNER, Role.BOARD_MEMBER)
    is_board = act is Act.ANSWER_FOR_BOARD and role is Role.BOARD_MEMBER
    may = bool(step.permissions & PERMISSIONS[role]) and (is_theirs or is_board)
    return may and state in step.begins_in


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", S)
def test_only_what_the_table_allows_can_be_done(app, scene, act, state):
    for number, who in enumerate(WHO, start=1):
        found, token = store(scene, act, state, who, number)
        client = app.test_client()
        client.set_cookie("desk", token, path="/desk")
        folder, ending = PATHS[act]
        if act is Act.EXTEND and who[0] is Role.PARTNER:
            folder = REPLIES
        url = f"{folder}/{found.id}{ending}"

        answered = send(client, url, {**FORM, "id": str(uuid.uuid4())})

        may = is_allowed(act, state, who)
        with scene.arrange():
            after = queries.find(found.id)
            taken = [one.action for one in audit.of_subject(found.id)]
            assert (f"recommendation:{act}" in taken) is may, (who, answered.status_code)
            assert answered.status_code in ((303,) if may else (200, 303, 403, 404, 409))
            assert after.state is ((STEPS[act].ends_in or state) if may else state)
            if not may:
                assert (after.reply_by, after.text) == (found.reply_by, "More lights")
