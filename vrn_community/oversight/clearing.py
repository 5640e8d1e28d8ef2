"""Whether words that everybody will read seem to tell who somebody is, and where (C4)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from vrn_community.foundation.errors import NotAllowed
from vrn_community.screening import folding, personal
from vrn_community.screening.labels import SIGNALS
from vrn_community.screening.signals import Signal, Signals

SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
LONGEST_PLACE = 120


@dataclass(frozen=True)
class Found:
    """One place that seems to hold personal data: in which text, in which sentence, what."""

    name: str
    signal: Signal
    sentence: str

    @property
    def told(self) -> str:
        """What a person reads about it."""
        return str(_("%(what)s: “%(place)s”", what=SIGNALS[self.signal], place=self.sentence))


class NamesSomebody(NotAllowed):
    """Words seem to tell who somebody is, and nobody said to have looked at them."""

    def __init__(self, found: Iterable[Found]) -> None:
        """Say it with each place."""
        self.found = list(found)
        places = " ".join(each.told for each in self.found)
        super().__init__(_("This may tell who somebody is. %(places)s", places=places))


def find(texts: Mapping[str, str]) -> list[Found]:
    """Return the places of texts that seem to hold personal data, each text under its name."""
    return [found for name, text in texts.items() for found in _in(name, text)]


def _in(name: str, text: str) -> Iterator[Found]:
    missing = set(_signals(text))
    for sentence in SENTENCES.split(text):
        for signal in sorted(_signals(sentence) & missing):
            missing.discard(signal)
            yield Found(name, signal, sentence.strip()[:LONGEST_PLACE])
    # What only the whole text shows, for example a number over several lines.
    for signal in sorted(missing):
        yield Found(name, signal, text.strip()[:LONGEST_PLACE])


def _signals(text: str) -> Signals:
    return personal.personal_data(text, folding.tokens(text))


def refuse_names(texts: Mapping[str, str], *, is_checked: bool) -> None:
    """Refuse words that seem to tell who somebody is, unless a person looked at them."""
    if not is_checked and (found := find(texts)):
        raise NamesSomebody(found)
