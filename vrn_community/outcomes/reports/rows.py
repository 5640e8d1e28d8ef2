"""What a report counts: one row for each thing, with the cells of the file of the same name. Pure.

Rows hold days and what happened, all of it public already, and no words but titles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

#: Of which recommendation or promise, and of its first or second round.
Round = tuple[str, int]


class Recommendation(NamedTuple):
    """What was asked of a body, what it answered, and what the board said."""

    recommendation: str
    activity: str
    body: str
    sent_on: date
    #: The day that was named first.
    reply_by: date
    first_reply_on: date | None
    first_answer: str
    challenged_on: date | None
    challenge_reply_by: date | None
    second_reply_on: date | None
    second_answer: str
    escalated_on: date | None
    board_answer_by: date | None
    board_answered_on: date | None


class Promise(NamedTuple):
    """What a body promised to do because of a recommendation."""

    promise: str
    recommendation: str
    body: str
    made_on: date
    #: The day that was named first.
    due_on: date
    ended_on: date | None
    #: done or dropped.
    end: str


class Move(NamedTuple):
    """That a day was moved."""

    of: str
    key: str
    round: int
    body: str
    moved_on: date
    former_day: date
    new_day: date
    came_late: str


class Meeting(NamedTuple):
    """A meeting that was held; how many came, in whole steps of the threshold."""

    held_on: date
    members_at_least: int


class Rating(NamedTuple):
    """What was rated in the period, by the most serious colour that anybody gave it."""

    kind: str
    title: str
    colour: str


class Activity(NamedTuple):
    """What people were asked."""

    activity: str
    body: str
    published_on: date
    closed_on: date | None
    answer_due_on: date | None
    answered_on: date | None
    #: How many took part at least, as the published results tell it; none without results.
    people: int | None


class Decision(NamedTuple):
    """What a body decided, or what is different."""

    kind: str
    key: str
    body: str
    happened_on: date


@dataclass(frozen=True)
class Rows:
    """Everything that one report counts, by kind, as its files have it."""

    recommendations: Sequence[Recommendation] = ()
    promises: Sequence[Promise] = ()
    moves: Sequence[Move] = ()
    meetings: Sequence[Meeting] = ()
    ratings: Sequence[Rating] = ()
    activities: Sequence[Activity] = ()
    decisions: Sequence[Decision] = ()
    #: The moves by what was moved, in the order in which they were made.
    by_round: Mapping[Round, list[Move]] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the moves by what they moved."""
        found: dict[Round, list[Move]] = {}
        for move in self.moves:
            found.setdefault((move.key, move.round), []).append(move)
        object.__setattr__(self, "by_round", found)

    def due(self, key: str, number: int, first_day: date, on: date) -> date:
        """Return the day that counted on a day; one that was named too late never counts."""
        found = first_day
        for move in self.by_round.get((key, number), ()):
            if move.came_late == "no" and move.moved_on <= on:
                found = move.new_day
        return found
