"""How responses came about, as tables under the rules of disclosure; pure.

Their base is everybody, or nearly, and that number is never told (see `disclosure`). So they
show no counts, but shares in steps of 5 per cent that add up to 100. From 20 people on, which
every table that may be shown has, each of them can come from almost any number of people. (Steps
that are rounded each for itself do not hide it: what they miss of 100 tells the number.)
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from vrn_community.insights import disclosure
from vrn_community.insights.disclosure import Refusal
from vrn_community.insights.tabulate import Row, Table
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.base import Answer
from vrn_community.responses import patterns
from vrn_community.responses.models import Flag, Minutes, Way

STEP = 5
NO_FLAG = "none"
Documents = Mapping[UUID, Questionnaire]


@dataclass(frozen=True)
class Came:
    """How one response came about, with its closed answers."""

    version_id: UUID
    answers: dict[str, Answer]
    profile: dict[str, Answer]
    is_partial: bool
    way: Way
    minutes: Minutes | None
    flags: list[str]


@dataclass(frozen=True)
class Shares:
    """One table as it may be seen: groups of answers with the share of each, in steps."""

    id: str
    text: str
    rows: tuple[tuple[tuple[str, ...], int], ...]


def shares(rows: Sequence[Came], documents: Documents, threshold: int) -> list[Shares | Refusal]:
    """Return what may be seen of how responses came about; `documents` are newest first."""
    counted = [*_of_all(rows), *_of_grids(rows, documents), _of_look_alikes(rows, documents)]
    return [_coarse(table) for table in disclosure.protect_together(counted, threshold)]


def of_counts(name: str, counts: Mapping[str, int], threshold: int) -> Shares | Refusal:
    """Return what may be seen of one question that stands alone, from how many chose what."""
    base = sum(counts.values())
    rows = tuple(Row(key, key, number, 0) for key, number in counts.items())
    table = Table(question_id=name, text="", kind=name, base=base, rows=rows)
    return _coarse(disclosure.protect(table, threshold))


def _coarse(table: disclosure.Protected) -> Shares | Refusal:
    if isinstance(table, Refusal):
        return table
    counts = [row.count for row in table.rows]
    if table.is_multiple:
        found = [steps([count, table.base - count])[0] for count in counts]
    else:
        found = steps(counts)
    keys = [tuple(row.merged or [row.choice_id]) for row in table.rows]
    return Shares(table.question_id, table.text, tuple(zip(keys, found, strict=True)))


def steps(counts: Sequence[int]) -> list[int]:
    """Return the share of each count in steps that add up to 100 (largest remainders)."""
    whole, number = 100 // STEP, sum(counts)
    found = [whole * count // number for count in counts]
    by_rest = sorted(range(len(counts)), key=lambda at: -(whole * counts[at] % number))
    for at in by_rest[: whole - sum(found)]:
        found[at] += 1
    return [STEP * share for share in found]


def _of_all(rows: Sequence[Came]) -> list[Table]:
    ways = {row.way for row in rows}
    return [
        _table("complete", ("complete", "partial"), [_completion(row) for row in rows]),
        # A way that nobody took is empty by structure: the staff open it, or do not.
        _table("way", [way for way in Way if way in ways], [(row.way,) for row in rows]),
        _table("minutes", list(Minutes), [(row.minutes,) for row in rows if row.minutes]),
        _table("flags", (NO_FLAG, *Flag), [row.flags or (NO_FLAG,) for row in rows], alone=NO_FLAG),
    ]


def _completion(row: Came) -> tuple[str]:
    return ("partial" if row.is_partial else "complete",)


def _of_grids(rows: Sequence[Came], documents: Documents) -> list[Table]:
    """Return a table for each grid with enough rows, with the words in which it was asked last."""
    texts: dict[str, str] = {}
    for document in documents.values():
        for question in document.questions():
            if question.kind == "grid" and len(question.rows) >= patterns.LEAST_ROWS:
                texts.setdefault(question.id, question.text)
    return [_of_grid(question_id, text, rows) for question_id, text in texts.items()]


def _of_grid(question_id: str, text: str, rows: Sequence[Came]) -> Table:
    found = [patterns.is_straight(row.answers.get(question_id)) for row in rows]
    given = [
        ("straight" if is_straight else "varied",)
        for is_straight in found
        if is_straight is not None
    ]
    return _table(f"straight.{question_id}", ("straight", "varied"), given, text)


def _of_look_alikes(rows: Sequence[Came], documents: Documents) -> Table:
    """Count complete responses with enough closed answers that are all those of somebody else."""
    made = [
        (row.version_id, patterns.pattern(documents[row.version_id], row.answers, row.profile))
        for row in rows
        if not row.is_partial
    ]
    told = [f"{version}{pattern}" for version, pattern in made if pattern is not None]
    given = [("alike" if is_alike else "unlike",) for is_alike in patterns.look_alikes(told)]
    return _table("alike", ("alike", "unlike"), given)


def _table(
    key: str,
    choices: Iterable[str],
    given: Sequence[Collection[str]],
    text: str = "",
    alone: str = "",
) -> Table:
    """Count what was given; where one choice stands alone, the others can go together."""
    counts = Counter(choice for person in given for choice in person)
    rows = [
        Row(str(choice), "", counts[choice], 0, is_exclusive=choice == alone) for choice in choices
    ]
    options: dict[str, Any] = {"is_multiple": bool(alone)}
    return Table(key, text, "paradata", len(given), tuple(rows), **options)
