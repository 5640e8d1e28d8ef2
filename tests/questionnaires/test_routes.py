from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.questionnaires.conftest import TWO_PAGES, after, choices, section, single
from vrn_community.questionnaires import readiness, routes, routing
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.cards import Consent, Information
from vrn_community.questionnaires.question_types.choices import MultipleChoice
from vrn_community.questionnaires.question_types.grids import Grid
from vrn_community.questionnaires.question_types.numbers import MonthYear, Number
from vrn_community.questionnaires.question_types.orders import Ranking
from vrn_community.questionnaires.question_types.places import AreaPicker
from vrn_community.questionnaires.question_types.scales import AgreementScale
from vrn_community.questionnaires.routes import Reach
from vrn_community.questionnaires.rules import (
    AllOf,
    Answered,
    AnyOf,
    Equals,
    Greater,
    Less,
    NoneOf,
)

ROWS = ({"id": "a", "text": "A"}, {"id": "b", "text": "B"})
MANY = MultipleChoice(
    id="many",
    text="?",
    choices=(*choices("x", "y"), choices("z")[0].model_copy(update={"is_exclusive": True})),
)
FIRST = section(
    "first",
    single("q", "yes", "no", "maybe"),
    MANY,
    Number(id="times", text="?", least=0, greatest=7),
    Number(id="free", text="?", is_whole=False),
    MonthYear(id="when", text="?", least=2000, greatest=2020),
    AgreementScale(id="scale", text="?"),
    Grid(id="grid", text="?", rows=ROWS, scale="agreement"),
    Ranking(id="rank", text="?", choices=choices("r", "s", "t")),
    Consent(id="agree", text="?"),
    AreaPicker(id="area", text="?"),
)


def asks(rule, *more):
    """Return a questionnaire whose last page depends on a rule."""
    return Questionnaire(sections=(FIRST, *more, section("last", single("end"), show_if=rule)))


def reach(rule, *more):
    return routes.routes(asks(rule, *more)).reach("last")


def greater(question, number):
    return Greater(question=question, greater=number)


def less(question, number):
    return Less(question=question, less=number)


@pytest.mark.parametrize(
    "rule",
    [
        AllOf(all=(after("q", "yes"), after("q", "no"))),
        AllOf(all=(after("q", "yes"), Answered(question="q", is_answered=False))),
        AllOf(all=(after("many", "z"), after("many", "x"))),
        AllOf(all=(after("many", "y"), Equals(question="many", equals="x"))),
        greater("times", 7),
        less("times", 0),
        AllOf(all=(greater("times", 3), less("times", 4))),
        Equals(question="times", equals=2.5),
        AllOf(all=(greater("free", 2), less("free", 2))),
        greater("when", 2020),
        greater("scale", 5),
        AllOf(all=(after("scale", "agree"), less("scale", 4))),
        AllOf(all=(after("grid.a", "agree"), after("grid.a", "disagree"))),
        after("agree", "no"),
        NoneOf(none=(after("q", "yes"), NoneOf(none=(after("q", "yes"),)))),
        AllOf(all=(after("area", "elsewhere"), Equals(question="area", equals="e1"))),
    ],
)
def test_nobody_comes_where_answers_exclude_each_other(rule):
    assert reach(rule) is Reach.NONE


@pytest.mark.parametrize(
    "rule",
    [
        after("q", "yes"),
        AllOf(all=(after("many", "x"), after("many", "y"))),
        greater("times", 6),
        less("times", 1),
        AllOf(all=(greater("times", 3), less("times", 5))),
        AllOf(all=(greater("free", 2), less("free", 2.5))),
        greater("free", 100_000),
        Equals(question="when", equals=2000),
        AllOf(all=(after("grid.a", "agree"), after("grid.b", "disagree"))),
        after("rank.first", "s"),
        after("agree", "yes"),
        Answered(question="agree", is_answered=False),
        Answered(question="grid.b", is_answered=True),
        after("area", "e1"),
    ],
)
def test_some_come_where_answers_go_together(rule):
    assert reach(rule) is Reach.SOME


def test_everybody_comes_where_no_answer_keeps_them_out():
    whoever = AnyOf(any=(after("q", "yes"), NoneOf(none=(after("q", "yes"),))))

    assert reach(whoever) is Reach.ALL
    assert routes.routes(TWO_PAGES).reach("help") is Reach.ALL


def test_what_depends_on_what_nobody_is_asked_is_reached_by_nobody():
    hidden = section("middle", single("m", show_if=greater("times", 7)))
    document = asks(after("m", "yes"), hidden)
    found = routes.routes(document)

    assert [stop.part.id for stop in routes.unreachable(found)] == ["m", "last"]
    assert found.stops["last"].blocked_by == ("m",)
    assert found.reach("end") is Reach.NONE
    messages = [problem.message for problem in readiness.problems(document)]
    assert "Nobody can come to “Section last”. See the map." in messages


def test_an_unasked_question_counts_as_not_answered():
    hidden = section("middle", single("m", show_if=after("q", "yes")))

    both = AllOf(all=(after("q", "no"), after("m", "yes")))
    assert reach(both, hidden) is Reach.NONE
    assert reach(Answered(question="m", is_answered=False), hidden) is Reach.SOME


def test_the_map_tells_what_an_answer_decides():
    stops = routes.routes(TWO_PAGES).stops

    assert stops["safe"].decides == ("why",)
    assert stops["way"].decides == ()


def test_whoever_could_see_no_question_at_all_is_noticed():
    only_yes = section("b", single("q", show_if=after("ok", "yes")))
    document = Questionnaire(sections=(section("a", Consent(id="ok", text="?")), only_yes))

    assert routes.routes(document).can_be_empty is Reach.SOME
    assert any("without a question" in p.message for p in readiness.problems(document))
    always = section("c", single("r"))
    with_more = Questionnaire(sections=(*document.sections, always))
    assert routes.routes(with_more).can_be_empty is Reach.NONE


def test_only_reading_is_no_question():
    read = section("a", Information(id="i", text="Read"))

    assert routes.routes(Questionnaire(sections=(read,))).can_be_empty is Reach.ALL


def test_too_many_answers_are_not_claimed_to_be_known():
    many = [MultipleChoice(id=f"m{n}", text="?", choices=choices(*"abcdef")) for n in range(6)]
    first = section("first", *many)
    nobody = AllOf(all=tuple(after(f"m{n}", key) for n in range(6) for key in "abc"))
    somebody = AnyOf(any=tuple(after(f"m{n}", "a") for n in range(6)))

    for rule, known in ((nobody, Reach.UNKNOWN), (somebody, Reach.SOME)):
        document = Questionnaire(sections=(first, section("last", single("end"), show_if=rule)))
        assert routes.routes(document).reach("last") is known


TESTS = st.one_of(
    st.sampled_from([after("q", key) for key in ("yes", "no", "maybe")]),
    st.sampled_from([after("many", key) for key in ("x", "y", "z")]),
    st.builds(greater, st.just("times"), st.integers(-1, 8)),
    st.builds(less, st.just("times"), st.integers(-1, 8)),
)
RULES = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda rules: AllOf(all=rules)),
        st.lists(inner, min_size=1, max_size=3).map(lambda rules: AnyOf(any=rules)),
        st.lists(inner, min_size=1, max_size=3).map(lambda rules: NoneOf(none=rules)),
    ),
    max_leaves=6,
)
EVERY_ANSWER = {
    "q": (None, "yes", "no", "maybe"),
    "many": (None, ["x"], ["y"], ["z"], ["x", "y"]),
    "times": (None, *range(8)),
}


@settings(max_examples=60, deadline=None)
@given(RULES)
def test_what_the_map_says_is_what_every_answer_gives(rule):
    document = asks(rule)
    combined = [
        dict(zip(EVERY_ANSWER, row, strict=True)) for row in product(*EVERY_ANSWER.values())
    ]
    met = {routing.is_met(rule, document, answers) for answers in combined}

    known = {frozenset([True]): Reach.ALL, frozenset([False]): Reach.NONE}
    assert reach(rule) is known.get(frozenset(met), Reach.SOME)
