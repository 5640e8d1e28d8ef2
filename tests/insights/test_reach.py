"""Who answered beside who lives here: the desk learns in time whom to go and ask."""

import pytest

from tests.insights.attackers import make_table
from tests.insights.conftest import answered
from tests.insights.test_desk import at
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.insights import reach, results
from vrn_community.questionnaires import queries as questionnaires

RESIDENTS = {"c0": 500, "c1": 300, "c2": 200}


def shares(counts, residents=RESIDENTS, total=1_000):
    found = reach.compare(make_table(counts), residents, total)
    return {
        s.row.choice_id: (s.answered, s.residents, s.difference, s.is_missing) for s in found.shares
    }


def test_each_group_stands_beside_its_share_of_the_residents():
    assert shares([50, 40, 10]) == {
        "c0": (50, 50, 0, False),
        "c1": (40, 30, 10, False),
        "c2": (10, 20, -10, True),
    }


@pytest.mark.parametrize(
    ("counts", "residents", "is_missing"),
    [
        ([76, 24], {"c0": 700, "c1": 300}, True),  # Six points short.
        ([74, 26], {"c0": 700, "c1": 300}, False),
        ([98, 2], {"c0": 950, "c1": 50}, True),  # Not half of its share.
        ([100, 0], {"c0": 990, "c1": 10}, False),  # So few that nobody can say.
    ],
)
def test_a_group_is_missing_if_it_falls_far_short(counts, residents, is_missing):
    assert shares(counts, residents)["c1"][3] is is_missing


def test_what_the_census_does_not_know_is_left_out():
    assert set(shares([50, 40, 10], {"c0": 500, "c1": 300})) == {"c0", "c1"}


@pytest.fixture
def opportunity(partnership, closed):
    """Return an activity that young men of one place answered, mostly."""
    opportunity = closed([])
    version = questionnaires.published(opportunity.id)
    version.document = {**version.document, "equality_block": "2026-1"}
    version.revision += 1
    leicester, charnwood = {"where": "e06000016"}, {"where": "e07000130"}
    man = {"age-band": "18-24", "sex": "male", "ethnic-group": "white"}
    answered(version, [leicester] * 80, **man)
    answered(version, [charnwood] * 30, **{**man, "age-band": "25-34", "ethnic-group": "asian"})
    answered(version, [charnwood] * 14, **{**man, "sex": "female", "ethnic-group": "asian"})
    return opportunity


def by_table(opportunity):
    found = results.reach(results.live(opportunity), opportunity)
    return {comparison.table.key: comparison for comparison in found}


def test_sex_and_ethnic_group_are_compared_with_the_census(opportunity):
    found = by_table(opportunity)

    women = found["about:sex"].shares[0]
    assert (women.row.choice_id, women.answered, women.residents) == ("female", 11, 51)
    assert [share.row.choice_id for share in found["about:sex"].missing] == ["female"]


def test_areas_are_compared_with_their_residents(closed, partnership):
    opportunity = closed([])
    of = questionnaires.published(opportunity.id)
    for code in ("e06000016", "e06000017", *(f"e07000{n}" for n in range(129, 136))):
        answered(of, [{"where": code}] * 20)
    answered(of, [{"where": "elsewhere"}] * 20)

    areas = by_table(opportunity)["where"]

    leicester = next(share for share in areas.shares if share.row.choice_id == "e06000016")
    assert (leicester.answered, leicester.residents) == (10, 33)
    assert [share.row.choice_id for share in areas.missing] == ["e06000016", "e07000130"]
    assert "elsewhere" not in {share.row.choice_id for share in areas.shares}


def test_the_page_of_an_activity_without_answers_says_so(stored, sign_in_as):
    page = Page.get(sign_in_as(Role.ANALYST), at(stored([]), "/reach"))

    assert page.heading == "Who is missing"
    assert page.has("Nothing can be compared yet.")


def test_the_page_shows_gaps_and_why_something_is_not_shown(stored, arrange, sign_in_as):
    opportunity = stored([])
    with arrange():
        version = questionnaires.published(opportunity.id)
        version.document = {**version.document, "equality_block": "2026-1"}
        version.revision += 1
        answered(version, [{}] * 60, **{"age-band": "18-24", "sex": "male"})
        answered(version, [{}] * 12, **{"age-band": "25-34", "sex": "female"})

    page = Page.get(sign_in_as(Role.ANALYST), at(opportunity, "/reach"))

    assert page.has("Female: 17% of those who answered, 51% of residents.")
    assert page.has("-34")
    assert page.has("Too few people answered it")
