"""Released tables as files: only what was frozen, with a dictionary of the columns."""

import csv
import io

import pytest

from tests.conftest import make_account
from tests.insights.conftest import make_closed
from tests.insights.test_crossed_desk import PEOPLE
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.insights import services
from vrn_community.opportunities.lifecycle import OpportunityState


def rows(client, url):
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "Set-Cookie" not in answer.headers
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.fixture
def released(partnership, arrange):
    with arrange():
        by = make_account(Role.ANALYST)
        opportunity = make_closed(by, PEOPLE, published_at=clock.now())
        draft = services.draft_release(opportunity, by=by, divided_by=["heard"])
        services.freeze(draft, by=by)
    return opportunity


def test_a_file_holds_every_number_of_the_release(client, released):
    found = rows(client, f"/register/{released.code}/results.csv")

    feel = {row["answer"]: row for row in found if row["table"] == "feel"}
    assert (feel["Safe"]["people"], feel["Safe"]["percent"], feel["Safe"]["base"]) == (
        "69",
        "51",
        "134",
    )
    crossed = [row for row in found if row["table"] == "feel by heard"]
    assert {row["group_question"] for row in crossed} == {"People like me are heard."}
    assert "" in {row["people"] for row in crossed}  # What is not shown is empty.


def test_every_column_of_the_file_is_explained(client, released):
    columns = rows(client, f"/register/{released.code}/results-columns.csv")

    found = rows(client, f"/register/{released.code}/results.csv")
    assert [row["column"] for row in columns] == list(found[0])
    assert all(row["meaning"] for row in columns)


def test_without_a_release_there_is_no_file(client, partnership, arrange):
    with arrange():
        opportunity = make_closed(make_account(Role.ANALYST), PEOPLE, published_at=clock.now())

    assert client.get(f"/register/{opportunity.code}/results.csv").status_code == 404


def test_what_was_taken_down_has_no_file(client, released, arrange):
    with arrange() as session:
        session.merge(released).state = OpportunityState.WITHDRAWN

    assert client.get(f"/register/{released.code}/results.csv").status_code == 404
