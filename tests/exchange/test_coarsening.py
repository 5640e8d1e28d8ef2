"""In a file of single people nobody stands in too small a group."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from vrn_community.exchange.coarsening import NOT_SHOWN, coarsened

PEOPLE = st.lists(
    st.tuples(*(st.sampled_from(values) for values in ("ABCDEFG", "12345", "xyz"))), max_size=120
)


@settings(max_examples=300)
@given(people=PEOPLE, least=st.integers(1, 12))
def test_each_combination_is_shared_by_as_many_as_the_threshold(people, least):
    shown = coarsened(people, least)

    sizes = Counter(map(tuple, shown))
    if len(people) >= least:
        assert all(size >= least for size in sizes.values())
    else:
        assert set(sizes) <= {(NOT_SHOWN,) * 3}
    for told, true in zip(shown, people, strict=True):
        assert all(cell in (value, NOT_SHOWN) for cell, value in zip(told, true, strict=True))


def test_large_groups_keep_what_they_said_and_what_is_in_front_keeps_most():
    people = [("here", "young")] * 12 + [("here", "old")] * 3 + [("there", "young")] * 15

    shown = Counter(map(tuple, coarsened(people, 10)))

    assert shown == {("here", NOT_SHOWN): 15, ("there", "young"): 15}


def test_one_small_group_is_not_left_to_be_guessed():
    people = [("A",)] * 40 + [("B",)] * 20 + [("C",)] * 2

    assert Counter(map(tuple, coarsened(people, 10))) == {("A",): 40, (NOT_SHOWN,): 22}
