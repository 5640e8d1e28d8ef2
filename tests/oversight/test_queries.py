import uuid
from datetime import timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.factories.questionnaires import make_version, send
from tests.opportunities.conftest import counted
from tests.oversight.conftest import make_body, make_closed, make_recommendation
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import PassageState
from vrn_community.foundation import clock
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.oversight import queries, services
from vrn_community.oversight.models import Answer, RecommendationState
from vrn_community.oversight.queries import Filters

S = RecommendationState


@pytest.fixture
def joy(session):
    return make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org", name="Joy Mensah")


@pytest.fixture
def council(joy):
    return make_body("council")


@pytest.fixture
def author(council):
    return make_account(Role.PUBLISHER)


@pytest.fixture
def closed(author):
    return make_closed(author)


@pytest.fixture
def every_state(closed, council, joy):
    """Return a recommendation in each state, and an overdue one."""
    lena = make_account(Role.PARTNER, email="lena@example.org")
    lena.body_id = council.id
    found = {name: make_recommendation(closed, council, joy) for name in (*S, "overdue")}
    for name in (S.SENT, S.REPLIED, S.CLOSED, "overdue"):
        services.send(found[name], by=joy)
    for name in (S.REPLIED, S.CLOSED):
        services.reply(found[name], Answer.PARTLY, "Some of it.", by=lena)
    services.close(found[S.CLOSED], by=joy)
    found["overdue"].reply_by = clock.today() - timedelta(days=1)
    return found


# Results of closed activities


def test_only_what_people_could_answer_and_has_closed_is_listed(author, closed):
    early = make_closed(author, closes_on=clock.today(), state=OpportunityState.CLOSED)
    make_closed(author, level=ParticipationLevel.INFORM)
    make_closed(author, state=OpportunityState.WITHDRAWN)
    make_closed(author, state=OpportunityState.PAUSED)
    make_opportunity(author, is_public=True)

    assert list(queries.closed_activities(1)) == [early, closed]


@pytest.mark.parametrize(
    "changes",
    [
        {"closes_on": clock.today()},
        {"state": OpportunityState.WITHDRAWN},
        {"state": OpportunityState.DRAFT},
        {"level": ParticipationLevel.INFORM},
    ],
    ids=str,
)
def test_results_of_anything_else_are_not_found(author, changes):
    other = make_closed(author, **changes)
    make_passage(other, "Cleared words", PassageState.CLEARED)

    for read in (
        lambda: queries.closed_activity(other.id),
        lambda: queries.tables(other),
        lambda: queries.passages(other, {}, 1),
    ):
        with pytest.raises(NoResultFound):
            read()


def test_tables_come_as_they_may_be_seen(closed):
    version = make_version(closed)
    for answer in ["safe"] * 12 + ["unsafe"] * 11:
        send(version, {"feel": answer})
    few = ["where"]

    tables = {table.question_id: table for table in queries.tables(closed)}

    assert [row.count for row in tables["feel"].rows] == [12, 11]
    assert all(hasattr(tables[name], "reason") for name in few)


def test_only_cleared_words_are_read_by_question_and_in_pages(closed):
    for number in range(4):
        make_passage(closed, f"First {number}", PassageState.CLEARED, question_id="first.other")
        make_passage(closed, f"Second {number}", PassageState.REDACTED, question_id="second")
    for state in (PassageState.PENDING, PassageState.HELD, PassageState.WITHHELD):
        make_passage(closed, "Never read", state, question_id="first")

    asked = {"first": "One?", "second": "Two?"}
    pages = [queries.passages(closed, asked, number, size=3) for number in (1, 2, 3, 99)]

    words = [passage.cleared_words for page in pages[:3] for passage in page]
    assert [word.split()[0] for word in words] == ["First"] * 4 + ["Second"] * 4
    assert (pages[0].pages, pages[0].total, pages[3].number) == (3, 8, 3)


def test_observations_stand_in_their_order(closed, joy):
    for text in ("One", "Two"):
        services.observe(uuid.uuid4(), closed, text, by=joy)

    assert [found.text for found in queries.observations(closed.id)] == ["One", "Two"]
    assert queries.observations(closed.id)[0].author.display_name == "Joy Mensah"


# Recommendations


def test_what_is_overdue_comes_first_and_what_is_settled_last(every_state):
    found = list(queries.recommendations(1))

    assert found[0] is every_state["overdue"]
    assert {one.state for one in found[1:3]} == {S.DRAFT, S.SENT}
    assert {one.state for one in found[3:]} == {S.REPLIED, S.CLOSED}


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

    seen = set(queries.sent_to(council.id, 1))

    assert seen == set(every_state.values()) - {every_state[S.DRAFT]}
    assert list(queries.sent_to(police.id, 1)) == []
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


@pytest.mark.parametrize("read", ["recommendations", "sent_to", "closed_activities"])
def test_a_list_takes_as_many_queries_for_ten_as_for_one(
    session, author, closed, council, joy, read
):
    def look():
        session.expire_all()
        numbers = (council.id, 1) if read == "sent_to" else (1,)
        with counted() as statements:
            for row in getattr(queries, read)(*numbers):
                if read != "closed_activities":
                    _shown = (row.body.name, row.opportunity.title, row.author.display_name)
                    assert row.reply is None
        return len(statements)

    services.send(make_recommendation(closed, council, joy), by=joy)
    first = look()
    for _number in range(9):
        again = make_closed(author)
        services.send(make_recommendation(again, council, joy), by=joy)

    assert look() == first
