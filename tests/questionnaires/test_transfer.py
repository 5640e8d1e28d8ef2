"""A questionnaire comes in from a file, and goes out as one."""

import io
import json

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.opportunities.conftest import at
from tests.pages import Page, send
from tests.questionnaires.conftest import TWO_PAGES, section, single
from tests.questionnaires.importers.files import survey
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import crypto
from vrn_community.questionnaires import carrying, importers, queries
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.exporters import own
from vrn_community.questionnaires.importers.report import Imported

FORM = survey(
    ("select_one yn", "safe", "Do you <b>feel</b> safe?"),
    ("geopoint", "home", "Where do you live?"),
    ("text", "why", "Why not?", "${safe} = 'no'"),
)


def upload(client, opportunity, content=FORM, name="form.xlsx"):
    """Send a file to the page that looks at it."""
    file = (io.BytesIO(content), name)
    return send(client, at(opportunity, "/questions/import"), {"file": file})


def draft(app, opportunity):
    with app.test_request_context():
        return queries.document(queries.draft(opportunity.id))


def audited(app):
    with app.app_context():
        actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number))
        return [action for action in actions if action.startswith("questionnaire")]


def test_a_file_is_shown_before_anything_changes(publisher, stored, app):
    opportunity, _version = stored()
    before = audited(app)

    page = Page.of(upload(publisher, opportunity))

    assert page.heading == "What would come from the file"
    for words in ("Do you feel safe?", "Shown only after “No” to: Do you feel safe?", "Row 3",
                  "home: It is never asked here", "The draft would be replaced"):  # fmt: skip
        assert page.has(words), words
    assert draft(app, opportunity) == TWO_PAGES
    assert audited(app) == before


def test_the_file_becomes_the_draft_with_one_press_or_two(publisher, stored, app):
    """What is asked about people besides stays as the draft had it."""
    frame = {"asks_age_band": False, "equality_block": "2026-1"}
    opportunity, _version = stored(Questionnaire(**{**dict(TWO_PAGES), **frame}))
    page = Page.of(upload(publisher, opportunity))
    count = len(audited(app))

    for _again in range(2):
        sent = {"carried": page.hidden("carried")}
        answer = send(publisher, at(opportunity, "/questions/import/use"), sent)
        assert (answer.status_code, answer.location) == (303, at(opportunity, "/questions"))

    document = draft(app, opportunity)
    assert [question.id for question in document.questions()] == ["safe", "why"]
    assert (document.asks_age_band, document.equality_block) == (False, "2026-1")
    assert audited(app)[count:] == ["questionnaire:edit", "questionnaire:import"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"nothing that anybody knows", "none of the formats"),
        (survey(("riddle", "q", "?")), "Row 2: there is no type “riddle”"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(publisher, stored, content, words):
    opportunity, _version = stored()

    page = Page.of(upload(publisher, opportunity, content))

    assert page.has("The file cannot be read.")
    assert page.has(words)


def test_no_file_is_an_error_beside_the_field(publisher, stored):
    opportunity, _version = stored()

    answer = send(publisher, at(opportunity, "/questions/import"), {})

    assert Page.of(answer).has("Choose a file.")


def test_what_was_read_for_one_opportunity_is_not_taken_over_elsewhere(publisher, stored, app):
    opportunity, _version = stored()
    other, _draft = stored()
    carried = Page.of(upload(publisher, opportunity)).hidden("carried")

    for sent in (carried, carried[:-4], "", "%%%"):
        answer = send(publisher, at(other, "/questions/import/use"), {"carried": sent})
        assert answer.location == at(other, "/questions/import")

    assert draft(app, other) == TWO_PAGES


@pytest.mark.parametrize("name", ["json", "xlsform"])
def test_a_version_can_be_downloaded_and_reads_back_the_same(publisher, stored, name):
    opportunity, version = stored()

    answer = publisher.get(at(opportunity, f"/questions/versions/{version.id}/file/{name}"))

    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert importers.read(answer.data).document.sections == TWO_PAGES.sections


def test_there_are_no_other_formats(publisher, stored):
    opportunity, version = stored()

    answer = publisher.get(at(opportunity, f"/questions/versions/{version.id}/file/pdf"))

    assert answer.status_code == 404


def test_the_overview_leads_to_both(publisher, stored):
    opportunity, _version = stored()

    page = Page.get(publisher, at(opportunity, "/questions"))

    assert page.has("Bring questions in from a file")
    assert page.has("Version 1 as a file: XLSForm (.xlsx)")


def test_who_only_approves_brings_nothing_in(approver, stored):
    opportunity, _version = stored()

    assert approver.get(at(opportunity, "/questions/import")).status_code == 403
    assert not Page.get(approver, at(opportunity, "/questions")).has("Bring questions in")


def test_what_is_carried_opens_only_at_its_place(app):
    with app.app_context():
        sealed = carrying.seal(Imported(TWO_PAGES, is_own=True), "one", "me")

        assert carrying.unseal(sealed, "one", "me") == Imported(TWO_PAGES, is_own=True)
        with pytest.raises(crypto.SealBrokenError):
            carrying.unseal(sealed, "two", "me")


@pytest.fixture
def run(app):
    """Return a function that runs a command about questionnaires."""
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["questionnaire", *map(str, words)])


def test_a_command_says_what_would_come_and_changes_nothing(run, tmp_path):
    (tmp_path / "form.xlsx").write_bytes(FORM)

    result = run("import", tmp_path / "form.xlsx", "--dry-run")

    assert result.exit_code == 0
    assert "Left out: Row 3: home: It is never asked here" in result.output
    assert "2 pages, 2 questions" in result.output
    assert "Nothing was changed." in result.output


def test_a_dry_run_says_what_the_opportunity_itself_cannot_ask(run, stored, tmp_path):
    opportunity, _version = stored()
    asked = single("q", text="Have you ever carried a knife?")
    document = TWO_PAGES.model_copy(update={"sections": (section("first", asked),)})
    (tmp_path / "form.json").write_bytes(own.write(document))

    result = run("import", tmp_path / "form.json", "--opportunity", opportunity.code, "--dry-run")

    problems = result.output.partition("To mend before people can answer: ")[2]
    assert "say in the form that the questions are about offences" in problems


def test_a_command_makes_a_file_the_draft(run, stored, app, arrange, tmp_path):
    opportunity, _version = stored()
    with arrange():
        make_account(Role.PUBLISHER, email="operator@example.org")
    (tmp_path / "form.json").write_bytes(
        own.write(TWO_PAGES.model_copy(update={"introduction": "Hi"}))
    )

    for named in (opportunity.id, opportunity.code):
        words = ("--opportunity", named, "--as", "operator@example.org")
        assert run("import", tmp_path / "form.json", *words).exit_code == 0

    assert draft(app, opportunity).introduction == "Hi"


@pytest.mark.parametrize(
    ("content", "words", "reason"),
    [
        (b"riddle", (), "The file cannot be read. The file: it is none of the formats"),
        (FORM, ("--opportunity", "NOWHERE", "--as", "publisher@example.org"), "no opportunity"),
        (FORM, ("--opportunity", "NOWHERE"), "Name the account"),
    ],
)
def test_a_command_that_is_refused_ends_with_1(run, publisher, tmp_path, content, words, reason):
    (tmp_path / "form.xlsx").write_bytes(content)

    result = run("import", tmp_path / "form.xlsx", *words)

    assert (result.exit_code, reason in result.output) == (1, True), result.output


def test_a_command_writes_the_questions_to_a_file(run, stored, tmp_path):
    opportunity, _version = stored()
    target = tmp_path / "out.json"

    result = run("export", opportunity.id, "--format", "json", "--output", target)

    assert result.exit_code == 0
    assert json.loads(target.read_text("utf-8"))["sections"][0]["id"] == "first"
