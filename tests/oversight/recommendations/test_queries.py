from datetime import timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from tests.conftest import make_account
from tests.opportunities.conftest import counted
from tests.oversight.conftest import make_body, make_closed
from tests.oversight.recommendations.conftest import make_recommendation
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.oversight.recommendations import answering, queries, services
from vrn_community.oversight.recommendations.models import (
    Answer,
    Recommendation,
    RecommendationState,
)
from vrn_community.oversight.recommendations.queries import Filters

S = RecommendationState


@pytest.fixture
def every_state(closed, council, joy):
    """Return a recommendation in each state, and an overdue one."""
    lena = make_account(Role.PARTNER, email="lena@example.org")
    lena.body_id = council.id
    found = {name: make_recommendation(closed, council, joy) for name in (*S, "overdue")}
    for name in (S.SENT, S.REPLIED, S.CHALLENGED, S.CLOSED, "overdue"):
        services.send(found[name], by=joy)
    for name in (S.REPLIED, S.CHALLENGED, S.CLOSED):
        answering.reply(found[name], Answer.PARTLY, "Some of it.", by=lena)
    services.close(found[S.CLOSED], by=joy)
    day = clock.today() + timedelta(days=28)
    answering.challenge(found[S.CHALLENGED], "Too little.", day, by=joy)
    found["overdue"].reply_by = clock.today() - timedelta(days=1)
    return found


def test_what_is_overdue_comes_first_and_what_is_settled_last(every_state):
    found = list(queries.recommendations(1))

    assert found[0] is every_state["overdue"]
    assert {one.state for one in found[1:4]} == {S.DRAFT, S.SENT, S.CHALLENGED}
    assert {one.state for one in found[4:]} == {S.REPLIED, S.CLOSED}


@pytest.mark.parametrize("state", S)
def test_recommendations_are_found_by_state(every_state, state):
    found = set(queries.recommendations(1, Filters(state=state)))

    assert found == {one for one in every_state.values() if one.state is state}


def test_recommendations_are_found_by_body_activity_and_lateness(
    every_state, closed, council, author, joy
):
    elsewhere = make_recommendation(make_closed(author), make_body("police"), joy)

    def found(**asked):
        return set(queries.recommendations(1, Filters(**asked)))

    assert found(body_id=elsewhere.body_id) == {elsewhere}
    assert found(opportunity_id=closed.id) == set(every_state.values())
    assert found(is_overdue=True) == {every_state["overdue"]}
    assert found(is_overdue=True, body_id=elsewhere.body_id) == set()


def test_being_overdue_is_the_same_for_a_row_and_for_a_query(every_state, later):
    for days in (0, 28, 29, 400):
        later(days=days)
        late = set(queries.recommendations(1, Filters(is_overdue=True)))

        assert late == {one for one in every_state.values() if one.is_overdue}


def test_a_body_sees_what_was_sent_to_it_and_nothing_else(every_state, closed, council, joy):
    police = make_body("police")
    not_sent = make_recommendation(closed, council, joy)
    services.close(not_sent, by=joy)

    seen = set(queries.sent_to(Recommendation.body_id == council.id, 1))

    assert seen == set(every_state.values()) - {every_state[S.DRAFT]}
    assert list(queries.sent_to(Recommendation.body_id == police.id, 1)) == []
    for one in (*every_state.values(), not_sent):
        if one in seen:
            assert queries.for_body(one.id, council.id) is one
        else:
            with pytest.raises(NoResultFound):
                queries.for_body(one.id, council.id)
        for stranger in (police.id, None):
            with pytest.raises(NoResultFound):
                queries.for_body(one.id, stranger)


def test_the_public_sees_what_was_sent_about_an_activity(every_state, closed):
    sent = set(queries.sent_about(closed.id))

    assert sent == set(every_state.values()) - {every_state[S.DRAFT]}


@pytest.mark.parametrize("read", ["recommendations", "sent_to"])
def test_a_list_takes_as_many_queries_for_ten_as_for_one(
    session, author, closed, council, joy, read
):
    def look():
        session.expire_all()
        whom = Recommendation.body_id == council.id
        numbers = (whom, 1) if read == "sent_to" else (1,)
        with counted() as statements:
            for row in getattr(queries, read)(*numbers):
                _shown = (row.body.name, row.opportunity.title, row.author.display_name)
                assert row.reply is None
        return len(statements)

    services.send(make_recommendation(closed, council, joy), by=joy)
    first = look()
    for _number in range(9):
        again = make_closed(author)
        services.send(make_recommendation(again, council, joy), by=joy)

    assert look() == first
