"""The register as tables and as news, the same that the pages show."""

import csv
import io
import xml.etree.ElementTree as ElementTree
from collections import Counter

import pytest

from tests.opportunities.conftest import counted
from tests.outcomes.conftest import day, make_closed, make_outcome
from tests.outcomes.decisions.conftest import CHANGED, SAID, Decided
from vrn_community.exchange import register
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.outcomes import queries

ATOM = "{http://www.w3.org/2005/Atom}"
FILES = ("/register.csv", "/register/recommendations.csv", "/register/columns.csv")


@pytest.fixture
def scene(partnership, arrange):
    return Decided(arrange)


def rows(client, url):
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def feed(client, url="/register.atom"):
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return ElementTree.fromstring(answer.data).findall(f"{ATOM}entry")


def test_the_table_says_what_the_register_says(scene, client, arrange):
    with arrange() as session:
        author = session.merge(scene.author)
        make_outcome(session.merge(scene.opportunity), changed="=1+1")
        gone = make_closed(author, title="Secret", state=OpportunityState.WITHDRAWN)
        make_closed(author, closes_on=day(-100), opens_on=day(-140), decision_on=day(-90))

    found = {row["code"]: row for row in rows(client, "/register.csv")}

    assert len(found) == 3
    answered = found[scene.opportunity.code]
    assert answered["changed"] == "'=1+1"
    assert answered["recommendations"] == "1"
    assert answered["standing"] == "answered"
    assert found[gone.code]["title"] == ""
    with arrange():
        counts = {str(key): number for key, number in queries.counts().items()}
    assert Counter(row["standing"] for row in found.values()) == counts
    late = next(row for row in found.values() if row["standing"] == "overdue")
    assert late["days_late"] == "16"


def test_each_column_has_a_meaning(client, partnership):
    told = {(row["file"], row["column"]) for row in rows(client, "/register/columns.csv")}

    assert told == {
        *(("register", name) for name in register.COLUMNS),
        *(("recommendations", name) for name in register.ASKED),
    }


def test_recommendations_are_a_table_of_their_own(scene, client):
    (row,) = rows(client, "/register/recommendations.csv")

    assert (row["recommendation"], row["answer"]) == (str(scene.asked.id), "")
    assert list(row) == list(register.ASKED)


def test_news_tell_of_answers_decisions_and_changes(scene, client, arrange):
    with arrange() as session:
        make_outcome(session.merge(scene.opportunity))
    decision = scene.decide()
    change = scene.change(decision=decision)

    found = {entry.find(f"{ATOM}link").get("href"): entry for entry in feed(client)}

    base = "http://127.0.0.1:8000"
    assert f"{base}/register/{scene.opportunity.code}" in found
    told = found[f"{base}/decisions/{decision.id}"].findtext(f"{ATOM}summary")
    assert told == SAID["decided"]
    told = found[f"{base}/changes/{change.id}"].findtext(f"{ATOM}summary")
    assert told == CHANGED["effect"]


def test_files_and_news_take_as_many_queries_for_much_as_for_little(scene, client, app, arrange):
    def statements():
        found = {}
        for url in (*FILES[:2], "/register.atom"):
            with app.app_context(), counted() as sent:
                assert client.get(url).status_code == 200
            found[url] = len(sent)
        return found

    scene.change(decision=scene.decide())
    few = statements()
    for _more in range(4):
        scene.change(decision=scene.decide())
        with arrange() as session:
            make_outcome(make_closed(session.merge(scene.author)))
    assert statements() == few
