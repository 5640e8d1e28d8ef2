"""Up to which day live figures show answers, so that two looks never differ by a few; pure."""

from collections.abc import Mapping
from datetime import date


def last_shown(people: Mapping[date, int], threshold: int, today: date) -> date | None:
    """Return the day up to whose end answers show while more can come; None if none do yet.

    `people` says how many came on each day. A step ends with the first day, before today, when
    at least the threshold came since the step before. The last step that ended is held back:
    so all who came since the day that shows, should the activity close now, are as many too.
    """
    ended: list[date] = []
    came = 0
    for day in sorted(day for day in people if day < today):
        came += people[day]
        if came >= threshold:
            ended.append(day)
            came = 0
    return ended[-2] if len(ended) > 1 else None
