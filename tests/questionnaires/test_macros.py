from types import SimpleNamespace

import pytest
from flask import render_template_string

from tests.factories.questionnaires import SAMPLES, of_each_kind, questionnaire
from tests.pages import NAMESPACE, Page
from tests.questionnaires.conftest import choices, section, single
from vrn_community.foundation import i18n
from vrn_community.questionnaires.question_types.choices import MultipleChoice
from vrn_community.questionnaires.question_types.places import AreaPicker
from vrn_community.questionnaires.question_types.scales import AgreementScale
from vrn_community.questionnaires.question_types.texts import LongText, ShortText

PAGE = """<!doctype html><html lang="en" dir="ltr"><title>Try</title><h1>Try</h1>
{% from "questionnaires/_section.html" import section as section_of %}
<form>{{ section_of(section, section.questions, answers, words, errors) }}</form></html>"""
ALL = section(
    "all",
    single("one", "bus", "walk", has_other=True, hint="Most days."),
    MultipleChoice(id="many", text="Many?", choices=choices("light", "people"), has_other=True),
    AgreementScale(id="agree", text="I feel safe."),
    ShortText(id="short", text="In a word?"),
    LongText(id="long", text="Why?", longest=500),
    AreaPicker(id="area", text="Where?"),
    introduction="First line\n\nSecond <b>line</b>",
)
IDS = [question.id for question in ALL.questions]
SAMPLE_PAGES = {s.questions[0].kind: s for s in questionnaire(sections=of_each_kind()).sections}
ASKED = [kind for kind in SAMPLES if kind != "information"]
CONTROLS = ("input", "select", "textarea")


@pytest.fixture
def show(app, partnership):
    """Return a function that shows the page of a section, checked as a page."""

    def render(answers=None, words=None, errors=None, language="en", of=ALL):
        with app.test_request_context(environ_overrides={i18n.ENVIRON_KEY: language}):
            shown = {"section": of, "answers": answers or {}, "words": words or {}}
            html = render_template_string(PAGE, **shown, errors=errors or {})
        return Page.of(SimpleNamespace(status_code=200, text=html))

    return render


def by_name(page, tag="input"):
    found = {}
    for field in page.all(tag):
        found.setdefault(field.get("name"), []).append(field)
    return found


def test_fields_have_the_names_that_are_read(show):
    page = show()

    names = {name for tag in ("input", "select", "textarea") for name in by_name(page, tag)}
    assert names == {*IDS, "one.other", "many.other", "area.sector"}
    assert page.has("First line")
    assert page.has("Second <b>line</b>")


@pytest.mark.parametrize("kind", SAMPLES)
def test_nothing_is_chosen_beforehand_and_nothing_is_required(show, kind):
    page = show(of=SAMPLE_PAGES[kind])

    for tag in ("input", "option", "select", "textarea"):
        for field in page.all(tag):
            wanted = ("checked", "selected", "required")
            assert not [name for name in wanted if field.get(name) is not None]


@pytest.mark.parametrize("kind", ASKED)
def test_an_error_leads_to_a_control_and_is_read_with_it(show, kind):
    key = f"a-{kind}"
    page = show(errors={key: "This is wrong."}, of=SAMPLE_PAGES[kind])

    target = next(e for e in page.tree.iter() if e.get("id") == key)
    assert target.tag.removeprefix(NAMESPACE) in CONTROLS
    assert [e for e in page.tree.iter() if f"{key}-error" in e.get("aria-describedby", "")]
    assert page.text.count("Error:") == 1


@pytest.mark.parametrize("kind", SAMPLES)
def test_described_by_and_labelled_by_name_only_what_is_there(show, kind):
    of = SAMPLE_PAGES[kind]
    for page in (show(of=of), show(errors={f"a-{kind}": "Wrong."}, of=of)):
        ids = {e.get("id") for e in page.tree.iter()}
        for element in page.tree.iter():
            for name in ("aria-describedby", "aria-labelledby"):
                assert set(element.get(name, "").split()) <= ids


def test_what_staff_wrote_is_text_wherever_it_stands(show):
    sly = 'A "b" <i>c</i> 100% & {{ d }}'
    for kind, sample in SAMPLES.items():
        parts = {
            name: [{**part, "text": sly, **({"alternative": sly} if "picture" in part else {})}]
            + sample[name][1:]
            for name in ("choices", "rows")
            for part in sample.get(name, [])[:1]
        }
        changed = {**sample, "text": sly, "hint": sly, **parts}
        if kind == "number":
            changed["unit"] = sly
        for more in [{}, {"is_list": True}] if kind == "single-choice" else [{}]:
            sections = [{"id": "s", "title": "S", "questions": [{**changed, **more}]}]
            [of] = questionnaire(sections=sections).sections
            for language in ("en", "ur"):
                page = show(of=of, language=language)
                assert page.has(sly)
                assert not page.all("i")
                assert [i.get("alt") for i in page.all("img")[:1]] in ([], [sly])


def test_what_was_answered_stands_there_again(show):
    answers = {"one": "walk", "many": ["people", "other"], "agree": "neither", "area": "e07000130"}
    words = {"many.other": "<b>x</b>", "short": 'a"b', "long": "One\n\nTwo", "area.sector": "LE"}

    page = show(answers, words)

    chosen = [f.get("value") for f in page.all("input") if f.get("checked") is not None]
    assert chosen == ["walk", "people", "other", "neither"]
    picked = [o.get("value") for o in page.all("option") if o.get("selected") is not None]
    assert picked == ["e07000130"]
    fields = by_name(page)
    assert fields["many.other"][0].get("value") == "<b>x</b>"
    assert fields["short"][0].get("value") == 'a"b'
    assert fields["area.sector"][0].get("value") == "LE"
    assert "".join(page.all("textarea")[0].itertext()) == "One\n\nTwo"


def test_a_round_button_can_be_taken_back_once_it_was_pressed(show):
    assert not show().has("Take my answer back")

    page = show({"one": "walk", "agree": "agree"})
    empty = [
        f.get("name") for f in page.all("input") if f.get("type") == "radio" if not f.get("value")
    ]
    assert empty == ["one", "agree"]


def test_every_box_for_words_says_what_not_to_write(show):
    page = show()

    free = [page.all("textarea")[0], *(f for f in page.all("input") if f.get("type") == "text")]
    for field in free:
        if field.get("name") != "area.sector":
            texts = [
                page.words(e)
                for e in page.tree.iter()
                if e.get("id") in field.get("aria-describedby").split()
            ]
            assert any("do not name people" in text for text in texts), field.attrib
        assert field.get("autocomplete") == "off"
    assert page.has("Never your full postcode.")


def test_a_long_answer_is_counted_and_not_cut_off(show):
    area = show().all("textarea")[0]

    assert (area.get("data-count"), area.get("maxlength")) == ("500", None)


def test_english_words_of_staff_are_marked_on_other_pages(show):
    page = show(language="ur")

    marked = {page.words(e) for e in page.all("span") if e.get("lang") == "en"}
    assert marked >= {"Question one?", "Most days.", "Bus", "First line"}
    assert not marked & {"Strongly agree", "Something else"}
