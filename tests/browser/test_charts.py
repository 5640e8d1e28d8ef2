"""Every chart and map at its limits, as rules and eyes see it: screen, phone, grey, Urdu, paper."""

import re
from typing import Any

import pytest

from tests.browser.barriers import barriers

pytestmark = pytest.mark.browser
KINDS = ("bars", "distribution", "dots", "waves", "stack", "map")
VARIANTS = ("ordinary", "empty", "one", "long", "twelve", "hidden")
LANGUAGES = ["", "/ur"]
PATH = "/style-guide/charts"
PHONE = {"width": 320, "height": 640}
#: What a reader sees of a figure: words that are neither for the ear only nor in the table.
SEEN = """figure => {
    const copy = figure.cloneNode(true);
    copy.querySelectorAll('details, .visually-hidden, [aria-hidden]').forEach(e => e.remove());
    return copy.textContent;
}"""
#: The shares in the table, apart from those of people who are counted.
TABLE = """figure => [...figure.querySelectorAll('td, th')].map(cell => cell.textContent.trim())"""
#: How far each drawn thing reaches, in pixels along the line that holds it.
OUTSIDE = """figure => [...figure.querySelectorAll('*')].filter(element => {
    const box = element.getBoundingClientRect(), frame = figure.getBoundingClientRect();
    return box.width > 1 && !element.closest('.table-region') &&
        (box.left < frame.left - 1 || box.right > frame.right + 1);
}).map(element => element.outerHTML)"""
#: How light each kind of fill is in grey, from 0 to 1.
GREY = """selector => [...document.querySelectorAll(selector)].map(element => {
    const [red, green, blue] = getComputedStyle(element).fill.match(/[0-9.]+/g).map(Number);
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
})"""


@pytest.fixture(scope="module", params=LANGUAGES, ids=["en", "ur"])
def page(site: str, browser: Any, request: Any) -> Any:
    opened = browser.new_page(viewport=PHONE)
    opened.goto(f"{site}{request.param}{PATH}", wait_until="networkidle")
    yield opened
    opened.close()


def figure(page: Any, kind: str, variant: str) -> Any:
    return page.locator(f"section[aria-labelledby='{kind}-{variant}-title']")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_chart_fits_a_small_phone_and_says_what_it_shows(
    page: Any, kind: str, variant: str
) -> None:
    chart = figure(page, kind, variant)

    assert chart.evaluate(OUTSIDE) == []
    assert chart.locator("[style]").count() == 0
    assert len(chart.locator(".figure-head p").inner_text()) > 10


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("variant", [v for v in VARIANTS if v != "empty"])
def test_every_value_is_text_and_the_same_in_the_table(page: Any, kind: str, variant: str) -> None:
    chart = figure(page, kind, variant)
    seen = re.findall(r"\d+%", chart.evaluate(SEEN))
    table = [cell for cell in chart.evaluate(TABLE) if re.fullmatch(r"\d+%", cell)]

    assert table
    assert chart.locator(".key li").count() > 0
    # The key of a map has the bounds of its shades besides.
    assert sorted(seen[5:] if kind == "map" else seen) == sorted(table)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_hidden_is_said_in_words_and_not_drawn(page: Any, kind: str) -> None:
    chart = figure(page, kind, "hidden")
    hidden = chart.locator(".not-shown, .tile.shade-0")
    drawn = "rect:not(.track), circle, path"

    assert chart.locator("td").filter(has_text=re.compile(r"^\D+$")).count() > 0
    assert hidden.count() > 0
    for place in hidden.all():
        assert re.search(r"[^\W\d]", place.inner_text())
        assert place.locator(f".drawn:is(:has({drawn}))").count() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_paper_shows_the_table(page: Any, kind: str) -> None:
    page.emulate_media(media="print")
    chart = figure(page, kind, "ordinary")

    heights = chart.locator("table tbody tr").evaluate_all(
        "rows => rows.map(row => row.getBoundingClientRect().height)"
    )
    summaries = chart.locator("summary:visible").count()
    page.emulate_media(media="screen")

    assert heights
    assert min(heights) > 10
    assert summaries == 0


def test_a_bar_begins_where_the_line_of_text_begins(page: Any) -> None:
    ends = figure(page, "bars", "one").evaluate(
        """figure => {
            const [track, bar] = [...figure.querySelectorAll('.drawn rect')]
                .map(rect => rect.getBoundingClientRect());
            return [bar.left - track.left, track.right - bar.right];
        }"""
    )

    is_rtl = page.evaluate("document.documentElement.dir") == "rtl"
    near, far = ends[::-1] if is_rtl else ends
    assert near == pytest.approx(0, abs=0.5)
    assert far > 20


def test_west_is_on_the_same_side_in_every_language(page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    lefts = figure(page, "map", "ordinary").evaluate(
        """figure => [1, 2, 3, 4].map(column =>
            figure.querySelector(`.tile-column-${column}`).getBoundingClientRect().left)"""
    )
    page.set_viewport_size(PHONE)

    assert lefts == sorted(lefts)
    assert len(set(lefts)) == 4


# The style guide's first page has one of each kind, for both sizes in both languages.
@pytest.mark.parametrize(("language", "width"), [("", 320), ("/ur", 1280)])
def test_axe_finds_nothing_with_all_tables_open(
    site: str, context: Any, language: str, width: int
) -> None:
    page = context(width=width).new_page()
    page.goto(f"{site}{language}{PATH}")
    page.evaluate("document.querySelectorAll('.more').forEach(more => more.open = true)")

    assert barriers(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_grey_tells_apart_what_stands_side_by_side(page: Any) -> None:
    steps = [page.evaluate(GREY, f".drawn > .scale-{step}")[0] for step in range(1, 7)]
    shades = [page.evaluate(GREY, f".swatch .shade-{shade}")[0] for shade in range(1, 6)]
    striped = {
        step for step in range(1, 6) if page.locator(f".swatch:has(.scale-{step}) .stripes").count()
    }

    neighbours = zip(steps, steps[1:], strict=False)
    assert all(
        abs(one - other) > 0.1 for one, other in neighbours if {one, other} != set(steps[2:4])
    )
    assert striped == {4, 5}
    assert shades == sorted(shades, reverse=True)
    assert min(one - other for one, other in zip(shades, shades[1:], strict=False)) > 0.08
