"""Made-up people of the real area, and somebody who sees everything shown about them.

The attacker writes down what each number says as an equation over all cells of the whole table
(question by area by age), those of people without an answer included, and asks a solver how small
and how large each small cell can be: if both are the same, the cell is known.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog, milp
from scipy.sparse import csr_matrix

from vrn_community.insights import columns, counting, crossing, disclosure
from vrn_community.insights.counting import Dataset, Part
from vrn_community.insights.crossing import CrossTable, Group
from vrn_community.insights.disclosure import Protected
from vrn_community.insights.tabulate import Table
from vrn_community.questionnaires.document import Questionnaire

#: Residents of the nine areas in thousands (Census 2021).
AREAS = (369, 184, 114, 105, 103, 98, 58, 52, 41)
THRESHOLD = 10
#: Cells whose bounds are so close that whole numbers may leave only one.
CLOSE = 3
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Population:
    """People with an answer to a question, an area and an age band, or none of one of these."""

    document: Questionnaire
    people: Sequence[Mapping[str, Any]]
    #: How many there are of each, exactly: shape (answers + 1, areas + 1, bands + 1).
    cells: NDArray[np.int64]

    @property
    def data(self) -> Dataset:
        """The answers as the service has them."""
        key = uuid.UUID(int=1)
        coded = columns.encode(self.document, self.people)
        return Dataset([Part(key, len(self.people), coded)], {key: self.document})


def population(seed: int) -> Population:
    """Return people who answer by chance, some of them alike within an area."""
    chance = np.random.default_rng(seed)
    sizes = {"q": int(chance.integers(2, 7)), "a": len(AREAS), "b": int(chance.integers(3, 11))}
    total = int(chance.integers(60, 1_500))
    drawn = {name: _draw(chance, total, name, size) for name, size in sizes.items()}
    alike = chance.random(total) < 0.3
    drawn["q"][alike] = np.minimum(drawn["a"][alike], sizes["q"]) % (sizes["q"] + 1)
    cells = np.zeros(tuple(size + 1 for size in sizes.values()), dtype=np.int64)
    np.add.at(cells, tuple(drawn.values()), 1)
    people = [_answers(one, sizes) for one in zip(*drawn.values(), strict=True)]
    return Population(_document(sizes), people, cells)


def _answers(places: Sequence[int], sizes: Mapping[str, int]) -> dict[str, str]:
    named = zip(sizes, places, strict=True)
    return {name: f"{name}{place}" for name, place in named if place < sizes[name]}


def _draw(chance: np.random.Generator, total: int, name: str, size: int) -> NDArray[np.int64]:
    shares = np.array(AREAS) / sum(AREAS) if name == "a" else chance.dirichlet(np.full(size, 0.8))
    values = chance.choice(size, total, p=shares)
    values[chance.random(total) < chance.choice([0, 0.01, 0.1])] = size
    return values


def _document(sizes: Mapping[str, int]) -> Questionnaire:
    questions = [
        {
            "kind": "single-choice",
            "id": name,
            "text": name,
            "choices": [{"id": f"{name}{n}", "text": f"{name}{n}"} for n in range(size)],
        }
        for name, size in sizes.items()
    ]
    sections = [{"id": "s", "title": "", "questions": questions}]
    return Questionnaire.model_validate({"asks_age_band": False, "sections": sections})


def everything_shown(of: Population) -> Iterator[Protected | CrossTable]:
    """Go through all that is shown: each item, and each by each other one."""
    items = counting.items(of.data)
    exact = [counting.table(of.data, versions) for versions in items.values()]
    tables = {table.key: table for table in disclosure.protect_together(exact, THRESHOLD)}
    yield from tables.values()
    for one, other in combinations(items, 2):
        crossed = counting.cross(of.data, items[one], items[other])
        yield crossing.protect(crossed, tables[one], tables[other], THRESHOLD)


def known_cells(of: Population, shown: Sequence[Any]) -> list[tuple[tuple[int, ...], int]]:
    """Return the small cells, of any one or two items, whose size follows from what is shown."""
    attacker = _Attacker(of, shown)
    return [
        (cell, size)
        for cell, mask in _small_cells(of)
        if (size := int(of.cells[mask].sum())) < THRESHOLD and attacker.knows(mask)
    ]


def _small_cells(of: Population) -> Iterator[tuple[tuple[int, ...], Mask]]:
    shape = of.cells.shape
    for axes in [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2)]:
        for places in product(*(range(shape[axis]) for axis in axes)):
            mask = _mask(shape, {axis: [p] for axis, p in zip(axes, places, strict=True)})
            yield (*axes, *places), mask


def _mask(shape: tuple[int, ...], wanted: Mapping[int, Sequence[int]]) -> Mask:
    mask = np.zeros(shape, dtype=np.bool_)
    mask[np.ix_(*(wanted.get(axis, range(size)) for axis, size in enumerate(shape)))] = True
    return mask


class _Attacker:
    """Somebody with a solver."""

    def __init__(self, of: Population, shown: Sequence[Any]) -> None:
        self.shape, self.axes = of.cells.shape, {"q": 0, "a": 1, "b": 2}
        equations = [one for table in shown for one in self._equations(table)]
        self.cells = csr_matrix(np.array([mask.ravel() for mask, _ in equations], dtype=float))
        self.numbers = np.array([number for _, number in equations], dtype=float)

    def _equations(self, table: Any) -> Iterator[tuple[Mask, int]]:
        if isinstance(table, Table):
            axis = self.axes[table.question_id]
            for row in table.rows:
                yield _mask(self.shape, {axis: self._places(row.choices, axis)}), row.count
            if table.no_answer is not None:
                yield _mask(self.shape, {axis: [self.shape[axis] - 1]}), table.no_answer
        elif isinstance(table, CrossTable):
            yield from self._crossed(table)

    def _crossed(self, table: CrossTable) -> Iterator[tuple[Mask, int]]:
        row_axis, column_axis = self.axes[table.question_id], self.axes[table.by_id]
        for row, line in zip(table.rows, table.counts, strict=True):
            for column, count in zip(table.columns, line, strict=True):
                if count is not None:
                    wanted = {
                        row_axis: self._group(row, row_axis),
                        column_axis: self._group(column, column_axis),
                    }
                    yield _mask(self.shape, wanted), count

    def _group(self, group: Group, axis: int) -> list[int]:
        last = [self.shape[axis] - 1] if group.with_no_answer else []
        return [*self._places(group.labels, axis), *last]

    def _places(self, choices: Any, axis: int) -> list[int]:
        return [int(name[1:]) for name in choices]

    def knows(self, mask: Mask) -> bool:
        """Return whether only one size of some cells together agrees with everything."""
        wanted = mask.ravel().astype(float)
        least, most = self._bound(wanted), self._bound(-wanted)
        if least is None or most is None:
            return False
        low, high = np.ceil(least - 1e-6), np.floor(-most + 1e-6)
        if 0 < high - low <= CLOSE:
            low, high = self._whole(wanted), -self._whole(-wanted)
        return bool(low == high)

    def _bound(self, wanted: NDArray[np.float64]) -> float | None:
        found = linprog(wanted, A_eq=self.cells, b_eq=self.numbers, bounds=(0, None))
        return None if found.status == 3 else float(found.fun)  # 3: as large as you like.

    def _whole(self, wanted: NDArray[np.float64]) -> float:
        exact = (self.cells, self.numbers, self.numbers)
        found = milp(wanted, constraints=exact, integrality=np.ones(len(wanted)),
                     options={"time_limit": 5})  # fmt: skip
        return round(found.fun) if found.status == 0 else float(np.sign(-wanted.sum()) * np.inf)
