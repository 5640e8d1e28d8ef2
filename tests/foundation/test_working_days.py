from datetime import date, timedelta

import pytest

from vrn_community.foundation import working_days

#: As published by the government, for England and Wales.
PUBLISHED = {
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_bank_holidays_are_the_published_ones(year):
    wanted = {date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year].split()}

    assert working_days.bank_holidays(year) == wanted


@pytest.mark.parametrize(
    ("since", "number", "day"),
    [
        ("2026-11-26", 1, "2026-11-27"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 5, "2026-12-04"),
        ("2026-12-23", 2, "2026-12-29"),
        ("2027-03-25", 3, "2027-04-01"),
        ("2026-11-26", 0, "2026-11-26"),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(since, number, day):
    assert working_days.after(date.fromisoformat(since), number) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("since", "number", "day"),
    [
        ("2026-11-26", 0, "2026-11-26"),
        ("2026-11-27", 0, "2026-11-29"),
        ("2026-11-22", 5, "2026-11-29"),
        ("2026-11-23", 5, "2026-11-30"),
    ],
)
def test_days_off_at_the_end_are_within_reach(since, number, day):
    assert working_days.within(date.fromisoformat(since), number) == date.fromisoformat(day)


def test_a_later_day_never_comes_earlier():
    day = date(2026, 1, 1)
    for _number in range(500):
        following = day + timedelta(days=1)
        assert working_days.after(day, 5) <= working_days.after(following, 5)
        day = following
