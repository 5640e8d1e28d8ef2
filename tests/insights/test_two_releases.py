"""Somebody keeps an old release and subtracts it from the new one."""

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insights.attackers import make_table
from vrn_community.insights import disclosure
from vrn_community.insights.disclosure import Reason
from vrn_community.insights.tabulate import Table

K = 10
SMALL_K = 3


def release(*tables, formers=(), threshold=K):
    found = disclosure.protect_together(tables, threshold, formers)
    return {table.question_id: table for table in found if isinstance(table, Table)}


def test_the_same_people_may_be_released_again():
    table = make_table([40, 30, 20])
    former = release(table)

    assert release(table, formers=[former]).keys() == {"q"}


@pytest.mark.parametrize(
    ("later", "is_shown"),
    [
        ([41, 30, 20], False),
        ([50, 40, 30], True),
        ([50, 40, 29], False),  # Nine chose the last.
        ([60, 40, 20], False),  # Nobody did.
        ([40, 30, 19], False),  # Somebody was taken out.
    ],
)
def test_the_people_between_two_releases_are_a_table_too(later, is_shown):
    former = release(make_table([40, 30, 20]))

    assert bool(release(make_table(later), formers=[former])) is is_shown


def test_merging_something_else_does_not_help_an_attacker():
    former = release(make_table([40, 30, 2, 3, 7]))
    later = make_table([50, 40, 10, 3, 8])  # Before 12 together; now 10, and 11 together.

    found = disclosure.protect_together([later], K, [former])[0]

    assert found.reason is Reason.TOO_CLOSE


def test_several_answers_grow_by_enough_who_chose_them_and_enough_who_did_not():
    def crowd(*numbers, base):
        return make_table(numbers, base=base, is_multiple=True)

    former = release(crowd(40, 50, base=80))
    assert former
    assert release(crowd(50, 60, base=100), formers=[former])
    assert not release(crowd(59, 60, base=99), formers=[former])
    assert not release(crowd(41, 60, base=100), formers=[former])


def test_every_earlier_release_counts_not_only_the_last():
    first, second = release(make_table([40, 30])), release(make_table([60, 50]))

    assert release(make_table([80, 70]), formers=[second, first])
    assert not release(make_table([62, 52]), formers=[second, first])
    assert not release(make_table([44, 33]), formers=[second, first])


def test_a_later_release_does_not_tell_how_many_gave_no_answer():
    table = make_table([40, 30], missing={"not-answered": 20})
    former = release(table)

    assert former["q"].no_answer == 20
    assert release(table, formers=[former])["q"].no_answer is None


def unions(rows):
    """Return each set of choices that some rows of a table count together, with its number."""
    some = chain.from_iterable(combinations(rows, n) for n in range(1, len(rows) + 1))
    return {frozenset().union(*(r.choices for r in c)): sum(r.count for r in c) for c in some}


@settings(deadline=None)
@given(
    first=st.lists(st.integers(0, 9), min_size=2, max_size=5),
    added=st.lists(st.integers(0, 6), min_size=5, max_size=5),
)
def test_subtracting_two_releases_shows_no_small_group(first, added):
    former = release(make_table(first), threshold=SMALL_K)
    second = [a + b for a, b in zip(first, added, strict=False)]
    later = release(make_table(second), formers=[former], threshold=SMALL_K)
    if not (former and later):
        return

    before, after = unions(former["q"].rows), unions(later["q"].rows)
    differences = [after[group] - before[group] for group in before.keys() & after.keys()]
    assert differences  # At least the base.
    assert not any(differences) or min(differences) >= SMALL_K
