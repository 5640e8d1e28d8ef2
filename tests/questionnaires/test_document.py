import json

import pytest
from pydantic import ValidationError

from tests.factories.questionnaires import questionnaire
from tests.questionnaires.conftest import TWO_PAGES, after, choices, section, single
from vrn_community.questionnaires import document, schema
from vrn_community.questionnaires.document import MOST_QUESTIONS, MOST_SECTIONS, Questionnaire
from vrn_community.questionnaires.question_types.choices import SingleChoice
from vrn_community.questionnaires.question_types.places import AreaPicker
from vrn_community.questionnaires.question_types.texts import LongText, ShortText


@pytest.mark.parametrize("name", ["state", "v", "go", "proof"])
def test_no_question_has_the_name_of_a_field_of_the_page(name):
    question = {"kind": "long-text", "id": name, "text": "Where?"}

    with pytest.raises(ValidationError, match="pages use that name"):
        Questionnaire.model_validate(
            {"sections": [{"id": "s", "title": "", "questions": [question]}]}
        )


@pytest.mark.parametrize("whole", [Questionnaire(), TWO_PAGES, questionnaire()])
def test_a_document_is_the_same_after_it_was_stored(whole):
    stored = json.loads(json.dumps(whole.model_dump(mode="json")))

    assert Questionnaire.model_validate(stored) == whole


def test_the_schema_in_the_documentation_is_that_of_the_code():
    assert schema.FILE.read_text("utf-8") == schema.text()
    assert json.loads(schema.text()) == document.json_schema()


def test_a_document_is_never_changed():
    with pytest.raises(ValidationError, match="frozen"):
        TWO_PAGES.introduction = "Other words"


@pytest.mark.parametrize(
    "sections",
    [
        (section("a", single("a")),),
        (section("a", single("q")), section("b", single("q"))),
        (section("a"), section("a")),
        (section("a", *(single(f"q{number}") for number in range(MOST_QUESTIONS + 1))),),
        tuple(section(f"s{number}") for number in range(MOST_SECTIONS + 1)),
        (section("a", single("q", show_if=after("q", "yes"))),),
        (section("a", single("q", show_if=after("r", "yes")), single("r")),),
        (section("a", single("q"), show_if=after("q", "yes")),),
        (section("a", single("q"), single("r", show_if=after("q"))),),
        (section("a", single("q"), single("r", show_if=after("q", "maybe"))),),
        (section("a", single("q"), single("r", show_if=after("q", "other"))),),
        (section("a", ShortText(id="q", text="?"), single("r", show_if=after("q", "yes"))),),
        (section("a", single("q"), single("r", show_if=after("a", "yes"))),),
    ],
)
def test_what_does_not_hold_together_is_refused(sections):
    with pytest.raises(ValidationError):
        Questionnaire(sections=sections)


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "riddle", "id": "q", "text": "?"},
        {"kind": "single-choice", "id": "q", "text": "?", "choices": []},
        {"kind": "single-choice", "id": "q", "text": "?", "choices": [{"id": "a", "text": "A"}]},
        {"kind": "long-text", "id": "Q", "text": "?"},
        {"kind": "long-text", "id": "q" * 41, "text": "?"},
        {"kind": "long-text", "id": "q\n", "text": "?"},
        {"kind": "long-text", "id": "q", "text": "x" * 1_001},
        {"kind": "long-text", "id": "q", "text": "?", "longest": 4_001},
        {"kind": "short-text", "id": "q", "text": "?", "longest": 9},
        {"kind": "long-text", "id": "q", "text": "?", "script": "alert(1)"},
    ],
)
def test_what_is_not_a_question_is_refused(asked):
    with pytest.raises(ValidationError):
        Questionnaire.model_validate({"sections": [{"id": "s", "title": "", "questions": [asked]}]})


def test_the_choices_of_a_question_have_ids_of_their_own():
    for ids in (("a", "a"), ("a", "other")):
        with pytest.raises(ValidationError, match="different names"):
            SingleChoice(id="q", text="?", choices=choices(*ids))


def test_a_condition_on_an_area_outlives_the_list_of_areas():
    """A stored document must open although a council has merged since, and without a database."""
    where = AreaPicker(id="where", text="?")
    later = LongText(id="later", text="?", show_if=after("where", "e07000999"))

    document = Questionnaire(sections=(section("a", where), section("b", later)))

    assert document.question("later").show_if.includes == ("e07000999",)


def test_an_unknown_question_is_a_key_error():
    with pytest.raises(KeyError):
        TWO_PAGES.question("nothing")
