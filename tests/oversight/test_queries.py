import uuid

import pytest
from sqlalchemy.exc import NoResultFound

from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.factories.questionnaires import make_version, send
from tests.opportunities.conftest import counted
from tests.oversight.conftest import make_closed
from vrn_community.contributions.models import PassageState
from vrn_community.foundation import clock
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.oversight import queries, services


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


def test_a_list_takes_as_many_queries_for_ten_as_for_one(session, author, closed):
    def look():
        session.expire_all()
        with counted() as statements:
            _shown = [row.asking_body for row in queries.closed_activities(1)]
        return len(statements)

    first = look()
    for _number in range(9):
        make_closed(author)

    assert look() == first
