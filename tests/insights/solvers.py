"""Somebody with a solver who adds up all that is shown of several questions, at two times.

Each person stands in one cell of a table of two or three items at a time: of what they chose, of
several answers and themes too, of whether a follow-up was asked, and of how they gave no answer.
The attacker writes each number shown as an equation over these cells, of the people of a first
release and of those who came after it, and asks a solver how small and how large each small cell
can be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog, milp
from scipy.sparse import csr_matrix

from tests.insights.populations import CLOSE, THRESHOLD
from tests.insights.surveys import MISSING, NAMED, SETS, WORDS, Shown, Survey, shown, survey
from vrn_community.insights.crossing import CrossTable, Group
from vrn_community.insights.tabulate import Table
from vrn_community.questionnaires.document import Questionnaire

Mask = NDArray[np.bool_]
Equation = tuple[Mask, int]
#: A cell: its name, which solutions' cells it is the sum of, and how many people it has.
Target = tuple[Any, NDArray[np.float64], int]


@dataclass(frozen=True)
class Axis:
    """One item: the ways to answer it, each as the choices it has, or as a kind of no answer."""

    key: str
    states: tuple[frozenset[str], ...]

    def place(self, answer: Any) -> int:
        """Return where somebody with an answer stands."""
        chosen = answer if isinstance(answer, list) else [answer or "not-answered"]
        return self.states.index(frozenset(chosen))

    def chose(self, choices: Any, *, with_no_answer: bool = False) -> Mask:
        """Return who chose any of some choices, or gave no answer, shape (states,)."""
        wanted = [bool(state & frozenset(choices)) for state in self.states]
        silent = [with_no_answer and self.is_silent(state) for state in self.states]
        return np.array(wanted) | np.array(silent)

    def is_silent(self, state: frozenset[str]) -> bool:
        """Return whether it is no answer."""
        return bool(state & {"not-answered", *MISSING})


def axis(document: Questionnaire, key: str) -> Axis:
    """Return the states of an item."""
    if key == WORDS:
        names = [theme.key for theme in NAMED]
        several = [frozenset(s) for n in (1, 2, 3) for s in combinations(names, n)]
        return Axis(key, (*several, frozenset({"not-answered"})))
    question_id, _dot, row = key.partition(".")
    question = document.question(question_id)
    item = next(item for item in question.items() if item.id == row)
    names = [choice.id for choice in item.choices if not choice.missing]
    silent = [frozenset({kind}) for kind in ("not-answered", *question.offers)]
    if not item.is_multiple:
        return Axis(key, (*(frozenset({name}) for name in names), *silent))
    alone = {choice.id for choice in item.choices if choice.is_exclusive}
    sets = [frozenset(s) for n in range(1, len(names) + 1) for s in combinations(names, n)]
    return Axis(key, (*(s for s in sets if len(s) == 1 or not s & alone), *silent))


@dataclass
class Attacker:
    """Somebody with a solver, who looks at some items together, at two times."""

    survey: Survey
    keys: Sequence[str]
    #: Solutions that agree with everything shown.
    pool: list[NDArray[Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Set up the cells: of the first people, and of those who came later."""
        self.axes = [axis(self.survey.document, key) for key in self.keys]
        self.shape = tuple(len(one.states) for one in self.axes)
        self.times = [self._count(self.survey.first), self._count(self.survey.later)]
        self.possible = self._possible().ravel()
        self.number_of_times = 2 if self.survey.later else 1

    def _count(self, people: Sequence[Any]) -> NDArray[np.int64]:
        cells = np.zeros(self.shape, dtype=np.int64)
        for person in people:
            cells[tuple(self._place(one, person) for one in self.axes)] += 1
        return cells

    def _place(self, one: Axis, person: dict[str, Any]) -> int:
        question_id, _dot, row = one.key.partition(".")
        answer = person.get(question_id)
        return one.place(answer.get(row) if isinstance(answer, dict) else answer)

    def _possible(self) -> Mask:
        """Return the cells that are not empty by structure: a follow-up needs its answer."""
        found = np.ones(self.shape, dtype=np.bool_)
        for follow_up in {"f", WORDS} & set(self.keys) if "q" in self.keys else ():
            q, f = self.keys.index("q"), self.keys.index(follow_up)
            rule = self.survey.document.question(follow_up[-1]).show_if
            if rule is None:
                continue
            asked = self.axes[q].chose(rule.includes)  # type: ignore[union-attr]
            answered = ~np.array([s == {"not-answered"} for s in self.axes[f].states])
            found &= ~(self._along(q, ~asked) & self._along(f, answered))
        if {"g.r1", "g.r2"} <= set(self.keys):  # Who would rather not say says so of all rows.
            for kind in self.axes[0].states:
                if self.axes[0].is_silent(kind) and kind != {"not-answered"}:
                    places = self._along(0, np.array([s == kind for s in self.axes[0].states]))
                    others = self._along(1, np.array([s == kind for s in self.axes[1].states]))
                    found &= places == others
        return found

    def _along(self, number: int, states: Mask) -> Mask:
        shape = [1] * len(self.shape)
        shape[number] = -1
        return np.broadcast_to(states.reshape(shape), self.shape)

    def equations(self, found: Shown) -> Iterator[Equation]:
        """Go through what the tables say of the cells, at their time."""
        for number, one in enumerate(self.axes):
            if one.key in found.tables:
                for states, count in self._of_table(one, found.tables[one.key]):
                    yield self._along(number, states), count
        for cross in found.crosses:
            if set(cross.key) <= set(self.keys):
                yield from self._of_cross(cross)

    def _of_table(self, one: Axis, table: Table) -> Iterator[Equation]:
        silent = one.chose((), with_no_answer=True)
        yield ~silent, table.base
        for row in table.rows:
            yield one.chose(row.choices), row.count
        if table.no_answer is not None:
            yield silent, table.no_answer
        for kind, count in table.missing.items():
            if kind in MISSING:  # Who was not asked and who skipped stand in one state.
                yield one.chose([kind]), count

    def _of_cross(self, cross: CrossTable) -> Iterator[Equation]:
        of, by = (self.keys.index(key) for key in cross.key)
        for row, line in zip(cross.rows, cross.counts, strict=True):
            for column, count in zip(cross.columns, line, strict=True):
                if count is not None:
                    yield self._group(of, row) & self._group(by, column), count

    def _group(self, number: int, group: Group) -> Mask:
        one = self.axes[number]
        return self._along(number, one.chose(group.labels, with_no_answer=group.with_no_answer))

    def small(self, most: int | None) -> list[Target]:
        """Return the small cells, or some of them by chance."""
        found = [target for target in self.targets() if target[2] < THRESHOLD]
        chance = np.random.default_rng(len(found))
        picked = chance.permutation(len(found))[:most]
        return [found[place] for place in picked]

    def known(self, wanted: Sequence[Target], first: Shown, second: Shown | None) -> list[Any]:
        """Return the small cells whose number follows from everything shown, with the number."""
        self._write(first, second)
        return [(name, size) for name, weights, size in wanted if self._is(weights)]

    def _write(self, first: Shown, second: Shown | None) -> None:
        lines = [(self._flat(mask, (1, 0)), count) for mask, count in self.equations(first)]
        if second is not None:
            lines += [(self._flat(mask, (1, 1)), count) for mask, count in self.equations(second)]
        blank = self._flat(np.zeros(self.shape), (0, 0))
        rows = np.array([line for line, _count in lines] or [blank], dtype=float)
        self.matrix = csr_matrix(rows)
        self.numbers = np.array([count for _line, count in lines] or [0], dtype=float)
        # What is true agrees with everything: one bound that is far from it is enough.
        self.pool = [np.concatenate([time.ravel() for time in self.times[: self.number_of_times]])]

    def _flat(self, mask: Any, at: tuple[int, int]) -> NDArray[np.float64]:
        cells = np.asarray(mask, dtype=float).ravel() * self.possible
        return np.concatenate([cells * time for time in at[: self.number_of_times]])

    def targets(self) -> Iterator[Target]:
        """Go through the cells of one and of two items: at first, later, and in between."""
        times = {"first": (1, 0), "later": (1, 1), "between": (0, 1)}
        for name, at in list(times.items())[: 3 if self.number_of_times == 2 else 1]:
            for mask, cell in self._cells():
                weights = self._flat(mask, at)
                if weights.any():
                    counts = (int((t * mask).sum()) for t in self.times)
                    size = sum(n * count for n, count in zip(at, counts, strict=True))
                    yield (name, *cell), weights, size

    def _cells(self) -> Iterator[tuple[Mask, Any]]:
        singles = [list(self._choices(number)) for number in range(len(self.axes))]
        for found in singles:
            yield from found
        for one, other in combinations(singles, 2):
            for (mask, cell), (second, second_cell) in product(one, other):
                yield mask & second, (cell, second_cell)

    def _choices(self, number: int) -> Iterator[tuple[Mask, Any]]:
        """Go through the answers to an item; that somebody skipped it is none."""
        one = self.axes[number]
        for choice in sorted(frozenset().union(*one.states) - {"not-answered"}):
            yield self._along(number, one.chose([choice])), f"{one.key}={choice}"

    def _is(self, weights: NDArray[np.float64]) -> bool:
        bounds: dict[int, float | None] = {}
        # The side on which there may be more room first: mostly it is enough.
        for sign in (1, -1) if weights @ self.pool[0] > CLOSE else (-1, 1):
            bounds[sign] = None if self._is_open(weights) else self._bound(sign * weights)
            if bounds[sign] is None or self._is_open(weights):
                return False
        low, high = np.ceil((bounds[1] or 0.0) - 1e-6), np.floor(-(bounds[-1] or 0.0) + 1e-6)
        if 0 < high - low <= CLOSE:
            low, high = self._whole(weights), -self._whole(-weights)
        return bool(low == high)

    def _is_open(self, weights: NDArray[np.float64]) -> bool:
        seen = np.array(self.pool) @ weights
        return bool(seen.max() - seen.min() > CLOSE)

    def _bound(self, wanted: NDArray[np.float64]) -> float | None:
        found = linprog(wanted, A_eq=self.matrix, b_eq=self.numbers, bounds=(0, None))
        if found.status == 3:  # As large as you like.
            return None
        assert found.status == 0, found.message
        self.pool.append(found.x)
        return float(found.fun)

    def _whole(self, wanted: NDArray[np.float64]) -> float:
        exact = (self.matrix, self.numbers, self.numbers)
        found = milp(wanted, constraints=exact, integrality=np.ones(len(wanted)),
                     options={"time_limit": 5})  # fmt: skip
        return round(found.fun) if found.status == 0 else float(np.sign(-wanted.sum()) * np.inf)


@dataclass(frozen=True)
class Finding:
    """How many small cells somebody tried to work out, and which they did."""

    tried: int
    recovered: list[Any]


def attack(seed: int, most: int | None = None, sets: Any = SETS) -> Finding:
    """Look at the live tables of a random survey, then at a release and at a later one.

    `most`: try at most so many small cells of each set of items, by chance.
    """
    of = survey(seed)
    live, first = shown(of.document, of.first), shown(of.document, of.first, by="ab")
    everybody = [*of.first, *of.later]
    looks: list[tuple[Survey, Shown, Shown | None]] = [(Survey(of.document, of.first), live, None)]
    if len(of.later) >= THRESHOLD:
        looks.append((of, first, shown(of.document, everybody, [first], by="ab")))
    tried, recovered = 0, []
    for keys, (asked, before, after) in product(sets, looks):
        attacker = Attacker(asked, keys)
        wanted = attacker.small(most)
        tried += len(wanted)
        recovered += [(keys, *found) for found in attacker.known(wanted, before, after)]
    return Finding(tried, recovered)
