"""Passwords that are guessed first are refused, and words of one's own are not."""

from itertools import product

import pytest

from vrn_community.accounts import common_words, passwords
from vrn_community.accounts.common_passwords import LONGEST_PART, is_common

ENDINGS = ("12345678", "2025!", "_1999", "007")
WORDS = sorted(word for word in common_words.WORDS if 5 <= len(word) <= 12)
#: Words in the ways in which they are made longer: what our rule of length lets through at all.
TRIED_FIRST = {
    made
    for word, ending in product(WORDS, ENDINGS)
    for made in (word.capitalize() + ending, word + word)
    if len(made) >= passwords.SHORTEST
}


def test_many_more_than_the_first_three_thousand_are_refused():
    assert len(TRIED_FIRST) > 3_000
    assert [made for made in sorted(TRIED_FIRST) if not passwords.weakness(made)] == []


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "1234567891011",
        "987654321098",
        "198412250731",
        "qwertyuiop123",
        "Qwerty!12345",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "qazwsxedcrfv",
        "zaq12wsxcde3",
        "poiuytrewq99",
        "asdfghjkl;123",
        "q1w2e3r4t5y6",
        "P@ssw0rd1234",
        "p4$$word2026",
        "l3tm31n!l3tm31n!",
        "unitedkingdom",
        "manchesterunited",
        "ManchesterUnited1",
        "LiverpoolFC1892",
        "leicestercity2016",
        "LeicesterTigers1",
        "jamievardy09",
        "Loughborough7",
        "melton mowbray",
        "Voices for Change",
        "ViolenceReduction",
        "vrncommunity1",
        "iloveyou1234",
        "I love football",
        "mohammed_786786",
        "charlotte2011",
        "sunshine sunshine",
        "abcabcabcabc",
        "abcdefghijkl",
        "a1b2c3d4e5f6",
        "correct horse battery staple",
        "the quick brown fox",
        "administration",
        "international1",
        "pepper1234567",
        "tractor-25-12-1984",
    ],
)
def test_what_everybody_chooses_is_easy_to_guess(password):
    assert passwords.weakness(password) == "easy"


@pytest.mark.parametrize(
    "password",
    [
        "four quiet green tractors",
        "eight bright paper kites",
        "fourquietgreentractors",
        "my kettle hums at dawn",
        "harbour-tractor-velvet-onion",
        "purple violins under Oakham bridge",
        "liverpool kettles taste of rhubarb",
        "G7#kq-Tz91!mRv",
        "xkQ7zLw2pVb9",
        "چار سبز ٹریکٹر کھڑے ہیں",
        "ચાર લીલા ટ્રેક્ટર ઊભા છે",
        "cztery zielone traktory śpią",
    ],
)
def test_words_of_ones_own_may_be_chosen(password):
    assert passwords.weakness(password) == ""


@pytest.mark.parametrize("password", ["a" * 200, "password" * 25, "1!" * 100, "ab1 " * 50])
def test_the_longest_is_looked_at_too(password):
    assert is_common(password)


def test_the_words_are_plain_and_short_enough_to_be_found():
    for word in common_words.WORDS | common_words.FILLERS | common_words.SAYINGS:
        assert word == word.casefold()
        assert word.isascii()
    assert max(map(len, common_words.WORDS)) <= LONGEST_PART


@pytest.mark.parametrize("word", ["vrn", "leicester", "violence", "consultation", "oadby"])
def test_words_of_the_place_and_the_service_are_among_them(word):
    assert word in common_words.WORDS
