"""Answers that were given elsewhere come in: all or none, once, and nothing lost in silence."""

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.conftest import make_account
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.contributions.models import Contribution, Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation import i18n
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.importers.report import Unreadable
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState
from vrn_community.responses import ages, columns, importing, rows, sheets
from vrn_community.responses.models import Response, Way

SURVEY = """Q1,Q2,Why,Where,Age,Sex,When,Lang,IP
Safe,lights; buses,,Leicester,16 or 17,Female,2026-03-01 14:05,en,10.0.0.1
unsafe,Nothing,It is dark.,LE3 9,25-34,,02/03/2026,ur,10.0.0.2
Rather-not,,,,75-and-over,prefer not to say,,,10.0.0.3
"""
MAPPED = (
    "Q1=feel", "Q2=ideas", "Why=why", "Where=where", "Age=age-band", "Sex=sex",
    "When=@received-on", "Lang=@language",
)  # fmt: skip


@pytest.fixture
def run(app, world, arrange, tmp_path):
    """Return a function that imports a text, as a publisher unless said otherwise."""
    with arrange():
        make_account(Role.PUBLISHER, name="Pat", email="pat@example.org")
        make_account(Role.ANALYST, email="ana@example.org")

    def command(text, *words, mapped=MAPPED, who="pat@example.org"):
        (tmp_path / "answers.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        options = [word for mapping in mapped for word in ("--map", mapping)]
        named = ("--opportunity", world["opportunity"].code, "--as", who)
        args = ["responses", "import", str(tmp_path / "answers.csv"), *named, *options, *words]
        return app.test_cli_runner().invoke(args=args)

    return command


def all_of(app, *what):
    with app.app_context():
        return db.session.execute(select(*what)).all()


def audited(app):
    with app.app_context():
        query = select(AuditEntry).where(AuditEntry.action == "response:import")
        return [entry.details for entry in db.session.scalars(query)]


def test_answers_come_in_as_contributions_with_words_that_wait(run, app):
    result = run(SURVEY)

    assert result.exit_code == 0, result.output
    assert "3 people stored; 0 were here already." in result.output
    assert "Column “IP” is left out: it goes nowhere." in result.output
    found = {r.answers["feel"]: r for (r,) in all_of(app, Response)}
    assert set(found) == {"safe", "unsafe", "rather-not"}
    assert found["safe"].answers == {
        "feel": "safe", "ideas": ["lights", "buses"], "where": "e06000016",
    }  # fmt: skip
    assert found["safe"].profile == {"age-band": "16-17", "sex": "female"}
    assert found["rather-not"].profile["sex"] == "prefer-not-to-say"
    assert {(r.way, r.minutes, r.is_partial, tuple(r.flags)) for r in found.values()} == {
        (Way.PAPER, None, False, ())
    }
    with app.app_context():
        passage = db.session.scalars(select(Passage)).one()
        assert (passage.question_id, passage.state) == ("why", PassageState.PENDING)
        assert passage.unseal() == "It is dark."


def test_the_day_and_the_language_of_a_line_are_kept_and_nothing_finer(run, app):
    run(SURVEY, "--way", "online")

    kept = all_of(app, Contribution.received_on, Contribution.language, Contribution.may_quote)
    assert (date(2026, 3, 1), "en", False) in kept
    assert (date(2026, 3, 2), "ur", False) in kept
    assert {way for (way,) in all_of(app, Response.way)} == {Way.ONLINE}


def test_the_same_file_again_changes_nothing(run, app, stored):
    run(SURVEY)
    before = stored()

    again = run(SURVEY)

    assert again.exit_code == 0
    assert "0 people stored; 3 were here already." in again.output
    assert stored() == before == (3, 3, 1)
    assert [entry["people"] for entry in audited(app)] == [3]


def test_two_lines_that_say_the_same_are_two_people(run, stored):
    run("feel\nsafe\nsafe\n", mapped=())

    assert stored() == (2, 2, 0)


def test_what_would_come_is_told_and_nothing_changes(run, app, stored):
    result = run(SURVEY, "--dry-run")

    assert "Nothing was changed." in result.output
    assert "Column “Q1” goes to feel." in result.output
    assert (stored(), audited(app)) == ((0, 0, 0), [])


BAD = """feel,ideas,why,age-band,@language,@received-on
safe,Secret words of mine,,,,
safe,lights,Another secret,,,
safe,,,13-15,fr,2026-02-30
unsafe,,,13-15,,2999-01-01
unsafe,,,10-12,,
,,, ,,
safe,,,under-10,en,
"""
TOLD = [
    "Line 2, column “ideas” (several words): It holds something that is none of the choices.",
    "Line 3, column “why” (several words): It is asked only after other answers",
    "Line 4, column “@language” (one word): It is none of the languages",
    "Line 4, column “@received-on” (a date): It is not written as",
    "Line 5, column “@received-on” (a date): It is not a day on which answers can have come.",
    "Line 6: Children under 13 take part together with an adult whom they trust.",
    "Line 8: Children under 13",
]


def test_each_cell_that_cannot_be_carried_is_named_and_not_repeated(run, stored):
    result = run(BAD, mapped=())

    assert result.exit_code == 1
    for line in TOLD:
        assert line in result.output, line
    assert "ecret" not in result.output
    assert "With --leave-out the rest is stored." in result.output
    assert stored() == (0, 0, 0)


def test_the_rest_is_stored_if_somebody_says_so(run, app, stored):
    result = run(BAD, "--leave-out", mapped=())

    assert result.exit_code == 0, result.output
    assert stored() == (4, 4, 0)
    assert [(entry["people"], entry["left_out"]) for entry in audited(app)] == [(4, 7)]


def test_whoever_did_not_want_to_take_part_stays_out(run, app, arrange, world, stored):
    consent = {"kind": "consent", "id": "agree", "text": "Take part?"}
    first = {"id": "first", "title": "First", "questions": [consent]}
    with arrange() as session:
        version = session.get(QuestionnaireVersion, world["version"].id)
        sections = [first, *version.document["sections"]]
        version.document, version.revision = {**version.document, "sections": sections}, 2

    result = run("agree,feel\nno,safe\nyes,safe\nnope,safe\n", "--leave-out", mapped=())

    assert "Line 4: Without that answer it is not known" in result.output
    assert "Line 2: This person did not want to take part." in result.output
    assert stored() == (1, 1, 0)


def test_an_age_that_cannot_be_read_keeps_a_child_out(run, stored):
    result = run("feel,age-band\nsafe,11\nsafe,\n", "--leave-out", mapped=())

    assert "Line 2: Without that answer it is not known" in result.output
    assert stored() == (1, 1, 0)


@pytest.mark.parametrize(
    ("text", "mapped", "reason"),
    [
        ("Q\nx\n", (), "The file: no column answers a question; name one with --map"),
        ("Q\nx\n", ("P=feel",), "P=feel: the file has no column “P”"),
        ("Q\nx\n", ("feel",), "feel: the file has no column “”"),
        ("Q\nx\n", ("Q=fee",), "Q=fee: there is no “fee”, but there is: feel"),
        ("Q\nx\n", ("Q=zzzz",), "there is no question “zzzz”"),
        ("Q,R\nx,y\n", ("Q=feel", "R=feel"), "a place has one column"),
        ("Q,R\nx,y\n", ("Q=feel", "Q=where"), "a column goes to one place"),
        ("When\n2026-01-01\n", ("When=@received-on",), "no column answers a question"),
        (b"\xff\xfea", (), "The file: it is in UTF-16"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused(run, stored, text, mapped, reason):
    result = run(text, mapped=mapped)

    assert (result.exit_code, reason in result.output) == (1, True), result.output
    assert stored() == (0, 0, 0)


def test_only_whoever_edits_questions_brings_answers_in(run, stored):
    for who, reason in (("ana@example.org", "do not allow"), ("x@example.org", "Name the account")):
        result = run(SURVEY, who=who)

        assert (result.exit_code, reason in result.output) == (1, True)
    assert stored() == (0, 0, 0)


def test_an_activity_without_questions_in_use_takes_nothing_in(run, arrange, world):
    with arrange() as session:
        version = session.get(QuestionnaireVersion, world["version"].id)
        version.state = VersionState.DRAFT

    assert "has no questions in use" in run(SURVEY).output


def test_the_order_of_the_lines_is_nowhere(run, app):
    lines = [f"safe,w{number}" for number in range(40)]
    run("\n".join(["feel,one-word", *lines]), mapped=())

    with app.app_context():
        query = select(Passage).order_by(Passage.contribution_id)
        words = [passage.unseal() for passage in db.session.scalars(query)]
    numbers = [int(re.sub(r"\D", "", word)) for word in words]
    assert len(numbers) == 40
    assert numbers not in (sorted(numbers), sorted(numbers, reverse=True))


def test_any_file_is_taken_in_or_refused(session, world):
    version = questionnaires.version(world["version"].id)
    opportunity = db.session.get(Opportunity, world["opportunity"].id)
    documents = {tag: questionnaires.document(version, tag) for tag in i18n.LANGUAGES}
    known = columns.targets(documents["en"], ages.whole_block(documents["en"]))
    cell = st.sampled_from(["safe", "unsafe", "lights;buses", "dk", "1", "16-17", "ur"]) | st.text()
    names = [*known, columns.LANGUAGE, columns.RECEIVED]

    @settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(names), min_size=1, max_size=6, unique=True), st.data())
    def reads(headings, data):
        line = sheets.Row(2, tuple(data.draw(cell) for _name in headings))
        try:
            where = columns.read([], headings, known)
        except Unreadable:
            return
        person, problems = rows.Reader(opportunity, documents, where, "token").read(line)
        if person:
            importing.store(version, [person], way=Way.PAPER, left_out=0, by=opportunity.author)
        assert person or problems or not any(cell.strip() for cell in line.cells)

    reads()


def test_no_words_about_offences_come_from_a_file(run, app, world, arrange, stored, client):
    with arrange() as session:
        session.merge(world["opportunity"]).is_offence_related = True

    result = run(SURVEY)

    assert result.exit_code != 0
    assert "These questions are about offences, so nobody writes." in result.output
    assert stored() == (0, 0, 0)
    paper = client.get(f"/o/{world['opportunity'].code}/questions").get_data(as_text=True)
    assert "This closed" in paper or "cannot answer" in paper
