"""Cross-tables are drawn as a bar for each group, and no bar tells what a cell hides."""

from hypothesis import given
from hypothesis import strategies as st

from tests.insights.test_crossed_desk import PEOPLE, cross
from tests.insights.test_desk import at
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.insights import crossed_charts, crossing
from vrn_community.insights.crossing import CrossTable


def drawn(table):
    answers, groups = ([next(iter(g.labels.values())) for g in of] for of in _lines(table))
    return crossed_charts.of_cross(table, answers, groups)


def _lines(table):
    return table.rows, table.columns


def three(*counts, totals):
    rows, columns = (
        tuple(crossing.Group({f"c{n}": f"C{n}"}, total=total) for n, total in enumerate(of))
        for of in ((50, 50, 50), totals)
    )
    return CrossTable("q", "Q", "single-choice", "b", "B", rows, columns, counts)


def test_a_group_is_a_bar_of_the_shares_of_its_people():
    chart = drawn(cross((60, 50), (40, 50)))

    assert [[part.length for part in chart.parts(row)] for row in chart.rows] == [
        [60, 40],
        [50, 50],
    ]
    assert [row.name for row in chart.rows] == ["C0", "C1"]


def test_a_group_with_one_hidden_cell_has_no_bar():
    chart = drawn(three((60, 50), (None, 30), (30, 20), totals=(100, 100)))

    assert chart.parts(chart.rows[0]) == []
    assert [part.length for part in chart.parts(chart.rows[1])] == [50, 30, 20]


def test_hidden_cells_stand_together_as_one_rest():
    chart = drawn(three((60, 50), (None, 30), (None, 20), totals=(100, 100)))

    assert [(part.step, part.length) for part in chart.parts(chart.rows[0])] == [(1, 60), (0, 40)]


def test_a_group_of_unknown_size_has_no_bar():
    chart = drawn(cross((60, 50), (40, 50), totals=(100, None)))

    assert chart.parts(chart.rows[1]) == []


def test_answers_of_which_people_give_several_are_no_parts():
    several = CrossTable(**{**vars(cross((60, 50), (40, 50))), "is_multiple": True})

    assert drawn(several) is None


def test_more_parts_than_can_be_told_apart_are_not_drawn():
    table = cross((60, 50), (40, 50))

    assert crossed_charts.of_cross(table, ["A"] * 7, ["C0", "C1"]) is None


CELLS = st.lists(st.none() | st.integers(10, 60), min_size=3, max_size=3)


@given(CELLS, CELLS)
def test_no_part_stands_for_a_single_hidden_cell(left, right):
    lines = list(zip(left, right, strict=True))
    totals = [sum(cell or 12 for cell in column) for column in (left, right)]
    chart = drawn(three(*lines, totals=totals))

    for column, row in zip((left, right), chart.rows, strict=True):
        parts = chart.parts(row)
        shown = {number for number, cell in enumerate(column, 1) if cell is not None}
        assert {part.step for part in parts} <= shown | {0}
        assert not parts or column.count(None) != 1


def test_the_desk_draws_one_question_by_another_beside_its_table(stored, sign_in_as):
    analyst = sign_in_as(Role.ANALYST, email="ana@example.org")

    page = Page.get(analyst, at(stored(PEOPLE), "/by?of=feel&by=heard"))

    assert [dl.get("class") for dl in page.all("dl")] == ["bars bars-stacked"]
    assert len(page.all("table")) == 1
