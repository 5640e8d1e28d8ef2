"""Texts in other languages: what is done, what is missing, what the English has left behind."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.questionnaires import SAMPLES, questionnaire
from vrn_community.foundation.i18n import InPageLanguage
from vrn_community.questionnaires import po, translating
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.translating import TextState

URDU = "آپ کتنا محفوظ محسوس کرتے ہیں؟"


@pytest.fixture
def half_done() -> Questionnaire:
    return translating.translated(questionnaire(), "ur", {"feel.text": URDU})


def state(document: Questionnaire, place: str) -> TextState:
    rows = {row.place: row.state for row in translating.standing(document, "ur")}
    return rows[place]


def test_a_translated_text_is_shown_and_known_as_translated(half_done) -> None:
    seen = translating.in_language(half_done, "ur").question("feel").text

    assert seen == URDU
    assert isinstance(seen, InPageLanguage)


def test_what_is_not_translated_stays_as_it_was_written(half_done) -> None:
    seen = translating.in_language(half_done, "ur").question("why").text

    assert seen == "What makes you feel unsafe?"
    assert not isinstance(seen, InPageLanguage)


def test_a_changed_source_makes_its_translation_outdated(half_done) -> None:
    changed = half_done.model_dump(mode="json")
    changed["sections"][0]["questions"][0]["text"] = "How safe do you feel at night?"
    changed = Questionnaire.model_validate(changed)

    assert state(half_done, "feel.text") is TextState.DONE
    assert state(changed, "feel.text") is TextState.OUTDATED
    assert translating.in_language(changed, "ur").question("feel").text.endswith("at night?")


def test_per_cent_done_reaches_a_hundred_only_with_the_last_text(half_done) -> None:
    everything = {place: f"x {text}" for place, text in translating.texts(half_done).items()}
    whole = translating.translated(half_done, "ur", everything)
    but_one = translating.translated(whole, "ur", {"feel.text": ""})

    assert 0 < translating.percent_done(half_done, "ur") < 50
    assert translating.percent_done(whole, "ur") == 100
    assert translating.percent_done(but_one, "ur") < 100


def test_a_place_that_is_not_there_cannot_be_translated(half_done) -> None:
    with pytest.raises(KeyError):
        translating.translated(half_done, "ur", {"nowhere.text": "x"})


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_text_of_every_type_has_a_place(kind) -> None:
    section = {"id": "s", "title": "Title", "questions": [SAMPLES[kind]]}
    document = Questionnaire.model_validate({"sections": [section]})
    everything = {place: f"[{text}]" for place, text in translating.texts(document).items()}

    seen = translating.in_language(translating.translated(document, "ur", everything), "ur")

    assert set(translating.texts(seen).values()) == set(everything.values())


def test_a_file_for_translators_comes_back_as_it_went(half_done) -> None:
    entries = list(po.read(po.write(half_done, "ur")))

    assert [(e.place, e.source, e.text) for e in entries] == [
        ("feel.text", "How safe do you feel?", URDU)
    ]


def test_what_is_outdated_is_fuzzy_in_the_file_and_not_taken_back(half_done) -> None:
    changed = half_done.model_dump(mode="json")
    changed["sections"][0]["questions"][0]["text"] = "How safe do you feel at night?"
    file = po.write(Questionnaire.model_validate(changed), "ur")

    assert b"#, fuzzy" in file
    assert list(po.read(file)) == []


@given(st.binary(max_size=400))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    with suppress(po.UnreadablePo):
        list(po.read(content))
