"""What charts and maps are drawn from, and the arithmetic of drawing them; pure.

Macros draw points only, never bare numbers: a point that is hidden has no figure, so no
length, place or shade can tell it. Where the parts of a whole are drawn, the hidden ones
stand together at the end as one rest, as long as what the shown ones leave; a whole with
one single hidden part is not drawn, because the rest would be that part.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import ClassVar

from vrn_community.insights import quartiles
from vrn_community.insights.tabulate import Row, Table
from vrn_community.questionnaires.question_types import scales

WHOLE = 100
PLACES = ("area", "area-map")
SCALES = (scales.AGREEMENT, scales.FREQUENCY, scales.SATISFACTION, scales.SENTIMENT)
#: What the darkest shade of a map can end with: each parts into five whole steps.
TOPS = (5, 10, 20, 25, 50, 100)
SHADES = 5
#: So many parts of a bar can be told apart in grey.
MOST_PARTS = 6
#: Code, column and row of a tile.
Place = tuple[str, int, int]


@dataclass(frozen=True)
class Point:
    """One figure as it may be seen: whole per cent, and how many people where that is known."""

    label: str
    percent: int | None = None
    count: int | None = None
    is_hidden: bool = False

    def __post_init__(self) -> None:
        has_figure = self.percent is not None or self.count is not None
        if self.is_hidden and has_figure:
            raise ValueError("A hidden point has no figure.")
        if not self.is_hidden and not (self.percent is not None and 0 <= self.percent <= WHOLE):
            raise ValueError("A point that is shown has a share from 0 to 100.")

    @classmethod
    def hidden(cls, label: str) -> "Point":
        """Return a point that is not shown."""
        return cls(label, is_hidden=True)

    @property
    def share(self) -> int:
        """The per cent to draw; nothing that is hidden is drawn."""
        if self.percent is None:
            raise ValueError("A hidden point cannot be drawn.")
        return self.percent


@dataclass(frozen=True)
class Series:
    """Points that belong together, in a fixed order; `rest` is what was put together."""

    name: str
    points: tuple[Point, ...]
    rest: Point | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the points."""
        return tuple(point.label for point in self.points)


#: A line of the table below a chart: what it is about, and its points.
Line = tuple[str, tuple[Point | None, ...]]


@dataclass(frozen=True)
class Compared:
    """One or two series with the same labels."""

    series: tuple[Series, ...]

    def __post_init__(self) -> None:
        if len({series.labels for series in self.series}) != 1 or len(self.series) > 2:
            raise ValueError("A chart compares one or two series with the same labels.")

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the series."""
        return tuple(series.name for series in self.series)

    @property
    def lines(self) -> list[Line]:
        """Each label with its points, one for each series."""
        return [
            (points[0].label, points)
            for points in zip(*(series.points for series in self.series), strict=True)
        ]


@dataclass(frozen=True)
class Bars(Compared):
    """Bars below each other."""

    kind: ClassVar = "bars"


@dataclass(frozen=True)
class Distribution(Compared):
    """Bars of bands of numbers in their order, with the quartiles marked."""

    kind: ClassVar = "distribution"

    @property
    def quartiles(self) -> tuple[int, ...]:
        """The places of the bands of the lower quartile, the median and the upper quartile.

        None where a band is hidden: it could lie in it.
        """
        points = self.series[0].points
        counts = [point.count for point in points if point.count is not None]
        return quartiles.places(counts) if len(counts) == len(points) else ()


@dataclass(frozen=True)
class Dots(Compared):
    """Two series as marks on one track for each label."""

    kind: ClassVar = "dots"


@dataclass(frozen=True)
class Waves(Compared):
    """Shares over time, one place for each wave."""

    kind: ClassVar = "waves"

    def place(self, index: int) -> float:
        """Return how far along a wave stands, in per cent of the width."""
        return round((index + 0.5) / len(self.series[0].points) * WHOLE, 2)

    def dots(self, series: Series) -> list[tuple[float, int]]:
        """Return how far along, and how far down, each shown point stands."""
        return [
            (self.place(index), WHOLE - point.share)
            for index, point in enumerate(series.points)
            if not point.is_hidden
        ]

    def strokes(self, series: Series) -> list[tuple[float, int, float, int]]:
        """Return the lines between neighbours; none passes over a hidden point."""
        return [
            (self.place(index), WHOLE - one.share, self.place(index + 1), WHOLE - other.share)
            for index, (one, other) in enumerate(pairwise(series.points))
            if not (one.is_hidden or other.is_hidden)
        ]

    @property
    def gaps(self) -> list[float]:
        """Where something is hidden."""
        points = zip(*(series.points for series in self.series), strict=True)
        hidden = [any(point.is_hidden for point in wave) for wave in points]
        return [self.place(index) for index, is_hidden in enumerate(hidden) if is_hidden]


@dataclass(frozen=True)
class Part:
    """A piece of a stacked bar, in per cent of its length; `step` is 0 for the rest."""

    step: int
    start: float
    length: float


@dataclass(frozen=True)
class Stack:
    """Steps of a scale as parts of a whole, a bar for each row."""

    kind: ClassVar = "stack"
    steps: tuple[str, ...]
    rows: tuple[Series, ...]
    #: What the table calls that which was put together, where a row among others has some.
    rest_name: str = ""

    def __post_init__(self) -> None:
        if any(len(row.points) != len(self.steps) for row in self.rows):
            raise ValueError("Each row has a point for each step.")
        object.__setattr__(self, "rows", tuple(_closed(row) for row in self.rows))

    def parts(self, row: Series) -> list[Part]:
        """Return the pieces of a row in the order of the steps, the rest last."""
        shown = [(step, p.share) for step, p in enumerate(row.points, 1) if not p.is_hidden]
        if not shown:
            return []
        if len(shown) < len(row.points):
            left = max(0, WHOLE - sum(share for _step, share in shown))
            shown.append((0, row.rest.share if row.rest else left))
        total = sum(share for _step, share in shown) or 1
        ends = list(accumulate((share for _step, share in shown), initial=0))
        return [
            Part(step, round(start / total * WHOLE, 2), round(share / total * WHOLE, 2))
            for (step, share), start in zip(shown, ends, strict=False)
            if share
        ]

    @property
    def has_rest(self) -> bool:
        """Whether some parts are not shown by themselves."""
        return any(point.is_hidden for row in self.rows for point in row.points)

    @property
    def columns(self) -> tuple[str, ...]:
        """The steps; of one row alone, its name."""
        if len(self.rows) == 1:
            return (self.rows[0].name,)
        return (*self.steps, self.rest_name) if self._has_sums else self.steps

    @property
    def _has_sums(self) -> bool:
        return any(row.rest for row in self.rows)

    @property
    def lines(self) -> list[Line]:
        """Each row with its points; of one row alone, each step with its point."""
        if len(self.rows) == 1:
            row = self.rows[0]
            rest = [row.rest] if row.rest else []
            return [(point.label, (point,)) for point in (*row.points, *rest)]
        rests = [(row.rest,) if self._has_sums else () for row in self.rows]
        return [
            (row.name, (*row.points, *rest)) for row, rest in zip(self.rows, rests, strict=True)
        ]


def _closed(row: Series) -> Series:
    """Return a row of which nothing can be measured that it hides."""
    hidden = sum(point.is_hidden for point in row.points)
    if hidden != 1:
        return row
    return Series(row.name, tuple(Point.hidden(label) for label in row.labels))


@dataclass(frozen=True)
class Tile:
    """An area on the map: its place, and its figure."""

    column: int
    row: int
    point: Point


@dataclass(frozen=True)
class TileMap:
    """Areas as equal tiles, in the order of reading, and what has no place on the map."""

    kind: ClassVar = "map"
    name: str
    tiles: tuple[Tile, ...]
    elsewhere: tuple[Point, ...] = ()

    @property
    def top(self) -> int:
        """Where the darkest shade ends."""
        most = max((t.point.share for t in self.tiles if not t.point.is_hidden), default=0)
        return next(top for top in TOPS if top >= most)

    @property
    def shades(self) -> list[tuple[int, int]]:
        """The first and the last per cent of each shade, the lightest first."""
        step = self.top // SHADES
        ends = [step * shade - 1 for shade in range(1, SHADES)]
        return [(end - step + 1, end) for end in ends] + [(self.top - step, self.top)]

    def shade(self, point: Point) -> int:
        """Return the number of the shade of a point, from 1; 0 if it is hidden."""
        if point.is_hidden:
            return 0
        return min(SHADES, point.share * SHADES // self.top + 1)

    @property
    def columns(self) -> tuple[str, ...]:
        """The name of what the map shows."""
        return (self.name,)

    @property
    def lines(self) -> list[Line]:
        """Each area with its point, and what has no place."""
        points = (*(tile.point for tile in self.tiles), *self.elsewhere)
        return [(point.label, (point,)) for point in points]


Chart = Bars | Distribution | Dots | Waves | Stack | TileMap


def of_shares(shares: Sequence[tuple[str, int]], name: str) -> Bars:
    """Return whole per cent, each with its label, as bars."""
    return Bars((Series(name, tuple(Point(label, share) for label, share in shares)),))


def beside(rows: Sequence[tuple[str, int, int]], names: tuple[str, str]) -> Dots:
    """Return two whole per cent for each label, such as of people who answered and of residents."""
    firsts = Series(names[0], tuple(Point(label, first) for label, first, _second in rows))
    seconds = Series(names[1], tuple(Point(label, second) for label, _first, second in rows))
    return Dots((firsts, seconds))


def of_table(
    table: Table, labels: Mapping[str, str], name: str, places: Iterable[Place] = ()
) -> Chart:
    """Return the chart that fits a table that was made safe: `labels` are words by choice."""
    steps = _scale(table)
    if steps:
        return _stack(table, labels, name, steps)
    if table.kind in PLACES:
        return _map(table, labels, name, places)
    points = [_point(row, labels) for row in table.rows]
    points += [Point.hidden(labels[key]) for key in table.left_out]
    series = (Series(name, tuple(points)),)
    is_whole = table.kind in quartiles.BANDED and not any(row.merged for row in table.rows)
    return Distribution(series) if is_whole else Bars(series)


def _point(row: Row, labels: Mapping[str, str]) -> Point:
    return Point(labels[row.choice_id], row.percent, row.count)


def of_grid(
    tables: Sequence[Table], labels: Sequence[Mapping[str, str]], names: Sequence[str]
) -> Stack | None:
    """Return the rows of a grid as bars below each other: words by choice and a name for each.

    None where there are more steps than can be told apart.
    """
    steps = grid_steps(tables)
    if len(steps) > MOST_PARTS:
        return None
    rows = []
    for table, words, name in zip(tables, labels, names, strict=True):
        rows.append(Series(name, *_shown_of(table, words, steps)))
    return Stack(rows[0].labels, tuple(rows))


def grid_steps(tables: Sequence[Table]) -> Sequence[str]:
    """Return the choices of a grid in their order, as far as rows that show all tell it."""
    plainest = sorted(tables, key=lambda table: any(row.merged for row in table.rows))
    known = [
        key for table in plainest for row in table.rows for key in row.merged or [row.choice_id]
    ]
    return _scale(tables[0]) or list(dict.fromkeys(known))


def _scale(table: Table) -> Sequence[str]:
    """Return the steps of the scale that a table is about, if it is about one."""
    chosen = {choice for row in table.rows for choice in row.choices}
    fitting = [list(scale) for scale in SCALES if chosen == set(scale)]
    return fitting[0] if fitting and not table.left_out else ()


def _stack(table: Table, labels: Mapping[str, str], name: str, steps: Sequence[str]) -> Stack:
    points, rest = _shown_of(table, labels, steps)
    row = Series(name, points, rest)
    return Stack(row.labels, (row,))


def _map(table: Table, labels: Mapping[str, str], name: str, places: Iterable[Place]) -> TileMap:
    by_place = sorted(places, key=lambda place: (place[2], place[1]))
    on_map = [(code.lower(), x, y) for code, x, y in by_place if code.lower() in labels]
    points, rest = _shown_of(table, labels, [key for key, _column, _row in on_map])
    tiles = [
        Tile(column, row, point) for (_key, column, row), point in zip(on_map, points, strict=True)
    ]
    keys = {key for key, _column, _row in on_map}
    others = [row for row in table.rows if not row.merged and row.choice_id not in keys]
    elsewhere = [*(_point(row, labels) for row in others), *([rest] if rest else ())]
    return TileMap(name, tuple(tiles), tuple(elsewhere))


def _shown_of(
    table: Table, labels: Mapping[str, str], keys: Sequence[str]
) -> tuple[tuple[Point, ...], Point | None]:
    """Return a point for each choice, hidden if it was put together; and that as the rest."""
    rows = {row.choice_id: row for row in table.rows if not row.merged}
    rest = next((_point(row, labels) for row in table.rows if row.merged), None)
    points = [
        _point(rows[key], labels) if key in rows else Point.hidden(labels[key]) for key in keys
    ]
    return tuple(points), rest
