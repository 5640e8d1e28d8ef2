"""What people write in XLSForms beyond the rules of the format, one small file each."""

import pytest

from tests.questionnaires.importers.files import HEAD, asked, only, said, survey
from vrn_community.questionnaires import readiness
from vrn_community.questionnaires.importers.report import Level

NOTE = ("note", "hello", "Hello")
ONE = ("select_one yn", "safe", "Safe?")


@pytest.mark.parametrize(
    "constraint",
    [
        "not(selected(., 'red') and count-selected(.) > 1)",
        "not(selected(., 'red')) or count-selected(.) = 1",
        "if(selected(., 'red'), count-selected(.) <= 1, true())",
        "(selected(., 'red') and count-selected(.) < 2) or not(selected(., 'red'))",
    ],
)
def test_a_choice_that_a_constraint_allows_alone_is_an_exclusive_one(constraint):
    head = ("type", "name", "label", "constraint")

    found = asked(survey(("select_multiple colours", "q", "?", constraint), head=head))

    (question,) = found.document.questions()
    assert [choice.id for choice in question.choices if choice.is_exclusive] == ["red"]
    assert (question.most, said(found, Level.LEFT_OUT)) == (None, [])


@pytest.mark.parametrize(
    ("constraint", "most", "lost"),
    [
        ("count-selected(.) < 3", 2, 0),
        ("count-selected(.) <= 2 and not(selected(., 'red') and count-selected(.) > 1)", None, 0),
        ("count-selected(.) >= 2 and count-selected(.) <= 2", 2, 1),
        ("not(selected(., 'red') and selected(., 'blue'))", None, 1),
        ("selected(., ${n})", None, 1),
    ],
)
def test_what_a_constraint_says_of_choices_is_kept_or_reported(constraint, most, lost):
    head = ("type", "name", "label", "constraint")
    rows = [("integer", "n", "?"), ("select_multiple colours", "q", "?", constraint)]

    found = asked(survey(*rows, head=head))

    assert [*found.document.questions()][1].most == most
    assert len(said(found, Level.LEFT_OUT)) == lost


def test_a_group_that_is_a_table_is_one_grid():
    head = (*HEAD, "appearance")
    rows = [
        ONE,
        ("begin group", "t", "How safe?", "${safe} = 'yes'", "field-list table-list"),
        ("select_one colours", "day", "By day"),
        ("select_one colours", "night", "By night"),
        ("end group", ""),
        ("text", "why", "Why?", "${night} = 'red'"),
    ]

    _safe, grid, why = asked(survey(*rows, head=head)).document.questions()

    assert (grid.kind, grid.text) == ("grid", "How safe?")
    assert [row.text for row in grid.rows] == ["By day", "By night"]
    assert grid.show_if.includes == ("yes",)
    assert why.show_if.question == "t.night"


@pytest.mark.parametrize("inside", [("text", "b", "B"), ("select_one yn", "b", "B")])
def test_a_table_with_other_questions_in_it_stays_a_group(inside):
    rows = [("begin group", "t", "T", "", "table-list"), ("select_one colours", "a", "A"), inside,
            ("end group", "")]  # fmt: skip

    document = asked(survey(*rows, head=(*HEAD, "appearance"))).document

    assert [q.id for q in document.questions()] == ["a", "b"]


def test_what_is_computed_needs_no_label_and_is_left_out():
    head = ("type", "name", "label", "calculation")

    found = asked(survey(NOTE, ("integer", "n", "", "1 + 1"), ("audit", ""), head=head))

    assert [q.id for q in found.document.questions()] == ["hello"]
    assert said(found, Level.LEFT_OUT, "Row 3") == ["n: Nothing is calculated here."]
    assert said(found, Level.LEFT_OUT, "Row 4")


def test_an_answer_is_taken_up_on_a_later_page_never_on_its_own():
    found = asked(survey(ONE, ("note", "n", "You said ${safe}.")))

    assert [len(section.questions) for section in found.document.sections] == [1, 1]
    assert readiness.problems(found.document) == []


def test_a_heading_takes_up_only_what_was_answered_before_it():
    rows = [("begin group", "g", "Part ${safe}"), ONE, ("end group", "")]

    found = asked(survey(*rows))

    assert found.document.sections[0].title == "Part …"
    assert said(found, Level.CHANGED) == ["“safe” cannot stand in a text here."]


def test_sheets_and_settings_that_nobody_reads_are_named():
    found = asked(
        survey(NOTE, settings=[("form_title", "version"), ("F", "7")], entities=[("a",), ("b",)])
    )

    assert said(found, Level.LEFT_OUT) == [
        "The sheet “entities” is left out.",
        "The setting “version” is left out.",
    ]


def test_a_question_that_is_never_shown_did_not_come_over():
    found = asked(survey(NOTE, ("text", "q", "?", "false()")))

    assert found.count(Level.CARRIED) == len([*found.document.questions()]) == 1


def test_an_old_name_of_a_column_is_a_column_of_its_own_beside_the_new_one():
    choices = [("list_name", "name", "label", "value"), ("yn", "yes", "Yes", "1"),
               ("yn", "no", "No", "2")]  # fmt: skip

    question = only(survey(ONE, choices=choices))

    assert [choice.id for choice in question.choices] == ["yes", "no"]
