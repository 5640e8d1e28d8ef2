"""What members note about tables, themes and words of people, and what becomes of it."""

import json

import pytest

from tests.factories.passages import make_passage
from tests.factories.questionnaires import make_version
from tests.oversight.conftest import DESK
from tests.pages import Page, send
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.oversight import reading
from vrn_community.oversight.models import ObservationKind
from vrn_community.oversight.reading import Spot

THEME = "theme-of-lights"


def at(thing, ending=""):
    return f"{DESK}/{thing.id}{ending}"


@pytest.fixture
def passages(scene, arrange):
    """Return a cleared passage, one that waits, and a cleared one of another activity."""
    with arrange() as session:
        closed, running = session.merge(scene.closed), session.merge(scene.open)
        make_version(closed)
        return [
            make_passage(closed, "It is <dark> here.", PassageState.CLEARED, question_id="why"),
            make_passage(closed, "My name is Ali.", PassageState.PENDING, question_id="why"),
            make_passage(running, "Of another.", PassageState.CLEARED, question_id="why"),
        ]


def note(client, scene, about, text="Nobody asked why."):
    return send(client, at(scene.closed, "/observations"), {"text": text, "about": about})


def test_words_of_people_lead_to_a_form_that_is_about_them(member, scene, passages):
    about = f"passage:{passages[0].id}"
    page = Page.get(member, at(scene.closed))
    (link,) = [link for link in page.links() if link.endswith(f"about={about}&page=1#noticed")]

    form = Page.get(member, link.split("#")[0])

    (chosen,) = [o for o in form.all("option") if o.get("selected") is not None]
    assert chosen.get("value") == about
    assert "It is <dark> here." in form.words(chosen)
    assert note(member, scene, about).status_code == 303
    page = Page.get(member, at(scene.closed))
    assert page.has("About somebody’s words")
    assert f"#passage-{passages[0].id}" in page.links()
    assert page.has("Nobody asked why.")


@pytest.mark.parametrize("number", [1, 2])
def test_words_that_a_member_may_not_read_cannot_be_noted_on(member, scene, passages, number):
    about = f"passage:{passages[number].id}"

    wrong = Page.of(note(member, scene, about))

    assert len(wrong.errors()) == 1
    assert wrong.has("Nobody asked why.")
    for words in ("Ali", "Of another."):
        assert not wrong.has(words)
        assert not Page.get(member, f"{at(scene.closed)}?about={about}").has(words)


@pytest.mark.parametrize("about", ["passage:", "passage:x", "theme:", "nonsense", "table:why"])
def test_what_makes_no_sense_is_said_and_nothing_is_noted(member, scene, passages, about):
    Page.get(member, f"{at(scene.closed)}?about={about}")

    assert len(Page.of(note(member, scene, about)).errors()) == 1
    assert Page.get(member, at(scene.closed)).has("Nobody has noted anything yet.")


def test_of_words_that_are_withheld_later_nothing_is_taken_along(member, scene, passages, arrange):
    note(member, scene, f"passage:{passages[0].id}", "They say it is dark.")
    note(member, scene, "activity:", "Few answered.")
    with arrange() as session:
        session.get_one(Passage, passages[0].id).state = PassageState.WITHHELD

    page = Page.get(member, at(scene.closed))
    taken = json.loads(send(member, "/desk/membership/export", {}).text)

    assert not page.has("It is <dark> here.")
    assert [row["text"] for row in taken["observations"]] == ["Few answered."]
    assert not page.has("They say it is dark.")
    assert page.has("Few answered.")


def test_a_theme_can_be_noted_on_while_it_is_shown(member, scene, passages, monkeypatch):
    spot = Spot(ObservationKind.THEME, THEME)
    shown = reading.spots
    monkeypatch.setattr(reading, "spots", lambda tables: {**shown(tables), spot: "Lights"})
    page = Page.get(member, at(scene.closed))
    assert spot.name in {option.get("value") for option in page.all("option")}
    assert note(member, scene, spot.name).status_code == 303
    assert Page.get(member, at(scene.closed)).has("Theme: Lights")

    monkeypatch.setattr(reading, "spots", shown)

    page = Page.get(member, at(scene.closed))
    assert page.has("About something that is not shown any more.")
    assert page.has("Nobody asked why.")
    assert len(Page.of(note(member, scene, spot.name)).errors()) == 1
