import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.conftest import make_account
from vrn_community.accounts.models import Account
from vrn_community.foundation.paging import LARGEST_PAGE, page_number, paginate

BY_EMAIL = select(Account).order_by(Account.email)


@pytest.fixture
def seven(session):
    for number in range(7):
        make_account(email=f"{number}@example.org")


def emails(page):
    return "".join(account.email[0] for account in page)


@pytest.mark.parametrize(
    ("number", "rows", "before", "after"),
    [(1, "012", False, True), (2, "345", True, True), (3, "6", True, False)],
)
def test_a_list_comes_in_pages(seven, number, rows, before, after):
    page = paginate(BY_EMAIL, number, size=3)

    assert (emails(page), page.number, page.pages, page.total) == (rows, number, 3, 7)
    assert (page.has_prev, page.has_next) == (before, after)


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-5, 1), (4, 3), (LARGEST_PAGE, 3)])
def test_a_page_that_does_not_exist_is_the_nearest_one(seven, asked, given):
    assert paginate(BY_EMAIL, asked, size=3).number == given


def test_an_empty_list_is_one_empty_page(session):
    page = paginate(BY_EMAIL, 1)

    assert (list(page), page.number, page.pages, page.total) == ([], 1, 1, 0)
    assert not page.has_prev
    assert not page.has_next


def test_a_full_last_page_has_none_after_it(seven):
    assert paginate(BY_EMAIL, 1, size=7).pages == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("0003", 3),
        (None, 1),
        ("", 1),
        ("-1", 1),
        ("1.5", 1),
        ("٣", 1),
        ("²", 1),
        ("9" * 400, LARGEST_PAGE),
    ],
)
def test_a_page_number_is_read_kindly(text, number):
    assert page_number(text) == number


@given(st.text())
def test_any_text_gives_some_page(text):
    assert 0 <= page_number(text) <= LARGEST_PAGE
