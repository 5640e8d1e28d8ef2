"""Passwords that are tried first: words that everybody uses, changed as everybody changes them.

No list of other people's passwords is kept. Nearly all that were leaked are made of few parts: a
common word or two, a row of the keyboard, a year, the same again, some letters written as digits.
What can be put together from two such parts is refused; three words of one's own never are.
"""

import re
from math import inf

from vrn_community.accounts.common_words import FILLERS, SAYINGS, WORDS

#: Of so many common parts, or fewer, a password must not be made.
MOST_PARTS = 2
#: How long the parts are that are looked for.
SHORTEST_RUN, LONGEST_PART = 3, 19
KEYBOARD = (
    "qwertyuiop asdfghjkl zxcvbnm qazwsxedcrfvtgbyhnujmikolp azertyuiop qwertzuiop "
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p q1w2e3r4t5y6u7i8o9p0 1q2w3e4r5t6y7u8i9o0p "
    "qweasdzxc qawsedrftgyhujikolp zaqxswcdevfrbgtnhymjukilop zaq1xsw2cde3vfr4bgt5nhy6 "
    "1qazxsw23edcvfr4 1qa2ws3ed4rf5tg6yh7uj8ik9ol0p 12qw34er56ty78ui90op zaqwsxcderfvbgtyhn "
    "qwaszxerdfcvtyghbn qwerasdfzxcv qwertasdfgzxcvb 1a2s3d4f5g6h7j8k9l0 a1s2d3f4g5h6j7k8l9 "
    "z1x2c3v4b5n6m7 a1b2c3d4e5f6g7h8i9j0 1a2b3c4d5e6f7g8h9i0j abcdefghijklmnopqrstuvwxyz"
)
RUNS = f"{KEYBOARD} {KEYBOARD[::-1]}"
#: Digits and marks that stand for letters; 1 and ! are read in two ways.
READINGS = (
    str.maketrans("014357@$!+", "oiaestasit"),
    str.maketrans("014357@$!+", "olaestaslt"),
)
REPEATED = re.compile(r"(.{1,8}?)\1+")
#: One long word of a dictionary, by how such words end, with digits or marks behind it.
LONG_WORD = re.compile(
    r"[a-z]{4,14}(tion|sion|tional|ment|mental|ness|less|ship|ity|ities|able|ible|ably|ously|ally|"
    r"ingly|istic|ology|graphy|ical|ative|ance|ence|ences|ancy|ency|hood|ations|ating|ising|izing|"
    r"ments|ships|land|shire|iser|izer)s?[\W\d_]*"
)
#: Any one word with what people put behind it: digits in a row, a year, a few digits, marks.
ONE_WORD = re.compile(
    r"[\W_]*[^\W\d_]{1,10}[\W_]*(\d{1,4}|\d*(012|123|234|345|456|567|678|789|987|654|321)\d*|"
    r"(\d{1,3})\3+|(0?[1-9]|[12]\d|3[01])\D?(0?[1-9]|1[0-2])\D?(19|20)\d\d)[\W_]*"
)


def is_common(password: str) -> bool:
    """Return whether a password is made of little but parts that are tried first."""
    plain = password.casefold()
    letters = re.sub(r"[\W\d_]", "", plain)
    return (
        letters in SAYINGS
        or bool(LONG_WORD.fullmatch(plain))
        or bool(ONE_WORD.fullmatch(plain))
        or bool(REPEATED.fullmatch(plain))
        or _parts(plain) <= MOST_PARTS
    )


def _parts(plain: str) -> float:
    """Return of how few common parts a text can be made; each letter between them is one too."""
    fewest = [0.0, *(inf for _ in plain)]
    for end in range(1, len(plain) + 1):
        for begin in range(max(0, end - LONGEST_PART), end):
            fewest[end] = min(fewest[end], fewest[begin] + _cost(plain[begin:end]))
    return fewest[-1]


def _cost(part: str) -> float:
    """Return what one part counts: digits, marks and filling words nothing, other words all."""
    if part in FILLERS or len(part) == 1:
        return 1 if part.isalpha() and part not in FILLERS else 0
    read = {part, *(part.translate(reading) for reading in READINGS)}
    is_run = len(part) >= SHORTEST_RUN and (part in RUNS or len(set(part)) == 1)
    return 1 if is_run or read & WORDS else inf
