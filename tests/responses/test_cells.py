"""A cell of a table says what a form would have sent, for every kind of question."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from werkzeug.datastructures import MultiDict

from tests.factories.questionnaires import SAMPLES
from tests.factories.ways import BLABY, LEICESTER
from vrn_community.questionnaires.question_types import TYPES, AnyQuestion
from vrn_community.questionnaires.question_types.base import Missing
from vrn_community.questionnaires.question_types.cells import NotCarried
from vrn_community.responses import rows

ADAPTER = TypeAdapter(AnyQuestion)
#: For each kind: cells by part, and the closed answer and the words that they are.
CARRIED = [
    ("single-choice", {"": "bus"}, "bus", {}),
    ("single-choice", {"": " BUS "}, "bus", {}),
    ("single-choice", {"": "I don\N{RIGHT SINGLE QUOTATION MARK}t know"}, "dont-know", {}),
    ("single-choice", {"other": "By boat"}, "other", {"other": "By boat"}),
    ("multiple-choice", {"": "Lights; Buses"}, ["lights", "buses"], {}),
    ("multiple-choice", {"": "buses|lights"}, ["lights", "buses"], {}),
    ("multiple-choice", {"": "lights buses"}, ["lights", "buses"], {}),
    ("multiple-choice", {"lights": "1", "buses": "No"}, ["lights"], {}),
    ("multiple-choice", {"lights": "x", "other": "Dogs"}, ["lights", "other"], {"other": "Dogs"}),
    ("picture-choice", {"": "Shop"}, "shop", {}),
    ("yes-no", {"": "Not sure"}, "not-sure", {}),
    ("agreement-scale", {"": "Strongly agree"}, "strongly-agree", {}),
    ("frequency-scale", {"": "never"}, "never", {}),
    ("satisfaction-scale", {"": "Prefer not to say"}, "prefer-not-to-say", {}),
    ("sentiment", {"": "bad", "why": "It is dark."}, "bad", {"why": "It is dark."}),
    ("grid", {"parks": "agree", "buses": "Disagree"}, {"parks": "agree", "buses": "disagree"}, {}),
    ("grid", {"parks": "Don't know", "buses": "dk"}, "dont-know", {}),
    ("cards", {"parks": "pass"}, {"parks": "pass"}, {}),
    ("ranking", {"": "buses; lights"}, ["buses", "lights"], {}),
    ("ranking", {"lights": "2", "buses": "1"}, ["buses", "lights"], {}),
    ("points", {"lights": "7", "buses": "3", "clubs": "0"}, {"lights": 7, "buses": 3}, {}),
    ("number", {"": "12"}, 12, {}),
    ("month-year", {"": "2020-05"}, "2020-05", {}),
    ("month-year", {"": "5/2020"}, "2020-05", {}),
    ("month-year", {"year": "2020", "month": "05"}, "2020-05", {}),
    ("short-text", {"": "Quiet"}, None, {"": "Quiet"}),
    ("short-text", {"": "prefer not to say"}, "prefer-not-to-say", {}),
    ("several-texts", {"first": "One", "third": "dk"}, None, {"first": "One", "third": "dk"}),
    ("long-text", {"": "=1+1"}, None, {"": "=1+1"}),
    ("area", {"": "Leicester"}, LEICESTER, {}),
    ("area", {"": LEICESTER.upper()}, LEICESTER, {}),
    ("area", {"": "le3 9ab"}, LEICESTER, {}),
    ("area-map", {"": "Blaby"}, BLABY, {}),
    ("consent", {"": "yes"}, "yes", {}),
]
#: The lines of several texts hold somebody's words, whatever they say.
OFFERING = [k for k, sample in SAMPLES.items() if sample.get("offers") and k != "several-texts"]
REFUSED = [
    ("single-choice", {"": "By boat"}),
    ("single-choice", {"": "bus", "other": "By boat"}),
    ("multiple-choice", {"": "lights; trams"}),
    ("multiple-choice", {"": "lights; Lights"}),
    ("multiple-choice", {"": "lights; none"}),
    ("multiple-choice", {"": "lights; buses; other"}),
    ("multiple-choice", {"lights": "perhaps"}),
    ("grid", {"parks": "agree", "buses": "Don't know"}),
    ("ranking", {"": "lights; lights"}),
    ("ranking", {"lights": "4"}),
    ("ranking", {"lights": "1", "buses": "1"}),
    ("points", {"lights": "7", "buses": "2"}),
    ("points", {"lights": "-1"}),
    ("number", {"": "121"}),
    ("number", {"": "twelve"}),
    ("month-year", {"": "2020-05-17"}),
    ("month-year", {"": "2020-13"}),
    ("month-year", {"year": "1066"}),
    ("month-year", {"month": "5"}),
    ("short-text", {"": "x" * 51}),
    ("several-texts", {"first": "x" * 51}),
    ("area", {"": "Atlantis"}),
    ("consent", {"": "Don't know"}),
]


def read(kind, cells):
    """Return what is read from cells by part, or raise a refusal."""
    question = ADAPTER.validate_python(SAMPLES[kind])
    known = question.cells()
    sent = [
        pair for part, cell in cells.items() for pair in question.from_cell(known[part], part, cell)
    ]
    reading = question.read(MultiDict(sent))
    if reason := rows.lost(question, sent, reading):
        raise NotCarried(reason)
    return question, reading


@pytest.fixture
def place(session, partnership):
    return session


@pytest.mark.parametrize(("kind", "cells", "answer", "words"), CARRIED)
def test_a_cell_is_read_as_a_form_is(place, kind, cells, answer, words):
    question, reading = read(kind, cells)

    names = {f"{question.id}.{part}" if part else question.id: w for part, w in words.items()}
    assert (reading.answer, dict(reading.words)) == (answer, names)


@pytest.mark.parametrize(("kind", "cells"), REFUSED)
def test_a_cell_that_is_no_answer_is_refused_and_not_repeated(place, kind, cells):
    with pytest.raises(NotCarried) as refusal:
        read(kind, cells)

    assert str(refusal.value)
    assert not any(cell in str(refusal.value) for cell in cells.values() if len(cell) > 8)


def test_every_kind_that_is_answered_can_come_from_cells():
    kinds = {kind for kind, _cells, _answer, _words in CARRIED}

    assert kinds == set(TYPES) - {"information"}


@pytest.mark.parametrize("kind", OFFERING)
@pytest.mark.parametrize("missing", [Missing.DONT_KNOW, Missing.PREFER_NOT_TO_SAY])
def test_kinds_of_missing_answers_are_kept_apart(place, kind, missing):
    question = ADAPTER.validate_python(SAMPLES[kind])
    part = "" if "" in question.cells() else next(iter(question.cells()))

    assert read(kind, {part: missing.value})[1].answer == missing.value


@pytest.mark.parametrize("kind", [kind for kind in SAMPLES if kind != "information"])
def test_any_text_in_any_cell_is_read_or_refused(place, kind):
    question = ADAPTER.validate_python(SAMPLES[kind])
    parts = st.sampled_from(sorted(question.cells()))
    texts = st.text(max_size=30) | st.from_regex(r"[0-9:;|,./ -]{0,12}", fullmatch=True)

    @settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(parts, texts, max_size=4))
    def reads(cells):
        try:
            reading = read(kind, cells)[1]
        except NotCarried:
            return
        assert not reading.error
        chosen = question.chosen(reading.answer)
        known = {c.id for item in question.items() for c in item.choices}
        assert not known or set(chosen) <= known or isinstance(reading.answer, dict)

    reads()
