"""Live figures stand still while few people come, leave or were released before."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.insights.conftest import CROWD, answered, frozen
from tests.insights.test_crossed_desk import PEOPLE
from tests.insights.test_desk import at
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Contribution
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights import quality, queries, results, services
from vrn_community.insights.disclosure import Reason, Refusal
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.questionnaires import queries as questionnaires

OPEN = {"state": OpportunityState.PUBLISHED}


def come(opportunity, people, days_ago):
    keys = answered(questionnaires.published(opportunity.id), people)
    then = clock.today() - timedelta(days=days_ago)
    db.session.execute(
        update(Contribution).where(Contribution.id.in_(keys)).values(received_on=then)
    )


def looked_at(opportunity):
    """Return all that the pages of live figures show."""
    found = results.live(opportunity)
    return found.tables, quality.of_opportunity(opportunity).shares, found.until


@pytest.fixture
def opened(closed):
    opportunity = closed([], **OPEN)
    come(opportunity, CROWD, days_ago=4)
    come(opportunity, CROWD[:30], days_ago=3)
    return opportunity


def test_one_more_answer_changes_nothing(opened):
    before = looked_at(opened)
    assert before[2] == clock.today() - timedelta(days=4)
    assert results.live(opened).base == 100

    for days_ago in (2, 1, 0):
        come(opened, CROWD[:3], days_ago)
        assert looked_at(opened) == before


def test_the_next_step_shows_when_enough_came_after_it(opened):
    come(opened, CROWD[40:60], days_ago=1)

    assert results.live(opened).until == clock.today() - timedelta(days=3)
    assert results.live(opened).base == 130


def test_when_nobody_can_answer_any_more_everything_shows(opened):
    opened.state = OpportunityState.CLOSED

    assert (results.live(opened).until, results.live(opened).base) == (None, 130)


def test_a_paused_activity_can_go_on_so_it_stands_still_too(opened):
    opened.state = OpportunityState.PAUSED

    assert results.live(opened).base == 100


def test_kept_columns_show_the_same(opened):
    before = looked_at(opened)
    list(results.dataset.keep_past_days(opened.id))

    assert looked_at(opened) == before


@pytest.fixture
def released(closed, analyst):
    """Return an opportunity with a release by one item."""
    opportunity = closed(PEOPLE)
    draft = services.draft_release(opportunity, by=analyst, divided_by=["heard"])
    services.freeze(draft, by=analyst)
    return opportunity


def test_live_figures_are_those_of_the_release_while_nothing_changes(released):
    assert results.live(released).shown == queries.current_release(released.id).shown


def test_who_is_gone_after_a_release_cannot_be_found_by_subtraction(released):
    db.session.delete(db.session.scalars(select(Contribution)).first())
    db.session.flush()

    found = results.live(released)
    assert found.shown == []
    assert Reason.TOO_CLOSE in {table.reason for table in found.refused}


@pytest.mark.parametrize(("of", "by"), [("feel", "heard"), ("heard", "feel")])
def test_cross_tables_stand_beside_the_release_either_way_round(released, of, by):
    assert not isinstance(results.live(released).crossed("feel", "heard"), Refusal)

    answered(
        questionnaires.published(released.id),
        [
            *[{"feel": "safe", "heard": "agree"}] * 12,
            *[{"feel": "unsafe", "heard": "disagree"}] * 12,
        ],
    )

    assert results.live(released).crossed(of, by).reason is Reason.TOO_CLOSE


def test_pages_say_up_to_which_day_and_why(sign_in_as, stored, arrange):
    desk = sign_in_as(Role.ANALYST)
    opportunity = stored([], **OPEN)
    assert Page.get(desk, at(opportunity)).has("Nothing is shown yet.")
    with arrange():
        come(opportunity, PEOPLE, days_ago=4)
        come(opportunity, CROWD, days_ago=3)

    for ending in ("", "/by?of=feel&by=heard", "/reach", "/quality"):
        assert Page.get(desk, at(opportunity, ending)).has("Answers up to "), ending


def test_questions_that_all_new_people_left_out_are_not_shown_again(closed, analyst):
    opportunity = closed()
    frozen(opportunity, analyst)
    answered(questionnaires.published(opportunity.id), [{"feel": "safe"}, {"feel": "unsafe"}] * 12)

    found = {table.key: table for table in results.live(opportunity).tables}

    # That all who came left these out would tell something of each of them.
    assert isinstance(found["ideas"], Refusal)
    assert isinstance(found["heard"], Refusal)
    assert not isinstance(found["feel"], Refusal)
