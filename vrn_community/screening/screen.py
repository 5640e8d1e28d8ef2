"""Looking a text through in memory; pure: nothing of it is kept."""

from vrn_community.screening import folding, personal
from vrn_community.screening.phrases import PhraseBook
from vrn_community.screening.signals import Signals


def screen(text: str, book: PhraseBook) -> Signals:
    """Return what a text is a sign of; misses are certain, so an empty set promises nothing."""
    words = folding.tokens(text)
    return book.signals(words) | personal.personal_data(text, words)
