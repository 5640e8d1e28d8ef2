"""Charts draw what may be seen, and nothing else can be measured in them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrn_community.insights import charts, disclosure
from vrn_community.insights.charts import (
    Bars,
    Distribution,
    Point,
    Series,
    Stack,
    Tile,
    TileMap,
    Waves,
)
from vrn_community.insights.tabulate import Row, Table, percent
from vrn_community.questionnaires.question_types.scales import AGREEMENT

STEPS = tuple(AGREEMENT)
PLACES = [("E1", 2, 2), ("E2", 1, 1), ("E3", 2, 1)]
SHARES = st.integers(0, 100)


def series(*shares: int | None, rest: Point | None = None) -> Series:
    points = [
        Point.hidden(f"{place}") if share is None else Point(f"{place}", share, share)
        for place, share in enumerate(shares)
    ]
    return Series("Row", tuple(points), rest)


def table(kind: str, counts: dict[str, int], **changes: object) -> Table:
    base = sum(counts.values())
    rows = [Row(key, key.title(), count, percent(count, base)) for key, count in counts.items()]
    return Table("q", "Where?", kind, base, tuple(rows), **changes)  # type: ignore[arg-type]


def drawn(safe: disclosure.Protected) -> charts.Chart:
    assert isinstance(safe, Table)
    labels = {row.choice_id: row.label for row in safe.rows}
    for row in safe.rows:
        labels |= row.merged
    return charts.of_table(safe, labels | safe.left_out, "Share", PLACES)


def names(chart: charts.Chart) -> list[str]:
    return [label for label, _points in chart.lines]


# Points


@pytest.mark.parametrize("figure", [{"percent": 3}, {"count": 3}, {"percent": 3, "count": 3}])
def test_a_hidden_point_cannot_carry_a_figure(figure):
    with pytest.raises(ValueError, match="no figure"):
        Point("Blaby", is_hidden=True, **figure)


@pytest.mark.parametrize("share", [None, -1, 101])
def test_a_point_that_is_shown_has_a_share_of_the_whole(share):
    with pytest.raises(ValueError, match="0 to 100"):
        Point("Blaby", share)


def test_a_hidden_point_cannot_be_drawn():
    with pytest.raises(ValueError, match="cannot be drawn"):
        _ = Point.hidden("Blaby").share


def test_series_with_other_labels_are_not_compared():
    with pytest.raises(ValueError, match="same labels"):
        Bars((series(1, 2), series(1)))


# Parts of a whole


def test_parts_follow_each_other_and_fill_the_bar():
    parts = Stack(STEPS, (row := series(21, 36, 19, 15, 9),)).parts(row)

    assert [(part.step, part.start, part.length) for part in parts] == [
        (1, 0, 21),
        (2, 21, 36),
        (3, 57, 19),
        (4, 76, 15),
        (5, 91, 9),
    ]


def test_what_was_put_together_stands_last_in_one_piece():
    row = series(None, 36, 19, None, 9, rest=Point("Put together", 36, 36))

    parts = Stack(STEPS, (row,)).parts(row)

    assert [(part.step, part.length) for part in parts] == [(2, 36), (3, 19), (5, 9), (0, 36)]


def test_a_row_with_one_hidden_part_is_not_drawn_for_it_could_be_measured():
    stack = Stack(STEPS, (series(21, 36, None, 15, 9),))

    assert stack.parts(stack.rows[0]) == []
    assert all(point.is_hidden for point in stack.rows[0].points)


@given(st.lists(st.none() | SHARES, min_size=5, max_size=5))
def test_no_part_is_drawn_for_a_hidden_step(shares):
    stack = Stack(STEPS, (series(*shares),))

    parts = stack.parts(stack.rows[0])

    shown = {step for step, share in enumerate(shares, 1) if share is not None}
    assert {part.step for part in parts} <= shown | {0}
    assert not parts or shares.count(None) != 1
    assert sum(part.length for part in parts) == pytest.approx(100 if any(parts) else 0, abs=0.1)


@given(st.lists(SHARES, min_size=3, max_size=3), *[st.integers(0, 40)] * 4)
def test_a_drawing_does_not_depend_on_how_the_rest_is_divided(shown, one, other, third, fourth):
    def parts(first: int, second: int) -> Sequence[charts.Part]:
        # Whatever the two hidden ones are, only their sum can be given.
        row = series(*shown, None, None, rest=Point("Rest", min(100, first + second)))
        return Stack(STEPS, (row,)).parts(row)

    if one + other == third + fourth:
        assert parts(one, other) == parts(third, fourth)


# Lines, bands, shades


def test_no_line_passes_over_a_hidden_wave():
    waves = Waves((series(10, None, 30, 50),))

    assert waves.strokes(waves.series[0]) == [(62.5, 70, 87.5, 50)]
    assert waves.dots(waves.series[0]) == [(12.5, 90), (62.5, 70), (87.5, 50)]
    assert waves.gaps == [37.5]


def test_quartiles_lie_in_the_bands_where_the_people_are():
    assert Distribution((series(10, 20, 40, 20, 10),)).quartiles == (1, 2, 3)
    assert Distribution((series(80, 10, 10),)).quartiles == (0, 0, 0)


def test_no_quartile_is_marked_where_a_band_is_hidden():
    assert Distribution((series(10, None, 40),)).quartiles == ()
    assert Distribution((series(),)).quartiles == ()


@given(st.lists(st.none() | SHARES, min_size=1, max_size=9))
def test_each_share_has_the_shade_whose_bounds_hold_it(shares):
    tiles = [Tile(1, 1, point) for point in series(*shares).points]
    tile_map = TileMap("Share", tuple(tiles))

    for tile in tiles:
        shade = tile_map.shade(tile.point)
        assert (shade == 0) is tile.point.is_hidden
        if shade:
            first, last = tile_map.shades[shade - 1]
            assert first <= tile.point.share <= last


# Which chart fits a table


def test_a_scale_is_drawn_as_parts_of_one_bar():
    chart = drawn(table("frequency-scale", dict.fromkeys(STEPS, 20)))

    assert isinstance(chart, Stack)
    assert names(chart) == [key.title() for key in STEPS]


def test_small_steps_of_a_scale_are_shown_together_only():
    counts = dict(zip(STEPS, (40, 30, 20, 7, 4), strict=True))

    chart = drawn(disclosure.protect(table("agreement-scale", counts), 10))

    assert isinstance(chart, Stack)
    hidden = [point.label for point in chart.rows[0].points if point.is_hidden]
    assert hidden == ["Disagree", "Strongly-Disagree"]
    assert chart.rows[0].rest == Point("Other answers", 11, 11)


def test_areas_are_drawn_on_the_map_in_the_order_of_reading():
    chart = drawn(table("area", {"e1": 50, "e2": 30, "e3": 12, "elsewhere": 10}))

    assert isinstance(chart, TileMap)
    assert names(chart) == ["E2", "E3", "E1", "Elsewhere"]


def test_areas_with_few_people_have_no_shade_and_no_figure():
    counts = {"e1": 50, "e2": 6, "e3": 5, "elsewhere": 40}

    chart = drawn(disclosure.protect(table("area", counts), 10))

    assert isinstance(chart, TileMap)
    assert [chart.shade(tile.point) for tile in chart.tiles][:2] == [0, 0]
    assert names(chart) == ["E2", "E3", "E1", "Elsewhere", "Other answers"]


def test_answers_that_are_left_out_are_rows_without_a_bar():
    safe = table("multiple-choice", {"lights": 50}, is_multiple=True, left_out={"buses": "Buses"})

    chart = drawn(safe)

    assert isinstance(chart, Bars)
    assert chart.lines[1] == ("Buses", (Point.hidden("Buses"),))


def test_bands_of_numbers_have_quartiles_only_while_all_are_shown():
    counts = {"band-0": 50, "band-1": 30, "band-2": 7, "band-3": 4}

    assert isinstance(drawn(table("number", counts)), Distribution)
    assert isinstance(drawn(disclosure.protect(table("number", counts), 10)), Bars)
