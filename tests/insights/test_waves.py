"""The same question over time: joined by what rows count, and nothing that the tables hide."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from vrn_community.insights import disclosure, waves
from vrn_community.insights.tabulate import Row, Table, percent
from vrn_community.insights.waves import Wave


def table(*counts, kind="single-choice", **changes):
    base = sum(counts)
    rows = [Row(a, a.title(), n, percent(n, base)) for a, n in zip("abcdef", counts, strict=False)]
    return Table("worry-1", "Do you worry?", kind, base, tuple(rows), **changes)


def wave(year, found, name="Ask"):
    return Wave(name, date(year, 5, 1), found)


def shares(compared):
    return {line.row.label: [row.percent for row in line.rows] for line in compared.lines}


def test_waves_stand_in_order_of_time_with_their_rows_joined():
    compared = waves.compare([wave(2026, table(30, 70)), wave(2024, table(50, 50))])

    assert [w.day.year for w in compared.waves] == [2024, 2026]
    assert shares(compared) == {"A": [50, 30], "B": [50, 70]}
    assert not compared.has_more


def test_one_wave_alone_is_no_comparison():
    assert waves.compare([wave(2026, table(30, 70))]) is None
    assert waves.compare([]) is None


def test_answers_of_another_form_are_not_compared():
    several = table(30, 70, is_multiple=True)

    assert waves.compare([wave(2024, table(30, 70)), wave(2026, several)]) is None


def test_only_rows_that_stand_in_all_waves_are_compared():
    merged = disclosure.protect(table(60, 30, 7, 5), 10)

    compared = waves.compare([wave(2024, table(40, 30, 20, 10)), wave(2026, merged)])

    assert shares(compared) == {"A": [40, 59], "B": [30, 29]}
    assert compared.has_more


def test_the_same_answers_put_together_are_one_line_that_is_not_drawn():
    merged = disclosure.protect(table(60, 30, 7, 5), 10)

    compared = waves.compare([wave(2024, merged), wave(2026, merged)])

    assert shares(compared)["Other answers"] == [12, 12]
    assert [line.row.label for line in compared.drawn] == ["A", "B"]


def test_the_answers_that_changed_most_are_drawn():
    compared = waves.compare([wave(2024, table(40, 40, 20)), wave(2026, table(42, 20, 38))])

    assert [(line.row.label, line.change) for line in compared.drawn] == [("B", -20), ("C", 18)]
    chart = waves.chart(compared, ["2024", "2026"], ["B", "C"])
    assert [[point.percent for point in series.points] for series in chart.series] == [
        [40, 20],
        [20, 38],
    ]


COUNTS = st.lists(st.integers(0, 40), min_size=4, max_size=4)


@given(st.lists(COUNTS, min_size=2, max_size=4))
def test_no_number_is_told_that_the_protected_tables_do_not_show(people):
    protected = [disclosure.protect(table(*counts), 10) for counts in people]
    shown = [found for found in protected if isinstance(found, Table)]
    compared = waves.compare([wave(2020 + n, found) for n, found in enumerate(shown)])

    for line in compared.lines if compared else ():
        for row, found in zip(line.rows, shown, strict=True):
            assert row in found.rows
            assert row.count >= 10
