"""Taking words out leaves nothing of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrn_community.moderation.redaction import (
    REMOVED,
    SpanError,
    left_over,
    redact,
    spans_of,
    split,
)

TEXTS = st.text(min_size=1, max_size=300).map(str.strip).filter(bool)


@st.composite
def texts_and_choices(draw):
    words = draw(TEXTS)
    numbers = st.integers(0, len(split(words)) - 1)
    return words, draw(st.sets(numbers, max_size=20))


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "Ask Tom Ali at\nnumber 12, please."),
        ([[1, 2]], "Ask […] at\nnumber 12, please."),
        ([[1, 1], [2, 2]], "Ask […] at\nnumber 12, please."),
        ([[0, 0], [5, 5]], "[…] Tom Ali at\nnumber […] please."),
        ([[1, 4], [3, 6]], "Ask […]"),
    ],
)
def test_a_run_of_words_becomes_one_mark(spans, expected):
    assert redact("Ask Tom Ali at\nnumber 12, please.", spans) == expected


def test_words_in_other_scripts_are_taken_out_whole():
    assert redact("میرا بھائی رضوان وہاں ہے", [[2, 2]]) == "میرا بھائی […] وہاں ہے"


@pytest.mark.parametrize("span", [[0, 7], [-1, 0], [7, 7], [3, 2], [1], [1, 2, 3], []])
def test_a_span_outside_the_text_is_refused(span):
    with pytest.raises(SpanError):
        redact("Ask Tom Ali at number 12, please.", [span])


@given(TEXTS)
def test_words_and_blanks_are_the_text(words):
    assert "".join(word.text + word.space for word in split(words)) == words
    assert redact(words, []) == words


@given(texts_and_choices())
def test_exactly_the_words_that_were_not_chosen_survive(example):
    words, chosen = example
    kept = [word.text for word in split(words) if word.number not in chosen]

    spans = spans_of(chosen)
    result = split(redact(words, spans))
    marked = [word.text for word in split(words) if word.text == REMOVED]

    assert len(result) == len(kept) + len(spans)
    assert [w.text for w in result if w.text != REMOVED] == [k for k in kept if k != REMOVED]
    assert len([w for w in result if w.text == REMOVED]) <= len(spans) + len(marked)


@given(texts_and_choices())
def test_nothing_of_a_removed_word_survives_unless_it_stands_elsewhere(example):
    words, chosen = example
    kept = {word.text for word in split(words) if word.number not in chosen} | {REMOVED}

    survived = {word.text for word in split(redact(words, spans_of(chosen)))}

    gone = {word.text for word in split(words) if word.number in chosen}
    assert not (gone - kept) & survived


@given(st.sets(st.integers(0, 60)))
def test_spans_cover_exactly_what_was_chosen(numbers):
    spans = spans_of(numbers)

    assert {n for first, last in spans for n in range(first, last + 1)} == numbers
    assert all(one[1] + 1 < two[0] for one, two in zip(spans, spans[1:], strict=False))


def test_a_name_that_still_stands_elsewhere_is_pointed_out():
    words = "Ravi said so. I know ravi, and the shop in the street of Ravi’s aunt."

    assert left_over(words, [[0, 1]]) == ["ravi"]
    assert left_over(words, [[0, 0], [5, 5]]) == []
    assert left_over("the shop and the street", [[0, 0]]) == []


@given(texts_and_choices())
def test_pointing_out_never_names_a_word_that_is_gone_for_good(example):
    words, chosen = example
    kept = " ".join(word.text for word in split(words) if word.number not in chosen)

    assert all(found in kept for found in left_over(words, spans_of(chosen)))
