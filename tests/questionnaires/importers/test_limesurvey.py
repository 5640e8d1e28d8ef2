"""Types and rules of LimeSurvey, one small file each."""

import io
import zipfile

import pytest

from tests.questionnaires.importers.files import asked, lss, question, said
from vrn_community.questionnaires.importers.report import Level, Unreadable

SUBS = [("A", "Apples"), ("B", "Pears")]
BOTH = [("X1", "Row one", "0"), ("X2", "Row two", "0"), ("Y1", "Left", "1"), ("Y2", "Right", "1")]
SCALES = [("a", "Low", "0"), ("b", "High", "0"), ("c", "Rare", "1"), ("d", "Often", "1")]


@pytest.mark.parametrize(
    ("type_", "parts", "kinds"),
    [
        ("L", {"answers": SUBS}, ["single-choice"]), ("!", {"answers": SUBS}, ["single-choice"]),
        ("O", {"answers": SUBS}, ["single-choice", "long-text"]), ("5", {}, ["single-choice"]),
        ("Y", {}, ["yes-no"]), ("G", {}, ["single-choice"]),
        ("M", {"subs": SUBS}, ["multiple-choice"]),
        ("P", {"subs": SUBS}, ["multiple-choice", "several-texts"]), ("X", {}, ["information"]),
        ("S", {}, ["short-text"]), ("T", {}, ["long-text"]), ("U", {}, ["long-text"]),
        ("Q", {"subs": SUBS}, ["several-texts"]), ("N", {}, ["number"]),
        ("K", {"subs": SUBS}, ["number", "number"]), ("D", {}, ["month-year"]),
        ("R", {"answers": SUBS}, ["ranking"]), ("F", {"subs": SUBS, "answers": SUBS}, ["grid"]),
        ("A", {"subs": SUBS}, ["grid"]), ("B", {"subs": SUBS}, ["grid"]),
        ("C", {"subs": SUBS}, ["grid"]), ("E", {"subs": SUBS}, ["grid"]),
        ("H", {"subs": SUBS, "answers": SUBS}, ["grid"]),
        ("1", {"subs": SUBS, "answers": SCALES}, ["grid", "grid"]),
        (":", {"subs": BOTH}, ["grid", "grid"]),
        (":", {"subs": BOTH, "attributes": {"multiflexible_checkbox": "1"}},
         ["multiple-choice", "multiple-choice"]),
        (":", {"subs": BOTH, "attributes": {"input_boxes": "1"}}, ["number"] * 4),
        (";", {"subs": BOTH}, ["several-texts", "several-texts"]),
        ("Q", {"subs": SUBS, "attributes": {"numbers_only": "1"}}, ["number", "number"]),
        (";", {"subs": BOTH, "attributes": {"numbers_only": "1"}}, ["number"] * 4),
        ("I", {}, []), ("*", {}, []), ("|", {}, []),
    ],
)  # fmt: skip
def test_each_of_the_29_types_is_asked_or_left_out_with_a_reason(type_, parts, kinds):
    found = asked(lss(question("X", "Hello"), question(type_, "Q", **parts)))

    assert [q.kind for q in found.document.questions()][1:] == kinds
    assert bool(said(found, Level.LEFT_OUT, "Question Q")) == (not kinds)


def conditional(relevance, *earlier):
    """Return the rule of a question that stands behind others."""
    found = asked(lss(*earlier, question("T", "Last", relevance=relevance)))
    rule = list(found.document.questions())[-1].show_if
    return rule.model_dump() if rule else None


LIST = question("L", "Q1", answers=SUBS, other="Y")
SEVERAL = question("M", "Q1", subs=SUBS, other="Y")
ARRAY = question("F", "Q1", subs=SUBS, answers=SUBS)


@pytest.mark.parametrize(
    ("earlier", "relevance", "rule"),
    [
        (LIST, 'Q1.NAOK == "A"', {"question": "q1", "includes": ("a",)}),
        (ARRAY, "count(Q1_A, Q1_B) > 0", {"any": (
            {"question": "q1.a", "is_answered": True}, {"question": "q1.b", "is_answered": True},
        )}),
        (ARRAY, "count(Q1_A.NAOK, Q1_B.NAOK) == 2", {"all": (
            {"question": "q1.a", "is_answered": True}, {"question": "q1.b", "is_answered": True},
        )}),
        (LIST, 'Q1 == "-oth-"', {"question": "q1", "includes": ("other",)}),
        (LIST, "!is_empty(Q1_other)", {"question": "q1", "includes": ("other",)}),
        (LIST, '9X1X1.NAOK == "B"', {"question": "q1", "includes": ("b",)}),
        (SEVERAL, 'Q1_A.NAOK == "Y"', {"question": "q1", "includes": ("a",)}),
        (SEVERAL, '((9X1X1A.NAOK == "Y" or 9X1X1B.NAOK == "Y"))',
         {"question": "q1", "includes": ("a", "b")}),
        (SEVERAL, 'Q1_other != ""', {"question": "q1", "includes": ("other",)}),
        (ARRAY, 'Q1_B.NAOK == "A"', {"question": "q1.b", "includes": ("a",)}),
        (question("1", "Q1", subs=SUBS, answers=SCALES), 'Q1_A_1.NAOK == "d"',
         {"question": "q1-scale-1.a", "includes": ("d",)}),
        (question("R", "Q1", answers=SUBS), 'Q1_1 == "B"',
         {"question": "q1.first", "includes": ("b",)}),
        (question("N", "Q1"), "Q1 > 3", {"question": "q1", "greater": 3.0}),
        (question("K", "Q1", subs=SUBS), "Q1_B.NAOK < 3", {"question": "q1-b", "less": 3.0}),
        (question("Y", "Q1"), 'Q1 == "Y"', {"question": "q1", "includes": ("yes",)}),
        (question("S", "Q1"), "!is_empty(Q1)", None),
    ],
)  # fmt: skip
def test_relevance_becomes_a_rule(earlier, relevance, rule):
    assert conditional(relevance, earlier) == rule


def test_old_conditions_join_questions_with_and_and_scenarios_with_or():
    def condition(cqid, value, scenario, field=""):
        return {"qid": "3", "cqid": cqid, "cfieldname": field or f"9X1X{cqid}", "method": "==",
                "value": value, "scenario": scenario}  # fmt: skip

    one, two, last = question("M", "Q1", subs=SUBS), question("Y", "Q2"), question("T", "Q3")
    for row in (one, two, last):
        del row["relevance"]
    rows = [
        condition("1", "A", "1"),
        condition("2", "Y", "1"),
        condition("1", "Y", "2", "+9X1X1B"),
    ]
    document = asked(lss(one, two, last, tables={"conditions": rows})).document

    assert document.question("q3").show_if.model_dump() == {
        "any": (
            {"all": ({"question": "q1", "includes": ("a",)},
                     {"question": "q2", "includes": ("yes",)})},
            {"question": "q1", "includes": ("b",)},
        )
    }  # fmt: skip


def test_attributes_that_we_have_come_along_and_others_are_named():
    attributes = {"exclude_all_others": "B", "random_order": "1", "max_answers": "1",
                  "array_filter": "Z", "min_answers": "1", "time_limit": "30"}  # fmt: skip
    found = asked(lss(question("M", "Q", subs=SUBS, mandatory="Y", attributes=attributes)))

    (asked_now,) = found.document.questions()
    assert [choice.is_exclusive for choice in asked_now.choices] == [False, True]
    assert (asked_now.most, asked_now.choice_order) == (1, "random")
    assert len(said(found, Level.LEFT_OUT, "Question Q")) == 3
    assert said(found, Level.CHANGED, "Question Q") == [
        "Every question can be skipped here, so this one too."
    ]


def test_numbers_that_have_to_add_up_are_points_to_share_out():
    attributes = {"equals_num_value": "20"}
    document = asked(lss(question("K", "Q", subs=SUBS, attributes=attributes))).document

    (points,) = document.questions()
    assert (points.kind, points.total) == ("points", 20)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (question("S", "Q", attributes={"hidden": "1"}), "hidden from everybody"),
        (question("S", "Q", attributes={"location_mapservice": "100"}), "who or where"),
        (question("S", "Q", question_theme_name="browserdetect"), "browser"),
    ],
)
def test_what_was_hidden_or_would_give_somebody_away_is_left_out(row, reason):
    found = asked(lss(question("X", "Hello"), row))

    assert len(list(found.document.questions())) == 1
    assert reason in said(found, Level.LEFT_OUT, "Question Q")[0]


def test_html_becomes_words_and_expressions_in_texts_take_up_choices_only():
    html = "<p>Why <b>{Q1.shown}</b>,&nbsp;{NAME}?</p><script>alert(1)</script>"
    found = asked(lss(LIST, question("S", "NAME"), question("T", "Q2", question=html)))

    assert found.document.question("q2").text == "Why ${q1}, …?"
    assert "“NAME” cannot stand in a text here." in said(found, Level.CHANGED, "Question Q2")


def test_quotas_scores_and_words_at_the_end_are_named():
    tables = {
        "quota": [{"id": "1"}],
        "assessments": [{"id": "1"}],
        "surveys_languagesettings": [
            {"surveyls_language": "en", "surveyls_welcometext": "<p>Welcome</p>",
             "surveyls_endtext": "Bye"}
        ],
    }  # fmt: skip
    found = asked(lss(question("T", "Q"), tables=tables))

    assert found.document.introduction == "Welcome"
    assert len(said(found, Level.LEFT_OUT, "The survey")) == 5


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (lss(question("T", "Q"))[:-20], "Line 1"),
        (b"<?xml version='1.0'?><survey/>", "The file"),
        (b"<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><document>&b;</document>", "file"),
        (lss(question("?", "Q")), "Question Q"),
        (lss(question("L", "Q", answers=["A", "A"])), None),
        (lss(question("M", "Q", subs=["A", "A"])), "Question Q"),
        (lss({**question("T", "Q"), "gid": "7"}), "Question Q"),
        (lss(), "The file"),
    ],
)
def test_a_broken_file_is_refused_with_the_place_and_the_reason(content, where):
    if where is None:  # Answers with one code are one answer in several languages.
        assert asked(content)
        return
    with pytest.raises(Unreadable) as refusal:
        asked(content)

    assert where in refusal.value.where


def test_the_two_ends_of_a_row_stand_beside_each_other():
    content = lss(question("B", "Q", subs=[("A", "cold|warm"), ("B", "|near")]))

    (grid,) = asked(content).document.questions()

    assert [row.text for row in grid.rows] == ["cold \N{EN DASH} warm", "near"]


def test_several_numbers_keep_their_unit_and_their_bounds():
    attributes = {"suffix": "miles", "min_num_value_n": "0", "num_value_int_only": "1",
                  "equals_num_value": "1000", "random_order": "1"}  # fmt: skip

    found = asked(lss(question("K", "Q", subs=[("A", "By bus")], attributes=attributes)))

    (number,) = found.document.questions()
    assert (number.unit, number.least, number.is_whole) == ("miles", 0, True)
    assert "The sum of the numbers is not checked." in said(found, Level.LEFT_OUT)
    assert "Its rows always stand in the same order." in said(found, Level.CHANGED)


def test_one_scale_of_two_can_be_asked_about_by_its_number():
    dual = question("1", "Q1", subs=SUBS, answers=SCALES)
    rows = [{"qid": "2", "cqid": "1", "cfieldname": "9X1X1A#1", "method": "==", "value": "d",
             "scenario": "1"}]  # fmt: skip
    old = lss(dual, {"type": "T", "title": "Last", "question": "?"}, tables={"conditions": rows})

    last = [*asked(old).document.questions()][-1]

    assert last.show_if.model_dump() == {"question": "q1-scale-1.a", "includes": ("d",)}


def test_an_archive_with_answers_is_refused_with_what_to_do():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("survey_1.lss", "<document/>")

    with pytest.raises(Unreadable, match="Export the survey alone, as .lss"):
        asked(file.getvalue())
