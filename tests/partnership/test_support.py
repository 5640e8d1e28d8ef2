from datetime import UTC, datetime, time

import pytest

from vrn_community.partnership.models import SupportService


def service(days="1234567", opens=time(8), closes=time(20), **others):
    return SupportService(slug="s", days=days, opens=opens, closes=closes, **others)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        # Winter: London clocks show UTC.
        (datetime(2026, 1, 14, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 14, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 1, 14, 19, 59, tzinfo=UTC), True),
        (datetime(2026, 1, 14, 20, 0, tzinfo=UTC), False),
        # Summer: London is an hour ahead.
        (datetime(2026, 7, 15, 6, 59, tzinfo=UTC), False),
        (datetime(2026, 7, 15, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 15, 19, 0, tzinfo=UTC), False),
        # The days on which the clocks change: 29 March and 25 October 2026.
        (datetime(2026, 3, 28, 7, 30, tzinfo=UTC), False),
        (datetime(2026, 3, 29, 7, 30, tzinfo=UTC), True),
        (datetime(2026, 10, 24, 7, 30, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 7, 30, tzinfo=UTC), False),
    ],
)
def test_hours_are_those_of_london_clocks(moment, is_open):
    assert service().is_open(moment) is is_open


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 1, 16, 12, 0, tzinfo=UTC), True),  # Friday
        (datetime(2026, 1, 17, 12, 0, tzinfo=UTC), False),  # Saturday
        # Sunday evening in UTC is Monday already in London's summer.
        (datetime(2026, 7, 12, 23, 30, tzinfo=UTC), True),
    ],
)
def test_it_opens_on_its_weekdays_only(moment, is_open):
    assert service(days="12345", opens=time(0), closes=time(18)).is_open(moment) is is_open


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 1, 16, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 16, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 1, 17, 1, 59, tzinfo=UTC), True),  # Saturday, from Friday's night
        (datetime(2026, 1, 17, 2, 0, tzinfo=UTC), False),
        (datetime(2026, 1, 17, 23, 0, tzinfo=UTC), False),
        (datetime(2026, 1, 12, 1, 0, tzinfo=UTC), False),  # Monday; Sunday night was closed
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(moment, is_open):
    assert service(days="12345", opens=time(22), closes=time(2)).is_open(moment) is is_open


def test_closing_at_midnight_means_the_end_of_the_day():
    evening = service(days="1", opens=time(18), closes=time(0))

    assert evening.is_open(datetime(2026, 1, 12, 23, 59, tzinfo=UTC))
    assert not evening.is_open(datetime(2026, 1, 13, 0, 0, tzinfo=UTC))


def test_what_is_always_open_is_open_and_unknown_hours_stay_unknown():
    at_night = datetime(2026, 1, 14, 3, 0, tzinfo=UTC)

    assert service(days="", opens=None, closes=None, is_always_open=True).is_open(at_night) is True
    assert service(days="", opens=None, closes=None).is_open(at_night) is None


@pytest.mark.parametrize(
    ("youngest", "oldest", "ages"),
    [(None, None, [0, 16, 18, 19, 90]), (16, None, [16, 18, 19, 90]), (None, 18, [0, 16, 18])],
)
def test_it_helps_the_ages_that_it_names(youngest, oldest, ages):
    line = service(min_age=youngest, max_age=oldest)

    assert [age for age in (0, 16, 18, 19, 90) if line.is_for(age)] == ages


def test_another_number_needs_another_check():
    line = service(phone="101")
    line.checked_on = datetime(2026, 1, 14, tzinfo=UTC).date()

    line.phone = "101"
    assert line.checked_on
    line.phone = "102"
    assert line.checked_on is None
