"""State x role x act, made of the table: what it allows is done, all else is refused over HTTP."""

import uuid
from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.oversight.conftest import DESK
from tests.oversight.lifecycles import undone
from tests.oversight.recommendations.conftest import REPLIES
from tests.pages import csrf_token
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import OUTSIDE, PERMISSIONS, Role
from vrn_community.audit import queries as audit
from vrn_community.foundation import clock
from vrn_community.foundation.permissions import Permission
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
#: Everybody who could try: a role, and whether somebody else answers for the body that was asked.
HEARD, SILENT, OWN = "the body has an account", "the body has none", "of the body"
WHO = [
    *((role, HEARD) for role in Role),
    (Role.PUBLISHER, SILENT),
    (Role.OVERSIGHT_CHAIR, SILENT),
    *((role, OWN) for role in sorted(OUTSIDE)),
]
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
    "sent_in": "letter of 3 May",
    **day_fields("reply_by", 20),
    **day_fields("day", 10),
    **day_fields("answer_by", 10),
}
#: The addresses of each act; the body and the group move a day on pages of their own.
PATHS = [(act, LIST, f"/{act}") for act in Act if act not in (Act.REPLY, Act.ANSWER_FOR_BOARD)] + [
    (Act.REPLY, REPLIES, ""),
    (Act.EXTEND, REPLIES, "/extend"),
    (Act.ANSWER_FOR_BOARD, "/desk/board", ""),
]
#: The permission that each folder of addresses asks for.
DOORS = {
    LIST: Permission.RECOMMENDATION_SEND,
    REPLIES: Permission.RECOMMENDATION_REPLY,
    "/desk/board": Permission.ESCALATION_ANSWER,
}


def put_in(found, state, number, author_id):
    """Store what a recommendation in a state has behind it; its day has passed."""
    found.state, found.reply_by = state, clock.today() - timedelta(days=1)
    if state is S.DRAFT:
        found.reply_by = clock.today() + timedelta(days=9)
        return
    found.sent_at, found.number = clock.now() - timedelta(days=30), number
    if state is not S.SENT:
        given = {"answer": Answer.NOT_ACCEPTED, "reasons": "No.", "due_on": found.reply_by}
        found.replies = [Reply(author_id=author_id, **given)]
    if state is S.CHALLENGED:
        day = found.reply_by
        found.challenge = Challenge(author_id=author_id, reasons="Too little.", reply_by=day)


def store(scene, client, who):
    """Store one in each state, twice: the second is before the board."""
    role, place = who
    stored = {}
    drafts = {(state, n): scene.recommend(is_sent=False) for state in S for n in (False, True)}
    with scene.arrange() as session:
        by = session.get_one(Account, client.account_id)
        by.body_id = {OWN: scene.council.id}.get(
            place, scene.police.id if role in OUTSIDE else None
        )
        if place is HEARD:
            make_account(Role.PARTNER, email="max@example.org").body_id = scene.council.id
        for number, ((state, is_before_board), draft) in enumerate(drafts.items(), start=1):
            found = session.merge(draft)
            put_in(found, state, number, by.id)
            if role is Role.OVERSIGHT_CHAIR:
                found.author_id = by.id
            if is_before_board and state is not S.DRAFT:
                due = clock.today() + timedelta(days=5)
                found.escalation = Escalation(author_id=by.id, reasons="Late.", answer_by=due)
            stored[state, is_before_board] = found
    return stored


def is_allowed(act, folder, state, who):
    """Return whether the tables let somebody of a role do something where they try it."""
    role, place = who
    step = STEPS[act]
    if not step.permissions & PERMISSIONS[role] & {DOORS[folder]} or state not in step.begins_in:
        return False
    if folder != REPLIES:
        return place is not OWN  # Nobody judges a debt of their own body.
    is_of_team = Permission.OUTCOME_EDIT in PERMISSIONS[role]
    return place is OWN or (is_of_team and place is SILENT)


@pytest.mark.once
@pytest.mark.parametrize("who", WHO, ids=lambda who: f"{who[0]}, {who[1]}")
def test_only_what_the_table_allows_can_be_done(app, scene, sign_in_as, who):
    client = sign_in_as(who[0], email="somebody@example.org", name="Somebody")
    stored, token = store(scene, client, who), csrf_token(client)
    cookie = client.get_cookie("desk", path="/desk").value
    for (act, folder, ending), state in ((path, state) for path in PATHS for state in S):
        found = stored[state, act is Act.ANSWER_FOR_BOARD]
        form = {**FORM, "id": str(uuid.uuid4()), "csrf_token": token}
        with undone(app):
            answered = client.post(f"{folder}/{found.id}{ending}", data=form)
            with app.app_context():
                after = queries.find(found.id)
                taken = [one.action for one in audit.of_subject(found.id)]
                now = after.state, after.reply_by, after.text
        client.set_cookie("desk", cookie, path="/desk")

        may = is_allowed(act, folder, state, who)
        case = (who, act, folder, state, answered.status_code)
        assert (f"recommendation:{act}" in taken) is may, case
        assert now[0] is ((STEPS[act].ends_in or state) if may else state), case
        if may:
            assert answered.status_code == 303, case
            continue
        assert now[1:] == (found.reply_by, "More lights"), case
        assert is_refused(answered, who[0], folder, act, state), case


def is_refused(answered, role, folder, act, state):
    """Return whether an act was refused in the way in which such an act is."""
    if DOORS[folder] not in PERMISSIONS[role]:
        return answered.status_code == 403
    is_done_already = answered.status_code == 303 and STEPS[act].ends_in is state
    is_said = answered.status_code == 200 and "error-summary" in answered.text
    return is_said or is_done_already or answered.status_code in (404, 409)


def test_every_act_has_an_address():
    assert {act for act, _folder, _ending in PATHS} == set(Act)
