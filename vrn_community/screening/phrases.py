"""Phrase lists: which signals some words give, whatever their language; pure.

A phrase is a few words. `word*` stands for all words that begin so, `..` for up to three
words of any kind. An exception takes back what it covers: "kill time" is no threat.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from vrn_community.screening import folding
from vrn_community.screening.signals import RISKS, Signal, Signals

GAP, ANY_END, LONGEST_GAP, SHORTEST_STEM = "..", "*", 3, 3
MOST_WORDS, MOST_GAPS = 10, 2


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Before a phrase of these they say that it is not so; never about danger or self-harm.
NOT_SO = _set(
    "not never nobody noone dont doesnt didnt isnt wasnt werent havent hasnt wont without no nie "
    "nigdy nikt bez"
)
CAN_BE_DENIED = RISKS - {Signal.DANGER, Signal.SELF_HARM}
#: This many words before a phrase are looked at for that.
WINDOW = 3
#: "He never stops hitting me" denies nothing.
STILL_SO = frozenset({"stop", "stops", "stopped", "przestaje"})


class PhraseError(ValueError):
    """A phrase that cannot be looked for."""


@dataclass(frozen=True)
class Phrase:
    """Words to look for and what they are a sign of; an exception takes the sign away."""

    signal: Signal
    words: str
    is_exception: bool = False


Parts = tuple[str, ...]


@lru_cache(maxsize=10_000)
def parts_of(words: str) -> Parts:
    """Return the folded parts of a phrase; PhraseError says why it cannot be looked for."""
    parts: list[str] = []
    for word in words.split():
        if word == GAP:
            parts.append(GAP)
            continue
        found = folding.tokens(word.removesuffix(ANY_END))
        parts += found
        if found and word.endswith(ANY_END):
            parts[-1] += ANY_END
    _check(parts)
    return tuple(parts)


def _check(parts: Sequence[str]) -> None:
    if not parts or GAP in (parts[0], parts[-1]):
        raise PhraseError("A phrase begins and ends with a word.")
    if len(parts) > MOST_WORDS or parts.count(GAP) > MOST_GAPS:
        raise PhraseError("A phrase has at most ten words and two gaps.")
    if parts[0].endswith(ANY_END) and len(parts[0]) <= SHORTEST_STEM:
        raise PhraseError("Before * stand at least three letters in the first word.")


@dataclass
class PhraseBook:
    """Phrases ready to be found: by first word, or by the first letters of it."""

    whole: dict[str, list[tuple[Parts, Phrase]]] = field(default_factory=dict)
    begun: dict[str, list[tuple[Parts, Phrase]]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> "PhraseBook":
        """Return the book of some phrases."""
        book = cls()
        for phrase in phrases:
            parts = parts_of(phrase.words)
            is_begun = parts[0].endswith(ANY_END)
            key = parts[0][:SHORTEST_STEM] if is_begun else parts[0]
            (book.begun if is_begun else book.whole).setdefault(key, []).append((parts, phrase))
            book.known.update(part.removesuffix(ANY_END) for part in parts)
        return book

    def signals(self, words: list[str]) -> Signals:
        """Return what the folded words of a text are a sign of."""
        fitted = folding.fitted(words, self.known)
        found = list(self._found(fitted))
        taken = [(p.signal, a, b) for p, a, b in found if p.is_exception]
        return frozenset(
            phrase.signal
            for phrase, start, end in found
            if not phrase.is_exception
            and not any(s is phrase.signal and a <= start and end <= b for s, a, b in taken)
            and not _is_denied(phrase, fitted, start)
        )

    def _found(self, words: Sequence[str]) -> Iterator[tuple[Phrase, int, int]]:
        for start, word in enumerate(words):
            whole, begun = self.whole.get(word), self.begun.get(word[:SHORTEST_STEM])
            for parts, phrase in (*(whole or ()), *(begun or ())) if whole or begun else ():
                if end := _end(parts, words, start):
                    yield phrase, start, end


def _is_denied(phrase: Phrase, words: Sequence[str], start: int) -> bool:
    if phrase.signal not in CAN_BE_DENIED:
        return False
    before = frozenset(words[max(0, start - WINDOW) : start])
    return bool(before & NOT_SO) and not before & STILL_SO


def _end(parts: Parts, words: Sequence[str], at: int) -> int:
    """Return where a phrase that begins at a word ends, or 0 if it is not there."""
    for number, part in enumerate(parts):
        if part == GAP:
            after = range(at, min(at + LONGEST_GAP, len(words)) + 1)
            return next((end for n in after if (end := _end(parts[number + 1 :], words, n))), 0)
        if at >= len(words) or not _fits(part, words[at]):
            return 0
        at += 1
    return at


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith(ANY_END) else word == part
