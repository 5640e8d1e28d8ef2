"""The words of texts, in any script, and which of them tell some texts from the others; pure."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

#: What stands in more of the texts than this says nothing about one of them.
MOST_COMMON = 0.5
#: Vowel signs and other marks belong to the letters before them, in Gujarati as in Arabic.
_MARKS = "".join(chr(c) for c in range(0x300, 0xFFFF) if unicodedata.category(chr(c))[0] == "M")
WORD = re.compile(rf"[^\W\d_][\w{_MARKS}\u200c\u200d'’]+")


def words_of(text: str) -> list[str]:
    """Return the words of a text, of two letters at least, in lower case."""
    return WORD.findall(text.lower())


class Wording:
    """How often each word is in each of some texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Count the words, but for those that are in most texts."""
        words = [words_of(text) for text in texts]
        spread = Counter(word for found in words for word in set(found))
        most = MOST_COMMON * len(texts)
        self.by_text = [Counter(w for w in found if spread[w] <= most) for found in words]
        self.overall: Counter[str] = Counter()
        for counts in self.by_text:
            self.overall.update(counts)

    def telling(self, members: Iterable[int], most: int = 6) -> list[str]:
        """Return the words that tell the texts at some places from all, the most telling first.

        As in c-TF-IDF (Grootendorst 2022) a word counts by how often the group uses it and
        how rarely the others do; here as the logarithm of the ratio, so words that are alike
        everywhere ("was", in any language) count nothing without a list of them.
        """
        inside: Counter[str] = Counter()
        for place in members:
            inside.update(self.by_text[place])
        ratio = self.overall.total() / max(inside.total(), 1)
        scores = {
            word: count * math.log(count * ratio / self.overall[word])
            for word, count in inside.items()
            if count > 1
        }
        order = sorted(scores, key=lambda word: (-scores[word], word))
        return [word for word in order[:most] if scores[word] > 0]
