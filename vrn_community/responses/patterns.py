"""What the answers of a person look like beside each other, and beside those of others; pure.

Nothing here is stored and nothing is deleted because of it: people who think alike answer alike.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.base import Answer, Missing

#: Straight-lining is looked for from this many answered rows of a grid on.
LEAST_ROWS = 4
#: So many answers have to be the same before two people count as look-alikes.
LEAST_ANSWERS = 10
Answers = Mapping[str, Answer]


def is_straight(answer: Answer | None) -> bool | None:
    """Return whether all answered rows of a grid have one column; None if there are too few.

    Whether the rows hold opposites is unknown, so this may be what somebody thinks.
    """
    if not isinstance(answer, dict) or len(answer) < LEAST_ROWS:
        return None
    return len(set(answer.values())) == 1


def pattern(document: Questionnaire, answers: Answers, profile: Answers) -> str | None:
    """Return all closed answers of a person as one text; None if they are too few to tell.

    A grid with one column in all rows is no more than one answer.
    """
    given = sum(_weight(answers.get(question.id)) for question in document.questions())
    if given < LEAST_ANSWERS:
        return None
    return json.dumps([dict(answers), dict(profile)], sort_keys=True)


def _weight(answer: Any) -> int:
    if answer is None or answer in list(Missing):
        return 0
    return len(answer) if is_straight(answer) is False else 1


def look_alikes(patterns: Sequence[str | None]) -> list[bool]:
    """Return for each person whether somebody else has the same pattern; O(n)."""
    counts = Counter(pattern for pattern in patterns if pattern is not None)
    return [counts[pattern] > 1 if pattern is not None else False for pattern in patterns]
