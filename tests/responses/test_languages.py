"""Questions in the language of the page, and in English, marked as such, where that is missing."""

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.pages import Page
from tests.responses.walking import go
from vrn_community.accounts.roles import Role
from vrn_community.questionnaires import queries, services, translating

URDU = "آپ کتنا محفوظ محسوس کرتے ہیں؟"
TEXTS = {
    "feel.text": URDU,
    "feel.choices.safe": "محفوظ",
    "safety.title": "تحفظ",
    "safety.introduction": "پہلی سطر\nدوسری سطر",
}


@pytest.fixture
def url(arrange, partnership) -> str:
    with arrange():
        author = make_account(Role.PUBLISHER)
        opportunity = make_opportunity(author, is_public=True, min_age=18)
        version = make_version(opportunity, asks_age_band=False)
        document = translating.translated(queries.document(version), "ur", TEXTS)
        services.translate(version, document, language="ur", by=author)
    return f"/o/{opportunity.code}/answer"


def test_a_translated_question_is_asked_in_the_language_of_the_page(client, url) -> None:
    page = go(client, f"/ur{url}", Page.get(client, f"/ur{url}"))

    assert page.heading == "تحفظ"
    assert page.has(URDU)
    assert f'<span lang="en" dir="ltr">{URDU}' not in page.text
    assert '<p><span lang="en"' not in page.text.split("<form")[1].split("<fieldset")[0]


def test_a_choice_without_a_translation_is_marked_as_english(client, url) -> None:
    page = go(client, f"/ur{url}", Page.get(client, f"/ur{url}"))

    assert page.has("محفوظ")
    assert '<span lang="en" dir="ltr">Unsafe</span>' in page.text


def test_the_english_page_stays_as_it_was(client, url) -> None:
    page = go(client, url, Page.get(client, url))

    assert page.has("How safe do you feel?")
    assert not page.has(URDU)
