"""The level promised and the level kept, computed from an outcome and its dates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.foundation import clock
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.outcomes.models import Kept, Outcome
from vrn_community.outcomes.queries import Entry, Standing


class Keeping(StrEnum):
    """How far a promise was kept."""

    NOT_YET = "not-yet"
    OVERDUE = "overdue"
    KEPT = "kept"
    LATE = "late"
    PARTLY = "partly"
    NOT_KEPT = "not-kept"


KEEPINGS: dict[Keeping, Any] = {
    Keeping.NOT_YET: _l("Not yet: its time has not come"),
    Keeping.OVERDUE: _l("Broken so far: we are late"),
    Keeping.KEPT: _l("Kept"),
    Keeping.LATE: _l("Kept, but late"),
    Keeping.PARTLY: _l("Kept in part"),
    Keeping.NOT_KEPT: _l("Not kept"),
}
#: What each level has to show for its promise, as the page asks it.
PROOFS: dict[ParticipationLevel, Any] = {
    ParticipationLevel.CONSULT: _l("Did we answer, with reasons?"),
    ParticipationLevel.COLLABORATE: _l("What did we make together?"),
    ParticipationLevel.EMPOWER: _l("What was handed over?"),
}


@dataclass(frozen=True)
class Promise:
    """What a level promised, and how far that was kept."""

    level: ParticipationLevel
    keeping: Keeping
    words: str


def promise(entry: Entry, outcome: Outcome | None) -> Promise:
    """Return how far the promise of an activity's level was kept, with the words for it."""
    level = entry.opportunity.level
    if outcome is None:
        is_late = entry.standing is Standing.OVERDUE
        return Promise(level, Keeping.OVERDUE if is_late else Keeping.NOT_YET, "")
    return Promise(level, _keeping(outcome, entry.due_on), outcome.kept_words)


def _keeping(outcome: Outcome, due_on: date | None) -> Keeping:
    if outcome.kept in (Kept.PARTLY, Kept.NOT_KEPT):
        return Keeping(outcome.kept.value)
    answered_at = outcome.published_at
    is_late = bool(due_on and answered_at and clock.in_london(answered_at).date() > due_on)
    return Keeping.LATE if is_late else Keeping.KEPT
