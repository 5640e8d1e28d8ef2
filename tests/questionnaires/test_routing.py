import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.questionnaires.conftest import after, section, single
from vrn_community.questionnaires import routing
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.choices import MultipleChoice

#: A chain: each page depends on the one before, the last section on two choices.
CHAIN = Questionnaire(
    sections=(
        section("one", single("a")),
        section("two", single("b", show_if=after("a", "yes"))),
        section("three", single("c", show_if=after("b", "yes")), single("d")),
        section("four", single("e"), show_if=after("c", "yes", "no")),
        section("words", introduction="Only something to read."),
    )
)
ANSWERS = st.dictionaries(
    st.sampled_from("abcdex"), st.sampled_from(["yes", "no", "nonsense"]) | st.lists(st.text())
)


def shown(answers):
    return [question.id for question in CHAIN.questions() if is_shown(question, answers)]


def is_shown(question, answers):
    return routing.is_shown(question, CHAIN, answers)


@pytest.mark.parametrize(
    ("answers", "questions"),
    [
        ({}, ["a", "d"]),
        ({"a": "no"}, ["a", "d"]),
        ({"a": "yes"}, ["a", "b", "d"]),
        ({"a": "yes", "b": "yes"}, ["a", "b", "c", "d"]),
        ({"a": "yes", "b": "yes", "c": "no"}, ["a", "b", "c", "d", "e"]),
        ({"a": "no", "b": "yes", "c": "no"}, ["a", "d"]),
        ({"a": None, "b": "yes"}, ["a", "d"]),
    ],
)
def test_a_question_follows_from_answers_that_were_really_asked_for(answers, questions):
    assert shown(answers) == questions


def test_one_of_several_choices_is_enough():
    many = MultipleChoice(id="m", text="?", choices=single("x", "p", "q", "r").choices)
    asked = single("n", show_if=after("m", "p", "q"))
    document = Questionnaire(sections=(section("a", many), section("b", asked)))

    assert routing.is_shown(asked, document, {"m": ["r", "q"]})
    assert not routing.is_shown(asked, document, {"m": ["r"]})


def test_a_page_without_anything_to_ask_is_left_out():
    pages = [found.id for found in routing.shown_sections(CHAIN, {"a": "no"})]

    assert pages == ["one", "three", "words"]


def test_a_changed_mind_takes_the_answers_behind_it_along():
    answers = {"a": "no", "b": "yes", "c": "no", "d": "yes", "e": "yes", "gone": "yes"}

    assert routing.relevant(CHAIN, answers) == {"a": "no", "d": "yes"}


@given(ANSWERS)
def test_only_answers_to_what_is_shown_are_relevant(answers):
    kept = routing.relevant(CHAIN, answers)

    assert set(kept) <= set(shown(answers)) & set(answers)
    assert routing.relevant(CHAIN, kept) == kept
    assert shown(kept) == shown(answers)


@given(ANSWERS)
def test_pages_hold_exactly_the_questions_that_are_shown(answers):
    on_pages = [
        question.id
        for page in routing.shown_sections(CHAIN, answers)
        for question in routing.shown_questions(page, CHAIN, answers)
    ]

    assert on_pages == shown(answers)


def test_a_long_chain_of_conditions_is_followed_at_once():
    """Looking back from each condition would double the work with every link."""
    before = {"question": "q0", "includes": ["yes"]}
    asked = [single("q0")]
    for number in range(1, 200):
        both = {"all": [before, {"question": before["question"], "is_answered": True}]}
        asked.append(single(f"q{number}", show_if=both))
        before = {"question": f"q{number}", "includes": ["yes"]}
    document = Questionnaire(
        sections=tuple(section(f"s{n}", *asked[n * 5 : n * 5 + 5]) for n in range(40))
    )
    answers = {question.id: "yes" for question in document.questions()}

    assert len(routing.relevant(document, answers)) == 200
    assert list(routing.relevant(document, {**answers, "q7": "no"})) == [f"q{n}" for n in range(8)]
