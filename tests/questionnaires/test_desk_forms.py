import pytest

from tests.opportunities.conftest import at
from tests.pages import Page, send
from tests.questionnaires.conftest import TWO_PAGES, section, single
from tests.questionnaires.test_desk import asked, press
from vrn_community.questionnaires import editing, forms, outline
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
    for select in page.all("select"):
        chosen = [o.get("value") for o in select if o.get("selected") is not None]
        data[select.get("name")] = chosen[:1] or [select[0].get("value")]
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


PAIR = ({"id": "a", "text": "A"}, {"id": "b", "text": "B"})
PICTURES = tuple({**choice, "picture": "park", "alternative": "A park"} for choice in PAIR)
#: What each kind needs or can have beyond its words; nothing here is a default.
MORE = {
    "picture-choice": {"choices": PICTURES, "choice_order": "random", "has_other": True},
    "sentiment": {"longest": 300, "offers": ("dont-know",)},
    "grid": {"rows": PAIR, "scale": None, "choices": PAIR, "row_order": "random"},
    "cards": {"rows": PAIR, "offers": ("prefer-not-to-say",)},
    "ranking": {"choices": PAIR, "choice_order": "random"},
    "points": {"choices": PAIR, "total": 7},
    "number": {"least": 0.5, "greatest": 9, "unit": "km", "is_whole": False},
    "month-year": {"least": 2001, "greatest": 2031, "has_month": False},
    "short-text": {"longest": 50},
    "several-texts": {"rows": PAIR, "longest": 60},
}


def questions_of_all_other_kinds():
    """Return a question of each kind that the document below does not spell out."""
    for kind in [known for known in TYPES if known not in ("single-choice", "multiple-choice")]:
        yield TYPES[kind].model_validate({"id": kind, "text": f"{kind}?", **MORE.get(kind, {})})


ALL_TYPES = Questionnaire(
    sections=(
        section(
            "all",
            single(
                "one",
                "a",
                "b",
                has_other=True,
                is_list=True,
                choice_order="random",
                offers=("prefer-not-to-say",),
                choices=(
                    *single("x", "a", "b").choices,
                    Choice(id="dk", text="No idea", missing=Missing.DONT_KNOW),
                    Choice(id="na", text="Does not apply", missing=Missing.NOT_APPLICABLE),
                ),
            ),
            MultipleChoice(
                id="many",
                text="Many?",
                most=2,
                hint="All that fit.",
                choices=(
                    *single("x", "a", "b").choices,
                    Choice(id="none", text="None of these", is_exclusive=True),
                    Choice(id="no", text="Not saying", missing=Missing.PREFER_NOT_TO_SAY),
                ),
            ),
            *questions_of_all_other_kinds(),
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
    assert sorted(forms.FORMS) == sorted(TYPES)
    for link in links:
        Page.get(publisher, link)


LINES = {"lines": "Red\n\nGreen\n"}
ROWS = {"row_lines": "Red\n\nGreen\n"}
NEEDED = {
    "grid": ROWS,
    "cards": ROWS,
    "several-texts": ROWS,
    "picture-choice": {
        "pictures-0-picture": "park",
        "pictures-0-text": "Park",
        "pictures-0-alternative": "Trees",
        "pictures-3-picture": "home",
        "pictures-3-text": "Home",
        "pictures-3-alternative": "A house",
    },
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_question_of_each_type_is_added_once(publisher, stored, app, kind):
    opportunity, _version = stored()
    there = url(opportunity, f"/sections/first/new/{kind}")
    data = {**filled(publisher, there), "text": "New?", **NEEDED.get(kind, LINES)}

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
            {"lines": "\n".join(str(n) for n in range(201))},
            "There are too many choices.",
        ),
        ("multiple-choice", {"alone": "A"}, "A choice can only be in one of the two boxes."),
        ("short-text", {"longest": "301"}, "Enter a number from 10 to 300."),
        ("short-text", {"longest": ""}, "Enter a number."),
        ("long-text", {"longest": "99"}, "Enter a number from 100 to 4000."),
        ("long-text", {"longest": "many"}, "Enter a whole number."),
        ("multiple-choice", {"most": "0"}, "Enter a number from 1 to 200."),
        ("ranking", {"lines": "\n".join("abcdefghijklm")}, "There are too many choices."),
        ("points", {"total": "1"}, "Enter a number from 2 to 100."),
        ("grid", {"lines": "", "row_lines": ""}, "Give at least one line."),
        ("grid", {"lines": "", "row_lines": "A\nA"}, "Two lines say the same."),
        ("grid", {"row_lines": "A"}, "Choose “Answers of your own” above, or empty this box."),
        (
            "grid",
            {"row_lines": "A", "scale": "own", "lines": "A"},
            "Give at least two choices, one a line.",
        ),
        ("several-texts", {"row_lines": "\n".join("abcdefghijk")}, "There are too many lines."),
        ("cards", {"row_lines": "x" * 201}, "A line has at most 200 characters."),
        ("number", {"least": "2,5", "greatest": "1"}, "This is below the least."),
        ("number", {"least": "few"}, "Enter a number."),
        ("month-year", {"least": "1800"}, "Enter a year from 1900 to 2200."),
        ("month-year", {"least": "2030", "greatest": "2020"}, "This is below the least."),
        ("information", {"text": ""}, "Write what people read."),
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


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "Give at least two pictures."),
        ({"pictures-0-text": "Park"}, "Give at least two pictures."),
        ({"pictures-0-text": "Park", "pictures-1-picture": "home"}, "Each picture needs words"),
        (
            {
                "pictures-0-text": "Park",
                "pictures-0-picture": "park",
                "pictures-1-text": "Home",
                "pictures-1-picture": "home",
                "pictures-1-alternative": "A house",
            },
            "Say what each picture shows.",
        ),
    ],
)
def test_pictures_that_do_not_fit_are_shown_again(publisher, stored, app, changes, message):
    opportunity, _version = stored()
    there = url(opportunity, "/sections/first/new/picture-choice")

    page = refused(publisher, there, **{"text": "New?", **changes})

    assert page.has(message)
    assert page.title.startswith("Error:")
    assert asked(app, opportunity) == TWO_PAGES


def test_a_corrected_picture_stays_the_same_choice(publisher, stored, app):
    opportunity, _version = stored(ALL_TYPES)

    changes = {"pictures-0-text": "Green", "pictures-1-text": "", "pictures-1-picture": ""}
    third = {"pictures-2-text": "C", "pictures-2-picture": "day", "pictures-2-alternative": "Sun"}
    there = url(opportunity, "/questions/picture-choice")
    save(publisher, there, **changes, **third, **{"pictures-1-alternative": ""})

    first, second = asked(app, opportunity).question("picture-choice").choices
    assert (first.id, first.text, second.text) == ("a", "Green", "C")
    assert second.id not in ("a", "b")


def test_sections_and_questions_are_put_in_random_order(publisher, stored, app):
    opportunity, _version = stored()

    save(publisher, url(opportunity, "/frame"), is_random="y")
    save(publisher, url(opportunity, "/sections/first"), is_random="y")

    document = asked(app, opportunity)
    assert document.section_order == "random"
    assert [found.question_order for found in document.sections] == ["random", "fixed"]


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
