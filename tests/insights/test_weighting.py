import csv
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import realdata
from vrn_community.insights import weighting
from vrn_community.insights.weighting import UNKNOWN, CannotWeight, Margin

R_SURVEY = realdata.FOLDER / "weighting"
#: Two margins of people, with a few whose category is not known.
PEOPLE = st.lists(st.tuples(st.integers(-1, 1), st.integers(-1, 2)), min_size=20, max_size=80)
RESIDENTS = st.tuples(*[st.integers(1, 1000)] * 5)


def margins(people, residents=(300, 700, 500, 300, 200)):
    first, second = np.array(people, dtype=np.intp).reshape(-1, 2).T
    numbers = np.array(residents, dtype=float)
    return [Margin("sex", first, numbers[:2]), Margin("age", second, numbers[2:])]


def with_everybody(people):
    """Return the people with one more of each kind: no category is empty."""
    return [*people, *[(sex, age) for sex in range(2) for age in range(3)]]


def of_schools(schools, names, residents):
    values = [" ".join(school[name] for name in names) for school in schools]
    codes = np.array([list(residents).index(value) for value in values])
    return Margin("+".join(names), codes, np.array(list(residents.values()), dtype=float))


def published(name):
    """Return the figures of R under one heading, as they were printed."""
    text = (R_SURVEY / "rakecheck.Rout.save").read_text()
    return re.findall(rf"^{name} +(\S+) ", text, re.MULTILINE)


@pytest.fixture(scope="module")
def schools():
    with (R_SURVEY / "apiclus1.csv").open() as file:
        return list(csv.DictReader(file))


def figures(schools, found):
    """Return the mean score and the total of pupils, printed as R prints them."""
    score = np.array([float(school["api00"]) for school in schools])
    pupils = np.array([float(school["enroll"]) for school in schools])
    total = (found.values * pupils).sum() * 6194 / len(schools)
    return f"{np.average(score, weights=found.values):.2f}", f"{total:.0f}"


@realdata.needs(R_SURVEY)
def test_raking_gives_what_the_survey_package_of_r_published(schools):
    kinds = of_schools(schools, ["stype"], {"E": 4421, "H": 755, "M": 1018})
    wide = of_schools(schools, ["sch.wide"], {"No": 1072, "Yes": 5122})

    found = weighting.rake([kinds, wide], limits=None)

    assert found.has_converged
    assert figures(schools, found) == (published("api00")[0], published("enroll")[0])
    assert figures(schools, found) == ("641.23", "3647280")
    assert round(found.design_effect, 4) == 1.0517


@realdata.needs(R_SURVEY)
def test_raking_to_a_joint_margin_gives_what_the_survey_package_of_r_published(schools):
    joint = {"E No": 472, "E Yes": 3949, "H No": 334, "H Yes": 421, "M No": 266, "M Yes": 752}
    both = of_schools(schools, ["stype", "sch.wide"], joint)
    improved = of_schools(schools, ["comp.imp"], {"No": 1712, "Yes": 4482})

    found = weighting.rake([both, improved], limits=None, smallest_cell=1)

    assert figures(schools, found)[0] == published("api00")[-1] == "642.61"


@given(PEOPLE, RESIDENTS)
def test_weights_sum_to_the_base_and_meet_the_margins(people, residents):
    given_margins = margins(with_everybody([p for p in people if UNKNOWN not in p]), residents)

    found = weighting.rake(given_margins, limits=None, smallest_cell=1)

    assert found.values.sum() == pytest.approx(len(found.values))
    assert (found.values > 0).all()
    assert found.has_converged
    for margin in given_margins:
        shares = margin.totals(found.values) / len(found.values)
        assert shares == pytest.approx(margin.shares, abs=1e-8)


@given(PEOPLE, RESIDENTS, st.randoms())
def test_the_order_of_people_and_of_margins_changes_no_weight(people, residents, dice):
    people = with_everybody([p for p in people if UNKNOWN not in p])
    order = dice.sample(range(len(people)), len(people))

    found = weighting.rake(margins(people, residents), limits=None, smallest_cell=1)
    mixed = margins([people[place] for place in order], residents)[::-1]
    again = weighting.rake(mixed, limits=None, smallest_cell=1)

    assert again.values == pytest.approx(found.values[order], abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(PEOPLE, RESIDENTS)
def test_trimmed_weights_stay_within_limits_and_sum_to_the_base(people, residents):
    found = weighting.rake(margins(with_everybody(people), residents), smallest_cell=1)

    assert found.values.sum() == pytest.approx(len(found.values))
    assert 0.3 <= found.values.min() <= found.values.max() <= 3
    assert found.design_effect >= 1
    assert found.effective_base <= len(found.values) + 1e-9


def test_trimming_that_misses_a_margin_is_told():
    few = margins([(0, 0)] * 10 + [(1, 0)] * 90 + [(1, 1), (1, 2)] * 10, (900, 100, 8, 1, 1))

    found = weighting.rake(few)

    assert not found.has_converged
    assert found.gap > 0.4
    assert found.trimmed >= 10


def test_whoever_prefers_not_to_say_gets_the_factor_one_in_that_margin():
    people = [(0, 0)] * 30 + [(1, 0)] * 10 + [(UNKNOWN, 0)] * 20

    sex = margins(people)[0]
    found = weighting.rake([Margin("sex", sex.codes, np.array([1.0, 1.0]))])

    assert found.values[-20:] == pytest.approx(1)
    assert found.values[:30].sum() == pytest.approx(20)
    assert found.values[30:40].sum() == pytest.approx(20)


def test_people_like_the_residents_all_weigh_the_same():
    found = weighting.rake(margins([(0, 0), (1, 1), (1, 2)] * 20, (1, 2, 1, 1, 1)))

    assert found.values == pytest.approx(1)
    assert (found.rounds, found.design_effect, found.effective_base) == (1, 1, 60)


@pytest.mark.parametrize(
    ("people", "residents", "refused"),
    [
        ([(0, 0)] * 50, (1, 1, 1, 0, 0), ("sex", 1, 0)),  # Nobody speaks for them.
        ([(0, 0)] * 50 + [(1, 0)] * 9, (1, 1, 1, 0, 0), ("sex", 1, 9)),  # Nine do: too few.
        ([(0, 0), (1, 0)] * 50 + [(0, 1)], (1, 1, 1, 0, 0), ("age", 1, 1)),  # No such resident.
        ([(UNKNOWN, 0)] * 50, (1, 1, 1, 0, 0), ("sex", 0, 0)),
    ],
)
def test_an_empty_or_tiny_category_is_refused_by_name(people, residents, refused):
    with pytest.raises(CannotWeight) as refusal:
        weighting.rake(margins(people, residents))

    assert (refusal.value.margin, refusal.value.category, refusal.value.people) == refused


@pytest.mark.parametrize(
    ("people", "residents"),
    [
        ([], (1, 1, 1, 1, 1)),
        ([(0, 0)] * 20, (float("nan"), 1, 1, 1, 1)),
        ([(0, 0)] * 20, (-1, 2, 1, 1, 1)),
        ([(0, 0)] * 20, (0, 0, 1, 1, 1)),
        ([(2, 0)] * 20, (1, 1, 1, 1, 1)),
        ([(-2, 0)] * 20, (1, 1, 1, 1, 1)),
    ],
)
def test_margins_that_make_no_sense_are_refused(people, residents):
    with pytest.raises(ValueError):  # noqa: PT011 - its words are for developers.
        weighting.rake(margins(people, residents))


def test_limits_that_no_mean_of_one_fits_are_refused():
    with pytest.raises(ValueError, match="around 1"):
        weighting.rake(margins([(0, 0), (1, 1), (1, 2)] * 20), limits=(1.2, 3))
