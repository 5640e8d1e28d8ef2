"""Every figure of a report equals a recount of its files, and of a notebook kept beside them."""

from datetime import date

import pytest

from tests.outcomes.reports.conftest import BODIES
from tests.outcomes.reports.recount import FILES, Recount, read
from tests.pages import NAMESPACE, Page

FIRST, LAST, LATER = date(2025, 4, 1), date(2026, 3, 31), date(2026, 8, 1)
QUARTERS = (
    (date(2025, 4, 1), date(2025, 6, 30)),
    (date(2025, 7, 1), date(2025, 9, 30)),
    (date(2025, 10, 1), date(2025, 12, 31)),
    (date(2026, 1, 1), date(2026, 3, 31)),
)
#: What the columns of the table of debts count.
OWED = (
    "Waiting for a reply on the last day",
    "Late on the last day",
    "Still to do on the last day",
    "Late to do on the last day",
    "Not answered on the last day",
    "Answer late on the last day",
)
#: What is no sum of rows but a text beside them.
IN_WORDS = {
    "Half of the first replies came within this many days",
    "Members who came, all meetings together",
    "How often somebody took part, where results are public",
}


def figures(page, caption=""):
    """Return the numbers of the tables of two columns, by the words beside them."""
    found = {}
    for body in page.all("tbody"):
        for line in body.findall(f"{NAMESPACE}tr"):
            cells = [page.words(cell) for cell in line]
            if len(cells) == 2:
                assert cells[0] not in found
                found[cells[0]] = cells[1]
    return found


def numbers(page):
    return {name: int(number) for name, number in figures(page).items() if name not in IN_WORDS}


def files(client, period, body=""):
    return {
        name: read(client.get(f"/reports/rows/{name}.csv?period={period}&body={body}").text)
        for name in FILES
    }


def differences(shown, counted):
    """Return what a page shows and what was counted, where they are not the same."""
    names = {*shown, *counted}
    pairs = {name: (shown.get(name), counted[name]) for name in names}
    return {name: (told, true) for name, (told, true) in pairs.items() if told != true}


@pytest.mark.parametrize("seed", [1, 3])
def test_a_year_equals_its_recount_from_the_files_and_the_notebook(happened, client, seed):
    year = happened(seed, FIRST, LAST, LATER)

    page = Page.get(client, "/reports/group?period=2025-26")
    shown, rows = numbers(page), files(client, "2025-26")
    recount = Recount(rows, FIRST, LAST)

    assert differences(shown, recount.figures()) == {}
    assert differences(shown, Recount(year.book.files, FIRST, LAST).figures()) == {}
    # The year had everything, so nothing is equal because it is nought.
    assert [name for name, number in shown.items() if not number] == []
    words = figures(page)
    assert words["Half of the first replies came within this many days"] == str(
        recount.days_to_reply()
    )
    assert words["Members who came, all meetings together"] == f"at least {recount.came()}"
    assert recount.came() == Recount(year.book.files, FIRST, LAST).came()
    assert debts(page) == {
        slug: [counted[name] for name in OWED]
        for slug in BODIES
        if (counted := Recount(files(client, "2025-26", slug), FIRST, LAST).figures())
    }
    _notices_what_is_wrong(shown, rows)


def _notices_what_is_wrong(shown, rows):
    """Check that one figure more or one row less anywhere is a difference."""
    counted = Recount(rows, FIRST, LAST).figures()
    for name, number in shown.items():
        assert differences({**shown, name: number + 1}, counted) == {name: (number + 1, number)}
    for file in set(FILES) - {"moves"}:
        for place in range(len(rows[file])):
            less = {**rows, file: rows[file][:place] + rows[file][place + 1 :]}
            assert differences(shown, Recount(less, FIRST, LAST).figures()), rows[file][place]


def debts(page):
    """Return the numbers of the table of what bodies owe, by the short name of each."""
    found = {}
    for line in page.all("tr"):
        cells = [page.words(cell) for cell in line]
        if len(cells) == 1 + len(OWED) and cells[1].isdigit():
            found[line[0][0].get("href").rpartition("/")[2]] = [int(cell) for cell in cells[1:]]
    return found


def test_every_quarter_and_every_body_equals_its_recount(happened, client):
    year = happened(4, FIRST, LAST, LATER)

    for number, (first, last) in enumerate(QUARTERS, 1):
        name = f"2025-26-q{number}"
        shown = numbers(Page.get(client, f"/reports/board?period={name}"))
        rows = files(client, name)
        assert differences(shown, Recount(rows, first, last).figures()) == {}
        # The notebook has one rating for each thing, whenever it was.
        book = {**year.book.files, "ratings": rows["ratings"]}
        assert differences(shown, Recount(book, first, last).figures()) == {}
        for slug in BODIES:
            shown = numbers(Page.get(client, f"/reports/bodies/{slug}?period={name}"))
            counted = Recount(files(client, name, slug), first, last).figures()
            assert differences(shown, counted) == {}, (name, slug)


def test_a_period_that_is_not_over_is_counted_up_to_today(happened, client):
    today = date(2025, 11, 27)
    happened(6, FIRST, LAST, today)

    page = Page.get(client, "/reports/group")

    assert page.has("This period is not over.")
    assert page.has("1 April 2025 to 27 November 2025")
    recount = Recount(files(client, "2025-26"), FIRST, today)
    assert differences(numbers(page), recount.figures()) == {}
