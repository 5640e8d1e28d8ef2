import uuid

import pytest

from tests.factories.passages import make_passage
from tests.factories.questionnaires import make_version
from tests.factories.questionnaires import send as answer
from tests.oversight.conftest import DESK
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import PassageState


def at(thing, ending=""):
    return f"{DESK}/{thing.id}{ending}"


def test_a_member_finds_closed_activities_only(member, scene):
    page = Page.get(member, DESK)

    assert at(scene.closed) in page.links()
    assert not page.has("Still open")


def test_nothing_closed_yet_is_said_kindly(member):
    assert Page.get(member, DESK).has("Nothing has closed yet.")


def test_a_member_reads_tables_and_cleared_words_without_anything_about_people(
    member, scene, arrange
):
    with arrange() as session:
        closed = session.merge(scene.closed)
        version = make_version(closed)
        for choice in ["safe"] * 12 + ["unsafe"] * 13:
            answer(version, {"feel": choice}, profile={"age-band": "13-15"})
        make_passage(closed, "It is <dark>.", PassageState.CLEARED, question_id="why")
        make_passage(closed, "My name is Ali.", PassageState.PENDING, question_id="why")
        make_passage(closed, "I was hurt.", PassageState.WITHHELD, question_id="why")

    page = Page.get(member, at(scene.closed))

    assert page.has("How safe do you feel?")
    assert page.has("What makes you feel unsafe?")
    quotes = [page.words(quote) for quote in page.all("blockquote")]
    assert quotes == ["It is <dark>."]
    assert not page.has("Ali")
    assert not page.has("hurt")


@pytest.mark.parametrize("is_sensitive", [True, False])
def test_words_about_something_hard_are_announced_and_can_be_left(
    member, scene, arrange, is_sensitive
):
    with arrange() as session:
        closed = session.merge(scene.closed)
        closed.is_sensitive = is_sensitive
        make_version(closed)
        make_passage(closed, "It is dark.", PassageState.CLEARED, question_id="why")

    page = Page.get(member, at(scene.closed))

    assert page.has("These words may be hard to read.") is is_sensitive
    assert page.has("Go on without them") is is_sensitive
    assert ("tel:116123" in page.links()) is is_sensitive
    covers = [page.words(row) for row in page.all("summary")]
    assert ("Show the words" in covers) is is_sensitive


def test_an_activity_without_answers_says_so(member, scene):
    page = Page.get(member, at(scene.closed))

    assert page.has("There are no words to read yet")
    assert page.has("Nobody has noted anything yet.")


def test_what_is_open_cannot_be_read(chair, scene):
    Page.get(chair, at(scene.open), status=404)
    assert send(chair, at(scene.open, "/observations"), {"text": "x"}).status_code == 404


def test_an_observation_stands_on_the_page_with_its_author(member, scene):
    key = str(uuid.uuid4())
    form = {"id": key, "text": "Few girls answered.\n<b>Why?</b>"}

    for _twice in range(2):
        sent = send(member, at(scene.closed, "/observations"), form)
        assert sent.location == at(scene.closed) + "#noticed"

    page = Page.get(member, at(scene.closed))
    assert page.has("Imran Malik,")
    assert page.has("<b>Why?</b>")
    assert page.text.count("Few girls answered.") == 1


def test_an_observation_can_be_about_a_question(member, scene, arrange):
    with arrange() as session:
        version = make_version(session.merge(scene.closed))
        for choice in ["safe"] * 12 + ["unsafe"] * 13:
            answer(version, {"feel": choice})
    form = {"text": "Hm.", "about": "table:feel"}

    send(member, at(scene.closed, "/observations"), form)

    assert Page.get(member, at(scene.closed)).has("Table: How safe do you feel?")
    wrong = Page.post(member, at(scene.closed, "/observations"), form | {"about": "table:x"})
    assert len(wrong.errors()) == 1


def test_an_empty_observation_is_shown_again(member, scene):
    page = Page.post(member, at(scene.closed, "/observations"), {"text": "  "})

    assert page.errors() == ["Write what you noticed."]
    assert page.title.startswith("Error: Lights in the park")


@pytest.mark.parametrize(
    "role", [Role.PUBLISHER, Role.MODERATOR, Role.ANALYST, Role.PARTNER, Role.ADMINISTRATOR]
)
def test_other_roles_see_nothing_of_it(sign_in_as, scene, role):
    stranger = sign_in_as(role, email="stranger@example.org")

    for url in (DESK, at(scene.closed)):
        assert stranger.get(url).status_code == 403
