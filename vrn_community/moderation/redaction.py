"""Taking words out of a text; pure.

A word is whatever stands between blanks, so that taking it out leaves no part of it.
Words count from 0; a span is a pair of the first and the last word of a run.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: What stands where words were taken out.
REMOVED = "[…]"
Spans = Sequence[Sequence[int]]
WORD = re.compile(r"(\S+)(\s*)")
EDGES = re.compile(r"^\W+|\W+$")


class SpanError(ValueError):
    """A span that does not lie inside the text."""


@dataclass(frozen=True)
class Word:
    """One word of a text, and the blanks that follow it."""

    number: int
    text: str
    space: str


def split(words: str) -> list[Word]:
    """Return the words of a text in order; joined with their blanks they are the text again.

    Blanks before the first word are left out.
    """
    return [Word(number, *found) for number, found in enumerate(WORD.findall(words))]


def spans_of(numbers: Iterable[int]) -> list[list[int]]:
    """Return the runs that chosen words form, in order: 4, 1, 2 gives 1-2 and 4-4."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return spans


def numbers_of(spans: Spans, count: int) -> set[int]:
    """Return the words that spans cover; SpanError if one lies outside a text of `count` words."""
    for span in spans:
        if len(span) != 2 or not 0 <= span[0] <= span[1] < count:
            raise SpanError(f"There is no span {span} in {count} words.")
    return {number for first, last in spans for number in range(first, last + 1)}


def redact(words: str, spans: Spans) -> str:
    """Return a text with one mark in the place of each run of words that spans cover."""
    found = split(words)
    gone = numbers_of(spans, len(found))
    kept = [
        (REMOVED if word.number in gone else word.text) + word.space
        for word in found
        if not (word.number in gone and word.number + 1 in gone)
    ]
    return "".join(kept)


def left_over(words: str, spans: Spans) -> list[str]:
    """Return words that are taken out in one place and still stand in another.

    Only those that may be names or numbers: words in small letters are everywhere.
    """
    found = split(words)
    gone = numbers_of(spans, len(found))
    taken = {_bare(word) for word in found if word.number in gone and not word.text.islower()}
    still = [word for word in found if word.number not in gone and _bare(word) in taken]
    return list(dict.fromkeys(EDGES.sub("", word.text) for word in still if _bare(word)))


def _bare(word: Word) -> str:
    return EDGES.sub("", word.text).casefold()
