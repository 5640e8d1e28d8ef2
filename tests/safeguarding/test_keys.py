"""Locks that the service can close and cannot open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrn_community.safeguarding import keys

WORDS = b"He waits alone."
STRENGTH = keys.MEMORY
PHRASE = "four quiet green tractors"


@given(content=st.binary(max_size=200))
def test_what_is_sealed_opens_with_its_key_and_never_looks_the_same(content):
    private, public = keys.new_pair()
    one, other = (keys.seal(public, content, "case", "1") for _time in range(2))

    assert one != other
    assert keys.unseal(private, one, "case", "1") == content


def test_it_opens_with_no_other_key_and_in_no_other_place():
    private, public = keys.new_pair()
    sealed = keys.seal(public, WORDS, "case", "1")

    for key, place in ((keys.new_pair()[0], ("case", "1")), (private, ("case", "2")),
                       (public, ("case", "1")), (b"short", ("case", "1"))):  # fmt: skip
        with pytest.raises(keys.DoesNotOpenError):
            keys.unseal(key, sealed, *place)


def test_one_changed_bit_is_noticed():
    private, public = keys.new_pair()
    sealed = keys.seal(public, WORDS, "case")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(keys.DoesNotOpenError):
            keys.unseal(private, bytes(changed), "case")
    for length in range(0, len(sealed), 7):
        with pytest.raises(keys.DoesNotOpenError):
            keys.unseal(private, sealed[:length], "case")


def test_a_phrase_opens_what_it_locked_however_it_is_spaced():
    locked = keys.lock(WORDS, PHRASE, "own", "1")

    assert keys.unlock(locked, f"  {PHRASE.replace(' ', '   ')} ", "own", "1") == WORDS
    for phrase, place in (
        (PHRASE.upper(), ("own", "1")),
        (PHRASE, ("own", "2")),
        ("", ("own", "1")),
    ):
        with pytest.raises(keys.DoesNotOpenError):
            keys.unlock(locked, phrase, *place)
    with pytest.raises(keys.DoesNotOpenError):
        keys.unlock(locked[:20], PHRASE, "own", "1")


def test_trying_phrases_is_as_hard_as_the_standard_asks_and_may_become_harder(monkeypatch):
    monkeypatch.setattr(keys, "MEMORY", STRENGTH)
    locked = keys.lock(WORDS, PHRASE, "own")
    assert (keys.ROUNDS, STRENGTH, keys.LANES) == (3, 64 * 1024, 4)

    monkeypatch.setattr(keys, "MEMORY", 128)

    assert keys.unlock(locked, PHRASE, "own") == WORDS


def test_two_people_can_compare_a_key_by_phone():
    marks = {keys.mark(keys.new_pair()[1]) for _pair in range(50)}

    assert len(marks) == 50
    assert {len(mark) for mark in marks} == {20}
