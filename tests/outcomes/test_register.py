"""Where an activity stands is derived from its dates and from what was published."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy.exc import NoResultFound

from tests.opportunities.conftest import counted
from tests.outcomes.conftest import day, make_closed, make_outcome, make_release
from vrn_community.foundation import clock
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.outcomes import queries
from vrn_community.outcomes.labels import MEANINGS, STANDINGS
from vrn_community.outcomes.queries import Standing

L, S = ParticipationLevel, OpportunityState
LONG_AGO = {"opens_on": day(-140), "closes_on": day(-100), "decision_on": day(-90)}
STAND = {
    Standing.PLANNED: {"opens_on": day(3), "closes_on": day(40), "decision_on": day(50)},
    Standing.OPEN: {"opens_on": day(-3), "closes_on": day(0), "decision_on": day(50)},
    Standing.PAUSED: {"closes_on": day(9), "state": S.PAUSED},
    Standing.ANALYSING: {},
    Standing.DECISION_DUE: {"results_frozen_on": day(-1)},
    Standing.OVERDUE: LONG_AGO,
    Standing.BEING_CHANGED: {"closes_on": day(9), "state": S.RETURNED},
    Standing.WITHDRAWN: {**LONG_AGO, "state": S.WITHDRAWN},
}


@pytest.fixture
def later(monkeypatch):
    """Return a function that lets days pass."""
    began = clock.now()

    def move(days):
        monkeypatch.setattr(clock, "now", lambda: began + timedelta(days=days))

    return move


def standing_of(opportunity):
    return queries.entry(opportunity).standing


@pytest.mark.parametrize(("standing", "changes"), STAND.items(), ids=str)
def test_where_an_activity_stands_follows_from_its_dates(ben, standing, changes):
    assert standing_of(make_closed(ben, **changes)) is standing


def test_every_standing_has_words_and_the_public_list_shows_all(ben):
    for changes in STAND.values():
        make_closed(ben, **changes)
    make_outcome(make_closed(ben))

    assert set(STANDINGS) == set(MEANINGS) == set(Standing)
    assert queries.counts() == dict.fromkeys(Standing, 1)
    assert {entry.standing for entry in queries.register(1)} == set(Standing)


def test_nobody_has_to_do_anything_for_an_answer_to_become_overdue(ben, later):
    consultation = make_closed(ben, closes_on=day(-1))
    together = make_closed(ben, level=L.COLLABORATE, decision_on=day(20))
    seen = []
    for days in (0, 20, 21, 83, 84):
        later(days)
        seen.append((standing_of(together), standing_of(consultation)))

    late, not_late = Standing.OVERDUE, Standing.ANALYSING
    assert seen == [
        (not_late, not_late),
        (not_late, not_late),
        (late, not_late),
        (late, not_late),
        (late, late),
    ]


def test_what_stays_open_is_answered_by_the_day_of_its_decision(ben, later):
    box = make_closed(ben, closes_on=None, decision_on=day(20))
    assert (box.is_open_ended, queries.entry(box).due_on) == (True, box.decision_on)

    assert standing_of(box) is Standing.OPEN
    later(21)
    assert standing_of(box) is Standing.OVERDUE
    make_outcome(box)
    assert standing_of(box) is Standing.ANSWERED


@pytest.mark.parametrize(
    ("level", "state", "closed_early", "is_answered"),
    [*product((L.CONSULT, L.COLLABORATE, L.EMPOWER), (S.PUBLISHED, S.CLOSED), (0, 1), (0, 1))],
)
def test_the_day_on_the_page_and_the_query_agree(
    ben, later, level, state, closed_early, is_answered
):
    opportunity = make_closed(ben, level=level, state=state)
    opportunity.closed_on = day(-20) if closed_early else None
    if is_answered:
        make_outcome(opportunity)
    entry = queries.entry(opportunity)
    begun = clock.today()

    for beyond in (-1, 0, 1, 400):
        later((entry.due_on - begun).days + beyond)
        late = queries.entry(opportunity).standing is Standing.OVERDUE
        assert late == (beyond > 0 and not is_answered)


@pytest.mark.parametrize("state", [S.PAUSED, S.RETURNED, S.SUBMITTED, S.APPROVED])
def test_stopping_or_rewriting_it_does_not_hide_a_missing_answer(ben, state):
    assert standing_of(make_closed(ben, **LONG_AGO, state=state)) is Standing.OVERDUE


def test_an_outcome_that_is_not_published_answers_nothing(ben):
    opportunity = make_closed(ben, **LONG_AGO)
    draft = make_outcome(opportunity, is_published=False)
    assert standing_of(opportunity) is Standing.OVERDUE
    assert queries.outcome(opportunity.id) is draft

    assert queries.outcome_page(opportunity.code).outcome is None


def test_only_what_people_could_answer_and_was_public_is_listed_newest_first(ben):
    older, newer = make_closed(ben), make_closed(ben)
    older.published_at = clock.now() - timedelta(days=1)
    make_closed(ben, level=L.INFORM)
    make_closed(ben, published_at=None, state=S.APPROVED)

    assert [entry.opportunity for entry in queries.register(1)] == [newer, older]


def test_one_standing_can_be_asked_for(ben):
    made = {standing: make_closed(ben, **changes) for standing, changes in STAND.items()}
    made[Standing.ANSWERED] = make_closed(ben)
    make_outcome(made[Standing.ANSWERED])

    for standing, opportunity in made.items():
        found = queries.register(1, standing)
        assert [entry.opportunity for entry in found] == [opportunity]


def test_words_of_what_was_taken_down_or_is_being_rewritten_are_not_shown(ben):
    shown = {
        standing: queries.entry(make_closed(ben, **changes)).is_shown
        for standing, changes in STAND.items()
    }

    assert {standing for standing, is_shown in shown.items() if not is_shown} == {
        Standing.BEING_CHANGED,
        Standing.WITHDRAWN,
    }


def test_the_desk_sees_which_answers_it_owes_the_oldest_first(ben):
    overdue = make_closed(ben, **LONG_AGO)
    for standing in (Standing.OPEN, Standing.WITHDRAWN, Standing.BEING_CHANGED):
        make_closed(ben, **STAND[standing])
    closed = make_closed(ben)
    make_outcome(make_closed(ben))

    assert [entry.opportunity for entry in queries.waiting()] == [overdue, closed]


def test_a_page_holds_everything_that_was_published(ben):
    opportunity = make_closed(ben)
    outcome, release = make_outcome(opportunity), make_release(opportunity)

    page = queries.outcome_page(opportunity.code)

    assert (page.outcome, page.release, page.recommendations) == (outcome, release, [])
    assert page.entry.standing is Standing.ANSWERED


@pytest.mark.parametrize("changes", [{"level": L.INFORM}, {"published_at": None}], ids=str)
def test_there_is_no_page_of_what_nobody_could_answer(ben, changes):
    opportunity = make_closed(ben, **changes)

    with pytest.raises(NoResultFound):
        queries.outcome_page(opportunity.code)


def test_the_register_takes_as_many_queries_for_ten_as_for_one(ben, session):
    def look():
        session.expire_all()
        with counted() as statements:
            for entry in queries.register(1):
                _shown = (entry.standing, entry.due_on, entry.opportunity.asking_body.name)
            queries.counts()
        return len(statements)

    make_closed(ben)
    first = look()
    for number in range(9):
        made = make_closed(ben)
        if number % 2:
            make_outcome(made)

    assert look() == first
