"""What became of words is published, and no number shows that is not a whole step."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.conftest import make_account
from tests.factories import deciding
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Passage
from vrn_community.foundation import clock
from vrn_community.moderation import appeals, figures, services
from vrn_community.moderation.models import AppealOutcome, Decision


def withheld(passage, by, number):
    made = [passage() for _number in range(number)]
    for found in made:
        services.withhold(found, moderator=by, reason="accuses")
    return made


@pytest.mark.parametrize(
    ("number", "shown"), [(9, {}), (10, {"accuses": 10}), (19, {"accuses": 10})]
)
def test_numbers_are_whole_steps(passage, dana, number, shown):
    withheld(passage, dana, number)

    assert figures.by_year()[0].withheld == shown


def test_only_the_decision_that_stands_counts(passage, dana):
    for found in withheld(passage, dana, 10):
        services.hold(found, moderator=dana)
        deciding.clear(found, moderator=dana)

    year = figures.by_year()[0]
    assert (year.cleared, year.withheld) == (10, {})


def test_a_reason_in_somebodys_own_words_is_not_told(passage, dana):
    for _number in range(10):
        deciding.redact(passage(), [[2, 2]], moderator=dana, reason="About Ravi")

    assert figures.by_year()[0].redacted == {"other": 10}


def test_half_were_decided_within_some_days(passage, dana, session):
    days = [1] * 4 + [5] * 3 + [40] * 4
    for found, wait in zip(withheld(passage, dana, len(days)), days, strict=True):
        found.contribution.received_on = clock.today() - timedelta(days=wait)
    session.flush()

    assert figures.by_year()[0].days_waited == 5


def test_few_waits_are_not_told(passage, dana):
    withheld(passage, dana, 9)

    assert figures.by_year()[0].days_waited is None


def test_each_year_stands_by_itself_and_appeals_with_it(passage, dana, session):
    made = withheld(passage, dana, 20)
    other = make_account(Role.MODERATOR, email="pat@example.org")
    for found in made[:10]:
        appeals.ask(found)
        appeals.keep(found, moderator=other)
    before = datetime(2020, 6, 1, tzinfo=clock.now().tzinfo)
    keys = [found.id for found in made[10:]]
    session.execute(update(Decision).where(Decision.passage_id.in_(keys)).values(created_at=before))

    years = figures.by_year()

    assert [year.year for year in years] == [clock.today().year, 2020]
    assert [year.withheld for year in years] == [{"accuses": 10}] * 2
    assert [year.appeals for year in years] == [{AppealOutcome.KEPT: 10}, {}]


def test_everybody_can_read_the_figures(client, stored, arrange):
    assert Page.get(client, "/words").has("There are no figures yet.")
    for _number in range(12):
        stored()
    with arrange() as session:
        by = make_account(Role.MODERATOR, email="dana@example.org")
        for found in session.scalars(select(Passage)).all():
            deciding.clear(found, moderator=by)

    page = Page.get(client, "/words")

    assert page.has("All of it may be read at least 10")
    assert "/words" in Page.get(client, "/privacy").links()
    assert "/words" in Page.get(client, "/").links()
