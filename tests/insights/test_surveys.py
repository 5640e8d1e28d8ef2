"""Whoever adds up everything shown of several questions, at two times, learns no small cell."""

import numpy as np
import pytest

from tests.insights import solvers, surveys
from tests.insights.attackers import make_table
from vrn_community.insights import crossing, differencing, disclosure
from vrn_community.insights.counting import Crossing
from vrn_community.insights.disclosure import Reason, Refusal

#: Small cells that are tried of each set of items; `make drill` tries more.
SOME = 12
DEFENCES = {
    "secondary suppression": (crossing, "_hide_rectangle", lambda *_given: None),
    "merging": (disclosure, "_merged", lambda table, _threshold: table),
    "differencing": (differencing, "is_far_from", lambda *_given: True),
}


@pytest.mark.parametrize("seed", range(20))
def test_nobody_with_a_solver_learns_a_small_cell_of_several_questions(seed):
    assert solvers.attack(seed, SOME).recovered == []


@pytest.mark.parametrize("defence", DEFENCES)
def test_the_attacker_does_learn_cells_without(defence, monkeypatch):
    monkeypatch.setattr(*DEFENCES[defence])

    assert any(solvers.attack(seed, 40).recovered for seed in range(20))


@pytest.mark.parametrize("seed", range(100, 108))
def test_nobody_with_a_solver_learns_a_small_cell_of_themes(seed):
    assert solvers.attack(seed, SOME, surveys.WITH_WORDS).recovered == []


def test_the_attacker_does_learn_cells_of_themes_that_are_protected_alone(monkeypatch):
    def alone(tables, threshold, _formers=()):
        return [disclosure.protect(table, threshold) for table in tables]

    monkeypatch.setattr(disclosure, "protect_together", alone)

    seeds = range(100, 120)
    assert any(solvers.attack(seed, 40, surveys.WITH_WORDS).recovered for seed in seeds)


def test_a_table_and_that_table_turned_hide_the_same_cells():
    counts = np.random.default_rng(1).integers(0, 30, (5, 6))

    hidden = crossing._hide_alike(counts, 10, has_secret=True, is_turned=False)
    turned = crossing._hide_alike(counts.T, 10, has_secret=True, is_turned=True)

    assert (turned == hidden.T).all()


def test_a_follow_up_is_not_crossed_for_its_groups_are_parts_of_others():
    of = make_table([40, 30], asked_if=(("q", ("c0",)),))
    counts = np.array([[20, 20, 0], [15, 15, 0], [30, 30, 0]])
    crossed = Crossing(counts, ("c0", "c1"), ("c0", "c1"), is_multiple=False)

    found = crossing.protect(crossed, of, make_table([65, 65], "by"), 10)

    assert found == Refusal("q", "Why?", Reason.HIDDEN_BEFORE)
