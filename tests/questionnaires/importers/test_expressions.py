"""Conditions of other programs, and the rules that they become."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.questionnaires.conftest import choices, single
from vrn_community.questionnaires.importers.conditions import Translation, Variable
from vrn_community.questionnaires.importers.expressions import NotUnderstood, parse
from vrn_community.questionnaires.question_types.choices import MultipleChoice
from vrn_community.questionnaires.question_types.grids import Grid
from vrn_community.questionnaires.question_types.numbers import Number
from vrn_community.questionnaires.question_types.texts import ShortText

ONE = single("one", "a", "b", "c")
MANY = MultipleChoice(id="many", text="?", choices=choices("a", "b"))
CODES = {"1": "a", "2": "b", "3": "c"}
GRID = Grid(id="grid", text="?", scale="agreement", rows=({"id": "r", "text": "R"},))
KNOWN = {
    "one": Variable(ONE, codes=CODES),
    "Q1.NAOK": Variable(ONE, codes=CODES),
    "many": Variable(MANY, codes={"x": "a", "y": "b"}),
    "many_x": Variable(MANY, choice="a"),
    "row": Variable(GRID, row="r", codes={"agree": "agree"}),
    "n": Variable(Number(id="n", text="?")),
    "words": Variable(ShortText(id="words", text="?")),
}


def translated(source):
    """Return the rule of an expression as plain data, and what was not understood."""
    translation = Translation(KNOWN.get)
    rule = translation.rule(parse(source))
    return (rule if isinstance(rule, bool) else rule.model_dump()), translation.unknown


def chose(*ids, question="one"):
    return {"question": question, "includes": ids}


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("${one} = '1'", chose("a")),
        ("${one} = 1", chose("a")),
        ("'1' = ${one}", chose("a")),
        ("${one} != '1'", {"none": (chose("a"),)}),
        ("not(${one} != '1')", chose("a")),
        ("selected(${many}, 'x')", chose("a", question="many")),
        ("${many} = 'x'", {"question": "many", "equals": "a"}),
        ("${one} >= 2", chose("b", "c")),
        ("2 > ${one}", chose("a")),
        ("${one} = ''", {"question": "one", "is_answered": False}),
        ("string-length(${one}) > 0", {"question": "one", "is_answered": True}),
        ("count-selected(${many}) = 0", {"question": "many", "is_answered": False}),
        ("${n} > 3", {"question": "n", "greater": 3.0}),
        ("${n} > -3.5", {"question": "n", "greater": -3.5}),
        ("${n} <= 3", {"any": ({"question": "n", "less": 3.0}, {"question": "n", "equals": 3.0})}),
        ("one == '1' or one == '2'", chose("a", "b")),
        ("one == '1' && n > 3", {"all": (chose("a"), {"question": "n", "greater": 3.0})}),
        ("!(one == '1' || n > 3)", {"all": (
            {"none": (chose("a"),)}, {"none": ({"question": "n", "greater": 3.0},)})}),
        ('((Q1.NAOK == "1"))', chose("a")),
        ("!is_empty(row)", {"question": "grid.r", "is_answered": True}),
        ('many_x == "Y"', chose("a", question="many")),
        ('many_x != "Y"', {"none": (chose("a", question="many"),)}),
        ("is_empty(many_x)", {"none": (chose("a", question="many"),)}),
        ("one eq '1' and n gt 3", {"all": (chose("a"), {"question": "n", "greater": 3.0})}),
        ("{one} anyof ['1', '3']", chose("a", "c")),
        ("{many} contains 'x'", chose("a", question="many")),
        ("{many} allof ['x', 'y']", {"all": (
            chose("a", question="many"), chose("b", question="many"))}),
        ("{one} notempty", {"question": "one", "is_answered": True}),
        ("{one} empty and {n} < 2", {"all": (
            {"question": "one", "is_answered": False}, {"question": "n", "less": 2.0})}),
        ("1", True), ("true()", True), ("false()", False), ("0", False), ("1 == 1", True),
        ("false() and ${one} = '1'", False),
        ("true() or ${one} = '1'", True),
    ],
)  # fmt: skip
def test_a_condition_becomes_a_rule_that_means_the_same(source, rule):
    assert translated(source) == (rule, [])


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("${words} != ''", True),
        ("${one} = '9'", True),
        ("${one} = ${n}", True),
        ("not(${unknown} = '1')", True),
        ("${unknown} = '1' and ${one} = '1'", chose("a")),
        ("not(${unknown} = '1' or ${one} = '1')", {"none": (chose("a"),)}),
        ("${unknown} = '1' or ${one} = '1'", True),
        ("regex(${words}, '^a') and selected(${many}, 'x')", chose("a", question="many")),
        ("${n} + 2 > 3", True),
        ("count(one, n) == n", True),
        ("{one} = ['1', '2']", True),
        ("${n} = 'many'", True),
        ("row > 3", True),
    ],
)
def test_what_a_rule_cannot_say_shows_the_question_to_more_people_and_is_named(source, rule):
    found, unknown = translated(source)

    assert found == rule
    assert unknown


@pytest.mark.parametrize("source", ["", "(", "${one} =", "one == ", "a b", "'open", "[1", ")", "§"])
def test_what_is_no_expression_is_not_understood(source):
    with pytest.raises(NotUnderstood):
        parse(source)


@pytest.mark.parametrize("source", ["(" * 9_000, "!" * 9_000 + "one", "-" * 9_000, "[" * 9_000])
def test_a_deep_expression_is_refused_before_it_fills_the_stack(source):
    with suppress(NotUnderstood):
        parse(source)


PARTS = st.sampled_from(
    ["${one}", "one", "n", "'1'", "1", "=", "!=", ">", "and", "or", "not(", "(", ")", "!", "&&",
     "||", "selected(", ",", "''", "[", "]", "contains", "empty", "-", "+", ".", "many_x"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PARTS).map(" ".join)))
@example("not")
@example("! and")
def test_any_text_is_a_rule_or_not_understood(source):
    with suppress(NotUnderstood):
        translated(source)
