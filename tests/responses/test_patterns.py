import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.questionnaires import choice, questionnaire
from vrn_community.responses import patterns

ROWS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("1234"), max_size=8)
KEYS = "abcdefghijkl"
CLOSED = [
    {"kind": "single-choice", "id": f"q-{key}", "text": "?", "choices": [choice("x"), choice("y")]}
    for key in KEYS
]
GRID = {
    "kind": "grid",
    "id": "grid",
    "text": "?",
    "scale": "agreement",
    "rows": [{"id": f"r-{key}", "text": key} for key in KEYS],
}
DOCUMENT = questionnaire(sections=[{"id": "all", "title": "All", "questions": [*CLOSED, GRID]}])


@pytest.mark.parametrize(
    ("answer", "is_straight"),
    [
        ({"a": "1", "b": "1", "c": "1", "d": "1"}, True),
        ({"a": "1", "b": "1", "c": "1", "d": "2"}, False),
        ({"a": "1", "b": "1", "c": "1"}, None),
        ("dont-know", None),
        (None, None),
    ],
)
def test_one_column_in_four_rows_or_more_is_a_straight_line(answer, is_straight):
    assert patterns.is_straight(answer) is is_straight


@given(ROWS, st.permutations("1234"))
def test_other_names_of_columns_change_nothing(answer, names):
    renamed = {row: names[int(column) - 1] for row, column in answer.items()}

    assert patterns.is_straight(renamed) == patterns.is_straight(answer)


def answers(number, **more):
    return {**{f"q-{key}": "x" for key in KEYS[:number]}, **more}


def test_ten_answers_are_enough_to_compare_and_nine_are_not():
    assert patterns.pattern(DOCUMENT, answers(9), {}) is None
    assert patterns.pattern(DOCUMENT, answers(9, **{"q-j": "dont-know"}), {}) is None
    assert patterns.pattern(DOCUMENT, answers(10), {}) is not None


def test_a_straight_line_is_one_answer_and_a_varied_grid_is_several():
    straight = {f"r-{key}": "agree" for key in KEYS}
    varied = {**straight, "r-a": "disagree"}

    assert patterns.pattern(DOCUMENT, {"grid": straight}, {}) is None
    assert patterns.pattern(DOCUMENT, {"grid": varied}, {}) is not None


def test_people_look_alike_only_if_they_are_of_one_kind_too():
    young, old = {"age-band": "16-17"}, {"age-band": "65-74"}
    made = [patterns.pattern(DOCUMENT, answers(12), profile) for profile in (young, old, young)]

    assert patterns.look_alikes(made) == [True, False, True]


@given(st.lists(st.none() | st.sampled_from("abc"), max_size=12), st.randoms())
def test_whoever_looks_like_somebody_is_looked_like(made, chance):
    found = patterns.look_alikes(made)

    pairs = [
        any(one == other is not None for at, other in enumerate(made) if at != place)
        for place, one in enumerate(made)
    ]
    assert found == pairs
    order = chance.sample(range(len(made)), len(made))
    assert patterns.look_alikes([made[at] for at in order]) == [found[at] for at in order]
