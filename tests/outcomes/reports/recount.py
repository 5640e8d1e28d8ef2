"""The figures of a report counted anew from its files of rows: nothing of the service is used.

What counts is written here a second time, from the words on the page, with the csv module alone.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from statistics import median_low

Row = Mapping[str, str]
Files = Mapping[str, list[Row]]
FILES = (
    "recommendations",
    "promises",
    "moves",
    "meetings",
    "ratings",
    "activities",
    "decisions",
)
ANSWERS = {
    "accepted": "Accepted",
    "partly": "Accepted in part",
    "not-accepted": "Not accepted",
    "": "Not answered yet",
}
COLOURS = {"green": "Green", "amber": "Amber", "red": "Red"}
Figures = Counter[str]


def read(text: str) -> list[Row]:
    """Return the rows of one file."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


class Recount:
    """One period, counted from its first day to the last day that counts."""

    def __init__(self, files: Files, first: date, last: date) -> None:
        self.files, self.first, self.last = files, first, last
        self.moves: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in files["moves"]:
            self.moves[row["key"], row["round"]].append(row)

    def is_in(self, cell: str) -> bool:
        found = day(cell)
        return found is not None and self.first <= found <= self.last

    def is_by(self, cell: str) -> bool:
        found = day(cell)
        return found is not None and found <= self.last

    def due(self, key: str, number: str, first_day: str, on: date) -> date:
        """Return the day that counted on a day: later ones count if they were named in time."""
        found = date.fromisoformat(first_day)
        for move in self.moves[key, number]:
            if move["came_late"] == "no" and date.fromisoformat(move["moved_on"]) <= on:
                found = date.fromisoformat(move["new_day"])
        return found

    def figures(self) -> Figures:
        """Return all figures by the words that stand beside them on the page."""
        found: Figures = Counter()
        for part in (self.asked, self.promised, self.moved, self.group, self.heard):
            found.update(part())
        return found

    def asked(self) -> Iterable[str]:
        for row in self.files["recommendations"]:
            if self.is_in(row["sent_on"]):
                yield "Sent"
                answers = [
                    row[f"{place}_answer"]
                    for place in ("first", "second")
                    if self.is_by(row[f"{place}_reply_on"])
                ]
                yield ANSWERS[answers[-1] if answers else ""]
            yield from self.rounds(row)
            if self.is_in(row["challenged_on"]):
                yield "Replies that the group challenged"
            yield from self.board(row)

    def rounds(self, row: Row) -> Iterable[str]:
        both = (
            ("1", row["sent_on"], row["reply_by"], row["first_reply_on"]),
            ("2", row["challenged_on"], row["challenge_reply_by"], row["second_reply_on"]),
        )
        for number, asked_on, first_day, replied_on in both:
            key, given = row["recommendation"], day(replied_on)
            if given and self.is_in(replied_on):
                is_late = given > self.due(key, number, first_day, given)
                yield "Replies given late" if is_late else "Replies given in time"
            if self.is_by(asked_on) and not self.is_by(replied_on):
                yield "Waiting for a reply on the last day"
                if self.due(key, number, first_day, self.last) < self.last:
                    yield "Late on the last day"

    def board(self, row: Row) -> Iterable[str]:
        if self.is_in(row["escalated_on"]):
            yield "Brought before the board"
        if self.is_in(row["board_answered_on"]):
            yield "Answered by the board"
        if self.is_by(row["escalated_on"]) and not self.is_by(row["board_answered_on"]):
            yield "Waiting for the board on the last day"
            answer_by = day(row["board_answer_by"])
            if answer_by and answer_by < self.last:
                yield "The board is late on the last day"

    def promised(self) -> Iterable[str]:
        for row in self.files["promises"]:
            key, ended = row["promise"], day(row["ended_on"])
            if self.is_in(row["made_on"]):
                yield "Promises made"
            if ended and self.is_in(row["ended_on"]):
                is_late = ended > self.due(key, "1", row["due_on"], ended)
                done = "Done after its day" if is_late else "Done in time"
                yield {"done": done, "dropped": "Given up, with a reason"}[row["end"]]
            if self.is_by(row["made_on"]) and not self.is_by(row["ended_on"]):
                yield "Still to do on the last day"
                if self.due(key, "1", row["due_on"], self.last) < self.last:
                    yield "Late to do on the last day"

    def moved(self) -> Iterable[str]:
        for row in self.files["moves"]:
            if self.is_in(row["moved_on"]):
                of = {"recommendation": "reply", "promise": "promise"}[row["of"]]
                yield f"Days of a {of} that were moved"
                if row["came_late"] == "yes":
                    yield f"Days of a {of} that were moved too late to count"

    def group(self) -> Iterable[str]:
        for row in self.files["meetings"]:
            if self.is_in(row["held_on"]):
                yield "Meetings"
        for row in self.files["ratings"]:
            yield COLOURS[row["colour"]]
        for row in self.files["decisions"]:
            if self.is_in(row["happened_on"]):
                yield {"decision": "Decisions", "change": "Changes"}[row["kind"]]

    def heard(self) -> Iterable[str]:
        for row in self.files["activities"]:
            due, answered = day(row["answer_due_on"]), day(row["answered_on"])
            if self.is_in(row["closed_on"]):
                yield "Closed"
            if answered and self.is_in(row["answered_on"]):
                is_late = due is not None and answered > due
                yield "Answered late" if is_late else "Answered in time"
            if self.is_by(row["answered_on"]) or not self.is_by(row["published_on"]):
                continue
            is_late = due is not None and due < self.last
            if is_late or self.is_by(row["closed_on"]):
                yield "Not answered on the last day"
                if is_late:
                    yield "Answer late on the last day"

    def days_to_reply(self) -> int | None:
        """Return after how many days the middle one of the first replies came."""
        rows = [row for row in self.files["recommendations"] if self.is_in(row["first_reply_on"])]
        waits = [
            (date.fromisoformat(row["first_reply_on"]) - date.fromisoformat(row["sent_on"])).days
            for row in rows
        ]
        return median_low(waits) if waits else None

    def people(self) -> int:
        """Return how many took part at least, in what closed and has public results."""
        closed = (row for row in self.files["activities"] if self.is_in(row["closed_on"]))
        return sum(int(row["people"] or 0) for row in closed)

    def came(self) -> int:
        """Return how many came to all meetings at least, in whole steps for each meeting."""
        held = (row for row in self.files["meetings"] if self.is_in(row["held_on"]))
        return sum(int(row["members_at_least"]) for row in held)
