import pytest

from tests.opportunities.conftest import at
from tests.pages import Page, send
from tests.questionnaires.conftest import TWO_PAGES, after, section, single
from tests.questionnaires.test_desk import asked, press
from vrn_community.questionnaires import editing, outline
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types import TYPES
from vrn_community.questionnaires.question_types.base import Choice, Missing
from vrn_community.questionnaires.question_types.choices import MultipleChoice


def filled(client, url):
    """Return what a form of the builder would send as it stands."""
    page = Page.get(client, url)
    data = {}
    for field in page.all("input"):
        kind, name = field.get("type"), field.get("name")
        if kind not in ("checkbox", "radio") or field.get("checked") is not None:
            data.setdefault(name, []).append(field.get("value") or "")
    for area in page.all("textarea"):
        data[area.get("name")] = page_text(area)
    data.pop("csrf_token")
    return data


def page_text(area):
    return "".join(area.itertext())


def save(client, url, **changes):
    """Open a form, change something, and send it."""
    return send(client, url, {**filled(client, url), **changes})


def refused(client, url, **changes):
    return Page.post(client, url, {**filled(client, url), **changes})


def url(opportunity, ending):
    return at(opportunity, f"/questions{ending}")


ALL_TYPES = Questionnaire(
    sections=(
        section(
            "all",
            single(
                "one",
                "a",
                "b",
                has_other=True,
                choices=(
                    *single("x", "a", "b").choices,
                    Choice(id="dk", text="No idea", missing=Missing.DONT_KNOW),
                    Choice(id="na", text="Does not apply", missing=Missing.NOT_APPLICABLE),
                ),
            ),
            MultipleChoice(
                id="many",
                text="Many?",
                hint="All that fit.",
                choices=(
                    *single("x", "a", "b").choices,
                    Choice(id="none", text="None of these", is_exclusive=True),
                    Choice(id="no", text="Not saying", missing=Missing.PREFER_NOT_TO_SAY),
                ),
            ),
            *(
                TYPES[kind].model_validate({"id": kind, "text": f"{kind}?"})
                for kind in ("agreement-scale", "short-text", "long-text", "area")
            ),
        ),
    )
)


def test_saving_any_form_as_it_is_changes_nothing(publisher, stored, app):
    opportunity, _version = stored(ALL_TYPES)
    endings = [f"/questions/{question.id}" for question in ALL_TYPES.questions()]

    for ending in [*endings, "/sections/all", "/frame"]:
        answer = save(publisher, url(opportunity, ending))
        assert answer.status_code == 303, ending

    after_saving = asked(app, opportunity)
    for before, now in zip(ALL_TYPES.questions(), after_saving.questions(), strict=True):
        assert set(getattr(now, "choices", ())) == set(getattr(before, "choices", ()))
        assert now.model_dump(exclude={"choices"}) == before.model_dump(exclude={"choices"})
    assert after_saving.model_dump(exclude={"sections"}) == ALL_TYPES.model_dump(
        exclude={"sections"}
    )


def test_what_stands_around_the_questions_is_changed(publisher, stored, app):
    opportunity, _version = stored()
    data = {"introduction": " Hello\r\n\r\nyou ", "asks_equality": "y"}

    save(publisher, url(opportunity, "/frame"), **data, asks_age_band=[])

    document = asked(app, opportunity)
    assert document.introduction == "Hello\n\nyou"
    assert (document.asks_age_band, document.equality_block) == (False, "2026-1")
    assert document.sections == TWO_PAGES.sections


def test_a_section_is_added_once_however_often_it_is_sent(publisher, stored, app):
    opportunity, _version = stored()
    data = {**filled(publisher, url(opportunity, "/sections/new")), "title": "Third"}

    for _again in range(2):
        assert send(publisher, url(opportunity, "/sections/new"), data).status_code == 303

    titles = [found.title for found in asked(app, opportunity).sections]
    assert titles == ["Section first", "Section second", "Third"]


def test_a_section_is_changed_and_needs_a_title(publisher, stored, app):
    opportunity, _version = stored()
    there = url(opportunity, "/sections/first")

    page = refused(publisher, there, title=" ", introduction="Kept words")
    assert page.errors() == ["Give the section a title."]
    assert page.has("Kept words")
    save(publisher, there, title="Getting home", introduction="Warm")

    found = outline.section(asked(app, opportunity), "first")
    assert (found.title, found.introduction, len(found.questions)) == ("Getting home", "Warm", 2)


def test_the_type_is_chosen_first(publisher, stored):
    opportunity, _version = stored()

    page = Page.get(publisher, url(opportunity, "/sections/first/new"))

    links = [link for link in page.links() if "/sections/first/new/" in link]
    assert [link.rsplit("/", 1)[1] for link in links] == list(TYPES)
    for link in links:
        Page.get(publisher, link)


@pytest.mark.parametrize("kind", TYPES)
def test_a_question_of_each_type_is_added_once(publisher, stored, app, kind):
    opportunity, _version = stored()
    there = url(opportunity, f"/sections/first/new/{kind}")
    data = {**filled(publisher, there), "text": "New?", "lines": "Red\n\nGreen\n"}

    for _again in range(2):
        assert send(publisher, there, data).status_code == 303

    added = outline.section(asked(app, opportunity), "first").questions[2:]
    assert [(question.kind, question.text) for question in added] == [(kind, "New?")]
    assert added[0].id == data["id"][0]


def test_everything_about_a_question_with_choices_is_stored(publisher, stored, app):
    opportunity, _version = stored()
    there = url(opportunity, "/sections/second/new/multiple-choice")
    ticks = dict.fromkeys(("has_other", "dont_know", "prefer_not_to_say"), "y")

    save(publisher, there, text="New?", hint="Think.", lines="A\nB", alone="None", **ticks)

    question = list(asked(app, opportunity).questions())[-1]
    told = [(c.text, c.is_exclusive, c.missing) for c in question.choices]
    assert (question.hint, question.has_other) == ("Think.", True)
    assert told == [
        ("A", False, None),
        ("B", False, None),
        ("None", True, None),
        ("I do not know", False, Missing.DONT_KNOW),
        ("Prefer not to say", False, Missing.PREFER_NOT_TO_SAY),
    ]


def test_corrected_and_moved_choices_keep_their_ids(publisher, stored, app):
    opportunity, _version = stored()

    save(publisher, url(opportunity, "/questions/way"), lines="Car\nOn foot\nBuss")

    car, foot, bus = asked(app, opportunity).question("way").choices
    assert (car.id, bus.id, bus.text) == ("car", "bus", "Buss")
    assert foot.id not in ("walk", "bus", "car")


def test_a_choice_that_a_condition_names_cannot_be_taken_out(publisher, stored, app):
    opportunity, _version = stored()

    page = refused(publisher, url(opportunity, "/questions/safe"), lines="Yes\nPerhaps")

    assert page.has("“Why?” is shown only after a choice that would be gone.")
    assert page.title.startswith("Error:")
    assert "Perhaps" in page.text
    assert asked(app, opportunity) == TWO_PAGES


@pytest.mark.parametrize(
    ("kind", "changes", "message"),
    [
        ("single-choice", {"text": " "}, "Write what the question asks."),
        ("single-choice", {"text": "x" * 1_001}, None),
        ("single-choice", {"lines": "One"}, "Give at least two choices, one a line."),
        ("single-choice", {"lines": ""}, "Give at least two choices, one a line."),
        ("single-choice", {"lines": "A\nB\nA"}, "Two choices say the same."),
        ("single-choice", {"lines": "A\n" + "x" * 201}, "A choice has at most 200 characters."),
        (
            "single-choice",
            {"lines": "\n".join(str(n) for n in range(31))},
            "There are too many choices.",
        ),
        ("multiple-choice", {"alone": "A"}, "A choice can only be in one of the two boxes."),
        ("short-text", {"longest": "301"}, "Enter a number from 10 to 300."),
        ("short-text", {"longest": ""}, "Enter a number."),
        ("long-text", {"longest": "99"}, "Enter a number from 100 to 4000."),
        ("long-text", {"longest": "many"}, "Enter a whole number."),
    ],
)
def test_what_cannot_be_asked_is_shown_again_with_the_reason(
    publisher, stored, app, kind, changes, message
):
    opportunity, _version = stored()
    there = url(opportunity, f"/sections/first/new/{kind}")

    page = refused(publisher, there, **{"text": "New?", "lines": "A\nB", **changes})

    assert page.errors() == [message] if message else len(page.errors()) == 1
    assert page.title == "Error: New question - VRN Community"
    assert asked(app, opportunity) == TWO_PAGES


def test_whoever_is_overtaken_keeps_their_words_and_decides(publisher, stored, app):
    opportunity, _version = stored()
    there = url(opportunity, "/questions/way")
    mine = {**filled(publisher, there), "text": "My words?"}
    press(publisher, opportunity, "help", "down")

    page = Page.post(publisher, there, mine)

    assert page.has("These questions were changed after you opened this form.")
    assert "My words?" in page.text
    assert asked(app, opportunity).question("way").text == "Question way?"
    send(publisher, there, {**mine, "revision": page.hidden("revision")})
    assert asked(app, opportunity).question("way").text == "My words?"
    assert list(asked(app, opportunity).questions())[-1].id == "help"


@pytest.mark.parametrize("part", ["help", "second"])
def test_a_condition_is_set_and_taken_away(publisher, stored, app, part):
    opportunity, _version = stored()
    there = url(opportunity, f"/parts/{part}/condition")
    page = Page.get(publisher, there)
    assert page.has("Question safe?")
    assert page.has("Question way?")

    save(publisher, f"{there}?after=way", includes=["bus", "car"])
    assert outline.part(asked(app, opportunity), part).show_if == after("way", "bus", "car")

    save(publisher, there, always="yes")
    assert outline.part(asked(app, opportunity), part).show_if is None


def test_a_condition_needs_a_choice_that_is_offered(publisher, stored, app):
    opportunity, _version = stored()
    there = url(opportunity, "/parts/help/condition?after=way")

    assert refused(publisher, there, includes=[]).errors() == ["Choose at least one answer."]
    assert len(refused(publisher, there, includes=["boat"]).errors()) == 1
    assert asked(app, opportunity) == TWO_PAGES


def test_a_condition_asks_only_about_earlier_pages(publisher, stored):
    opportunity, _version = stored()

    nothing = Page.get(publisher, url(opportunity, "/parts/way/condition?after=safe"))
    assert nothing.has("there are none")
    assert not [box for box in nothing.all("input") if box.get("type") == "checkbox"]
    same_page = Page.get(publisher, url(opportunity, "/parts/area/condition?after=help"))
    assert not [box for box in same_page.all("input") if box.get("type") == "checkbox"]


def test_words_of_staff_are_never_markup(publisher, stored):
    evil = "<script>alert(1)</script>"
    document = editing.change_section(TWO_PAGES, "first", title=evil, introduction=evil)
    document = editing.change_question(document, single("safe", "yes", "no", text=evil))
    opportunity, version = stored(document)

    endings = ["", f"/versions/{version.id}", "/questions/safe", "/parts/why/condition"]
    for ending in [*endings, "/sections/first/new"]:
        page = Page.get(publisher, url(opportunity, ending))
        assert all(script.get("src") for script in page.all("script"))
        assert "<script>alert" not in page.text
