"""What goes out comes in again as it was."""

import io
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.questionnaires import SAMPLES
from tests.questionnaires.conftest import TWO_PAGES, after, section, single
from vrn_community.questionnaires import importers, translating
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.exporters import own, xlsform, xpath
from vrn_community.questionnaires.importers.report import Level

KINDS = [{**content, "kind": kind, "id": kind} for kind, content in SAMPLES.items()]
RULES: list[dict[str, Any]] = [
    {"question": "single-choice", "includes": ["bus", "other"]},
    {"question": "multiple-choice", "equals": "lights"},
    {"question": "number", "greater": 3.5},
    {"question": "number", "equals": 3},
    {"question": "number", "includes": ["band-2"]},
    {"question": "month-year", "less": 2010},
    {"question": "grid.parks", "less": 4},
    {"question": "agreement-scale", "greater": 2},
    {"question": "ranking.first", "includes": ["lights"]},
    {"question": "points", "includes": ["buses"]},
    {"question": "area", "includes": ["e06000016"]},
    {"question": "yes-no", "is_answered": False},
    {"any": [{"question": "yes-no", "includes": ["no"]}, {"question": "consent", "equals": "yes"}]},
    {"none": [{"all": [{"question": "cards.parks", "includes": ["agree"]}]}],},
]  # fmt: skip


def whole(**more: Any) -> Questionnaire:
    """Return a questionnaire with every kind of question and every kind of rule."""
    last = [
        {"kind": "short-text", "id": f"9why-{n}", "text": "Why ${single-choice}?", "show_if": rule}
        for n, rule in enumerate(RULES)
    ]
    return Questionnaire.model_validate(
        {
            "introduction": "Welcome, <b>all</b> & one",
            "asks_age_band": False,
            "equality_block": "2026-1",
            "sections": [
                {"id": "one", "title": "=1+1", "introduction": "Read", "questions": KINDS},
                {"id": "2two", "title": "Two", "show_if": RULES[0], "questions": last,
                 "question_order": "random"},
                {"id": "end", "title": "End", "introduction": "Only to read"},
            ],
            **more,
        }
    )  # fmt: skip


def translated(document: Questionnaire, every: int) -> Questionnaire:
    places = list(translating.texts(document).items())[::every]
    of_urdu = {place: {"source": text, "text": f"اردو {text}"} for place, text in places}
    content = {**document.model_dump(), "translations": {"ur": of_urdu, "easy-read": of_urdu}}
    return Questionnaire.model_validate(content)


DOCUMENTS = [TWO_PAGES, whole(), translated(whole(), 1), translated(whole(), 3)]


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("write", [own.write, xlsform.write])
def test_a_questionnaire_comes_back_as_it_was(document, write):
    found = importers.read(write(document))

    assert found.document == document
    assert found.is_own
    assert {line.level for line in found.report} == {Level.CARRIED}


WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zs", "Zl", "Zp", "Co", "Cn")
    ),
    min_size=1,
    max_size=30,
)
CHOSEN = st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(WORDS, min_size=6, max_size=6), CHOSEN, st.booleans())
def test_any_words_come_back_as_they_were(words, chosen, has_other):
    choices = tuple({"id": key, "text": text} for key, text in zip("abc", words[:3], strict=True))
    asked = single("q", choices=choices, text=words[3], has_other=has_other)
    later = single("r", text=words[4], hint=words[5], show_if=after("q", *chosen))
    document = Questionnaire(
        introduction=words[0], sections=(section("s", asked), section("t", later, title=words[1]))
    )

    assert importers.read(xlsform.write(document)).document == document


def cells(document: Questionnaire, sheet: str) -> list[dict[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(xlsform.write(document)))
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_no_text_becomes_a_formula():
    book = openpyxl.load_workbook(io.BytesIO(xlsform.write(whole())))

    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}


def test_other_programs_find_types_lists_and_conditions_that_they_know():
    rows = {row["name"]: row for row in cells(whole(), "survey") if row["name"]}
    listed = {row["list_name"] for row in cells(whole(), "choices")}

    assert rows["single-choice"]["type"] == "select_one single-choice or_other"
    assert rows["multiple-choice"]["constraint"] == "count-selected(.) <= 2"
    assert rows["grid.parks"]["type"] == "select_one grid"
    assert rows["_9why-0"]["label"] == "Why ${single-choice}?"
    types = [row["type"].split()[1] for row in rows.values() if row["type"].startswith("select")]
    assert set(types) <= listed


@pytest.mark.parametrize(
    ("number", "condition"),
    [
        (0, "(selected(${single-choice}, 'bus') or selected(${single-choice}, 'other'))"),
        (1, "${multiple-choice} = 'lights'"),
        (2, "${number} > 3.5"),
        (3, "${number} = 3"),
        (6, "(selected(${grid.parks}, 'disagree') or selected(${grid.parks}, 'neither')"
            " or selected(${grid.parks}, 'strongly-disagree'))"),
        (8, "selected-at(${ranking}, 0) = 'lights'"),
        (9, "${points.buses} > 0"),
        (11, "${yes-no} = ''"),
        (13, "not((selected(${cards.parks}, 'agree')))"),
    ],
)  # fmt: skip
def test_rules_are_written_as_xlsform_writes_them(number, condition):
    document = whole()
    rule = document.question(f"9why-{number}").show_if

    assert xpath.condition(rule, document) == condition


def test_a_condition_that_somebody_changed_outside_is_the_one_that_holds():
    book = openpyxl.load_workbook(io.BytesIO(xlsform.write(TWO_PAGES)))
    for column in book["survey"].iter_cols():
        for cell in column if column[0].value == "relevant" else ():
            if cell.value == "selected(${safe}, 'no')":
                cell.value = "selected(${safe}, 'yes')"
    file = io.BytesIO()
    book.save(file)

    rule = importers.read(file.getvalue()).document.question("why").show_if

    assert rule == after("safe", "yes")
