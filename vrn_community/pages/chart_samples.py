"""Charts and maps with made-up numbers: as they mostly are, and at their limits."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from vrn_community.foundation.i18n import data_text
from vrn_community.insights.charts import (
    Bars,
    Chart,
    Distribution,
    Dots,
    Point,
    Series,
    Stack,
    Tile,
    TileMap,
    Waves,
)
from vrn_community.questionnaires.question_types.scales import AGREEMENT

#: Sixty characters.
LONG = _l("I can get home late in the evening without being worried once")
#: The areas with their column and row, in the order of reading.
AREAS = (
    ("North West Leicestershire", 1, 1),
    ("Charnwood", 2, 1),
    ("Melton", 3, 1),
    ("Hinckley and Bosworth", 1, 2),
    ("Leicester", 2, 2),
    ("Oadby and Wigston", 3, 2),
    ("Rutland", 4, 2),
    ("Blaby", 2, 3),
    ("Harborough", 3, 3),
)
VARIANTS = {
    "ordinary": _l("as it mostly is"),
    "empty": _l("without numbers"),
    "one": _l("with one row"),
    "long": _l("with long names"),
    "twelve": _l("with twelve rows"),
    "hidden": _l("with numbers that are not shown"),
}
ROWS = {"empty": 0, "one": 1, "twelve": 12}
HIDDEN = (1, 2)


@dataclass(frozen=True)
class Sample:
    """A chart as a page would ask for it."""

    id: str
    title: str
    reading: str
    first: str
    chart: Chart


def samples(variants: tuple[str, ...] = tuple(VARIANTS)) -> Iterator[Sample]:
    """Go through each kind of chart in each variant."""
    for kind, (title, first, make) in _kinds().items():
        for variant in variants:
            reading = _("This sentence says what the numbers show.")
            name = f"{title}: {VARIANTS[variant]}"
            yield Sample(f"{kind}-{variant}", name, reading, first, make(variant))


def _kinds() -> dict[str, tuple[str, str, Callable[[str], Chart]]]:
    return {
        "bars": (_("Bars"), _("Area"), _bars),
        "distribution": (_("Numbers in bands"), _("Answer"), _distribution),
        "dots": (_("Dots"), _("Area"), _dots),
        "waves": (_("Line over time"), _("When"), _waves),
        "stack": (_("Stacked bars"), _("Statement"), _stack),
        "map": (_("Map"), _("Area"), _map),
    }


def _names(variant: str, ordinary: int) -> list[str]:
    """Return names of areas, or long ones, as many as a variant has."""
    known = [data_text(name) for name, _column, _row in AREAS]
    names = [*known, *(f"{name} 2" for name in known)]
    if variant == "long":
        names = [f"{number}. {LONG}" for number in range(1, ordinary + 1)]
    return names[: ROWS.get(variant, ordinary)]


def _series(variant: str, name: Any, names: Sequence[str], start: int) -> Series:
    points = [
        Point.hidden(label)
        if variant == "hidden" and place in HIDDEN
        else Point(label, percent := (start + 17 * place) % 83, 5 * percent)
        for place, label in enumerate(names)
    ]
    return Series(str(name), tuple(points))


def _two(variant: str, names: list[str], one: Any, other: Any) -> tuple[Series, ...]:
    first = _series(variant, one, names, 44)
    return first, _series("" if variant == "hidden" else variant, other, names, 38)


def _bars(variant: str) -> Bars:
    return Bars(_two(variant, _names(variant, 4), _("By day"), _("After dark")))


def _distribution(variant: str) -> Distribution:
    span = Markup('<bdi dir="ltr">{}\N{EN DASH}{}</bdi>')
    names: list[str] = [span.format(start, start + 4) for start in range(0, 60, 5)]
    if variant == "long":
        names = _names(variant, 6)
    kept = names[: ROWS.get(variant, 6)]
    return Distribution((_series(variant, _("Share of the people who answered"), kept, 12),))


def _dots(variant: str) -> Dots:
    names = _names(variant, 4)
    return Dots(_two(variant, names, _("People who answered"), _("Residents, Census 2021")))


def _waves(variant: str) -> Waves:
    names = [f"{month:02}/{year}" for year in (2026, 2027) for month in (2, 4, 6, 8, 10, 12)]
    if variant == "long":
        names = _names(variant, 4)
    kept = names[: ROWS.get(variant, 5)]
    return Waves(_two(variant, kept, _("By day"), _("After dark")))


def _stack(variant: str) -> Stack:
    steps = tuple(str(step) for step in AGREEMENT.values())
    shares: tuple[tuple[int, ...], ...] = (
        (21, 36, 19, 15, 9),
        (7, 16, 25, 31, 21),
        (48, 2, 0, 3, 47),
    )
    if variant == "twelve":  # As many parts as can be told apart.
        steps = (*steps, _("No answer"))
        shares = tuple((*share[:4], share[4] - 4, 4) for share in shares)
    rows = [
        Series(name, tuple(map(Point, steps, shares[place % 3])))
        for place, name in enumerate(_names(variant, 3))
    ]
    if variant == "hidden":
        rows = [_with_rest(rows[0]), _without(rows[1], 1), _without(rows[2], 2)]
    return Stack(steps, tuple(rows), _("Put together"))


def _with_rest(row: Series) -> Series:
    """Return a row in which the two smallest parts were put together."""
    label = _("Other answers, put together: %(answers)s", answers="; ".join(row.labels[3:]))
    points = _without(row, 2).points
    return Series(row.name, points, Point(label, sum(p.share for p in row.points[3:])))


def _without(row: Series, number: int) -> Series:
    """Return a row in which some of the last parts are hidden."""
    hidden = [Point.hidden(label) for label in row.labels[-number:]]
    return Series(row.name, (*row.points[:-number], *hidden))


def _map(variant: str) -> TileMap:
    points = _series(variant, "", _names(variant, len(AREAS))[: len(AREAS)], 3).points
    tiles = [
        Tile(column, row, point) for (_name, column, row), point in zip(AREAS, points, strict=False)
    ]
    elsewhere = (Point(_("Somewhere else"), 4, 20),) if tiles else ()
    return TileMap(_("Share of the people who answered"), tuple(tiles), elsewhere)
