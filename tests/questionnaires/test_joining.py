import pytest

from tests.questionnaires.conftest import after, choices, single
from vrn_community.questionnaires import joining
from vrn_community.questionnaires.joining import Join, Kind
from vrn_community.questionnaires.question_types.choices import MultipleChoice
from vrn_community.questionnaires.question_types.grids import Grid
from vrn_community.questionnaires.question_types.numbers import Number
from vrn_community.questionnaires.question_types.orders import Points, Ranking
from vrn_community.questionnaires.question_types.scales import AgreementScale
from vrn_community.questionnaires.rules import (
    AllOf,
    Answered,
    AnyOf,
    Equals,
    Greater,
    Less,
    NoneOf,
)

ONE, TWO, THREE = after("q", "yes"), after("r", "no"), Greater(question="n", greater=3)
NESTED = AllOf(all=(ONE, AnyOf(any=(TWO, THREE))))
TESTS = [
    (ONE, Kind.INCLUDES),
    (Equals(question="q", equals="yes"), Kind.ONLY),
    (Equals(question="n", equals=2.5), Kind.EXACTLY),
    (THREE, Kind.ABOVE),
    (Less(question="n", less=0), Kind.BELOW),
    (Answered(question="q", is_answered=True), Kind.ANSWERED),
    (Answered(question="q", is_answered=False), Kind.UNANSWERED),
]


@pytest.mark.parametrize("rule", [None, ONE, AllOf(all=(ONE, TWO)), AnyOf(any=(ONE,)),
                                  NoneOf(none=(ONE, THREE))])  # fmt: skip
def test_a_rule_without_rules_inside_is_taken_apart_and_put_together(rule):
    assert joining.joined(joining.flat(rule)) == rule


def test_a_rule_with_rules_inside_is_not_taken_apart():
    assert joining.flat(NESTED) is None
    assert joining.without_test(NESTED, 0) == NESTED
    assert joining.with_join(NESTED, Join.NONE) == NESTED


def test_a_rule_with_rules_inside_is_only_replaced_as_a_whole():
    assert joining.with_test(NESTED, THREE) == THREE


def test_tests_are_added_changed_and_taken_out():
    both = joining.with_test(joining.with_test(None, ONE), TWO)
    assert both == AllOf(all=(ONE, TWO))
    assert joining.with_test(both, THREE, 0) == AllOf(all=(THREE, TWO))
    assert joining.without_test(both, 0) == TWO
    assert joining.without_test(joining.without_test(both, 0), 0) is None
    assert joining.without_test(both, 7) == both


def test_a_test_stands_in_a_rule_once():
    assert joining.with_test(AnyOf(any=(ONE, TWO)), ONE) == AnyOf(any=(ONE, TWO))


def test_how_tests_hold_together_is_kept_when_one_is_left():
    any_of = joining.with_join(AllOf(all=(ONE, TWO)), Join.ANY)
    assert any_of == AnyOf(any=(ONE, TWO))
    assert joining.without_test(any_of, 1) == AnyOf(any=(ONE,))
    assert joining.with_join(ONE, Join.NONE) == NoneOf(none=(ONE,))


@pytest.mark.parametrize(("test", "kind"), TESTS)
def test_a_test_is_read_and_written_the_same(test, kind):
    chosen, number = joining.values_of(test)

    assert joining.kind_of(test) is kind
    assert joining.test_of(test.question, kind, chosen, number) == test


AB = choices("a", "b")


@pytest.mark.parametrize(
    ("question", "first", "has_numbers"),
    [
        (single("q"), [Kind.INCLUDES, Kind.ANSWERED], False),
        (MultipleChoice(id="q", text="?", choices=AB), [Kind.INCLUDES, Kind.ONLY], False),
        (Points(id="q", text="?", choices=AB), [Kind.INCLUDES, Kind.ONLY], False),
        (Number(id="q", text="?"), [Kind.EXACTLY, Kind.ABOVE, Kind.BELOW], True),
        (AgreementScale(id="q", text="?"), [Kind.INCLUDES, Kind.ABOVE, Kind.BELOW], True),
    ],
)
def test_only_tests_that_fit_are_offered(question, first, has_numbers):
    kinds = joining.kinds(question)

    assert kinds[: len(first)] == first
    assert kinds[-2:] == [Kind.ANSWERED, Kind.UNANSWERED]
    assert joining.has_numbers(question) is has_numbers


def test_rows_are_asked_about_one_by_one():
    rows = ({"id": "x", "text": "Day"}, {"id": "y", "text": "Night"})
    grid = Grid(id="g", text="Safe?", rows=rows, scale="agreement")

    assert joining.references(grid) == [("g.x", "Safe? – Day"), ("g.y", "Safe? – Night")]
    assert joining.references(Ranking(id="k", text="?", choices=AB))[0][0] == "k.first"
    assert joining.references(single("q"))[0][0] == "q"
