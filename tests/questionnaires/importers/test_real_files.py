"""Questionnaires that nobody on this project wrote; they are read where they lie."""

import os
from pathlib import Path

import pytest

from tests.questionnaires.importers.answering import answered, by_chance, first, nothing
from vrn_community.config import PROJECT_ROOT
from vrn_community.questionnaires import importers, readiness
from vrn_community.questionnaires.exporters import own, xlsform
from vrn_community.questionnaires.importers.report import Imported, Level, Unreadable

FOLDER = PROJECT_ROOT.parent / "shared" / "realdata"
FILES = sorted([*FOLDER.glob("lss/*.lss"), *FOLDER.glob("xlsform/*.xlsx")])
#: What the reference implementation of XLSForm refuses too, and where.
INVALID = {"duplicate_choice_form.xlsx": "Row 6 of the sheet “choices”: “king” stands twice"}
VALID = [path for path in FILES if path.name not in INVALID]
#: Pages, questions, and languages besides the one of the document.
SIZES = {
    "Household_Energy_Access_and_Usage_Survey.xlsx": (10, 28, {"ig"}),
    "all_types_survey.xlsx": (7, 29, set()),
    "childrens_survey_sw.xlsx": (3, 14, {"sw"}),
    "good_eats_multilang.xlsx": (1, 6, {"fr"}),
    "mali_health.xlsx": (1, 14, {"fr"}),
    "testA.xlsx": (8, 24, set()),
    "transportation.xlsx": (2, 10, set()),
    "tutorial_arabic_labels.xlsx": (1, 4, {"ar"}),
    "a_rather_interesting_questionnaire_for_testing.lss": (1, 3, set()),
    "colors.lss": (3, 4, set()),
    "limesurvey_sample_survey_english.lss": (9, 92, set()),
    "ls205_cascading_array_filter.lss": (7, 9, set()),
    "ls205_group_relevance.lss": (17, 30, set()),
    "ls5_sample_survey_multilingual_fr_de_en_it.lss": (9, 102, {"de-informal", "fr", "it"}),
    "survey-one-question-two-languages.lss": (1, 1, set()),
}
needs_files = pytest.mark.skipif(
    not FILES and not os.environ.get("CI"), reason="../shared/realdata is not here"
)
_read: dict[Path, Imported] = {}


def imported(path: Path) -> Imported:
    if path not in _read:
        _read[path] = importers.read(path.read_bytes())
    return _read[path]


def name(path: Path) -> str:
    return path.name


@needs_files
def test_the_files_are_those_that_are_expected():
    assert {path.name for path in FILES} >= {*SIZES, *INVALID}


@pytest.mark.parametrize("path", VALID, ids=name)
def test_a_valid_file_comes_in_with_a_report_and_can_be_published(path):
    found = imported(path)

    sections, questions, languages = SIZES.get(path.name, (None, None, None))
    if sections:
        assert len(found.document.sections) == sections
        assert len(list(found.document.questions())) == questions
        assert set(found.document.translations) == languages
    assert found.count(Level.CARRIED) == len(list(found.document.questions()))
    assert readiness.problems(found.document) == []


@pytest.mark.parametrize("path", [p for p in FILES if p.name in INVALID], ids=name)
def test_an_invalid_file_is_refused_with_the_row_and_the_reason(path):
    with pytest.raises(Unreadable, match=INVALID[path.name]):
        importers.read(path.read_bytes())


@pytest.mark.parametrize("path", VALID, ids=name)
def test_every_question_can_be_given_its_first_answer(path):
    document = imported(path).document

    walk, seen = answered(document, first)

    assert seen
    assert {*walk.answers, *(key.partition(".")[0] for key in walk.words)} <= {
        question.id for question in document.questions()
    }


@pytest.mark.parametrize("path", VALID, ids=name)
def test_every_question_can_be_skipped(path):
    walk, seen = answered(imported(path).document, nothing)

    assert seen
    assert (dict(walk.answers), dict(walk.words)) == ({}, {})


@pytest.mark.parametrize("path", VALID, ids=name)
@pytest.mark.parametrize("seed", range(5))
def test_answers_as_they_come_reach_the_end(path, seed):
    _walk, seen = answered(imported(path).document, by_chance(seed), seed)

    assert seen


@pytest.mark.parametrize("path", VALID, ids=name)
def test_what_came_in_goes_out_and_comes_in_again_as_it_was(path):
    document = imported(path).document

    assert importers.read(own.write(document)).document == document
    assert importers.read(xlsform.write(document)).document == document


@needs_files
def test_conditions_of_a_real_survey_decide_who_is_asked_what():
    document = imported(FOLDER / "lss" / "ls205_group_relevance.lss").document

    def alone(question):
        return [("cohabs", "0")] if question.id == "cohabs" else first(question)

    def with_two(question):
        return [("cohabs", "2")] if question.id == "cohabs" else first(question)

    assert not any("part-2" in page for page in answered(document, alone)[1])
    pages = answered(document, with_two)[1]
    assert {page.split(".")[1][:6] for page in pages} >= {"part-2", "part-3"}
    assert not any("part-4" in page for page in pages)
