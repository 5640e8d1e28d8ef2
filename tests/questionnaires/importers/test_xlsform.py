"""Rules of the XLSForm format, one small file each."""

import pytest

from tests.questionnaires.importers.files import (
    CHOICES,
    HEAD,
    YES_NO,
    asked,
    only,
    said,
    survey,
    xlsx,
)
from vrn_community.questionnaires.importers.report import Level, Unreadable

NOTE = ("note", "hello", "Hello")
ONE = ("select_one yn", "safe", "Safe?")


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("text", "short-text"), ("string", "short-text"), ("note", "information"),
        ("integer", "number"), ("int", "number"), ("decimal", "number"), ("range", "number"),
        ("percentage", "number"), ("date", "month-year"), ("dateTime", "month-year"),
        ("time", "short-text"), ("acknowledge", "yes-no"), ("select_one yn", "single-choice"),
        ("select one yn", "single-choice"), ("select1 yn", "single-choice"),
        ("select one from yn", "single-choice"), ("select_multiple yn", "multiple-choice"),
        ("select all that apply from yn or specify other", "multiple-choice"),
        ("select_one yn or_other", "single-choice"), ("rank yn", "ranking"),
        ("add select one prompt using yn", "single-choice"), ("add text prompt", "short-text"),
        ("select_one_from_file places.csv", "short-text"),
        ("select_one_external yn", "short-text"),
    ],
)  # fmt: skip
def test_a_type_is_known_under_all_its_names(type_, kind):
    assert only(survey((type_, "q", "Question?"))).kind == kind


@pytest.mark.parametrize(
    "type_", ["geopoint", "gps", "photo", "image", "audio", "file", "barcode", "start", "today",
              "deviceid", "calculate", "hidden", "imei", "username"]
)  # fmt: skip
def test_what_tells_who_or_where_somebody_is_is_left_out_and_named(type_):
    found = asked(survey(NOTE, (type_, "secret", "Where?")))

    assert [q.id for q in found.document.questions()] == ["hello"]
    assert said(found, Level.LEFT_OUT, "Row 3")


@pytest.mark.parametrize(
    ("rows", "where", "reason"),
    [
        ([("riddle", "q", "?")], "Row 2", "no type “riddle”"),
        ([NOTE, ("", "q", "?")], "Row 3", "no type"),
        ([("text", "", "?")], "Row 2", "no name"),
        ([NOTE, ("geopoint", "", "?")], "Row 3", "no name"),
        ([("text", "q", "")], "Row 2", "no label"),
        ([("text", "a b", "?")], "Row 2", "“a b” is no name"),
        ([("text", "q", "?"), ("text", "q", "?")], "Row 3", "“q” stands twice"),
        ([("select_one nowhere", "q", "?")], "Row 2", "no list “nowhere”"),
        ([("begin group", "g", "G"), NOTE], "Row 2", "never ends"),
        ([NOTE, ("end group", "", "")], "Row 3", "not begun"),
        ([("begin group", "g", "G"), NOTE, ("end repeat", "", "")], "Row 4", "not begun"),
        ([("text", "q", "?", "${ghost} = '1'")], "Row 2", "“ghost”, which is not in the file"),
        ([("start", "s", "")], "The file", "no question .* Row 2: s: It records"),
    ],
)
def test_a_form_that_breaks_a_rule_is_refused_with_the_row_and_the_reason(rows, where, reason):
    with pytest.raises(Unreadable, match=reason) as refusal:
        asked(survey(*rows))

    assert refusal.value.where == where


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [
        ({"questions": [HEAD, NOTE], "choices": CHOICES}, "no sheet called “survey”"),
        ({"survey": [("name", "label"), ("q", "?")]}, "no column “type”"),
        ({"survey": [HEAD, ONE], "choices": [CHOICES[0], *YES_NO, ("yn", "", "X")]}, "no name"),
        ({"survey": [(*HEAD, "hint", "Hint"), (*NOTE, "", "a", "b")]}, "“Hint” stands twice"),
        (
            {"survey": [HEAD, ONE], "choices": [CHOICES[0], *YES_NO, YES_NO[0]]},
            "“yes” stands twice",
        ),
    ],
)
def test_a_workbook_that_is_no_form_is_refused(sheets, reason):
    with pytest.raises(Unreadable, match=reason):
        asked(xlsx(**sheets))


def test_doubled_choices_come_once_where_the_form_allows_them():
    twice = [CHOICES[0], *YES_NO, ("yn", "yes", "Yes, there")]
    settings = [("allow_choice_duplicates",), ("yes",)]

    question = only(survey(ONE, choices=twice, settings=settings))

    assert [choice.text for choice in question.choices] == ["Yes", "No"]


def test_groups_are_pages_and_conditions_of_both_kinds_hold():
    found = asked(
        survey(
            ONE,
            ("begin group", "why", "Why", "${safe} = 'no'"),
            ("text", "words", "Why?"),
            ("begin group", "inner", "Inner", "${safe} != ''"),
            ("integer", "n", "How often?"),
            ("end group", "", ""),
            ("text", "more", "More?", "${n} > 2"),
            ("end group", "", ""),
        )
    )
    first, why, more = found.document.sections

    assert (first.title, why.title, more.title) == ("Questions", "Why", "Why")
    assert why.show_if == more.show_if
    assert why.show_if.includes == ("no",)
    assert [(q.text, q.show_if is not None) for q in why.questions] == [
        ("Why?", False),
        ("Inner", True),
        ("How often?", True),
    ]
    assert more.questions[0].show_if.greater == 2
    assert said(found, Level.CHANGED, "Row 8")[-1].startswith("It stands on a new page")


def test_a_repeat_is_asked_once_and_a_loop_once_for_each_choice():
    found = asked(
        survey(
            ("begin repeat", "children", "Children"),
            ("text", "name", "Name?"),
            ("end repeat", "", ""),
            ("begin loop over yn", "loop", ""),
            ("text", "why", "Why %(label)s?"),
            ("end loop", "", ""),
        )
    )

    texts = [q.text for q in found.document.questions()]
    assert texts == ["Name?", "Why Yes?", "Why No?"]
    assert said(found, Level.CHANGED, "Row 2") == [
        "It is asked once: nothing is asked several times here."
    ]


@pytest.mark.parametrize(
    ("type_", "constraint", "bounds"),
    [
        ("integer", ". >= 18 and . <= 120", (18, 120)),
        ("integer", ". > 18 and . < 120", (19, 119)),
        ("decimal", ". >= 0.5", (0.5, None)),
        ("integer", "120 >= .", (None, None)),
        ("integer", "regex(., '[0-9]')", (None, None)),
        ("integer", ". >= 9 and . <= 1", (None, None)),
    ],
)
def test_bounds_of_a_number_come_from_its_constraint(type_, constraint, bounds):
    head = ("type", "name", "label", "constraint")

    found = asked(survey((type_, "n", "?", constraint), head=head))

    (question,) = found.document.questions()
    assert (question.least, question.greatest) == bounds
    assert bool(said(found, Level.LEFT_OUT)) == (bounds == (None, None))


def test_what_cannot_be_carried_is_said_line_by_line():
    head = ("type", "name", "label", "required", "default", "calculation", "choice_filter",
            "constraint", "media::image", "bind::odd")  # fmt: skip
    row = ("select_multiple yn", "q", "?", "yes", "no", "1+1", "x=1", "count-selected(.) <= 1",
           "a.png", "z")  # fmt: skip
    found = asked(survey(row, head=head))

    assert len(said(found, Level.CHANGED)) == 1
    assert len(said(found, Level.LEFT_OUT)) == 5
    assert next(found.document.questions()).most == 1


def test_languages_come_along_and_english_is_the_one_of_the_document():
    head = ("type", "name", "label::Urdu (ur)", "label::English", "hint::English")
    choices = [("list name", "name", "label::English", "label::Urdu (ur)"),
               ("yn", "yes", "Yes", "ہاں"), ("yn", "no", "No", "")]  # fmt: skip
    row = ("select_one yn", "safe", "محفوظ؟", "Safe?", "Think.")

    document = asked(survey(row, head=head, choices=choices)).document

    (question,) = document.questions()
    assert (question.text, question.hint) == ("Safe?", "Think.")
    assert {place: t.text for place, t in document.translations["ur"].items()} == {
        "safe.text": "محفوظ؟",
        "safe.choices.yes": "ہاں",
    }


def test_a_matrix_of_kobo_is_one_grid_and_its_rows_can_be_asked_about():
    head = (*HEAD, "appearance")
    document = asked(
        survey(
            ("select_one yn", "head", "How well?", "", "label"),
            ("select_one yn", "python", "Python", "", "list-nolabel"),
            ("select_one yn", "sql", "SQL", "", "list-nolabel"),
            ("text", "why", "Why?", "${sql} = 'no'", ""),
            head=head,
        )
    ).document

    grid, why = document.questions()
    assert (grid.kind, [row.text for row in grid.rows]) == ("grid", ["Python", "SQL"])
    assert why.show_if.model_dump() == {"question": "head.sql", "includes": ("no",)}


def test_long_texts_and_single_choices_fit_and_the_report_says_how():
    words = "word " * 500
    found = asked(survey(("select_one x", "q", words), choices=[CHOICES[0], ("x", "ok", "OK")]))

    (question,) = found.document.questions()
    assert len(question.text) <= 1_000
    assert question.hint.startswith("word")
    assert [choice.text for choice in question.choices] == ["OK", "None of these"]
    assert len(said(found, Level.CHANGED)) == 3


def test_labels_lose_their_markup_and_take_up_earlier_choices():
    document = asked(survey(ONE, ("note", "n", "**You** said <b>${safe}</b> &amp; more"))).document

    assert [q.text for q in document.questions()][1] == "You said ${safe} & more"


def test_names_stay_different_and_neutral():
    document = asked(
        survey(
            ("text", "Very_Long.Name_that_goes_on_and_on_and_on_and_on", "?"),
            ("text", "very_long_name_that_goes_on_and_on_and_on_on", "?"),
            ("text", "نام", "?"),
            ("text", "other", "?"),
        )
    ).document

    ids = [q.id for q in document.questions()]
    assert ids[2:] == ["q", "other-2"]
    assert len(set(ids)) == 4
