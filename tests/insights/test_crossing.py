"""One item by another: nobody works out a small cell, whatever else is shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.insights import populations
from tests.insights.attackers import make_table
from vrn_community.insights import crossing, disclosure
from vrn_community.insights.counting import Crossing
from vrn_community.insights.crossing import CrossTable
from vrn_community.insights.disclosure import Reason, Refusal

K = 10
SEEDS = range(20)
SIDES = st.integers(2, 5)


def protected(counts, *, no_answer=None, threshold=K):
    """Cross two items whose answers have these counts; the last line of each is without one."""
    counts = np.array(counts)
    rows, columns = counts.shape
    of, by = (
        make_table(
            counts.sum(axis=axis)[:-1].tolist(), name,
            missing={"not-answered": int(counts.sum(axis=axis)[-1])},
        )
        for axis, name in ((1, "q"), (0, "by"))
    )  # fmt: skip
    names = tuple(f"c{n}" for n in range(max(rows, columns)))
    found = Crossing(counts, names[: rows - 1], names[: columns - 1], is_multiple=False)
    tables = disclosure.protect_together([of, by], threshold)
    return crossing.protect(found, *tables, threshold)


def test_a_table_without_small_cells_is_shown_whole():
    table = protected([[40, 30, 10], [20, 50, 10], [10, 10, 10]])

    assert table.counts == ((40, 30, 10), (20, 50, 10), (10, 10, 10))
    assert [group.total for group in table.columns] == [70, 90, 30]
    assert table.rows[-1].with_no_answer
    assert table.share(0, 0) == 57


def test_where_few_gave_no_answer_they_stand_with_the_smallest_answer():
    table = protected([[40, 30, 1], [20, 50, 0], [2, 0, 0]])

    assert [(list(group.labels), group.with_no_answer) for group in table.columns] == [
        (["c1"], False),
        (["c0"], True),
    ]
    assert table.columns[1].total is None
    assert table.counts[-1][-1] is None  # It would give the number of all people.
    assert table.share(0, 1) is None


def test_a_small_cell_is_hidden_with_three_others():
    hidden = crossing.hide(np.array([[4, 50, 60], [40, 50, 60], [40, 70, 60]]), K, has_secret=False)

    assert hidden.sum() == 4
    assert hidden[0, 0]
    assert hidden.sum(axis=0).tolist().count(2) == 2


def test_a_table_in_which_nothing_is_left_is_refused():
    assert protected([[11, 3, 0], [4, 12, 0], [0, 0, 0]]) == Refusal(
        "q", "Why?", Reason.SMALL_ANSWERS
    )


def test_what_is_refused_by_itself_is_refused_by_anything():
    counts = np.array([[95, 2], [3, 0], [0, 0]])
    of, by = disclosure.protect_together([make_table([97, 3]), make_table([98, 2], "by")], K)

    found = Crossing(counts, ("c0", "c1"), ("c0",), is_multiple=False)

    assert isinstance(crossing.protect(found, of, by, K), Refusal)


def test_each_of_several_answers_is_a_table_of_yes_and_no():
    counts = np.array([[40, 15, 0], [5, 45, 0], [70, 60, 0]])
    of = make_table([55, 50], base=130, is_multiple=True)
    by = make_table([70, 60], "by")
    tables = disclosure.protect_together([of, by], K)

    table = crossing.protect(Crossing(counts, ("c0", "c1"), ("c0", "c1"), True), *tables, K)

    assert table.counts == ((40, 15), (None, None))


def test_a_table_survives_as_a_document():
    table = protected([[40, 30, 1], [20, 50, 0], [2, 0, 0]])

    assert CrossTable.from_json(table.to_json()) == table


@settings(deadline=None, max_examples=200)
@given(
    counts=arrays(np.int64, st.tuples(SIDES, SIDES), elements=st.integers(0, 30)),
    has_secret=st.booleans(),
)
def test_what_is_hidden_in_a_line_is_never_a_small_number_together(counts, has_secret):
    hidden = crossing.hide(counts, K, has_secret=has_secret)
    if hidden.all():
        return

    for axis in (0, 1):
        lines = slice(None, -1) if has_secret else slice(None)
        together = np.where(hidden, counts, 0).sum(axis=axis)[lines]
        assert not np.any(together[hidden.any(axis=axis)[lines]] < K)


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_with_a_solver_learns_a_small_cell(seed):
    people = populations.population(seed)

    assert populations.known_cells(people, list(populations.everything_shown(people))) == []


def test_the_attacker_does_learn_cells_where_only_small_ones_are_hidden(monkeypatch):
    monkeypatch.setattr(crossing, "_hide_rectangle", lambda *_given: None)
    people = populations.population(0)

    assert populations.known_cells(people, list(populations.everything_shown(people)))
