"""Quartiles are named by their bands, and only where the protected rows tell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrn_community.insights import disclosure, quartiles
from vrn_community.insights.quartiles import Quartiles
from vrn_community.insights.tabulate import Row, Table, percent

COUNTS = st.lists(st.integers(0, 40), min_size=2, max_size=8)


def table(counts, kind="number", **changes):
    base = sum(counts)
    rows = [Row(f"band-{n}", f"B{n}", c, percent(c, base)) for n, c in enumerate(counts)]
    return Table("q", "How old?", kind, base, tuple(rows), **changes)


def test_a_quartile_is_the_band_in_which_it_lies():
    assert quartiles.of_table(table([10, 20, 40, 20, 10])) == Quartiles("B1", "B2", "B3")
    assert quartiles.of_table(table([80, 10, 10])) == Quartiles("B0", "B0", "B0")


def test_the_tenth_band_stands_behind_the_second():
    assert quartiles.of_table(table([10] * 11)) == Quartiles("B2", "B5", "B8")


@pytest.mark.parametrize("kind", ["single-choice", "agreement-scale", "area"])
def test_what_is_no_number_has_none(kind):
    assert quartiles.of_table(table([10, 20, 40], kind)) is None


def test_bands_that_were_put_together_at_one_end_leave_the_middle_known():
    safe = disclosure.protect(table([50, 30, 20, 7, 4]), 10)

    assert isinstance(safe, Table)
    assert quartiles.of_table(safe) == Quartiles("B0", "B1", "B2")


def test_nothing_is_said_where_bands_from_both_ends_were_put_together():
    merged = Row("other-answers", "Other answers", 60, 60, merged={"band-0": "B0", "band-2": "B2"})
    shown = Row("band-1", "B1", 40, 40)

    assert quartiles.of_table(Table("q", "Q", "number", 100, (shown, merged))) is None


def test_of_nobody_nothing_is_said():
    assert quartiles.of_table(table([0, 0])) is None
    assert quartiles.places([]) == ()


@given(COUNTS)
def test_what_is_said_of_protected_rows_is_true_of_all_people(counts):
    exact = table(counts)
    safe = disclosure.protect(exact, 10)
    said = quartiles.of_table(safe) if isinstance(safe, Table) else None
    truth = quartiles.of_table(exact)

    if said:
        for name in ("lower", "median", "upper"):
            assert getattr(said, name) in (None, getattr(truth, name))
