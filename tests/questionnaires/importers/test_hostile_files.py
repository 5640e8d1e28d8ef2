"""Files that were made to harm, or that are only damaged: they are refused, and nothing else."""

import io
import random
import time
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.questionnaires.importers.files import (
    CHOICES,
    HEAD,
    asked,
    csv_of,
    lss,
    question,
    survey,
    surveyjs,
    xls,
    xlsx,
)
from vrn_community.questionnaires import importers
from vrn_community.questionnaires.importers.report import Imported, Unreadable

ROWS = [HEAD, ("select_one yn", "safe", "Safe?"), ("text", "why", "Why?", "${safe} = 'no'")]
OLD = xls(survey=ROWS, choices=CHOICES)
LINES = csv_of(survey=ROWS, choices=CHOICES).encode()
FORM = survey(*ROWS[1:])
SURVEY = lss(question("L", "Q1", answers=["A", "B"]), question("T", "Q2", relevance='Q1=="A"'))
ELEMENTS = surveyjs({"type": "radiogroup", "name": "q", "choices": ["a", "b"]})
BOMB = (
    b"<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a;" * 10) for n in range(9))
    + b"]>"
)


def repacked(change) -> bytes:
    """Return the small form with each part of its archive changed by a function."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FORM)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return file.getvalue()


def sheet_with(content):
    return repacked(lambda name, old: content(old) if name.endswith("sheet1.xml") else old)


def tried(content: bytes) -> Imported | None:
    """Return what comes of a file; None if it is refused; anything else is an error."""
    with suppress(Unreadable):
        return importers.read(content)
    return None


def test_an_archive_that_grows_without_measure_is_refused():
    content = sheet_with(lambda old: old + b" " * 30_000_000)

    with pytest.raises(Unreadable, match="too large when it is unpacked"):
        asked(content)


def test_an_archive_of_thousands_of_parts_is_refused():
    file = io.BytesIO(FORM)
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(1_001):
            archive.writestr(f"part{number}", "")

    with pytest.raises(Unreadable, match="too large when it is unpacked"):
        asked(file.getvalue())


@pytest.mark.parametrize(
    "content",
    [
        sheet_with(lambda old: old.replace(b"<worksheet", BOMB + b"<worksheet", 1)),
        sheet_with(lambda old: old[: len(old) // 2]),
        sheet_with(lambda _old: b""),
        b"<?xml version='1.0'?>" + BOMB + b"<document>&a8;</document>",
        b"<?xml version='1.0'?><!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>&x;</document>",
        b"<document>" + b"<a>" * 50_000,
        b"\xd0\xcf\x11\xe0 an old workbook",
        FORM.replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"),
        b"PK\x03\x04 no archive",
    ],
)
def test_a_bomb_or_a_ruin_is_refused(content):
    with pytest.raises(Unreadable):
        asked(content)


def test_a_row_far_below_does_not_make_millions_of_rows():
    content = sheet_with(
        lambda old: old.replace(
            b"</sheetData>",
            b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>'
            b"</sheetData>",
        )
    )

    assert len(list(asked(content).document.questions())) == 2


def test_a_chain_of_hundreds_of_conditions_is_read_and_answered():
    rows = [("select_one yn", "q0", "?")] + [
        ("select_one yn", f"q{n}", "?", f"${{q{n - 1}}} != '' and ${{q{n - 1}}} = 'yes'")
        for n in range(1, 60)
    ]

    document = asked(survey(*rows)).document

    assert len(document.sections) == 60


@pytest.mark.parametrize(
    "content",
    [
        survey(*[("text", f"q{n}", "?") for n in range(301)]),
        lss(question("X", "A"), *[question("T", f"Q{n}") for n in range(301)]),
    ],
)
def test_a_questionnaire_that_is_too_long_is_refused(content):
    with pytest.raises(Unreadable, match="at most 60 pages and 300 questions"):
        asked(content)


@pytest.mark.parametrize(
    "made",
    [
        {"type": "matrix", "columns": [1, 2], "rows": [*range(200_000)]},
        {"type": "multipletext", "items": [{"name": str(n)} for n in range(50_000)]},
        {"type": "matrixdropdown", "choices": [1, 2], "columns": ["c"] * 50_000, "rows": [1]},
        {"type": "matrixdropdown", "cellType": "checkbox", "choices": [1, 2], "columns": ["c"],
         "rows": [*range(41)]},
    ],
)  # fmt: skip
def test_a_table_that_is_too_large_is_left_out_at_once(made):
    found = asked(surveyjs({"type": "text", "name": "q"}, {"name": "large", **made}))

    assert [q.id for q in found.document.questions()] == ["q"]
    assert any("too many" in line.message for line in found.report)


def test_tables_of_tables_do_not_make_thousands_of_questions():
    table = {"type": "matrixdropdown", "cellType": "checkbox", "choices": [1, 2],
             "columns": ["c"] * 40, "rows": [*range(40)]}  # fmt: skip

    with pytest.raises(Unreadable, match="at most 60 pages and 300 questions"):
        asked(surveyjs(*[{**table, "name": f"t{n}"} for n in range(300)]))


def test_a_file_in_too_many_languages_is_refused():
    title = {f"{one}{two}": "?" for one in "abcdef" for two in "abcdefgh"}

    with pytest.raises(Unreadable, match="at most 40 languages"):
        asked(surveyjs({"type": "text", "name": "q", "title": title}))


def test_thousands_of_choices_without_a_latin_letter_get_names_quickly():
    choices = [CHOICES[0], *[("long", f"村{n}", f"村{n}") for n in range(5_000)]]

    started = time.process_time()
    found = asked(csv_of(survey=[HEAD, ("select_one long", "q", "?")], choices=choices).encode())

    assert time.process_time() - started < 2
    assert next(found.document.questions()).kind == "short-text"


def test_too_many_choices_are_asked_in_words():
    choices = [CHOICES[0], *[("long", f"c{n}", f"Choice {n}") for n in range(201)]]

    (found,) = asked(survey(("select_one long", "q", "?"), choices=choices)).document.questions()

    assert found.kind == "short-text"


@pytest.mark.parametrize(
    "original", [FORM, OLD, LINES, SURVEY, ELEMENTS], ids=["xlsx", "xls", "csv", "lss", "json"]
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_file_is_read_or_refused(original, seed):
    chance = random.Random(seed)
    content = bytearray(original)
    for _ in range(chance.randrange(1, 20)):
        place = chance.randrange(len(content))
        if chance.randrange(2):
            content[place] = chance.randrange(256)
        else:
            del content[place : place + chance.randrange(1, 9)]

    tried(bytes(content))


CELLS = st.one_of(
    st.sampled_from(
        ["text", "select_one yn", "select_multiple yn or_other", "begin group", "end group", "rank",
         "begin repeat", "end repeat", "begin loop over yn", "end loop", "note", "integer", "range",
         "yes", "${q} = 'yes'", "selected(${q}, 'no')", ". > 3", "q", "q2", "label", "minimal",
         "start=1 end=0", "list-nolabel", ""]
    ),
    st.text(max_size=20).filter(lambda text: "\\x" not in repr(text)),
)  # fmt: skip
HEADINGS = st.sampled_from(
    ["type", "name", "label", "label::English", "label::Urdu (ur)", "hint", "relevant",
     "constraint",
     "appearance", "parameters", "required", "vrn-kind", "vrn-id", "vrn-settings", "vrn-rule"]
)  # fmt: skip


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    head=st.lists(HEADINGS, min_size=2, max_size=8, unique=True),
    rows=st.lists(st.lists(CELLS, max_size=8), max_size=8),
)
def test_any_sheet_is_read_or_refused(head, rows):
    tried(xlsx(survey=[head, *rows], choices=CHOICES))


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inside: st.lists(inside, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["type", "name", "title", "choices", "rows", "columns", "elements", "pages",
             "visibleIf",
             "default", "ur", "value", "text", "rateMin", "rateMax", "inputType", "sections", "id"]
        ),
        inside | st.sampled_from(["radiogroup", "matrix", "rating", "panel", "text", "number"]),
        max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(TREES, max_size=4))
def test_any_json_is_read_or_refused(elements):
    tried(surveyjs(*elements))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "type": st.sampled_from("L!O5YGMPQSTUNKDRXFABCEH1:;I*|?"),
                "title": st.sampled_from(["Q1", "Q2", "Q3"]),
                "question": st.sampled_from(["Why?", "<p>{Q1}</p>", "", "x" * 2_000]),
                "relevance": st.sampled_from(["1", "", "0", 'Q1=="A"', "!is_empty(Q2)", "(("]),
                "subs": st.lists(st.sampled_from(["A", "B", "other"]), max_size=3, unique=True),
                "answers": st.lists(st.sampled_from(["A", "B", "1"]), max_size=3, unique=True),
                "other": st.sampled_from(["Y", "N"]),
                "attributes": st.dictionaries(
                    st.sampled_from(["max_answers", "equals_num_value", "min_num_value_n",
                                     "maximum_chars", "date_min", "multiflexible_max"]),
                    st.sampled_from(["2", "-1", "x", "", "1999-01-01", "9" * 30]),
                    max_size=3,
                ),
            }
        ),
        min_size=1,
        max_size=5,
    )
)  # fmt: skip
def test_any_survey_of_limesurvey_is_read_or_refused(rows):
    tried(lss(*rows))
