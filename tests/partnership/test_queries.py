from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import NoResultFound, OperationalError

from vrn_community.extensions import db
from vrn_community.foundation import clock, kept
from vrn_community.partnership import help_lines, queries
from vrn_community.partnership.levels import PreventionLevel
from vrn_community.partnership.models import BodyKind, PopulationTable


@pytest.fixture(autouse=True)
def _no_memory_of_help_lines():
    kept.forget()
    yield
    kept.forget()


@pytest.fixture
def statements(place):
    db.session.flush()
    db.session.expunge_all()
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.startswith("SELECT"):
            seen.append(statement)

    engine = db.session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_what_has_ended_is_no_longer_listed(place):
    queries.area("E07000133").valid_until = clock.today() - timedelta(days=1)
    queries.area("E07000134").valid_until = clock.today()

    names = [area.name for area in queries.areas()]

    assert "Melton" not in names
    assert "North West Leicestershire" in names
    assert queries.area("E07000133").name == "Melton"


def test_what_does_not_exist_is_not_found(place):
    for read, key in ((queries.area, "X"), (queries.priority, 8), (queries.body, "x")):
        with pytest.raises(NoResultFound):
            read(key)


def test_priorities_come_with_their_focus_areas_in_two_queries(statements):
    counts = [len(priority.focus_areas) for priority in queries.priorities()]

    assert counts == [6, 6, 6, 6, 5, 6, 6]
    assert len(statements) == 2


def test_bodies_come_with_their_areas_in_two_queries(statements):
    partnerships = queries.bodies(BodyKind.COMMUNITY_SAFETY_PARTNERSHIP)

    assert [area.name for area in partnerships[0].areas] == ["Blaby", "Hinckley and Bosworth"]
    assert sum(len(body.areas) for body in partnerships) == 9
    assert len(statements) == 2


def test_a_worry_about_a_child_goes_to_the_team_of_the_area(place):
    rutland = {service.slug for service in queries.support_services(queries.area("E06000017"))}
    blaby = {service.slug for service in queries.support_services(queries.area("E07000129"))}

    assert "rutland-children" in rutland
    assert not {"leicester-children", "leicestershire-children"} & rutland
    assert blaby - rutland == {"leicestershire-children", "leicestershire-adults"}


@pytest.mark.parametrize(("age", "is_listed"), [(10, True), (18, True), (19, False)])
def test_childline_is_for_those_under_nineteen(place, age, is_listed):
    slugs = [service.slug for service in queries.support_services(age=age)]

    assert ("childline" in slugs) is is_listed
    assert "emergency" in slugs


def test_a_table_can_be_read_for_some_areas_in_groups_or_in_detail(place):
    groups = queries.population(PopulationTable.ETHNIC_GROUP, ["E06000016"])
    details = queries.population(PopulationTable.ETHNIC_GROUP, ["E06000016"], detailed=True)

    assert (groups[0].category, groups[0].count) == ("Asian, Asian British or Asian Welsh", 159977)
    assert (len(groups), len(details)) == (5, 19)
    assert sum(line.count for line in groups) == sum(line.count for line in details) == 368571


def test_a_table_of_all_areas_is_their_sum_in_census_order(place):
    bands = queries.population(PopulationTable.AGE_BAND)

    assert [line.category for line in bands][:4] == ["0 to 9", "10 to 12", "13 to 15", "16 to 17"]
    assert [line.count for line in bands][1:5] == [41595, 40889, 26842, 112279]


def test_gender_identity_is_never_compared(place):
    refused = [table for table in PopulationTable if not table.is_comparable]

    assert refused == [PopulationTable.GENDER_IDENTITY]
    assert queries.population(PopulationTable.GENDER_IDENTITY)


@pytest.mark.parametrize("typed", ["LE3 3", "le33", " le3  3 "])
def test_a_postcode_sector_is_found_however_it_is_typed(place, typed):
    found = [(row.area.name, row.share) for row in queries.areas_of_sector(typed)]

    assert found == [("Blaby", 0.92), ("Hinckley and Bosworth", 0.065), ("Leicester", 0.015)]


@pytest.mark.parametrize("typed", ["", "9", "SW1A 1", "%"])
def test_a_postcode_sector_from_elsewhere_has_no_area(place, typed):
    assert queries.areas_of_sector(typed) == []


def test_the_foot_of_a_page_shows_what_the_database_says(place):
    lines = queries.help_lines()

    assert [line.tel for line in lines] == ["999", "08001111", "116123", "101"]
    assert lines == tuple(help_lines.FALLBACK.values())


def test_the_foot_of_a_page_is_read_once_a_minute(statements):
    assert queries.help_lines() == queries.help_lines()
    assert len(statements) == 1


def test_the_foot_of_a_page_needs_no_data(session):
    assert queries.help_lines() == tuple(help_lines.FALLBACK.values())


def test_the_foot_of_a_page_needs_no_database(session, monkeypatch):
    def refuse(*_arguments):
        raise OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr(db.session, "execute", refuse)

    assert queries.help_lines() == tuple(help_lines.FALLBACK.values())


def test_every_level_of_prevention_has_words(session):
    assert all(str(level.label) and str(level.meaning) for level in PreventionLevel)
