"""Weighted beside unweighted: made of cross-tables that are shown, and of nothing else."""

import pytest

from tests.insights.conftest import answered
from tests.insights.test_desk import at
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.insights import results, weighted
from vrn_community.insights.crossing import CrossTable, Group
from vrn_community.questionnaires import queries as questionnaires


def cross(counts, columns=("young", "old"), **changes):
    rows = tuple(Group({f"c{n}": f"C{n}"}) for n in range(len(counts)))
    groups = tuple(Group({name: name}) for name in columns)
    shown = tuple(map(tuple, counts))
    given = {"rows": rows, "columns": groups, "counts": shown, **changes}
    return CrossTable("q", "Q", "single-choice", "by", "By", **given)


def shares(found):
    return [(line.unweighted, line.weighted) for line in found.lines]


def test_groups_count_for_as_many_as_live_here():
    """Half of the residents are young, and a quarter of those who answered."""
    found = weighted.beside(cross([[40, 60], [10, 90]]), {"young": 1_000, "old": 1_000})

    assert shares(found) == [(50, 60), (50, 40)]  # (80 % + 40 %) / 2.
    assert found.design_effect == 1.3  # Weights 2 and 2/3: 200 (50 * 4 + 150 * 4/9) / 200 ** 2.
    assert found.effective_base == 149


def test_nothing_changes_where_the_groups_are_as_large_as_they_should_be():
    found = weighted.beside(cross([[40, 60], [60, 40]]), {"young": 7, "old": 7})

    assert shares(found) == [(50, 50), (50, 50)]
    assert (found.design_effect, found.effective_base) == (1.0, 200)


def test_nobody_counts_for_more_than_three():
    found = weighted.beside(cross([[20, 90], [0 + 10, 880]]), {"young": 900, "old": 100})

    assert found.weights.values.max() == pytest.approx(3)


def test_only_groups_count_that_the_census_knows_and_that_are_shown_whole():
    columns = ("young", "old", "elsewhere", "older")
    table = cross([[40, 60, 50, None], [10, 90, 50, 30]], columns)

    found = weighted.beside(table, {"young": 1_000, "old": 1_000, "older": 1_000})

    assert [group.key for group in found.groups] == ["young", "old"]
    assert shares(found) == [(50, 60), (50, 40)]


@pytest.mark.parametrize(
    "table",
    [
        cross([[40, None], [10, None]]),
        cross([[40, 60], [10, 90]], is_multiple=True),
        cross([[40, 60], [10, 90]], ("young", "elsewhere")),
        cross([[5, 60], [4, 90]]),
    ],
    ids=["hidden", "several answers", "one group", "a small group"],
)
def test_what_the_table_cannot_tell_is_not_weighted(table):
    assert weighted.beside(table, {"young": 1_000, "old": 1_000}) is None


def test_people_without_an_answer_are_counted_as_the_table_counts_them():
    rows = (Group({"c0": "C0"}), Group({"c1": "C1"}, with_no_answer=True))

    found = weighted.beside(cross([[40, 60], [10, 90]], rows=rows), {"young": 1, "old": 1})

    assert shares(found) == [(50, 60), (50, 40)]


def ask_three_ages(opportunity):
    """Let young people say something else than older ones."""
    version = questionnaires.published(opportunity.id)
    for age, safe, unsafe in (("18-24", 30, 40), ("25-34", 50, 20), ("35-44", 10, 10)):
        given = [{"feel": "safe"}] * safe + [{"feel": "unsafe"}] * unsafe
        answered(version, given, **{"age-band": age})


@pytest.fixture
def asked(stored, arrange):
    """Return an activity that people of three ages answered, for tests of pages."""
    opportunity = stored([])
    with arrange():
        ask_three_ages(opportunity)
    return opportunity


def test_live_results_can_be_weighted_by_age(partnership, closed):
    opportunity = closed([])
    ask_three_ages(opportunity)
    found = results.live(opportunity)
    [age] = results.margins(found, opportunity)

    [feel] = results.weighted(found, opportunity, age)

    assert age.question_id == "age-band"
    assert feel.table.question_id == "feel"
    assert [line.unweighted for line in feel.lines] == [57, 43]
    assert [line.weighted for line in feel.lines] != [57, 43]  # Young people are too many.


def test_staff_see_weighted_beside_unweighted(sign_in_as, asked):
    analyst = sign_in_as(Role.ANALYST)

    page = Page.get(analyst, at(asked, "/weighted"))

    assert page.has("Design effect")
    assert page.has("57%")
    assert at(asked, "/weighted") in Page.get(analyst, at(asked, "/reach")).links()
    assert Page.get(analyst, at(asked, "/weighted?by=about:nothing")).has("57%")


def test_nothing_to_weight_says_why(sign_in_as, stored):
    page = Page.get(sign_in_as(Role.ANALYST), at(stored([]), "/weighted"))

    assert page.has("Nothing can be weighted.")


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.BOARD_MEMBER, Role.PEER_ANALYST])
def test_others_see_nothing_weighted(sign_in_as, stored, role):
    Page.get(sign_in_as(role), at(stored([]), "/weighted"), status=403)
