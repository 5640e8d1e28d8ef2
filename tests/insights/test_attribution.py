"""Beside a quote stands no more than the tables of its release show of such people."""

from dataclasses import replace

import pytest

from tests.factories.passages import with_answers
from tests.insights.attackers import make_table
from tests.insights.conftest import quotable
from tests.insights.test_crossed_desk import AREAS
from vrn_community.insights import services
from vrn_community.insights.attribution import Shows, Writer, allowed
from vrn_community.insights.crossing import CrossTable, Group

AGE_TABLE = replace(make_table([40, 30], "age-band"), is_about_person=True)
AREA_TABLE = replace(make_table([50, 20], "where"), kind="area")
WRITER = Writer({"where": "c0"}, {"age-band": "c1"})


def crossed(counts, *, with_no_answer=False):
    groups = (Group({"c0": "A"}), Group({"c1": "B"}, with_no_answer=with_no_answer))
    return CrossTable(
        "where", "", "area", "age-band", "", groups, groups, counts, by_about_person=True
    )


@pytest.mark.parametrize(
    ("wanted", "crosses", "shown"),
    [
        (Shows.NOTHING, [], []),
        (Shows.AGE, [], ["age"]),
        (Shows.AREA, [], ["area"]),
        (Shows.BOTH, [], ["area"]),
        (Shows.BOTH, [crossed(((20, 30), (20, 12)))], ["age", "area"]),
        (Shows.BOTH, [crossed(((20, None), (20, 12)))], ["area"]),
        (Shows.BOTH, [crossed(((20, 30), (20, 12)), with_no_answer=True)], ["area"]),
    ],
)
def test_both_stand_only_where_a_table_of_both_shows_the_cell(wanted, crosses, shown):
    found = allowed(wanted, WRITER, [AGE_TABLE, AREA_TABLE], crosses)

    assert sorted(found) == shown


def test_what_is_merged_or_in_no_table_is_not_said():
    merged = replace(AREA_TABLE, rows=(replace(AREA_TABLE.rows[0], merged={"c0": "A", "c2": "C"}),))

    assert allowed(Shows.BOTH, WRITER, [merged], []) == {}
    assert allowed(Shows.AREA, Writer(), [AREA_TABLE], []) == {}
    assert allowed(Shows.BOTH, WRITER, [AGE_TABLE], []) == {"age": "Choice 1"}


def test_what_stands_beside_a_quote_is_frozen_from_the_tables_of_the_release(
    partnership, closed, analyst
):
    people = [{"where": area} for area in AREAS for _person in range(30)]
    opportunity = closed([*people, *[{}] * 15])
    known, alone = (quotable(opportunity, text, question_id="why") for text in ("One", "Two"))
    with_answers([known], answers={"where": AREAS[0]}, profile={"age-band": "18-24"})
    with_answers([alone], answers={"where": "e07000132"})
    draft = services.draft_release(opportunity, by=analyst)

    keys = [known.id, alone.id]
    fewer = services.choose_quotes(
        draft, keys, among=keys, is_checked=True, by=analyst, shows=dict.fromkeys(keys, Shows.BOTH)
    )
    services.freeze(draft, by=analyst)

    assert fewer == 2
    beside = {quote["words"]: quote["who"] for quote in draft.quotes}
    assert beside["Two"] == {}
    assert [*beside["One"]] == ["area"]
    assert all("shows" not in quote for quote in draft.quotes)
