"""One item by another, as far as it may be seen; pure.

The rows and columns are those of the two tables that are shown already, so nothing finer than
they is ever shown. Whoever gave no answer stands in the table too, so that its lines add up to
what the two tables say; where the number of people without an answer is not shown, they stand
together with the smallest answer, and the one cell that would give their number is hidden.

A cell below the threshold, an empty one too, is hidden, and with it three others at the corners of
a rectangle (the hypercube method: S. Giessing and D. Repsilber, Tools and strategies to protect
multiple tables, 2002): moving people round the rectangle changes all four and no line, so each
could have another size. The rectangle is so large that the cell itself could reach the
threshold; so what is hidden in a line is never a small number together either.

A question that only some people were asked is not crossed: how many in each group were asked is
the sum of cells of an earlier question, so both tables together would tell cells that neither does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vrn_community.insights import tabulate
from vrn_community.insights.counting import Counts, Crossing
from vrn_community.insights.disclosure import Protected, Reason, Refusal
from vrn_community.insights.tabulate import ABOUT, Row, Table, percent

Mask = NDArray[np.bool_]
#: What costs more than any cell: it is never hidden for another.
NEVER = np.int64(1) << 50


@dataclass(frozen=True)
class Group:
    """A row or a column: some answers of an item, perhaps with people who gave none."""

    labels: Mapping[str, str]
    with_no_answer: bool = False
    #: How many people it has, where that is shown.
    total: int | None = None

    @property
    def key(self) -> str:
        """The answers of the group in one word."""
        return "+".join([*self.labels, *(["no-answer"] if self.with_no_answer else [])])


@dataclass(frozen=True)
class CrossTable:
    """How many people gave each answer to one item, by their answer to another.

    `counts` has a row for each of `rows` and a column for each of `columns`; None is hidden.
    """

    question_id: str
    text: str
    kind: str
    by_id: str
    by_text: str
    rows: tuple[Group, ...]
    columns: tuple[Group, ...]
    counts: tuple[tuple[int | None, ...], ...]
    is_multiple: bool = False
    is_about_person: bool = False
    by_kind: str = ""
    by_about_person: bool = False

    @property
    def is_of_themes(self) -> bool:
        """Whether it counts what people found in words, rather than answers to choose from."""
        return tabulate.is_of_themes(self.question_id)

    @property
    def key(self) -> tuple[str, str]:
        """The names of both tables."""
        names = ((self.question_id, self.is_about_person), (self.by_id, self.by_about_person))
        of, by = (f"{ABOUT}{name}" if is_about else name for name, is_about in names)
        return of, by

    def share(self, row: int, column: int) -> int | None:
        """Return whole per cent of the people of a column; None where that is not known."""
        count, total = self.counts[row][column], self.columns[column].total
        return None if count is None or total is None else percent(count, total)

    @property
    def widest(self) -> tuple[int, int, int] | None:
        """The row whose shares differ most, with the columns of its largest and smallest share."""
        found: tuple[int, int, int] | None = None
        widest = 0
        for row in range(len(self.rows)):
            shares = [(self.share(row, column) or 0, column) for column in self._whole(row)]
            if shares and max(shares)[0] - min(shares)[0] > widest:
                widest = max(shares)[0] - min(shares)[0]
                found = (row, max(shares)[1], min(shares)[1])
        return found

    def _whole(self, row: int) -> list[int]:
        """Return the columns that have a share in a row."""
        return [n for n in range(len(self.columns)) if self.share(row, n) is not None]

    def to_json(self) -> dict[str, Any]:
        """Return the table as a document."""
        return asdict(self)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "CrossTable":
        """Return the table that a document holds."""
        rows, columns = (tuple(Group(**g) for g in document[name]) for name in ("rows", "columns"))
        counts = tuple(tuple(line) for line in document["counts"])
        return cls(**{**document, "rows": rows, "columns": columns, "counts": counts})


def protect(
    crossing: Crossing, of: Protected, by: Protected, threshold: int
) -> CrossTable | Refusal:
    """Return one item by another as far as both tables, which are protected, allow it."""
    if isinstance(of, Refusal):
        return of
    if isinstance(by, Refusal):
        return Refusal(of.question_id, of.text, by.reason, of.is_about_person)
    if of.asked_if or by.asked_if:
        return Refusal(of.question_id, of.text, Reason.HIDDEN_BEFORE, of.is_about_person)
    columns = _groups(by)
    rows = _options(of) if crossing.is_multiple else _groups(of)
    counts = _recoded(crossing, rows, columns)
    has_secret = columns[-1].total is None
    hidden = (
        _hide_options(counts, threshold, has_secret)
        if crossing.is_multiple
        else _hide_alike(counts, threshold, has_secret=has_secret, is_turned=of.key > by.key)
    )
    counts, hidden = counts[: len(rows)], hidden[: len(rows)]
    if not _tells(hidden):
        return Refusal(of.question_id, of.text, Reason.SMALL_ANSWERS, of.is_about_person)
    shown = tuple(
        tuple(None if is_hidden else int(count) for count, is_hidden in zip(*line, strict=True))
        for line in zip(counts, hidden, strict=True)
    )
    return CrossTable(
        of.question_id, of.text, of.kind, by.question_id, by.text, rows, columns, shown,
        crossing.is_multiple, of.is_about_person, by.kind, by.is_about_person,
    )  # fmt: skip


def is_far_from(cross: CrossTable, former: CrossTable, threshold: int) -> bool:
    """Return whether subtracting an earlier cross-table shows no small cell (V19).

    Both must have the same rows and columns and hide the same cells. The people in between are
    a table of their own: as large as the threshold in each cell that is shown, and where cells
    are hidden in a column in these together, or not there at all.
    """
    if _shape(cross) != _shape(former):
        return False
    pairs = zip(_with_hidden(cross), _with_hidden(former), strict=True)
    changes = [now - then for now, then in pairs]
    return not any(changes) or all(abs(change) >= threshold for change in changes)


def _shape(cross: CrossTable) -> tuple[list[str], list[list[bool]]]:
    """Return the rows and columns, and which cells are hidden."""
    names = [group.key for group in (*cross.rows, *cross.columns)]
    return names, [[count is None for count in line] for line in cross.counts]


def _with_hidden(cross: CrossTable) -> Iterator[int]:
    """Go through what is shown in each column, and what is hidden where that is known."""
    for column, group in zip(zip(*cross.counts, strict=True), cross.columns, strict=True):
        shown = [count for count in column if count is not None]
        yield from shown
        if group.total is not None and len(shown) < len(column) and not cross.is_multiple:
            yield group.total - sum(shown)


def _tells(hidden: Mask) -> bool:
    """Return whether two columns at least have a number each."""
    return int((~hidden).any(axis=0).sum()) > 1


def _groups(table: Table) -> tuple[Group, ...]:
    """Return the groups of a table with one answer: people without one stand in the last."""
    rows = sorted(table.rows, key=lambda row: (bool(row.merged), -row.count))
    if table.no_answer is not None:
        ordered = [_group(row, row.count) for row in table.rows]
        return (*ordered, Group({}, with_no_answer=True, total=table.no_answer))
    smallest = rows[-1]
    ordered = [_group(row, row.count) for row in table.rows if row is not smallest]
    return (*ordered, Group(_labels(smallest), with_no_answer=True))


def _options(table: Table) -> tuple[Group, ...]:
    """Return the answers of a table with several answers."""
    return tuple(_group(row, row.count) for row in table.rows)


def _group(row: Row, total: int) -> Group:
    return Group(_labels(row), total=total)


def _labels(row: Row) -> dict[str, str]:
    return dict(row.merged or {row.choice_id: row.label})


def _recoded(crossing: Crossing, rows: Sequence[Group], columns: Sequence[Group]) -> Counts:
    """Return the counts by group; with several answers the last row is everybody."""
    sideways = crossing.counts @ _membership(crossing.by, columns)
    if crossing.is_multiple:
        chosen = sideways[[crossing.choices.index(next(iter(group.labels))) for group in rows]]
        return np.vstack([chosen, sideways[-1]])
    recoded: Counts = _membership(crossing.choices, rows).T @ sideways
    return recoded


def _membership(choices: Sequence[str], groups: Sequence[Group]) -> Counts:
    """Return which choices are in which groups, shape (choices + 1, groups)."""
    found = np.zeros((len(choices) + 1, len(groups)), dtype=np.int64)
    for number, group in enumerate(groups):
        for name in group.labels:
            if name in choices:
                found[choices.index(name), number] = 1
        found[-1, number] = int(group.with_no_answer)
    return found


def _hide_options(counts: Counts, threshold: int, has_secret: bool) -> Mask:
    """Hide cells of answers of which people give several: each is a table of yes and no."""
    hidden = np.zeros(counts.shape, dtype=np.bool_)
    for number, chosen in enumerate(counts[:-1]):
        two = np.vstack([chosen, counts[-1] - chosen])
        hidden[number] = hide(two, threshold, has_secret=has_secret)[0]
    return hidden


def _hide_alike(counts: Counts, threshold: int, *, has_secret: bool, is_turned: bool) -> Mask:
    """Hide the same cells of a table and of that table turned, for somebody may see both."""
    if is_turned:
        return hide(counts.T, threshold, has_secret=has_secret).T
    return hide(counts, threshold, has_secret=has_secret)


def hide(counts: Counts, threshold: int, *, has_secret: bool) -> Mask:
    """Return which cells are hidden, shape of `counts`, so that no small one can be worked out.

    Everybody may know the sums of all lines. With a secret, the last cell of the last row is
    hidden, and the sums of its two lines are not known.
    """
    hidden: Mask = counts < threshold
    room = counts.copy()
    if has_secret:
        hidden[-1, -1] = True
        room[-1, -1] = NEVER  # Its lines can have any sum, so it is no limit to what moves.
    for row, column in _smallest_first(counts, threshold):
        if room[row, column] != NEVER:
            needed = threshold - int(counts[row, column])
            _hide_rectangle((row, column), needed, counts, room, hidden)
    return hidden


def _smallest_first(counts: Counts, threshold: int) -> list[tuple[int, int]]:
    small = [(int(row), int(column)) for row, column in np.argwhere(counts < threshold)]
    return sorted(small, key=lambda cell: int(counts[cell]))


def _hide_rectangle(
    cell: tuple[int, int], needed: int, counts: Counts, room: Counts, hidden: Mask
) -> None:
    """Hide the rectangle of a small cell that costs least; everything, if there is none."""
    row, column = cell
    price = np.where(hidden, 0, counts + 1)
    across = np.where(room[row] >= needed, price[row], NEVER)
    down = np.where(room[:, column] >= needed, price[:, column], NEVER)
    across[column], down[row] = NEVER, NEVER
    total = price + across[np.newaxis, :] + down[:, np.newaxis]
    best = np.unravel_index(np.argmin(total), total.shape)
    if total[best] >= NEVER:
        hidden[:] = True
        return
    other_row, other_column = best
    hidden[row, other_column] = hidden[other_row, column] = hidden[best] = True
