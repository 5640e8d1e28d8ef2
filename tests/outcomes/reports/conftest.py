"""A year in which everything happens, in seeded disorder, with a notebook of what happened.

The notebook is written beside the service, in the words of its files: whatever the service stores,
reads or counts wrongly, the notebook does not know of it.
"""

import random
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from tests.conftest import make_account
from tests.factories.meetings import make_meeting
from tests.factories.opportunities import make_opportunity
from tests.outcomes.reports.recount import FILES
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.outcomes.decisions.models import BodyDecision, Change, SaidState
from vrn_community.outcomes.models import Outcome, OutcomeState
from vrn_community.oversight.commitments import services as commitments
from vrn_community.oversight.meetings.models import Attendance, MeetingState, Presence
from vrn_community.oversight.recommendations import answering, days, services, steps
from vrn_community.oversight.recommendations.lifecycle import Act
from vrn_community.oversight.recommendations.models import Answer
from vrn_community.oversight.scrutiny.models import Colour, Rating
from vrn_community.partnership import queries as partnership

BODIES = ("blaby-hinckley-and-bosworth-csp", "charnwood-csp", "leicestershire-county-council")
DAY = timedelta(days=1)
WEEKS = timedelta(weeks=12)


class Notebook:
    """What happened, as rows in the words of the files."""

    def __init__(self) -> None:
        self.files: dict[str, list[dict[str, str]]] = {name: [] for name in FILES}

    def note(self, file: str, **cells: Any) -> dict[str, str]:
        """Add a row; days are written as files write them, and nothing is nothing."""
        row = {name: _cell(value) for name, value in cells.items()}
        self.files[file].append(row)
        return row


def _cell(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


class Year:
    """Things that happen around the edges of a year, each on its own day, through the services."""

    def __init__(self, seed: int, first: date, last: date, move_clock: Callable[[Any], None]):
        self.random, self.first, self.last = random.Random(seed), first, last
        self.move_clock, self.book = move_clock, Notebook()
        self.today: date | None = None
        self.at(first - 400 * DAY)
        chair = make_account(Role.OVERSIGHT_CHAIR, email="chair@example.org", name="Cleo")
        self.chair, self.author = chair, make_account(Role.PUBLISHER, email="noor@example.org")
        self.bodies = [partnership.body(slug) for slug in BODIES]
        self.partners = [self._speaker(Role.PARTNER, body) for body in self.bodies]
        self.board = self._speaker(
            Role.BOARD_MEMBER, partnership.body("strategic-partnership-board-executive")
        )

    def _speaker(self, role: Role, body: Any) -> Account:
        account = make_account(role, email=f"{body.slug}@example.org")
        account.body_id = body.id
        return account

    def at(self, day: date) -> datetime:
        """Let it be some time on a London day, more often than not near midnight."""
        clocks = (time(0, 0, 1), time(0, 30), time(12), time(23, 30), time(23, 59, 59))
        at = datetime.combine(day, self.random.choice(clocks), clock.LONDON).astimezone(UTC)
        if self.today == day:  # On one day things happen one after another.
            at = max(at, self.now + timedelta(microseconds=1))
        self.now, self.today = at, day
        self.move_clock(at)
        return at

    def edge(self) -> date:
        """Return a day, often one at an edge of the year or of one of its quarters."""
        edges = [clock.months_after(self.first, months) for months in (-3, 0, 3, 6, 9, 12)]
        near = self.random.choice(edges) + self.random.randint(-2, 1) * DAY
        inside = self.first + self.random.randint(-80, 380) * DAY
        return self.random.choice((near, inside))

    def stamp(self, row: Any) -> Any:
        """Let a row be of now: defaults of columns know the real time alone."""
        row.created_at = self.now
        db.session.flush()
        return row

    # What bodies are asked

    def recommend(self) -> None:
        """Ask a body, and let it go on from there in any way that is legal."""
        place = self.random.randrange(len(self.bodies))
        sent_on = self.edge()
        self.at(sent_on)
        closed = self._activity(sent_on - 30 * DAY, sent_on - 10 * DAY, place)
        reply_by = sent_on + self.random.randint(1, 28) * DAY
        asked = services.Request(self.bodies[place], "Lights", "Dark", reply_by)
        made = services.recommend(uuid.uuid4(), closed, asked, by=self.chair)
        services.send(made, is_checked=True, by=self.chair)
        row = self.book.note(
            "recommendations",
            recommendation=made.id,
            activity=closed.code,
            body=BODIES[place],
            sent_on=sent_on,
            reply_by=reply_by,
            **dict.fromkeys(
                ("first_reply_on", "first_answer", "challenged_on", "challenge_reply_by")
                + ("second_reply_on", "second_answer", "escalated_on", "board_answer_by")
                + ("board_answered_on",)
            ),
        )
        self._round(made, row, place, "1")
        if made.replies and self.random.random() < 0.5:
            self._challenge(made, row, place)
        self._escalate(made, row)
        if made.answer in (Answer.ACCEPTED, Answer.PARTLY):
            for _number in range(self.random.randint(0, 2)):
                self.promise(made, place)

    def later(self, most: int) -> bool:
        """Let some days pass, or none; return whether it is still before the end of all."""
        day = self.today + self.random.choice((0, 1, self.random.randint(0, most))) * DAY
        self.at(day)
        return day < self.last + 60 * DAY

    def _round(self, made: Any, row: dict[str, str], place: int, number: str) -> None:
        """Move the day a few times, in time and too late, and answer or not."""
        partner = self.partners[place]
        for _move in range(self.random.choice((0, 0, 1, 2, 3))):
            self.later(25)
            day = max(made.promised_by, self.today) + self.random.randint(1, 20) * DAY
            former, is_late = made.promised_by, made.reply_by < self.today
            can_still = Act.EXTEND in steps.acts(made, by=partner)
            is_own = can_still and day <= days.latest(made, by=partner)
            by = partner if is_own else self.chair
            moved = answering.extend(uuid.uuid4(), made, day, "Work.", by=by)
            self.stamp(moved)
            self._note_move("recommendation", made.id, number, place, (former, day), is_late)
            db.session.refresh(made)
        if self.random.random() < 0.75 and self.later(45):
            answer = self.random.choice(list(Answer))
            answering.reply(made, answer, f"Because {number}.", by=partner)
            name = "first" if number == "1" else "second"
            row[f"{name}_reply_on"], row[f"{name}_answer"] = _cell(self.today), answer.value

    def _note_move(
        self, of: str, key: Any, number: str, place: int, days: tuple[date, date], is_late: bool
    ) -> None:
        cells = {"of": of, "key": key, "round": number, "body": BODIES[place]}
        late = "yes" if is_late else "no"
        self.book.note(
            "moves", **cells, moved_on=self.today, former_day=days[0], new_day=days[1],
            came_late=late,
        )  # fmt: skip

    def _challenge(self, made: Any, row: dict[str, str], place: int) -> None:
        self.later(20)
        reply_by = self.today + self.random.randint(1, 20) * DAY
        self.stamp(answering.challenge(made, "Why?", reply_by, by=self.chair))
        row["challenged_on"], row["challenge_reply_by"] = _cell(self.today), _cell(reply_by)
        self._round(made, row, place, "2")

    def _escalate(self, made: Any, row: dict[str, str]) -> None:
        self.later(30)
        is_fit = made.is_overdue or (not made.is_owed and made.answer is Answer.NOT_ACCEPTED)
        if not is_fit or self.random.random() < 0.2:
            return
        brought = answering.escalate(made, "Late.", by=self.chair)
        self.stamp(brought)
        row["escalated_on"], row["board_answer_by"] = _cell(self.today), _cell(brought.answer_by)
        if self.random.random() < 0.4 and self.later(50):
            answering.answer_for_board(made, "We look into it.", by=self.board)
            row["board_answered_on"] = _cell(self.today)

    def promise(self, asked: Any, place: int) -> None:
        """Promise something, move its day, and do it, give it up, or neither."""
        self.later(10)
        partner, due_on = self.partners[place], self.today + self.random.randint(0, 30) * DAY
        words = commitments.Promise("Head of lights", "Twelve lights.", due_on)
        made = self.stamp(commitments.promise(uuid.uuid4(), asked, words, by=partner))
        row = self.book.note(
            "promises", promise=made.id, recommendation=asked.id, body=BODIES[place],
            made_on=self.today, due_on=due_on, ended_on=None, end="",
        )  # fmt: skip
        for _move in range(self.random.choice((0, 0, 1, 2))):
            self.later(40)
            day = max(made.promised_by, self.today) + self.random.randint(1, 20) * DAY
            former, is_late = made.promised_by, made.due_on < self.today
            wanted = commitments.Move(day, "Frost.")
            self.stamp(commitments.move(uuid.uuid4(), made, wanted, by=partner))
            self._note_move("promise", made.id, "1", place, (former, day), is_late)
            db.session.refresh(made)
        if self.random.random() < 0.7 and self.later(60):
            if self.random.random() < 0.7:
                commitments.finish(made, "See it.", by=partner)
            else:
                commitments.drop(made, "No money.", by=partner)
            row["ended_on"], row["end"] = _cell(self.today), made.state.value

    # What people are asked, and what the group does

    def _activity(self, opens: date, closes: date, place: int, **changes: Any) -> Any:
        """Ask people something, and answer it or not."""
        made = make_opportunity(
            self.author, is_public=True, opens_on=opens, closes_on=closes,
            decision_on=closes + 20 * DAY, asking_body=self.bodies[place], **changes,
        )  # fmt: skip
        made.published_at = self.now - timedelta(days=40)
        is_consult = made.level is ParticipationLevel.CONSULT
        self.book.note(
            "activities",
            activity=made.code,
            body=BODIES[place],
            published_on=self.today - 40 * DAY,
            closed_on=closes,
            answer_due_on=closes + WEEKS if is_consult else closes + 20 * DAY,
            answered_on=None,
            people=None,
        )
        return made

    def ask_people(self) -> None:
        closes = self.edge()
        self.at(closes)
        level = self.random.choice((ParticipationLevel.CONSULT, ParticipationLevel.EMPOWER))
        place = self.random.randrange(len(BODIES))
        made = self._activity(closes - 30 * DAY, closes, place, level=level)
        if self.random.random() < 0.7:
            due = date.fromisoformat(self.book.files["activities"][-1]["answer_due_on"])
            self.at(due + self.random.randint(-20, 3) * DAY)
            outcome = Outcome(opportunity=made, author_id=self.author.id, not_changed="No buses.")
            outcome.state, outcome.published_at = OutcomeState.PUBLISHED, self.now
            db.session.add(outcome)
            self.book.files["activities"][-1]["answered_on"] = _cell(self.today)

    def meet(self) -> None:
        held_on = self.edge()
        self.at(held_on)
        made = make_meeting(self.chair, self.author_of_papers, starts_at=self.now, days=0)
        made.state = self.random.choice((MeetingState.HELD, MeetingState.APPROVED))
        came = self.random.choice((3, 9, 10, 12, 20))
        for number, account in enumerate(self.members[:22]):
            presence = Presence.CAME if number < came else Presence.APOLOGIES
            db.session.add(Attendance(meeting_id=made.id, account_id=account.id, presence=presence))
        self.book.note("meetings", held_on=held_on, members_at_least=came // 10 * 10)

    def rate(self) -> None:
        """Let members rate one thing several times in one quarter; its worst colour counts."""
        day = self.first + self.random.randint(0, 364) * DAY
        self.at(day)
        place = self.random.randrange(len(BODIES))
        made = self._activity(day - 40 * DAY, day - 10 * DAY, place, title=f"Rated {uuid.uuid4()}")
        colours = self.random.choices(list(Colour), k=self.random.randint(1, 3))
        for colour in colours:
            rating = Rating(opportunity_id=made.id, colour=colour, author_id=self.chair.id)
            rating.reasons, rating.escalated_to = "I saw it.", "Head" if colour == "red" else ""
            db.session.add(rating)
            self.stamp(rating)
        worst = next(name for name in ("red", "amber", "green") if name in colours)
        self.book.note("ratings", kind="activity", title=made.title, colour=worst)

    def say(self) -> None:
        """Let a body decide something, or say what changed; some are corrected or taken down."""
        place, on = self.random.randrange(len(BODIES)), self.edge()
        shared = {"body_id": self.bodies[place].id, "author_id": self.author.id}
        states = (SaidState.PUBLISHED, SaidState.PUBLISHED, SaidState.CORRECTED)
        state = self.random.choice((*states, SaidState.WITHDRAWN))
        model: Any = self.random.choice((BodyDecision, Change))
        if model is BodyDecision:
            words = {"decided_on": on, "decided": "Yes", "reasons": "So.", "not_done": "No."}
        else:
            words = {"happened_on": on, "what": "Lights.", "effect": "It is lit."}
        key = uuid.uuid4()
        made = model(id=key, family_id=key, state=state, **shared, **words)
        db.session.add(made)
        db.session.flush()
        if state is SaidState.PUBLISHED:
            kind = "decision" if model is BodyDecision else "change"
            self.book.note("decisions", kind=kind, key=key, body=BODIES[place], happened_on=on)

    def happen(self) -> None:
        """Let all of it happen."""
        self.author_of_papers = make_account(Role.SECRETARIAT, email="kai@example.org")
        self.members = [
            make_account(Role.OVERSIGHT_MEMBER, email=f"m{number}@example.org")
            for number in range(22)
        ]
        for what, times in (
            (self.recommend, 36), (self.ask_people, 24), (self.meet, 10), (self.rate, 12),
            (self.say, 20),
        ):  # fmt: skip
            for _time in range(times):
                what()
        db.session.flush()


@pytest.fixture
def happened(arrange: Any, partnership: None, monkeypatch: Any) -> Callable[..., Year]:
    """Return a function that lets a year happen by a seed, and then lets it be another day."""

    def move_clock(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)

    def make(seed: int, first: date, last: date, today: date) -> Year:
        with arrange():
            year = Year(seed, first, last, move_clock)
            year.happen()
        move_clock(datetime.combine(today, time(12), clock.LONDON).astimezone(UTC))
        return year

    return make
