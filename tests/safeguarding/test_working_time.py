from datetime import UTC, date, datetime, timedelta

import pytest

from vrn_community.foundation import clock
from vrn_community.safeguarding import cover, working_time


def london(text):
    return datetime.fromisoformat(text).replace(tzinfo=clock.LONDON)


@pytest.mark.parametrize(
    ("since", "hours", "due"),
    [
        ("2026-11-25T10:00", 4, "2026-11-25T14:00"),
        ("2026-11-25T13:00", 4, "2026-11-25T17:00"),
        ("2026-11-25T15:30", 4, "2026-11-26T11:30"),
        ("2026-11-25T03:00", 4, "2026-11-25T13:00"),
        ("2026-11-27T16:00", 4, "2026-11-30T12:00"),
        ("2026-11-28T12:00", 16, "2026-12-01T17:00"),
        ("2026-12-24T16:00", 4, "2026-12-29T12:00"),
        # The clocks change on these weekends.
        ("2027-03-25T16:00", 4, "2027-03-30T12:00"),
        ("2026-10-23T16:30", 16, "2026-10-27T16:30"),
    ],
)
def test_working_time_passes_in_working_hours_alone(since, hours, due):
    assert working_time.later(london(since), timedelta(hours=hours)) == london(due)


def test_what_is_due_is_told_in_utc():
    assert working_time.later(london("2026-07-01T10:00"), timedelta(hours=1)).tzinfo is UTC


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([], [(1, 10)]),
        ([(1, 10)], []),
        ([(0, 20)], []),
        ([(1, 4), (5, 10)], []),
        ([(6, 10), (1, 4)], [(5, 5)]),
        ([(3, 4), (2, 8)], [(1, 1), (9, 10)]),
        ([(2, 8), (3, 4)], [(1, 1), (9, 10)]),
        ([(12, 14), (-3, -1)], [(1, 10)]),
        ([(8, 12)], [(1, 7)]),
    ],
)
def test_days_without_anybody_are_found(spans, found):
    def day(number):
        return date(2026, 12, 15) + timedelta(days=number)

    given = [(day(first), day(last)) for first, last in spans]
    wanted = [(day(first), day(last)) for first, last in found]
    assert cover.uncovered(given, day(1), day(10)) == wanted


@pytest.mark.parametrize(
    ("moment", "begins"),
    [
        ("2027-03-24T08:00", "2027-03-24T09:00"),
        ("2027-03-24T16:59", "2027-03-24T09:00"),
        ("2027-03-24T17:00", "2027-03-25T09:00"),
        ("2027-03-25T21:00", "2027-03-30T09:00"),  # Over Easter, and the change of the clocks.
    ],
)
def test_somebody_is_there_again_in_the_next_working_hours(moment, begins):
    at = datetime.fromisoformat(moment).replace(tzinfo=clock.LONDON)

    first, last = working_time.next_hours(at)

    assert clock.in_london(first).strftime("%Y-%m-%dT%H:%M") == begins
    assert last - first == timedelta(hours=8)
