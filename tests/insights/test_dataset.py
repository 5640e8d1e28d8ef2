"""Columns are only another form of the answers: they are always what a recount would give."""

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import select, update

from tests.factories.questionnaires import make_version
from tests.insights.conftest import CROWD, answered
from tests.opportunities.conftest import counted
from vrn_community.contributions import services as contributions
from vrn_community.contributions.models import Contribution, DayColumns
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights import counting, dataset
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.models import VersionState


@pytest.fixture
def opened(closed):
    """Return a function that lets people answer some days ago."""
    opportunity = closed([])
    version = questionnaires.published(opportunity.id)

    def answer(people=CROWD, days_ago=0, of=version):
        keys = answered(of, people)
        then = clock.today() - timedelta(days=days_ago)
        db.session.execute(
            update(Contribution).where(Contribution.id.in_(keys)).values(received_on=then)
        )
        return opportunity

    return answer


def keep(opportunity):
    return list(dataset.keep_past_days(opportunity.id))


def counts(opportunity):
    """Return all exact counts as they are read now."""
    data = dataset.read(opportunity.id)
    tables = [counting.table(data, versions) for versions in counting.items(data).values()]
    return [
        (t.key, t.base, t.missing, [(row.choice_id, row.count) for row in t.rows]) for t in tables
    ]


def days(opportunity):
    query = select(DayColumns.received_on).where(DayColumns.opportunity_id == opportunity.id)
    return set(db.session.scalars(query))


def test_kept_columns_count_as_the_answers_do(opened):
    opened(days_ago=5)
    opened(days_ago=2)
    opportunity = opened(CROWD[:40])
    recount = counts(opportunity)

    kept = keep(opportunity)

    assert kept == [clock.today() - timedelta(days=n) for n in (5, 4, 3, 2, 1)]
    assert counts(opportunity) == recount
    assert dataset.read(opportunity.id).people == 240


def test_making_them_again_changes_nothing(opened):
    opportunity = opened(days_ago=2)
    keep(opportunity)

    assert keep(opportunity) == []
    assert dataset.read(opportunity.id).people == 100


def test_catching_up_reads_no_answer_of_a_day_that_has_columns(opened):
    opened(days_ago=3)
    opportunity = opened(days_ago=1)
    keep(opportunity)
    db.session.execute(update(Contribution).values(language="xx"))  # Nobody would do this.

    opened(CROWD[:10])

    languages = {
        name
        for part in dataset.read(opportunity.id).parts
        for name in part.columns[dataset.LANGUAGE].choices
    }
    assert languages == {"en"}


@pytest.mark.parametrize("days_ago", [3, 2, 1])
def test_who_takes_answers_back_is_in_no_column_from_that_moment(opened, days_ago):
    for day in (3, 2, 1):
        opportunity = opened(CROWD[:20], days_ago=day)
    keep(opportunity)
    dataset.read(opportunity.id)
    then = clock.today() - timedelta(days=days_ago)
    one = db.session.scalars(select(Contribution).where(Contribution.received_on == then)).first()

    contributions.withdraw(one)

    assert then not in days(opportunity)
    assert dataset.read(opportunity.id).people == 59
    keep(opportunity)
    assert then in days(opportunity)
    assert dataset.read(opportunity.id).people == 59


def test_who_is_added_to_a_past_day_is_counted_at_once(opened):
    opportunity = opened(CROWD[:20], days_ago=2)
    keep(opportunity)
    then = clock.today() - timedelta(days=2)

    contributions.receive_all(
        opportunity.id, [contributions.Sending("CODE", "en", False, {}, received_on=then)]
    )

    assert then not in days(opportunity)


def test_somebody_who_goes_while_a_day_is_made_is_not_kept(opened, monkeypatch):
    opportunity = opened(CROWD[:20], days_ago=1)
    pack = dataset._pack

    def slow(parts):
        packed = pack(parts)
        db.session.delete(db.session.scalars(select(Contribution)).first())
        db.session.commit()
        return packed

    monkeypatch.setattr(dataset, "_pack", slow)
    keep(opportunity)

    assert days(opportunity) == set()
    assert dataset.read(opportunity.id).people == 19


def test_versions_and_ways_stay_apart(opened, closed):
    opportunity = opened(days_ago=1)
    older = questionnaires.published(opportunity.id)
    older.number, older.state = 0, VersionState.RETIRED
    newer = make_version(opportunity)
    opened(CROWD[:30], days_ago=1, of=newer)
    keep(opportunity)

    parts = dataset.read(opportunity.id).parts

    assert {(part.version_id, part.people) for part in parts} == {(older.id, 100), (newer.id, 30)}
    for part in parts:
        way = part.columns[dataset.WAY]
        assert {way.choices[code] for code in np.unique(way.codes)} == {"online"}


def test_reading_takes_the_same_number_of_questions_however_many_days_are_kept(opened):
    opportunity = opened(days_ago=1)
    keep(opportunity)
    with counted() as few:
        dataset.read(opportunity.id)
    for day in range(2, 12):
        opened(CROWD[:5], days_ago=day)
    keep(opportunity)
    dataset.read(opportunity.id)

    with counted() as many:
        dataset.read(opportunity.id)
    assert len(many) <= len(few)
