"""When answers are due, as the ICO counts."""

from datetime import date

import pytest

from vrn_community.foundation.working_days import is_working_day
from vrn_community.rights import clocks, yearly


@pytest.mark.parametrize(
    ("received", "months", "due"),
    [
        (date(2026, 9, 3), 1, date(2026, 10, 5)),  # The 3rd is a Saturday.
        (date(2026, 3, 31), 1, date(2026, 4, 30)),  # The last day of a shorter month.
        (date(2027, 1, 30), 1, date(2027, 3, 1)),  # 28 February is a Sunday.
        (date(2028, 1, 31), 1, date(2028, 2, 29)),  # A leap year.
        (date(2026, 11, 25), 1, date(2026, 12, 29)),  # Christmas, and the day for the 26th.
        (date(2026, 11, 27), 3, date(2027, 3, 1)),  # Put off over the end of the year: a Saturday.
    ],
)
def test_an_answer_is_due_on_the_same_day_of_a_later_month(received, months, due):
    assert clocks.months_after(received, months) == due


def test_the_day_of_an_answer_is_always_one_on_which_somebody_works():
    start = date(2026, 1, 1).toordinal()
    for number in range(800):
        day = date.fromordinal(start + number)
        due = clocks.months_after(day, 1)
        assert is_working_day(due)
        assert 28 <= (due - day).days <= 36


def test_the_thirty_days_for_a_complaint_begin_with_the_day_of_receipt():
    assert clocks.days_from(date(2026, 6, 1), 30) == date(2026, 6, 30)


def test_a_year_shows_no_small_number_and_none_from_which_one_follows():
    assert yearly.shown(9, 10) is None
    assert yearly.shown(0, 10) is None
    assert yearly.shown(10, 10) == 10
    assert yearly.shown_together({"given": 12, "refused": 9}, 10) is None
    assert yearly.shown_together({"given": 12, "refused": 10}, 10) == {"given": 12, "refused": 10}
    assert yearly.shown_together({}, 10) is None
