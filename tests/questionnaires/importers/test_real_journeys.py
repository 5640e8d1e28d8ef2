"""Questionnaires of others come in at the desk, are published, and are answered to the end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.support import Translations
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import consultation
from tests.journeys.people import PHONE, begin_with, press, sign_in, stay_on_the_screen
from tests.questionnaires.importers import answering
from tests.questionnaires.importers.test_real_files import FOLDER, imported, needs_files
from vrn_community.config import PROJECT_ROOT
from vrn_community.questionnaires.document import Questionnaire

pytestmark = [pytest.mark.browser, pytest.mark.once, needs_files]

Window = Callable[..., BrowserContext]
Words = Callable[[str], str]
urdu = Translations.load(PROJECT_ROOT / "translations", ["ur"]).gettext
#: The age band stands before what was imported.
AGE = ("age-band", "35-44")
MOST_PAGES = 40


def english(words: str) -> str:
    return words


@pytest.mark.parametrize(
    ("name", "besides", "has_script"),
    [
        ("xlsform/mali_health.xlsx", "Languages besides: fr", True),
        ("lss/limesurvey_sample_survey_english.lss", "Questions: 92", True),
        ("xlsform/tutorial_arabic_labels.xlsx", "Languages besides: ar", False),
    ],
)
def test_a_real_questionnaire_is_imported_published_and_answered(
    own_site: str, context: Window, name: str, besides: str, has_script: bool
) -> None:
    path = FOLDER / name
    publisher = sign_in(context(java_script_enabled=has_script), own_site, "publisher")
    bring_in(publisher, own_site, path, besides)
    approve(sign_in(context(), own_site, "approver"), own_site)

    phone = context(**PHONE, java_script_enabled=has_script).new_page()
    tongue, words = ("", english) if has_script else ("/ur", urdu)
    pages = answer_to_the_end(phone, f"{own_site}{tongue}", imported(path).document, words)

    assert pages > len(imported(path).document.sections) // 2
    direction = "ltr" if has_script else "rtl"
    expect(phone.locator("html")).to_have_attribute("dir", direction)
    expect(phone.locator(".receipt-code")).to_be_visible()
    assert phone.context.cookies() == []


def bring_in(page: Page, site: str, path: Path, besides: str) -> None:
    consultation.begin_a_consultation(page, site)
    consultation.say_what_it_is_about(page)
    page.get_by_role("link", name="Questions", exact=True).click()
    page.get_by_role("link", name="Bring questions in from a file").click()
    page.locator("input[type=file]").set_input_files(path)
    press(page, "Look at what would come")
    expect(page.get_by_text(besides)).to_be_visible()
    press(page, "Make this the draft")
    press(page, "Put version 1 into use")
    expect(page.get_by_text("Version 1 is now in use.")).to_be_visible()
    consultation.submit(page)


def approve(page: Page, site: str) -> None:
    begin_with(page, site, "Waiting for your approval", consultation.TITLE)
    press(page, "Approve")
    press(page, "Publish")


def answer_to_the_end(page: Page, site: str, document: Questionnaire, words: Words) -> int:
    """Give the first answer to everything, send it, and return how many pages it took."""
    page.goto(f"{site}/opportunities?q=lamps")
    page.get_by_role("link", name=consultation.TITLE).click()
    page.get_by_role("link", name=words("Answer the questions")).click()
    press(page, words("Start"))
    for number in range(MOST_PAGES):
        stay_on_the_screen(page)
        if page.get_by_role("button", name=words("Send my answers")).count():
            press(page, words("Send my answers"))
            return number
        fill(page, document)
        press(page, words("Continue"))
    raise AssertionError(f"There are more than {MOST_PAGES} pages: {page.inner_text('main')}")


def fill(page: Page, document: Questionnaire) -> None:
    """Give the first answer to each question that the page asks."""
    listed = "all => Object.fromEntries(all.map(one => [one.name, one.type]))"
    kinds = page.locator("main [name]").evaluate_all(listed)
    asked = {name.partition(".")[0] for name in kinds}
    pairs = [pair for q in document.questions() if q.id in asked for pair in answering.first(q)]
    for name, value in [AGE, *pairs]:
        if name in kinds:
            put(page, kinds[name], name, value)


def put(page: Page, kind: str, name: str, value: str) -> None:
    control = page.locator(f"main [name='{name}']")
    if kind in ("radio", "checkbox"):
        control.and_(page.locator(f"[value='{value}']")).check()
    elif kind != "select-one":
        control.fill(value)
    elif control.is_visible():
        control.select_option(value)
    else:  # With JavaScript an order is moved by buttons, and agreed to once.
        order = page.locator("[data-ranking]").filter(has=control)
        agree = order.get_by_role("button", name="This order is right")
        if agree.count():
            agree.click()
