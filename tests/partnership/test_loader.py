import time

import pytest
from sqlalchemy import func, select

from vrn_community.extensions import db
from vrn_community.partnership import loader, queries
from vrn_community.partnership.models import (
    Area,
    BodyKind,
    LocalIssue,
    PopulationFigure,
    PopulationTable,
    PostcodeSector,
    Priority,
    SupportService,
)

CENSUS_TOTALS = {
    "E06000016": 368572,
    "E06000017": 41049,
    "E07000129": 102926,
    "E07000130": 183971,
    "E07000131": 97625,
    "E07000132": 113640,
    "E07000133": 51752,
    "E07000134": 104705,
    "E07000135": 57747,
}


def test_the_whole_place_is_loaded(place):
    assert len(queries.areas()) == 9
    assert len(queries.bodies(BodyKind.COMMUNITY_SAFETY_PARTNERSHIP)) == 8
    assert len(queries.bodies(BodyKind.CORE_MEMBER)) == 16
    assert [priority.number for priority in queries.priorities()] == [1, 2, 3, 4, 5, 6, 7]
    assert len(queries.local_issues()) == 9
    assert len(queries.beneficiary_groups()) == 6


def test_loading_again_changes_nothing(place):
    assert set(loader.load().values()) == {0}


def test_loading_is_quick(session):
    started = time.perf_counter()

    loader.load()

    assert time.perf_counter() - started < 2


def test_what_differs_from_the_files_is_mended_and_nothing_is_deleted(place):
    queries.priority(1).short_title = "Something else"
    db.session.add(LocalIssue(slug="our-own", title="Our own", official="", position=10))

    changed = loader.load()

    assert changed["priority"] == 1
    assert sum(changed.values()) == 1
    assert queries.priority(1).short_title == "Leading together"
    assert len(queries.local_issues()) == 10


def test_a_check_by_a_person_survives_loading_but_not_another_number(place):
    childline, police = (
        db.session.scalars(select(SupportService).where(SupportService.slug == slug)).one()
        for slug in ("childline", "police")
    )
    police.phone = "102"
    childline.checked_on = police.checked_on = childline.valid_from

    loader.load()

    assert childline.checked_on == childline.valid_from
    assert (police.phone, police.checked_on) == ("101", None)


def test_every_area_has_one_safety_partnership_and_its_own_tile(place):
    areas = queries.areas()

    assert all(queries.safety_partnership(area) for area in areas)
    assert len({(area.tile_column, area.tile_row) for area in areas}) == 9


def test_only_priority_one_has_an_oversight_body_in_the_strategy(place):
    watched = {p.number: p.oversight_body.slug for p in queries.priorities() if p.oversight_body}

    assert watched == {1: "strategic-partnership-board-executive"}


def test_populations_are_those_of_the_census(place):
    assert {area.code: area.population_2021 for area in queries.areas()} == CENSUS_TOTALS


def test_men_and_women_add_up_to_the_population(place):
    sums = {
        code: sum(line.count for line in queries.population(PopulationTable.SEX, [code]))
        for code in CENSUS_TOTALS
    }

    assert sums == CENSUS_TOTALS


@pytest.mark.parametrize("table", [PopulationTable.AGE_BAND, PopulationTable.AGE_YEAR])
def test_ages_add_up_to_the_population_but_for_a_few_people(place, table):
    for code, residents in CENSUS_TOTALS.items():
        counted = sum(line.count for line in queries.population(table, [code]))

        # The census office changes small cells, so that totals differ between tables.
        assert counted == pytest.approx(residents, abs=15)


def test_every_table_has_figures_for_every_area(place):
    areas_by_table = dict(
        db.session.execute(
            select(
                PopulationFigure.census_table, func.count(PopulationFigure.area_id.distinct())
            ).group_by(PopulationFigure.census_table)
        ).all()
    )

    assert areas_by_table == dict.fromkeys(PopulationTable, 9)


def test_no_postcode_sector_has_more_than_all_of_itself(place):
    shares = db.session.execute(
        select(PostcodeSector.sector, func.sum(PostcodeSector.share)).group_by(
            PostcodeSector.sector
        )
    ).all()

    assert len(shares) == 180
    assert all(0 < share <= 1.002 for _sector, share in shares)


def test_an_area_cannot_be_stored_twice(place):
    codes = select(func.count(), func.count(Area.code.distinct())).select_from(Area)

    assert db.session.execute(codes).one() == (9, 9)
    assert db.session.scalar(select(func.count()).select_from(Priority)) == 7
