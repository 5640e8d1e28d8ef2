"""The four levels of taking part, and the promise that each makes to the public."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l


class ParticipationLevel(StrEnum):
    """How much of a say people have, as the strategy defines it."""

    INFORM = "inform"
    CONSULT = "consult"
    COLLABORATE = "collaborate"
    EMPOWER = "empower"


@dataclass(frozen=True)
class LevelWords:
    """What people read about a level."""

    label: Any
    meaning: Any
    promise: Any


WORDS: dict[ParticipationLevel, LevelWords] = {
    ParticipationLevel.INFORM: LevelWords(
        _l("Inform"),
        _l("We tell you what is going on and how you can join in."),
        _l("We will keep you up to date, in words that are easy to read."),
    ),
    ParticipationLevel.CONSULT: LevelWords(
        _l("Consult"),
        _l("We ask what you think before we decide."),
        _l("We will listen, and then tell you what changed because of you, or why it did not."),
    ),
    ParticipationLevel.COLLABORATE: LevelWords(
        _l("Collaborate"),
        _l("We plan it, do it and check it together with you."),
        _l("We will work it out with you, and use your ideas as far as we can."),
    ),
    ParticipationLevel.EMPOWER: LevelWords(
        _l("Empower"),
        _l("You decide, or you run it. We help."),
        _l("We will do what you decide, within limits that we name first, and help you decide."),
    ),
}


def words(level: ParticipationLevel) -> LevelWords:
    """Return what people read about a level."""
    return WORDS[level]
