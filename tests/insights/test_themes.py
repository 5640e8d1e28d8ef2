import random
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vrn_community.insights import languages, suggestions, themes, wording
from vrn_community.insights.suggestions import Problem, Steadiness

LIGHTS = ["street lights", "dark alleys", "broken lamps", "lighting at night", "a lamp by the path"]
BUSES = ["bus drivers", "late buses", "the last bus", "bus stops", "empty bus shelters"]
CLUBS = [
    "youth clubs",
    "a club for teenagers",
    "football clubs",
    "youth workers",
    "the boxing club",
]
OPENINGS = ["Please think about", "We talk a lot about", "My neighbours complain about", "Mend"]
URDU = {
    "lights": ["گلی کی بتیاں", "اندھیری گلیاں", "ٹوٹی ہوئی بتیاں", "رات کی روشنی"],
    "buses": ["بس ڈرائیور", "دیر سے آنے والی بسیں", "آخری بس", "بس اسٹاپ"],
}


def texts_about(*subjects, each=30, openings=OPENINGS, seed=1):
    """Return texts about each subject in turn."""
    dice = random.Random(seed)
    return [
        f"{dice.choice(openings)} {dice.choice(subject)} near {dice.choice(subject)}"
        for subject in subjects
        for _ in range(each)
    ]


def problems(found):
    return {note.language: note.problem for note in found.notes}


def test_texts_about_different_things_become_different_themes():
    texts = texts_about(LIGHTS, BUSES, CLUBS)

    found = themes.suggest(texts, ["en"] * 90, groups=3)

    assert {frozenset(theme.members) for theme in found.themes} == {
        frozenset(range(start, start + 30)) for start in (0, 30, 60)
    }
    assert {suggestions.steadiness(theme.stability) for theme in found.themes} == {
        Steadiness.STEADY
    }
    assert not found.rest
    assert not found.notes


def test_a_theme_is_told_by_its_words_and_by_the_texts_nearest_to_its_centre():
    texts = texts_about(LIGHTS, BUSES, CLUBS)

    found = themes.suggest(texts, ["en"] * 90, groups=3)

    buses = next(theme for theme in found.themes if 30 in theme.members)
    assert buses.words[0] == "bus"
    assert not {"please", "about", "the"} & set(buses.words)
    assert len({texts[place] for place in buses.nearest}) == 3
    assert set(buses.nearest) <= set(buses.members)


def test_the_same_texts_and_seed_give_the_same_suggestions():
    texts = texts_about(LIGHTS, BUSES, CLUBS, each=40)

    assert themes.suggest(texts, seed=7) == themes.suggest(list(texts), seed=7)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from([*texts_about(LIGHTS, BUSES), "", "🙂", "no", "روشنی"]), max_size=80),
    st.integers(1, 12),
)
def test_each_text_is_in_one_theme_or_in_the_rest_and_no_theme_is_small(texts, smallest):
    found = themes.suggest(texts, smallest=smallest)

    members = [place for theme in found.themes for place in theme.members]
    assert sorted([*members, *found.rest]) == list(range(len(texts)))
    assert all(len(theme.members) >= smallest for theme in found.themes)


def test_languages_are_kept_apart():
    urdu = texts_about(*URDU.values(), each=25, openings=["براہ کرم"])
    english = texts_about(LIGHTS, BUSES, each=25)
    texts = [text for pair in zip(urdu, english, strict=True) for text in pair]

    found = themes.suggest(texts, ["en"] * 100)

    by_language = {
        language: {place % 2 for t in found.themes if t.language == language for place in t.members}
        for language in ("ur", "en")
    }
    assert by_language == {"ur": {0}, "en": {1}}


def test_words_of_scripts_with_vowel_signs_stay_whole():
    assert wording.words_of("શેરીની લાઇટો, ਗਲੀ ਦੀਆਂ ਬੱਤੀਆਂ!") == [
        "શેરીની", "લાઇટો", "ਗਲੀ", "ਦੀਆਂ", "ਬੱਤੀਆਂ",
    ]  # fmt: skip


def test_a_text_too_short_to_tell_is_in_the_language_of_its_contribution():
    texts = ["ok", "Die Straße ist nachts viel zu dunkel und gefährlich"]

    assert languages.detect(texts, ["pl", "en-GB"]) == ["pl", "de"]
    assert languages.detect(texts) == ["de", "de"]
    assert languages.detect([""]) == [languages.UNDETERMINED]


def test_languages_of_other_texts_are_refused():
    with pytest.raises(ValueError, match="zip"):
        themes.suggest(["one"], ["en", "en"])


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], {}),
        (texts_about(LIGHTS, each=29), {"en": Problem.FEW_TEXTS}),
        (["no"] * 20 + ["none"] * 20 + [""] * 20, {"en": Problem.FEW_WORDS}),
        (["the and of", "and of the", "of the and"] * 20, {"en": Problem.TOO_ALIKE}),
        (["More street lights please"] * 60, {"en": Problem.TOO_ALIKE}),
        (["🙂 🙂 🙂", "123 456"] * 30, {"en": Problem.FEW_WORDS}),
    ],
)
def test_what_cannot_be_suggested_is_said(texts, expected):
    found = themes.suggest(texts, ["en"] * len(texts))

    assert problems(found) == expected
    assert not found.themes
    assert len(found.rest) == len(texts)
    assert found.stability is None


def test_few_texts_in_a_second_language_are_told_and_do_not_disturb_the_first():
    urdu = texts_about(*URDU.values(), each=5, openings=["براہ کرم"])
    texts = [*texts_about(LIGHTS, BUSES, CLUBS), *urdu]

    found = themes.suggest(texts, groups=3)

    assert problems(found) == {"ur": Problem.FEW_TEXTS}
    assert set(found.rest) == set(range(90, 100))


def test_groups_that_come_by_chance_are_not_called_steady():
    dice = random.Random(3)
    words = [a + b for a in ("ka", "lo", "mi", "ru") for b in ("den", "fas", "got", "pim", "su")]
    texts = [" ".join(dice.sample(words, 6)) for _ in range(120)]

    found = themes.suggest(texts, ["en"] * 120)

    assert Steadiness.STEADY not in {
        suggestions.steadiness(theme.stability) for theme in found.themes
    }


def test_the_number_of_themes_follows_the_number_of_texts():
    numbers = [themes.number_of_themes(texts, 10) for texts in (30, 200, 1_000, 5_000, 10**6)]

    assert numbers == [2, 4, 10, 22, 30]


def test_progress_is_told_from_the_languages_to_the_end():
    told = []
    urdu = texts_about(*URDU.values(), each=15, openings=["براہ کرم"])

    themes.suggest([*texts_about(LIGHTS, BUSES), *urdu], tell=told.append)

    assert told == [17, 72, 100]


def test_a_theme_of_nobody_makes_no_sense():
    with pytest.raises(ValueError, match="one text at least"):
        themes.suggest(["one"], smallest=0)


def test_nothing_leaves_the_machine(monkeypatch):
    def refuse(*_args, **_options):
        raise AssertionError("A connection was opened.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    languages._identifier.cache_clear()

    assert themes.suggest(texts_about(LIGHTS, BUSES, CLUBS)).themes
