import pytest

from tests.questionnaires.conftest import TWO_PAGES, after, choices, section, single
from vrn_community.questionnaires import readiness
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.base import Choice


def found(*sections, **more):
    document = Questionnaire(sections=sections, **more)
    return [(problem.part_id, problem.message) for problem in readiness.problems(document)]


def test_a_good_questionnaire_has_no_problems():
    assert readiness.problems(TWO_PAGES) == []


def test_something_must_be_asked():
    assert found() == [("", "Ask at least one question.")]


@pytest.mark.parametrize(
    ("sections", "part_id", "words"),
    [
        ([section("a", single("q", text=""))], "q", "Write what"),
        ([section("a", single("q"), title="")], "a", "a title"),
        ([section("a", single("q")), section("b")], "b", "is empty"),
        (
            [section("a", single("q", choices=(*choices("x"), Choice(id="y", text="X"))))],
            "q",
            "say the same",
        ),
        (
            [section("a", single("q", choices=(*choices("x"), Choice(id="y", text=""))))],
            "q",
            "same",
        ),
        (
            [section("a", single("q"), single("r", show_if=after("q", "yes")))],
            "r",
            "its own section",
        ),
    ],
)
def test_what_is_missing_is_named_where_it_is(sections, part_id, words):
    problems = found(*sections)

    assert [where for where, _message in problems] == [part_id]
    assert words in problems[0][1]


def test_a_page_may_only_inform():
    assert found(section("a", single("q")), section("b", introduction="Thank you.")) == []


def test_an_unknown_block_of_equality_questions_is_noticed():
    problems = found(section("a", single("q")), equality_block="1999-1")

    assert "do not exist" in problems[0][1]
