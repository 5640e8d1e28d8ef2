import pytest

from tests.opportunities.conftest import at, counted
from tests.pages import Page, send
from tests.questionnaires.conftest import TWO_PAGES, section, single
from vrn_community.accounts.roles import Role
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.questionnaires import editing, queries
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import VersionState


def asked(app, opportunity):
    """Return what the draft of an opportunity asks now."""
    with app.test_request_context():
        return queries.document(queries.draft(opportunity.id))


def press(client, opportunity, part_id, move, **more):
    page = Page.get(client, at(opportunity, "/questions"))
    data = {"revision": page.hidden("revision"), "move": move, **more}
    return send(client, at(opportunity, f"/questions/parts/{part_id}"), data)


def test_the_overview_tells_what_is_asked(publisher, stored):
    opportunity, _version = stored()

    page = Page.get(publisher, at(opportunity, "/questions"))

    assert page.heading == "Questions"
    for words in ("Section first", "Question safe?", "Bus · Walk · Car", "Several sentences"):
        assert page.has(words)
    assert page.has("Shown only after “No” to: Question safe?")
    assert page.has("Put version 1 into use")


def test_questions_are_begun_with_one_press(publisher, stored, app, arrange):
    opportunity, version = stored()
    with arrange() as session:
        session.delete(session.merge(version))
    assert Page.get(publisher, at(opportunity, "/questions")).has("Nothing is asked yet.")

    for _again in range(2):
        answer = send(publisher, at(opportunity, "/questions/begin"), {})
        assert (answer.status_code, answer.location) == (303, at(opportunity, "/questions"))

    assert asked(app, opportunity).sections == ()
    page = Page.get(publisher, at(opportunity, "/questions"))
    assert page.has("Before that, mend this: Ask at least one question.")


@pytest.mark.parametrize(
    ("part", "move", "order"),
    [
        ("way", "up", ["way", "safe", "why", "help", "area"]),
        ("way", "down", ["safe", "way", "why", "help", "area"]),
        ("help", "down", ["safe", "way", "why", "area", "help"]),
        ("way", "remove", ["safe", "why", "help", "area"]),
        ("second", "remove", ["safe", "way"]),
    ],
)
def test_parts_are_moved_and_removed(publisher, stored, app, part, move, order):
    opportunity, _version = stored()

    assert press(publisher, opportunity, part, move).status_code == 303

    assert [question.id for question in asked(app, opportunity).questions()] == order


def test_a_copy_has_an_id_of_its_own(publisher, stored, app):
    opportunity, _version = stored()

    press(publisher, opportunity, "way", "copy")

    _safe, way, copy, *_rest = asked(app, opportunity).questions()
    assert way.text == copy.text
    assert way.id != copy.id


def test_what_another_question_needs_stays_and_the_reason_is_told(publisher, stored, app):
    opportunity, _version = stored()

    press(publisher, opportunity, "safe", "remove")

    page = Page.get(publisher, at(opportunity, "/questions"))
    assert page.has("“Why?” is shown only after an answer to it.")
    assert asked(app, opportunity) == TWO_PAGES


def test_pressed_twice_it_moves_once(publisher, stored, app):
    opportunity, version = stored()
    page = Page.get(publisher, at(opportunity, "/questions"))
    data = {"revision": page.hidden("revision"), "move": "down"}

    for _again in range(2):
        send(publisher, at(opportunity, "/questions/parts/help"), data)

    order = [question.id for question in asked(app, opportunity).questions()]
    assert order == ["safe", "way", "why", "area", "help"]
    assert Page.get(publisher, at(opportunity, "/questions")).has("have changed since you opened")


def test_nonsense_changes_nothing(publisher, stored, app):
    opportunity, _version = stored()

    assert press(publisher, opportunity, "way", "explode").status_code == 303
    assert press(publisher, opportunity, "nothing", "up").status_code == 404
    assert press(publisher, opportunity, "way", "up", revision="-1").status_code == 303
    assert asked(app, opportunity) == TWO_PAGES


def test_a_version_is_put_into_use_and_the_next_one_begun(publisher, stored, app):
    opportunity, version = stored()
    overview = Page.get(publisher, at(opportunity, "/questions"))
    data = {"revision": overview.hidden("revision")}

    first = send(publisher, at(opportunity, "/questions/publish"), data)
    assert Page.get(publisher, first.location).has("Version 1 is now in use.")
    again = send(publisher, at(opportunity, "/questions/publish"), data)

    assert first.status_code == again.status_code == 303
    page = Page.get(publisher, at(opportunity, "/questions"))
    assert not page.has("have changed since")
    assert page.has("Begin a new version")
    assert not page.has("Put version 1 into use")
    send(publisher, at(opportunity, "/questions/begin"), {})
    assert Page.get(publisher, at(opportunity, "/questions")).has("Put version 2 into use")
    assert asked(app, opportunity) == TWO_PAGES


def test_nobody_puts_into_use_what_they_have_not_seen(publisher, stored, app, arrange):
    opportunity, version = stored()
    page = Page.get(publisher, at(opportunity, "/questions"))
    press(publisher, opportunity, "help", "down")

    data = {"revision": page.hidden("revision")}
    send(publisher, at(opportunity, "/questions/publish"), data)

    with app.app_context():
        assert queries.published(opportunity.id) is None


def test_a_question_without_words_keeps_a_version_from_use(publisher, stored):
    opportunity, version = stored(Questionnaire(sections=(section("a", single("q", text="")),)))
    page = Page.get(publisher, at(opportunity, "/questions"))

    assert page.has("Write what the question asks.")
    assert "#part-q" in page.links()
    answer = Page.post(
        publisher,
        at(opportunity, "/questions/publish"),
        {"revision": page.hidden("revision")},
        status=409,
    )
    assert answer.has("Write what the question asks.")


def test_what_was_approved_cannot_get_other_questions(publisher, stored):
    opportunity, version = stored(state=OpportunityState.APPROVED)

    page = Page.get(publisher, at(opportunity, "/questions"))

    assert page.has("Take the opportunity back first: pause it")
    assert not [f for f in page.all("form") if "publish" in f.get("action", "")]
    data = {"revision": page.hidden("revision")}
    Page.post(publisher, at(opportunity, "/questions/publish"), data, status=409)


def test_a_preview_shows_every_question_of_any_version(publisher, stored, arrange):
    full = editing.change_frame(TWO_PAGES, introduction="Hello\nyou", equality_block="2026-1")
    opportunity, version = stored(full, published=True)

    page = Page.get(publisher, at(opportunity, f"/questions/versions/{version.id}"))

    assert page.heading == "Preview: version 1"
    for question in full.questions():
        assert page.has(question.text)
    for words in ("How old are you?", "What is your sex?", "Rutland", "ring 999"):
        assert page.has(words)


def test_a_version_is_found_only_under_its_opportunity(publisher, stored):
    _one, version = stored()
    other, _version = stored()

    Page.get(publisher, at(other, f"/questions/versions/{version.id}"), status=404)


def test_whoever_approves_reads_the_questions_and_changes_nothing(approver, stored):
    opportunity, version = stored(published=True)

    page = Page.get(approver, at(opportunity, "/questions"))

    assert page.has("Question safe?")
    assert [f for f in page.all("form") if f.get("action") != "/desk/sign-out"] == []
    assert version.state is VersionState.PUBLISHED
    Page.get(approver, at(opportunity, f"/questions/versions/{version.id}"))


@pytest.mark.parametrize(
    ("role", "method", "ending", "status"),
    [
        (Role.APPROVER, "get", "/frame", 403),
        (Role.APPROVER, "post", "/begin", 403),
        (Role.APPROVER, "post", "/publish", 403),
        (Role.APPROVER, "post", "/parts/way", 403),
        (Role.MODERATOR, "get", "", 403),
        (Role.PARTNER, "get", "", 403),
        (Role.ADMINISTRATOR, "get", "/sections/first", 403),
        (Role.PUBLISHER, "get", "", 200),
    ],
)
def test_each_role_opens_only_its_own_pages(sign_in_as, stored, role, method, ending, status):
    opportunity, _version = stored()

    answer = getattr(sign_in_as(role), method)(at(opportunity, f"/questions{ending}"), data={})

    assert answer.status_code == status if method == "get" else answer.status_code in (400, 403)


@pytest.mark.parametrize(
    "ending",
    ["/frame", "/sections/new", "/sections/first", "/questions/way", "/parts/why/condition"],
)
def test_without_a_draft_there_is_nothing_to_change(publisher, stored, ending):
    opportunity, _version = stored(published=True)

    page = Page.get(publisher, at(opportunity, f"/questions{ending}"), status=409)

    assert page.has("Begin a new version first.")


@pytest.mark.parametrize(
    "ending",
    [
        "/sections/x",
        "/sections/x/new",
        "/sections/x/new/area",
        "/sections/first/new/riddle",
        "/questions/x",
        "/questions/first",
        "/parts/x/condition",
        "/versions/00000000-0000-4000-8000-000000000000",
    ],
)
def test_what_is_not_there_is_not_found(publisher, stored, ending):
    opportunity, _version = stored()

    Page.get(publisher, at(opportunity, f"/questions{ending}"), status=404)


def test_a_change_is_taken_back_with_one_press(publisher, stored, app):
    opportunity, _version = stored()
    press(publisher, opportunity, "way", "remove")
    page = Page.get(publisher, at(opportunity, "/questions"))
    assert page.has("Take the last change back")
    data = {"revision": page.hidden("revision")}

    for _again in range(2):
        send(publisher, at(opportunity, "/questions/undo"), data)

    assert asked(app, opportunity) == TWO_PAGES
    assert Page.get(publisher, at(opportunity, "/questions")).has("have changed since you opened")


def test_a_section_is_copied_and_a_question_dropped_elsewhere(publisher, stored, app):
    opportunity, _version = stored()

    press(publisher, opportunity, "second", "copy")
    press(publisher, opportunity, "area", "place", before="safe")
    assert press(publisher, opportunity, "area", "place", before="x").status_code == 404

    document = asked(app, opportunity)
    assert [len(found.questions) for found in document.sections] == [3, 2, 3]
    assert document.sections[0].questions[0].id == "area"


def test_a_question_is_shown_beside_its_form_as_on_a_phone(publisher, stored):
    opportunity, _version = stored()

    page = Page.get(publisher, at(opportunity, "/questions/questions/way"))

    assert page.has("On a phone")
    shown = [i for i in page.all("input") if i.get("name") == "preview-way"]
    assert [i.get("value") for i in shown] == ["bus", "walk", "car"]


def test_the_overview_takes_as_many_statements_for_200_questions_as_for_5(app, publisher, stored):
    def statements(questions):
        rows = [
            section(f"s{n}", *(single(f"q{n}-{k}") for k in range(5)))
            for n in range(questions // 5)
        ]
        opportunity, _version = stored(Questionnaire(sections=tuple(rows)))
        there = at(opportunity, "/questions")
        Page.get(publisher, there)
        with app.app_context(), counted() as found:
            Page.get(publisher, there)
        return len(found)

    assert statements(200) == statements(5) > 0
