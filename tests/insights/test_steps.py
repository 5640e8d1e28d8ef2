"""Whoever looks twice at live figures never sees how a few people answered in between."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrn_community.insights import steps

FIRST = date(2026, 11, 1)
K = 10


def shown(counts, on):
    """Return how many days show when it is day `on`."""
    people = {FIRST + timedelta(days=n): count for n, count in enumerate(counts)}
    last = steps.last_shown(people, K, FIRST + timedelta(days=on))
    return 0 if last is None else (last - FIRST).days + 1


@pytest.mark.parametrize(
    ("counts", "on", "days"),
    [
        ([], 5, 0),
        ([9], 5, 0),
        ([30], 5, 0),  # If it closed now, nobody else would hide the last.
        ([30, 9], 5, 0),
        ([30, 9, 1], 5, 1),
        ([30, 9, 1], 2, 0),  # Today has not ended.
        ([4, 6, 5, 5, 3, 7], 6, 4),
    ],
)
def test_figures_stand_still_until_enough_people_came(counts, on, days):
    assert shown(counts, on) == days


@given(st.lists(st.integers(0, 15), max_size=30))
def test_between_two_looks_and_the_close_come_nobody_or_enough(counts):
    looks = [sum(counts[: shown(counts[:on], on)]) for on in range(len(counts) + 1)]

    steps_between = [later - before for before, later in zip(looks, looks[1:], strict=False)]
    assert all(step == 0 or step >= K for step in steps_between)
    assert all(sum(counts[:on]) - look >= K for on, look in enumerate(looks) if look)
