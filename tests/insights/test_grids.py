"""The rows of a grid stand in one figure, each with what its own table shows."""

from tests.factories.questionnaires import questionnaire
from vrn_community.insights import charts, disclosure, grids, tabulate
from vrn_community.insights.charts import Point, Stack
from vrn_community.insights.disclosure import Reason, Refusal
from vrn_community.insights.grids import Grid
from vrn_community.insights.tabulate import Row, Table, percent

CHOICES = ("yes", "perhaps", "no", "never")


def table(row, *counts, question="g", **changes):
    base = sum(counts)
    rows = [
        Row(key, key.title(), n, percent(n, base)) for key, n in zip(CHOICES, counts, strict=False)
    ]
    name = f"{question}.{row}" if row else question
    text = f"Is it safe? {row}".rstrip()
    return Table(name, text, "grid", base, tuple(rows), row_text=row, **changes)


def drawn(tables):
    labels = [{key: key.title() for key in CHOICES} | {disclosure.MERGED: "Together"}] * len(tables)
    return charts.of_grid(tables, labels, [one.row_text for one in tables])


def test_rows_of_one_question_are_put_together_and_others_stay():
    alone, parks, streets = (
        table("", 50, 30, question="a"),
        table("parks", 50, 30),
        table("streets", 20, 60),
    )

    found = list(grids.together([alone, parks, streets, table("parks", 30, 30, question="h")]))

    assert found[1] == Grid((parks, streets))
    assert [type(one) for one in found] == [Table, Grid, Table]


def test_a_row_that_is_refused_stays_beside_the_grid():
    refused = Refusal("g.bus", "Is it safe? bus", Reason.FEW_PEOPLE)
    rows = [table("parks", 50, 30), refused, table("streets", 20, 60)]

    assert list(grids.together(rows)) == [Grid((rows[0], rows[2])), refused]


def test_a_row_knows_the_question_without_it_also_as_a_document():
    parks = table("parks", 50, 30)

    assert (parks.stem, parks.row_text) == ("Is it safe?", "parks")
    assert Table.from_json(parks.to_json()) == parks


def test_a_table_of_an_older_release_has_no_row():
    older = table("parks", 50, 30).to_json()
    del older["row_text"]

    assert Table.from_json(older).row_text == ""
    assert list(grids.together([Table.from_json(older)] * 2)) == [Table.from_json(older)] * 2


def test_each_row_is_a_bar_and_what_was_put_together_is_its_rest():
    streets = disclosure.protect(table("streets", 60, 30, 7, 5), 10)

    chart = drawn([table("parks", 40, 30, 20, 10), streets])

    assert isinstance(chart, Stack)
    assert chart.steps == ("Yes", "Perhaps", "No", "Never")
    assert [point.percent for point in chart.rows[0].points] == [40, 30, 20, 10]
    assert [point.is_hidden for point in chart.rows[1].points] == [False, False, True, True]
    assert chart.rows[1].rest == Point("Together", 12, 12)


def test_the_clearest_row_is_named():
    streets = table("streets", 20, 60)

    assert Grid((table("parks", 50, 30), streets)).leading == (streets, streets.rows[1])


def test_a_question_with_rows_is_counted_with_its_rows(session, partnership):
    document = questionnaire()
    rows = {one.key: one.row_text for one in tabulate.asked(document)}

    assert all(bool(text) is ("." in key) for key, text in rows.items())
