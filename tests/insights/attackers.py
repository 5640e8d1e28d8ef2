"""People who know the rules, the questionnaire and everything shown, and want a small cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from vrn_community.insights import disclosure
from vrn_community.insights.tabulate import Row, Table, percent
from vrn_community.questionnaires.question_types.base import Missing


def make_table(counts: Sequence[int], question_id: str = "q", **changes: Any) -> Table:
    """Return a table as it is counted: nothing hidden yet, its base the sum if none is given."""
    base = changes.pop("base", sum(counts))
    alone = changes.pop("alone", ())
    rows = tuple(
        Row(f"c{n}", f"Choice {n}", count, percent(count, base), n in alone)
        for n, count in enumerate(counts)
    )
    missing = changes.pop("missing", {Missing.NOT_ANSWERED: 0})
    kind = "multiple-choice" if changes.get("is_multiple") else "single-choice"
    total = sum(missing.values())
    return Table(question_id, "Why?", kind, base, rows, missing, total, **changes)


def parts(total: int, number: int) -> Iterator[tuple[int, ...]]:
    """Go through all ways to split a number of people into cells."""
    if number == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in parts(total - first, number - 1):
            yield (first, *rest)


def possible_answers(shown: Table, choices: Sequence[str]) -> Iterator[dict[str, int]]:
    """Go through all counts by choice that agree with what a table with one answer shows."""
    known = {row.choice_id: row.count for row in shown.rows if not row.merged}
    merged = [row for row in shown.rows if row.merged]
    assert sum(row.count for row in shown.rows) == shown.base
    if not merged:
        yield {choice: known[choice] for choice in choices}
        return
    together = [choice for choice in choices if choice in merged[0].merged]
    for split in parts(merged[0].count, len(together)):
        guess = known | dict(zip(together, split, strict=True))
        yield {choice: guess[choice] for choice in choices}


def possible_missing(shown: Table, kinds: Sequence[Missing], most: int) -> Iterator[dict[Any, int]]:
    """Go through all numbers of people without an answer that agree with what a table shows."""
    if shown.missing:
        yield dict(shown.missing)
    elif shown.no_answer is not None:
        for split in parts(shown.no_answer, len(kinds)):
            yield dict(zip(kinds, split, strict=True))
    else:
        for split in product(range(most + 1), repeat=len(kinds)):
            yield dict(zip(kinds, split, strict=True))


def sizes(cells: Iterator[Mapping[Any, int]]) -> dict[Any, set[int]]:
    """Return which sizes of each cell are possible."""
    found: dict[Any, set[int]] = {}
    for guess in cells:
        for cell, size in guess.items():
            found.setdefault(cell, set()).add(size)
    return found


def knows_the_rules(shown: Table, original: Table, threshold: int) -> dict[Any, set[int]]:
    """Return the possible sizes of each answer for somebody who tries what would look the same."""
    choices = [row.choice_id for row in original.rows]

    def would_look_the_same(guess: Mapping[str, int]) -> bool:
        rows = [replace(row, count=guess[row.choice_id]) for row in original.rows]
        again = disclosure.protect(replace(original, rows=tuple(rows)), threshold)
        return isinstance(again, Table) and cells(again) == cells(shown)

    return sizes(g for g in possible_answers(shown, choices) if would_look_the_same(g))


def cells(table: Table) -> set[tuple[frozenset[str], int]]:
    """Return what a table tells of answers."""
    return {(row.choices, row.count) for row in table.rows}


def looks(table: Table) -> Any:
    """Return everything that a table tells."""
    return table.question_id, frozenset(cells(table)), table.no_answer, *table.missing.items()


def crowds(base: int, number: int, alone: Sequence[int]) -> set[tuple[int, ...]]:
    """Return how many may choose each of several answers, when everybody chooses one at least."""
    sets = [
        chosen
        for chosen in product((0, 1), repeat=number)
        if any(chosen) and (sum(chosen) == 1 or not any(chosen[n] for n in alone))
    ]
    return {
        tuple(sum(n * s[c] for n, s in zip(split, sets, strict=True)) for c in range(number))
        for split in parts(base, len(sets))
    }


@dataclass
class Book:
    """Everything that could be the case, by what it would look like to everybody."""

    pages: dict[Any, dict[Any, set[int]]] = field(default_factory=dict)

    def note(self, looks: Any, truth: Mapping[Any, int]) -> None:
        """Write down that something true would look like this."""
        page = self.pages.setdefault(looks, {})
        for cell, size in truth.items():
            page.setdefault(cell, set()).add(size)

    def known(self) -> Iterator[tuple[Any, Any, int]]:
        """Go through cells whose size can be concluded from how things look."""
        for looks, page in self.pages.items():
            for cell, sizes in page.items():
                if len(sizes) == 1:
                    yield looks, cell, min(sizes)
