"""Words made comparable, however they are typed; pure.

What hides a word is undone: capital letters, accents, zero-width characters, look-alike
letters, digits for letters (k1ll), letters apart (k i l l), apostrophes, letters repeated.
"""

import re
import unicodedata
from collections.abc import Container
from itertools import product

#: Accents of Latin letters, and the vowel marks of Arabic ones.
MARKS = "".join(map(chr, (*range(0x300, 0x370), *range(0x64B, 0x660), 0x670)))
HIDDEN = "".join(map(chr, (0xAD, 0x34F, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F))))
HIDDEN += "".join(map(chr, (*range(0x2060, 0x2070), 0xFEFF, *range(0xFE00, 0xFE10))))
APOSTROPHES = "'’‘ʼ`´ʹ＇"
ALIKE = str.maketrans("łøıаеорсухікйةهہۂيىك", "loiaeopcyxikйہہہہییک") | dict.fromkeys(
    map(ord, MARKS + HIDDEN + APOSTROPHES)
)
BETWEEN = re.compile(
    r"(?<=[a-z])[0134578@$!|](?=[a-z0134578@$!|])|(?<=[a-z][a-z])[01345$](?![^\W_])"
)
STAND_INS = re.compile(r"[0134578@$!|]")
FIRST = re.compile(r"(?<![^\s])[$5@](?=[a-z]{2})")
FOR_LETTERS = str.maketrans("0134578@$!|", "oieastbasil")
APART = re.compile(r"[\W_]+")
SCRIPTS = re.compile(r"[^\s!-/:-@\[-`{-¿‐-‧‰-⁞،؛؟۔।॥…]+")
RUN = re.compile(r"([a-z])\1{2,}")
LONGEST_RUNS = 3


def fold(text: str) -> str:
    """Return a text in small letters without accents and hidden characters."""
    apart = unicodedata.normalize("NFKD", text.translate(ALIKE)).casefold()
    return apart.translate(ALIKE)


def tokens(text: str) -> list[str]:
    """Return the folded words of a text in order."""
    folded = fold(text)
    if STAND_INS.search(folded):
        folded = BETWEEN.sub(_letter, FIRST.sub(_letter, folded))
    return _joined(SCRIPTS.findall(folded))


def _letter(found: re.Match[str]) -> str:
    return found[0].translate(FOR_LETTERS)


def _joined(words: list[str]) -> list[str]:
    """Put letters that stand apart together: k i l l is kill."""
    if sum(len(word) == 1 for word in words) < LONGEST_RUNS:
        return words
    result: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha() and word.isascii():
            run.append(word)
            continue
        result += ["".join(run)] if len(run) >= LONGEST_RUNS else run
        run = []
        result.append(word)
    return result[:-1]


def fitted(words: list[str], known: Container[str]) -> list[str]:
    """Return words, those with repeated letters as one that is known, if one is: killll is kill."""
    if not RUN.search(" ".join(words)):
        return words
    return [_fitted(word, known) for word in words]


def _fitted(word: str, known: Container[str]) -> str:
    runs = RUN.findall(word)
    if not runs or len(runs) > LONGEST_RUNS:
        return word
    parts = RUN.split(word)
    for lengths in product((2, 1), repeat=len(runs)):
        letters = [letter * n for letter, n in zip(runs, lengths, strict=True)]
        tried = "".join(map("".join, zip(parts[::2], [*letters, ""], strict=True)))
        if tried in known:
            return tried
    return word


def alike(text: str) -> str:
    """Return what two short answers share if they say the same: "No." and "no" do."""
    return " ".join(APART.split(fold(text))).strip() or text.strip()
