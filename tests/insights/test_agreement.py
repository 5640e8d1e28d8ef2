import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vrn_community.insights import agreement
from vrn_community.insights.agreement import Level

#: A line for each coder, "." where one is missing, and the alpha that was printed. The first
#: three: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, A, B and C.
PUBLISHED = [
    (("0100000010", "1110010000"), "0.095"),
    (("aabbdcccedda", "babbbccceddd"), "0.692"),
    (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), "0.743"),
    ((".....34121133.3", "1.213343.......", "..21344.21133.4"), "0.691"),
]
UNITS = st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=30)
TICKED = st.dictionaries(st.integers(0, 20), st.sets(st.sampled_from("xyz")), max_size=20)


def units_of(lines):
    return [[code for code in unit if code != "."] for unit in zip(*lines, strict=True)]


@pytest.mark.parametrize(("lines", "printed"), PUBLISHED)
def test_alpha_is_as_published(lines, printed):
    found = agreement.nominal(units_of(lines))

    assert f"{found.alpha:.3f}" == printed


def test_the_share_of_equal_pairs_stands_beside_alpha():
    found = agreement.nominal(units_of(PUBLISHED[0][0]))

    assert (found.units, found.simple) == (10, 0.6)


@given(UNITS, st.randoms())
def test_alpha_knows_no_order_of_units_or_coders_and_no_names_of_codes(units, dice):
    mixed = [[code.upper() for code in dice.sample(unit, len(unit))] for unit in units]
    dice.shuffle(mixed)

    found, again = agreement.nominal(units), agreement.nominal(mixed)

    assert again.alpha == pytest.approx(found.alpha)
    assert again.units == found.units


@given(UNITS)
def test_alpha_is_never_above_one_and_ignores_what_one_coder_read(units):
    found = agreement.nominal(units)

    assert found.alpha is None or found.alpha <= 1
    assert agreement.nominal([*units, ["a"], []]) == found


@given(st.lists(st.sampled_from("abc"), min_size=2), st.integers(2, 5))
def test_coders_who_always_agree_have_an_alpha_of_one(codes, coders):
    assume(len(set(codes)) > 1)

    found = agreement.nominal([[code] * coders for code in codes])

    assert (found.alpha, found.simple) == (1, 1)


def test_of_codes_that_are_all_the_same_no_alpha_can_be_told():
    assert agreement.nominal([["a", "a"]] * 9) == agreement.Agreement(9, 1.0, None)
    assert agreement.nominal([]) == agreement.Agreement(0, None, None)
    assert agreement.nominal([["a"], ["b"]]) == agreement.Agreement(0, None, None)


def test_each_theme_is_a_decision_on_every_passage_that_was_read():
    first = {1: {"lights"}, 2: {"lights", "buses"}, 3: set(), 4: {"buses"}}
    second = {1: {"lights"}, 2: {"lights"}, 3: set(), 5: {"buses"}}

    found = agreement.by_theme([first, second], ["lights", "buses"])

    assert found["lights"] == agreement.Agreement(3, 1.0, 1.0)
    assert found["buses"].simple == pytest.approx(2 / 3)  # 4 and 5 were read by one alone.
    assert found["buses"].alpha == pytest.approx(0)


def test_a_rare_theme_weighs_little_in_the_overall_figure():
    first = {unit: {"often"} if unit < 50 else set() for unit in range(100)}
    second = {**first, 99: {"rare"}}

    found = agreement.overall([first, second], ["often", "rare"])
    themes = agreement.by_theme([first, second], ["often", "rare"])

    assert themes["rare"].alpha == pytest.approx(0)
    assert found.alpha > 0.95


def test_rare_themes_that_nobody_agrees_on_are_not_hidden_by_many_that_nobody_ticks():
    first = {unit: {unit} if unit < 10 else set() for unit in range(200)}
    second = {unit: {unit - 10} if 10 <= unit < 20 else set() for unit in range(200)}

    found = agreement.overall([first, second], range(10))

    assert found.simple > 0.98
    assert found.alpha < 0


@given(TICKED, TICKED)
def test_one_theme_alone_is_its_own_overall_figure(first, second):
    coders = [first, second]

    assert agreement.overall(coders, ["x"]) == agreement.by_theme(coders, ["x"])["x"]


@pytest.mark.parametrize(
    ("alpha", "expected"),
    [
        (1, Level.GOOD),
        (0.8, Level.GOOD),
        (0.799, Level.TENTATIVE),
        (0.667, Level.TENTATIVE),
        (0.666, Level.LOW),
        (-0.2, Level.LOW),
    ],
)
def test_a_level_says_what_an_alpha_allows(alpha, expected):
    assert agreement.level(alpha) is expected
