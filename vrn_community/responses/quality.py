"""What is noted of how a response came about, as coarse as it can be; pure."""

from datetime import timedelta

from vrn_community.questionnaires.document import Questionnaire
from vrn_community.responses.flow import WAIT, Walk
from vrn_community.responses.models import Flag, Minutes, Way

#: The least number of minutes of each band, the longest band first.
BANDS = ((15, Minutes.OVER_15), (5, Minutes.FROM_5_TO_15), (2, Minutes.FROM_2_TO_5))


def minutes_of(walk: Walk, now: int) -> Minutes | None:
    """Return how long somebody took, in one of four bands; None if it is not known."""
    if not walk.began:
        return None
    taken = (now - walk.began) / 60
    return next((band for least, band in BANDS if taken >= least), Minutes.UNDER_2)


def flags_of(walk: Walk, now: int, fastest: timedelta) -> list[str]:
    """Return what looks odd: too many answers for the time, words where no person writes."""
    answered = len(walk.answers) + len(walk.words)
    # Whoever had to wait before sending was done when the wait began.
    done = walk.asked if walk.page == WAIT else now
    odd = {
        Flag.TOO_FAST: walk.began and done - walk.began < answered * fastest.total_seconds(),
        Flag.HIDDEN_FIELD: walk.is_caught,
    }
    return [flag.value for flag, is_so in odd.items() if is_so]


def seed_of(document: Questionnaire, walk: Walk) -> int | None:
    """Return the number to store with the answers: only where an order followed from it."""
    return walk.seed if _has_random_order(document) else None


def _has_random_order(document: Questionnaire) -> bool:
    orders: list[str] = [
        document.section_order,
        *(section.question_order for section in document.sections),
    ]
    for question in document.questions():
        orders += [getattr(question, name, "") for name in ("choice_order", "row_order")]
    return "random" in orders


def way_of(walk: Walk) -> Way:
    """Return how a response came."""
    if walk.session:
        return Way.SESSION
    return Way.SLIP if walk.slip else Way.ONLINE
