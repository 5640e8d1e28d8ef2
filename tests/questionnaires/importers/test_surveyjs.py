"""Elements of SurveyJS, one small file each."""

import json

import pytest

from tests.questionnaires.importers.files import asked, only, said, surveyjs
from vrn_community.questionnaires.importers.report import Level, Unreadable

COLOURS = ["red", {"value": "blue", "text": "Light blue"}]
ROWS = ["price", {"value": "looks", "text": "How it looks"}]


def element(type_, name="q", **more):
    return {"type": type_, "name": name, **more}


@pytest.mark.parametrize(
    ("made", "kinds"),
    [
        (element("text"), ["short-text"]), (element("comment"), ["long-text"]),
        (element("text", inputType="number", min=1, max=9), ["number"]),
        (element("text", inputType="date"), ["month-year"]),
        (element("radiogroup", choices=COLOURS, showOtherItem=True), ["single-choice"]),
        (element("dropdown", choices=COLOURS), ["single-choice"]),
        (element("checkbox", choices=COLOURS, hasNone=True), ["multiple-choice"]),
        (element("tagbox", choices=COLOURS), ["multiple-choice"]),
        (element("ranking", choices=COLOURS), ["ranking"]),
        (element("imagepicker", choices=COLOURS), ["single-choice"]),
        (element("rating", rateMin=0, rateMax=10), ["single-choice"]),
        (element("boolean"), ["yes-no"]),
        (element("boolean", labelTrue="Sure", labelFalse="Never"), ["single-choice"]),
        (element("matrix", columns=COLOURS, rows=ROWS), ["grid"]),
        (element("matrixdropdown", rows=ROWS, choices=COLOURS,
                 columns=[{"name": "now"}, {"name": "why", "cellType": "text"}]),
         ["grid", "several-texts"]),
        (element("multipletext", items=[{"name": "a"}, {"name": "b"}]), ["several-texts"]),
        (element("html", html="<h1>Hello</h1>"), ["information"]),
        (element("panel", elements=[element("text", "inner")]), ["short-text"]),
        (element("paneldynamic", templateElements=[element("text", "inner")]), ["short-text"]),
        (element("radiogroup", choices=COLOURS, showCommentArea=True),
         ["single-choice", "long-text"]),
        (element("matrixdropdown", rows=ROWS, columns=["Now", {}], choices=COLOURS),
         ["grid", "grid"]),
        (element("matrixdropdown", rows=ROWS, cellType="checkbox", choices=COLOURS,
                 columns=[{"name": "a"}, {"name": "b", "cellType": "boolean"},
                          {"name": "c", "cellType": "rating"},
                          {"name": "d", "cellType": "text", "inputType": "number"}]),
         ["multiple-choice", "multiple-choice", "grid", "grid", "number", "number"]),
        (element("matrix", columns=COLOURS), ["single-choice"]),
        (element("matrix", columns=COLOURS, rows=ROWS, cellType="checkbox"),
         ["multiple-choice", "multiple-choice"]),
        (element("multipletext", items=[{"name": "a", "inputType": "number"}, {"name": "b"}]),
         ["number", "short-text"]),
        (element("dropdown", choicesMin=1, choicesMax=3), ["single-choice"]),
        (element("sortablelist", choices=COLOURS), ["ranking"]),
        (element("panel", title="You", elements=[element("text", "inner")]),
         ["information", "short-text"]),
        (element("panel", title="You", elements=[]), []),
        (element("panel", visible=False, elements=[element("text", "inner")]), []),
        (element("text", visible=False, visibleIf="{before} notempty"), ["short-text"]),
        (element("file"), []), (element("signaturepad"), []), (element("expression"), []),
        (element("text", visible=False), []),
    ],
)  # fmt: skip
def test_each_type_is_asked_or_left_out_with_a_reason(made, kinds):
    found = asked(surveyjs(element("text", "before"), made))

    assert [q.kind for q in found.document.questions()][1:] == kinds
    is_empty = made.get("elements") == []
    assert bool(said(found, Level.LEFT_OUT, "Question q")) == (
        (not kinds and not is_empty) or made["type"] == "imagepicker"
    )


@pytest.mark.parametrize(
    ("before", "condition", "rule"),
    [
        (element("radiogroup", choices=COLOURS), "{q} = 'blue'",
         {"question": "q", "includes": ("blue",)}),
        (element("checkbox", choices=COLOURS), "{q} contains 'red'",
         {"question": "q", "includes": ("red",)}),
        (element("checkbox", choices=COLOURS), "{q} anyof ['red', 'blue']",
         {"question": "q", "includes": ("red", "blue")}),
        (element("rating"), "{q} >= 4", {"question": "q", "includes": ("4", "5")}),
        (element("boolean"), "{q} = true", {"question": "q", "includes": ("yes",)}),
        (element("matrix", columns=COLOURS, rows=ROWS), "{q.price} = 'red'",
         {"question": "q.price", "includes": ("red",)}),
        (element("text", inputType="number"), "{q} < 18", {"question": "q", "less": 18.0}),
        (element("checkbox", choices=COLOURS), "{q.length} > 0",
         {"question": "q", "is_answered": True}),
        (element("boolean"), "{q}", {"question": "q", "includes": ("yes",)}),
        (element("boolean"), "!{q}", {"none": ({"question": "q", "includes": ("yes",)},)}),
        (element("radiogroup", choices=COLOURS), "{q}", {"question": "q", "is_answered": True}),
        (element("radiogroup", choices=COLOURS), "{q} notempty",
         {"question": "q", "is_answered": True}),
    ],
)  # fmt: skip
def test_visible_if_becomes_a_rule(before, condition, rule):
    later = element("text", "later", visibleIf=condition)

    document = asked(surveyjs(before, later)).document

    assert document.question("later").show_if.model_dump() == rule


def test_languages_come_along():
    title = {"default": "Safe?", "ur": "محفوظ؟"}
    document = asked(surveyjs(element("text", title=title), title="Survey")).document

    assert document.question("q").text == "Safe?"
    assert document.translations["ur"]["q.text"].text == "محفوظ؟"


def test_texts_that_name_no_language_are_english_unless_the_survey_is_in_one_other_language():
    both = surveyjs(element("text", title={"default": "Safe?", "de": "Sicher?"}), locale="de")
    german = surveyjs(element("text", title="Sicher?"), locale="de")

    document = asked(both).document
    assert document.question("q").text == "Safe?"
    assert document.translations["de"]["q.text"].text == "Sicher?"
    assert asked(german).document.question("q").text == "Sicher?"


def test_what_is_lost_is_named():
    found = asked(
        surveyjs(
            element("text", isRequired=True, validators=[{"type": "regex"}], defaultValue="x"),
            triggers=[{"type": "complete"}],
        )
    )

    assert len(said(found, Level.LEFT_OUT, "Question q")) == 3
    assert len(said(found, Level.LEFT_OUT, "The survey")) == 1


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b'{"pages": [', "Line 1"),
        (b"[1, 2]", "The file"),
        (b'{"title": "Nothing"}', "The file"),
        (b'{"pages": [1]}', "The file"),
        (b'{"pages": [{"elements": 5}]}', "Page 1"),
        (surveyjs({"name": "q"}), "Page 1, element 1"),
        (surveyjs({"type": "text"}), "Page 1, element 1"),
        (surveyjs(element("riddle")), "Question q"),
        (surveyjs(element("radiogroup", choices=["a", "a"])), "Question q"),
        (b'{"a": NaN}', "The file"),
        (b'{"sections": [{"id": "A b", "title": ""}]}', "sections.0.id"),
        (b'{"sections": [], "format": 2}', "format"),
        (json.dumps({"a": 1}).encode().replace(b"1", b"[" * 20_000), "file"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "The file"),
        (b"no format at all", "The file"),
        (b"", "The file"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(content, where):
    with pytest.raises(Unreadable) as refusal:
        asked(content)

    assert where.lower() in refusal.value.where.lower() or refusal.value.where.startswith("Line 1")


def test_the_choices_that_surveyjs_adds_are_chosen_alone():
    more = {f"show{name}Item": True for name in ("None", "Refuse", "DontKnow")}

    question = only(surveyjs(element("checkbox", choices=COLOURS, refuseText="No comment", **more)))

    assert [c.text for c in question.choices if c.is_exclusive] == [
        "None of these",
        "No comment",
        "Don’t know",
    ]


def test_a_choice_may_be_its_value_and_its_text_with_a_line_between_them():
    question = only(
        surveyjs(element("radiogroup", choices=["m|A man", "w|A woman"], choicesOrder="desc"))
    )

    assert [(c.id, c.text) for c in question.choices] == [("w", "A woman"), ("m", "A man")]


def test_the_cells_of_a_table_are_asked_about_by_row_and_column():
    table = element(
        "matrixdropdown", "t", title="Heating", rows=ROWS, cellType="checkbox", choices=COLOURS,
        columns=[{"name": "now", "title": "Today"}],
    )  # fmt: skip
    later = element("text", "later", visibleIf="{t.looks.now} contains 'red'")

    price, looks, last = asked(surveyjs(table, later)).document.questions()

    assert (price.text, looks.text) == ("Heating: price, Today", "Heating: How it looks, Today")
    assert last.show_if.question == looks.id


def test_a_page_that_is_hidden_is_left_out_and_random_order_has_two_names():
    pages = [
        {"name": "a", "visible": False, "elements": [element("text", "a")]},
        {"name": "b", "questionOrder": "random", "elements": [element("text", "b")]},
        {"name": "c", "questionsOrder": "random", "elements": [element("text", "c")]},
    ]

    found = asked(json.dumps({"pages": pages}).encode())

    assert [s.question_order for s in found.document.sections] == ["random", "random"]
    assert said(found, Level.LEFT_OUT, "Page 1") == ["It was hidden from everybody."]
