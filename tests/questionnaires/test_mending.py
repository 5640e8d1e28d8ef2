import pytest

from tests.conftest import make_account
from tests.opportunities.conftest import at
from tests.pages import Page
from tests.questionnaires.conftest import TWO_PAGES, section, single
from tests.questionnaires.test_desk_forms import refused, save
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.foundation.errors import NotAllowed
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.questionnaires import editing, mending, queries, services, translating
from vrn_community.questionnaires.document import Questionnaire, Translated


@pytest.mark.parametrize(
    ("before", "later"),
    [
        ("How do you travell to school?", "How do you travel to school?"),
        ("Who keeps you safe in the the park?", "Who keeps you safe in the park?"),
        ("Bus", "Buss"),
    ],
)
def test_a_typing_error_can_be_mended(before, later):
    assert mending.refusal(before, later) == ""


@pytest.mark.parametrize(
    ("before", "later"),
    [
        ("How do you travel to school?", ""),
        ("How do you travel to school?", "Who helps you at home?"),
        ("Should there be more lights in the park?", "Should there be less lights in the park?"),
        ("I feel safe in my street at night.", "I do not feel safe in my street at night."),
        ("How often in the last 3 months?", "How often in the last 6 months?"),
        ("I don't go out after dark alone.", "I do go out after dark alone."),
    ],
)
def test_another_meaning_cannot(before, later):
    assert mending.refusal(before, later)


@pytest.mark.parametrize("place", list(translating.texts(TWO_PAGES)))
def test_one_text_changes_and_everything_else_stays(place):
    later = mending.mended(TWO_PAGES, place, "Mended")

    texts, before = translating.texts(later), translating.texts(TWO_PAGES)
    assert {key for key in texts if texts[key] != before[key]} == {place}
    assert texts.keys() == before.keys()


def test_a_translation_stays_with_the_mended_text():
    known = {"ur": {"way.text": Translated(source="Question way?", text="Kaise?")}}
    document = editing.change_frame(TWO_PAGES, translations=known)

    later = mending.mended(document, "way.text", "Question waay?")

    assert translating.in_language(later, "ur").question("way").text == "Kaise?"


@pytest.fixture
def in_use(opportunity, author):
    version = services.begin(opportunity, by=author)
    services.edit(version, TWO_PAGES, by=author)
    services.publish(version, by=author)
    return version


def test_mending_keeps_the_version_and_the_reason(in_use, author):
    queries.document(in_use)  # A process that has parsed it reads it anew.

    services.mend(in_use, "way.text", "Question ways?", by=author, reason="A letter was missing")

    assert queries.document(in_use).question("way").text == "Question ways?"
    entry = audit.of_subject(in_use.id)[-1]
    assert (entry.action, entry.details["reason"]) == ("questionnaire:mend", "A letter was missing")
    assert entry.details["place"] == "way.text"


def test_only_who_may_edit_mends_only_what_is_in_use(in_use, author):
    approver = make_account(Role.APPROVER, email="ash@example.org")
    for words, by in (("Question ways?", approver), ("Something else entirely", author)):
        with pytest.raises(NotAllowed):
            services.mend(in_use, "way.text", words, by=by, reason="Why")
    with pytest.raises(KeyError):
        services.mend(in_use, "way.nothing", "x", by=author, reason="Why")
    draft = services.begin(in_use.opportunity, by=author)
    with pytest.raises(NotAllowed):
        services.mend(draft, "way.text", "Question ways?", by=author, reason="Why")


def test_a_publisher_mends_words_with_a_reason(publisher, stored, app):
    opportunity, version = stored(published=True)
    overview = Page.get(publisher, at(opportunity, "/questions"))
    assert at(opportunity, "/questions/mend") in overview.links()
    listed = Page.get(publisher, at(opportunity, "/questions/mend"))
    there = at(opportunity, "/questions/mend/way.text")
    assert there in listed.links()

    page = refused(publisher, there, text="Question ways?", reason="")
    assert page.errors() == ["Say why."]
    page = refused(publisher, there, reason="x")
    assert page.errors() == ["These words are as they were. Change what is wrong."]
    page = refused(publisher, there, text="Another matter?", reason="x")
    assert page.errors() == ["That is more than a typing error. Begin a new version."]
    save(publisher, there, text="Question ways?", reason="A letter")

    with app.test_request_context():
        assert (
            queries.document(queries.version(version.id)).question("way").text == "Question ways?"
        )
    Page.get(publisher, at(opportunity, "/questions/mend/way.nothing"), status=404)


@pytest.mark.parametrize("state", ["submitted", "approved", "published", "paused", "closed"])
def test_words_that_two_people_sign_off_are_mended_by_nobody_alone(publisher, stored, app, state):
    opportunity, version = stored(published=True, state=OpportunityState(state), min_age=13)

    listed = Page.get(publisher, at(opportunity, "/questions/mend"))
    assert listed.has("Take the opportunity back first.")
    assert at(opportunity, "/questions/mend/way.text") not in listed.links()
    there = at(opportunity, "/questions/mend/way.text")
    page = refused(publisher, there, text="Question ways?", reason="A letter")

    assert "Take the opportunity back first." in page.errors()[0]
    with app.test_request_context():
        document = queries.document(queries.version(version.id))
        assert document.question("way").text != "Question ways?"


def test_whoever_mends_or_asks_does_not_approve(in_use, author):
    other = make_account(Role.PUBLISHER, Role.APPROVER, email="ash@example.org")
    third = make_account(Role.PUBLISHER, email="kit@example.org")

    services.mend(in_use, "way.text", "Question ways?", by=other, reason="A letter was missing")
    services.edit(
        services.begin(in_use.opportunity, by=author),
        Questionnaire(sections=(section("first", single("x")),)),
        by=third,
    )

    assert in_use.opportunity.was_written_by(other)
    assert in_use.opportunity.was_written_by(third)


def test_without_a_version_in_use_nothing_is_mended(publisher, stored):
    opportunity, _version = stored()

    Page.get(publisher, at(opportunity, "/questions/mend"), status=409)


def test_an_approver_sees_what_differs(approver, stored, arrange):
    opportunity, first = stored(published=True)
    with arrange() as session:
        author = make_account(Role.PUBLISHER, email="other@example.org")
        draft = services.begin(session.merge(opportunity), by=author)
        changed = single("way", "bus", "walk", "car", text="Which way?")
        services.edit(draft, editing.change_question(TWO_PAGES, changed), by=author)
        number = draft.id

    page = Page.get(approver, at(opportunity, f"/questions/versions/{number}/changes"))

    assert page.heading == "What differs between version 1 and version 2"
    assert [page.words(found) for found in page.all("ins")] == ["Put in: Which"]
    assert [page.words(found) for found in page.all("del")] == ["Taken out: Question"]
    assert page.has("count together")
    Page.get(approver, at(opportunity, f"/questions/versions/{first.id}/changes"), status=404)
