"""State, role and act of each lifecycle of the group, from its table; the refused over HTTP."""

import itertools
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from tests.conftest import make_account
from tests.factories.meetings import (
    make_asked,
    make_claim,
    make_item,
    make_meeting,
    make_member,
    make_paper,
    make_red,
    make_topic,
)
from tests.oversight.conftest import make_body
from tests.pages import send
from vrn_community.accounts import services as accounts
from vrn_community.accounts.roles import PERMISSIONS, Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.oversight.meetings import items
from vrn_community.oversight.meetings import lifecycle as meetings
from vrn_community.oversight.meetings.models import AgendaItem, MeetingState
from vrn_community.oversight.members import lifecycle as claims
from vrn_community.oversight.members.models import TimeClaimState
from vrn_community.oversight.scrutiny import lifecycle as evidence
from vrn_community.oversight.scrutiny.models import (
    Colour,
    EvidenceExtension,
    EvidenceState,
    RatingState,
    TopicState,
)
from vrn_community.oversight.scrutiny.queries import About

TRIED = tuple(Role)
DAY = {"day": "1", "month": "2", "year": "2099"}


def day_of(name: str) -> dict[str, str]:
    return {f"{name}-{part}": value for part, value in DAY.items()}


class World:
    """A row of each lifecycle, in states that tests choose."""

    def __init__(self) -> None:
        self.people = {role: make_account(role, email=f"{role}@try.example") for role in TRIED}
        self.author = make_account(Role.OVERSIGHT_CHAIR, email="author@try.example")
        self.claimer = make_account(Role.OVERSIGHT_MEMBER, email="claimer@try.example")
        self.kai = make_account(Role.SECRETARIAT, email="kai@try.example")
        self.body, self.silent = make_body("council"), make_body("silent")
        for role in (Role.PARTNER, Role.BOARD_MEMBER):
            self.people[role].body_id = self.body.id
        make_member(self.claimer, self.kai)
        self.meeting = make_meeting(self.author, self.kai)
        self.item = make_item(self.meeting, self.kai)
        self.paper = make_paper(self.item, self.kai)
        self.topic = make_topic(self.author)
        self.asked, self.asked_elsewhere = (
            make_asked(self.topic, body, self.author, is_sent=False)
            for body in (self.body, self.silent)
        )
        self.rating, self.rated_elsewhere = (
            make_red(self.topic.id, body, self.author, About.TOPIC)
            for body in (self.body, self.silent)
        )
        self.later = make_meeting(self.author, self.kai, days=-1)
        self.later.state = MeetingState.HELD
        for rating in (self.rating, self.rated_elsewhere):
            rating.created_at = clock.now() - timedelta(days=9)
        self.claim = make_claim(self.claimer)

    def forms(self) -> dict[tuple[str, str], tuple[str, dict[str, str]]]:
        """Return the address and the form of each act of each lifecycle."""
        meeting, item = f"/desk/meetings/{self.meeting.id}", f"/desk/agenda/{self.item.id}"
        planned = {"title": "New", "time": "18:00", "place": "Here", "wellbeing_contact": "Kai"}
        planned |= {"chair": str(self.author.id), **day_of("day")}
        paper = {"id": str(uuid.uuid4()), "title": "One", "text": "Two"}
        action = {"action-id": str(uuid.uuid4()), "action-text": "Do it."}
        action |= {"action-owner": "council", **day_of("action-due_on")}
        note = {"note-id": str(uuid.uuid4()), "note-text": "Said."}
        asked = f"/desk/scrutiny/evidence/{self.asked.id}"
        question = {"body": "council", "text": "How?", **day_of("answer_by")}
        inbox, topic = "/desk/evidence-requests", f"/desk/scrutiny/{self.topic.id}"
        day = clock.today() + timedelta(days=40)
        moved = {"id": str(uuid.uuid4()), "reason": "Snow."}
        moved |= {f"day-{part}": str(getattr(day, part)) for part in DAY}
        words, raised = {"words": "Ninety."}, {"id": str(uuid.uuid4()), "reasons": "They wait."}
        entered = {**words, "source": "Head of housing, by letter"}
        claim = f"/desk/claims/{self.claim.id}"
        withdraw = f"/desk/membership/time/{self.claim.id}/withdraw"
        return {
            ("meeting", "edit"): (f"{meeting}/edit", planned),
            ("meeting", "file-paper"): (f"/desk/papers/new/{self.item.id}", paper),
            ("meeting", "send-papers"): (f"{meeting}/send-papers", {}),
            ("meeting", "apologise"): (f"{meeting}/apologise", {}),
            ("meeting", "hold"): (f"{meeting}/hold", {}),
            ("meeting", "note"): (f"{item}/notes", note),
            ("meeting", "agree-action"): (f"{item}/actions", action),
            ("meeting", "approve-notes"): (f"{meeting}/approve-notes", {}),
            ("evidence", "edit"): (f"{asked}/edit", question),
            ("evidence", "send"): (f"{asked}/send", {}),
            ("evidence", "answer"): (f"{inbox}/{self.asked.id}", words),
            ("evidence", "enter"): (f"{inbox}/{self.asked_elsewhere.id}/enter", entered),
            ("evidence", "move-own"): (f"{inbox}/{self.asked.id}/move", moved),
            ("evidence", "move"): (f"{asked}/move", moved),
            ("evidence", "raise"): (f"{asked}/raise", raised),
            ("evidence", "close"): (f"{asked}/close", {}),
            ("topic", "ask"): (f"{topic}/ask", {"id": str(uuid.uuid4()), **question}),
            ("topic", "close"): (f"{topic}/close", {}),
            ("rating", "answer"): (f"{inbox}/ratings/{self.rating.id}", words),
            ("rating", "enter"): (f"{inbox}/ratings/{self.rated_elsewhere.id}/enter", entered),
            ("rating", "hear"): (
                f"/desk/scrutiny/feedback/{self.rating.id}",
                {"meeting": str(self.later.id), "words": "They check now."},
            ),
            ("claim", "withdraw"): (withdraw, {}),
            ("claim", "approve"): (f"{claim}/approve", {}),
            ("claim", "pay"): (f"{claim}/pay", {}),
        }


LIFECYCLES: dict[str, tuple[Any, Any]] = {
    "meeting": (MeetingState, meetings.STEPS),
    "evidence": (EvidenceState, evidence.STEPS),
    "topic": (TopicState, evidence.TOPIC_STEPS),
    "rating": (RatingState, evidence.RATING_STEPS),
    "claim": (TimeClaimState, claims.STEPS),
}
#: Acts that only the author of a row can do, whatever the role.
OWN = {("evidence", "edit"): "author", ("claim", "withdraw"): "claimer"}
CASES = [
    (kind, act, state)
    for kind, (states, steps) in LIFECYCLES.items()
    for act, state in itertools.product(steps, states)
]


@pytest.fixture
def world(arrange, partnership):
    with arrange():
        return World()


#: The row that an act is tried with, by the lifecycle and the act.
ROWS = {
    "evidence": "asked",
    ("evidence", "enter"): "asked_elsewhere",
    ("rating", "enter"): "rated_elsewhere",
}
#: Lifecycles of which nothing is shown to bodies that they do not concern.
HIDDEN = {"evidence", "rating"}


def row_of(world: World, kind: str, act: str) -> Any:
    """Return the row that an act is tried with, as it is now."""
    row = getattr(world, ROWS.get((kind, act), ROWS.get(kind, kind)))
    return db.session.get_one(type(row), row.id)


def bring(world: World, kind: str, act: str, state: Any) -> None:
    """Bring the row of a lifecycle into a state, past its services."""
    row = row_of(world, kind, act)
    if kind == "meeting":
        is_over = state in (MeetingState.HELD, MeetingState.APPROVED, MeetingState.PAPERS_OUT)
        row.starts_at = clock.now() + timedelta(hours=-2 if is_over else 200)
    if kind == "topic":
        row.closed_on = clock.today() if state is TopicState.CLOSED else None
    elif kind == "rating":
        bring_rating(row, state)
    else:
        row.state = state
    if kind == "evidence":
        row.sent_at = None if state is EvidenceState.DRAFT else clock.now()
        row.answer_by = clock.today() + timedelta(days=-1 if act == "raise" else 28)
        db.session.execute(delete(EvidenceExtension))


def bring_rating(row: Any, state: RatingState) -> None:
    is_red = state is not RatingState.NOTED
    row.colour = Colour.RED if is_red else Colour.AMBER
    row.answer_by = row.answer_by if is_red else None
    row.body_id = row.body_id if is_red else None
    row.answer = "Ten." if state is RatingState.ANSWERED else ""
    row.feedback = "They said ten." if state is RatingState.HEARD else ""
    row.answered_by_id = row.feedback_by_id = None


@pytest.mark.once
@pytest.mark.parametrize(("kind", "act", "state"), CASES, ids=str)
def test_each_act_is_done_where_its_table_says_and_refused_elsewhere(
    app, arrange, world, kind, act, state
):
    step = LIFECYCLES[kind][1][act]
    for role in TRIED:
        with arrange() as session:
            bring(world, kind, act, state)
            if (kind, act) == ("meeting", "approve-notes") and state is MeetingState.HELD:
                items.note(
                    uuid.uuid4(),
                    session.get_one(AgendaItem, world.item.id),
                    "Said.",
                    by=session.merge(world.kai),
                )
            who = world.people[role]
            may = step.permission in PERMISSIONS.get(role, frozenset())
            if may and (kind, act) in OWN:
                who = getattr(world, OWN[kind, act])
            token = accounts.begin_session(session.merge(who), is_proved=True)
        client = app.test_client()
        client.set_cookie("desk", token, path="/desk")

        url, form = world.forms()[kind, act]
        answer = send(client, url, form)

        case = (kind, act, state, role, answer.status_code)
        with arrange():
            now = row_of(world, kind, act)
            if not may:
                assert answer.status_code == 403, case
                assert now.state is state, case
            elif state in step.begins_in:
                assert answer.status_code == 303, case
                assert now.state is (step.ends_in or state), case
            else:
                # Asked again where it is done already, an act does nothing; else it is refused.
                is_done = state is step.ends_in and answer.status_code == 303
                is_said = answer.status_code == 200 and "error-summary" in answer.text
                is_hidden = answer.status_code == 404 and kind in HIDDEN
                assert answer.status_code == 409 or is_done or is_said or is_hidden, case
                assert now.state is state, case


def test_whose_words_they_are_nobody_else_changes(app, arrange, world):
    others = world.people[Role.OVERSIGHT_CHAIR], world.people[Role.OVERSIGHT_MEMBER]
    for who, key in zip(others, OWN, strict=True):
        with arrange() as session:
            token = accounts.begin_session(session.merge(who), is_proved=True)
        client = app.test_client()
        client.set_cookie("desk", token, path="/desk")
        url, form = world.forms()[key]

        assert send(client, url, form).status_code == 409


@pytest.mark.parametrize("kind", LIFECYCLES)
def test_every_act_has_an_address(kind, world):
    assert {act for found, act in world.forms() if found == kind} == set(LIFECYCLES[kind][1])
