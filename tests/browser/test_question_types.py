"""Every kind of question on a phone: with keys, as it is read out, in both directions."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser import server
from tests.browser.barriers import barriers
from tests.browser.test_public_pages import HEAVIEST, WORRYING, sizes_of
from tests.databases import opened
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version, of_each_kind
from tests.factories.ways import WAYS
from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.questionnaires.question_types import TYPES

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 640}
KEYS = {"Space", "Tab", "Enter", "ArrowDown"}
#: How a control without a name would be read out.
NAMELESS = re.compile(r"- '?(textbox|radiogroup|radio|checkbox|combobox|button|img)\b(?! \")")
SMALL = """() => [...document.querySelectorAll(
        'form button, form input:not([type=hidden]), form select')]
    .filter(element => element.offsetParent && !element.closest('.visually-hidden'))
    .map(element => (element.closest('label') || element).getBoundingClientRect())
    .filter(({ width, height }) => Math.min(width, height) < 43.5).length"""
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def asking(prepared: Path, tmp_path_factory: Any) -> Iterator[dict[str, str]]:
    """Return, by kind, the address at which its sample alone is asked; and at which all are."""
    folder = tmp_path_factory.mktemp("kinds")
    server.copy(prepared, folder)
    with opened(config.for_tests(data_dir=folder)):
        author = db.session.scalars(select(Account).limit(1)).one()
        made = {kind: make_opportunity(author, is_public=True) for kind in (*TYPES, "all")}
        for kind, opportunity in made.items():
            sections = of_each_kind(*([] if kind == "all" else [kind]))
            make_version(opportunity, asks_age_band=False, sections=sections)
        db.session.commit()
        codes = {kind: opportunity.code for kind, opportunity in made.items()}
    with server.serving(folder) as address:
        yield {kind: f"{address}/o/{code}/answer" for kind, code in codes.items()}


def start(page: Page, url: str) -> list[str]:
    """Open the page with the question, and return what the browser will complain about."""
    complaints: list[str] = []
    page.on("console", lambda said: said.type in WORRYING and complaints.append(said.text))
    page.goto(url)
    page.locator("main button[value=next]").click()
    page.wait_for_selector("#questions")
    return complaints


def press(page: Page, keys: tuple[str, ...]) -> None:
    for key in keys:
        page.keyboard.press(key) if key in KEYS else page.keyboard.type(key)


def tab_to(page: Page, test: str) -> None:
    """Press Tab until the focused element passes a test."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"(({test}))(document.activeElement)"):
            return
    raise AssertionError(f"Tab never came to {test}")


def looks_right(page: Page) -> None:
    assert barriers(page) == ""
    assert not page.evaluate(SIDEWAYS)
    assert page.evaluate(SMALL) == 0


@pytest.mark.parametrize("kind", TYPES)
def test_a_question_is_answered_with_keys_alone_and_read_out_in_full(
    asking: dict[str, str], context: Any, kind: str
) -> None:
    page, way = context(**PHONE).new_page(), WAYS[kind]
    complaints = start(page, asking[kind])

    looks_right(page)
    tree = page.locator("#questions").aria_snapshot()
    assert not NAMELESS.findall(tree), tree
    for role, name in way.controls:
        expect(page.get_by_role(role, name=name).first).to_be_visible()  # type: ignore[arg-type]
    if way.keys:
        tab_to(page, f"element => element.id.startsWith('a-{kind}')")
        press(page, way.keys)
    tab_to(page, "element => element.value === 'next'")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Check your answers")
    for words in way.typed:
        expect(page.locator("main dd")).to_contain_text(words)
    assert complaints == []


@pytest.mark.parametrize("kind", TYPES)
def test_a_question_runs_from_the_right_and_fits_every_screen(
    asking: dict[str, str], context: Any, kind: str
) -> None:
    page = context(**PHONE).new_page()
    start(page, asking[kind].replace("/o/", "/ur/o/"))

    assert page.evaluate("getComputedStyle(document.querySelector('form')).direction") == "rtl"
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert not page.evaluate(SIDEWAYS), width
        assert page.evaluate(SMALL) == 0, width
    looks_right(page)


@pytest.mark.parametrize("language", ["", "/ur"])
def test_all_questions_on_paper_fit_a_phone_too(
    asking: dict[str, str], context: Any, language: str
) -> None:
    page = context(**PHONE).new_page()
    page.goto(asking["all"].replace("/o/", f"{language}/o/").replace("/answer", "/questions"))

    looks_right(page)


@pytest.mark.parametrize("kind", [kind for kind, way in WAYS.items() if way.wrong])
def test_an_error_leads_to_the_question(asking: dict[str, str], context: Any, kind: str) -> None:
    page, way = context(**PHONE).new_page(), WAYS[kind]
    start(page, asking[kind])
    # What only a page without the extras can send: every control takes what it is given.
    page.evaluate(
        """([id, sent]) => {
            const form = document.querySelector('#questions');
            form.querySelectorAll(`[name^="${id}"]`).forEach(control => control.disabled = true);
            for (const [name, value] of sent) {
                const field = document.createElement('input');
                Object.assign(field, { type: 'hidden', name, value });
                form.append(field);
            }
            form.querySelector('button.button[value=next]').click();
        }""",
        [
            f"a-{kind}",
            [
                [f"a-{kind}{name}", each]
                for name, value in way.wrong.items()
                for each in (value if isinstance(value, list) else [value])
            ],
        ],
    )
    page.wait_for_selector(".error-summary")

    looks_right(page)
    page.locator(".error-summary a").click()
    assert page.evaluate("document.activeElement.closest('.field-wrong') !== null")


def test_points_that_are_left_are_counted(asking: dict[str, str], context: Any) -> None:
    page = context(**PHONE).new_page()
    start(page, asking["points"])

    expect(page.locator(".count")).to_have_text("Points left: 10")
    page.get_by_label("Lights").fill("7")
    expect(page.locator(".count")).to_have_text("Points left: 3")
    page.get_by_label("Buses").fill("5")
    expect(page.locator(".count")).to_have_text("Points too many: 2")


def test_an_order_is_an_answer_only_once_somebody_made_it_theirs(
    asking: dict[str, str], context: Any
) -> None:
    page = context(**PHONE).new_page()
    start(page, asking["ranking"])
    sent = "[...document.querySelectorAll('select')].map(field => field.value).join()"

    assert page.evaluate(sent) == ",,"
    page.get_by_role("button", name="This order is right").click()
    assert page.evaluate(sent) == "1,2,3"
    page.get_by_role("button", name="Up : Clubs").click()
    assert page.evaluate(sent) == "1,3,2"
    assert page.evaluate("document.activeElement.textContent") == "Up: Clubs"
    expect(page.locator("[aria-live]")).to_have_text("Clubs is now in place 2.")
    page.get_by_role("button", name="Take my answer back").click()
    assert page.evaluate(sent) == ",,"


def test_saying_something_after_all_takes_prefer_not_to_say_away(
    asking: dict[str, str], context: Any
) -> None:
    page = context(**PHONE).new_page()
    start(page, asking["number"])
    box = page.get_by_label("Prefer not to say")

    box.check()
    page.get_by_role("textbox", name="How long").fill("10")

    expect(box).not_to_be_checked()


def test_the_map_and_the_list_never_say_two_things(asking: dict[str, str], context: Any) -> None:
    page = context(**PHONE).new_page()
    start(page, asking["area-map"])
    places = page.get_by_label("Or choose from the list")

    page.get_by_role("radio", name="Melton").check()
    places.select_option("Blaby")
    expect(page.get_by_role("radio", name="Melton")).not_to_be_checked()
    page.get_by_role("radio", name="Rutland").check()
    expect(places).to_have_value("")


def test_a_page_with_every_kind_and_its_extras_is_light(asking: Any, context: Any) -> None:
    page = context(**PHONE).new_page()
    page.goto(asking["all"])

    sizes = sizes_of(page, lambda: page.locator("main button[value=next]").click())

    assert sum(sizes) <= HEAVIEST, sizes
