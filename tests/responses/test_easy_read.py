"""Whoever wants easy read gets it on every page; what has no such text stays as it is."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version, questionnaire
from tests.pages import Page
from tests.responses.test_sessions import enter
from tests.responses.walking import carried, go
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Contribution
from vrn_community.extensions import db
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import queries, services, translating
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.questionnaires.translating import EASY_READ
from vrn_community.responses import sessions

BUTTON = "Answer in easy read"
TEXTS = {
    "safety.title": "Safe or not",
    "feel.text": "Do you feel OK?",
    "feel.choices.unsafe": "I am scared",
    "why.text": "Tell us why",
}


def translate(opportunity: Opportunity, texts: dict[str, str], language: str = EASY_READ) -> None:
    version = db.session.scalars(
        select(QuestionnaireVersion).where(QuestionnaireVersion.opportunity_id == opportunity.id)
    ).one()
    document = translating.translated(queries.document(version), language, texts)
    services.translate(version, document, language=language, by=opportunity.author)


@pytest.fixture
def made(arrange, partnership) -> Opportunity:
    with arrange():
        opportunity = make_opportunity(make_account(Role.PUBLISHER), is_public=True, min_age=18)
        make_version(opportunity, asks_age_band=False)
        translate(opportunity, TEXTS)
    return opportunity


@pytest.fixture
def url(made) -> str:
    return f"/o/{made.code}/answer"


def easily(client, url) -> Page:
    return go(client, url, Page.get(client, url), "easy")


def test_easy_read_is_offered_beside_the_start_and_holds_to_the_end(client, url, app) -> None:
    start = Page.get(client, url)
    assert start.has(BUTTON)

    page = go(client, url, start, "easy")
    assert page.heading == "Safe or not"
    for text in ("Do you feel OK?", "I am scared"):
        assert page.has(text)
    page = go(client, url, page, feel="unsafe", why="It is dark.")
    check = go(client, url, page)
    assert check.has("Do you feel OK?")
    assert check.has("I am scared")
    changed = go(client, url, check, "change:section.safety")
    assert changed.has("Tell us why")

    assert go(client, url, check, "send").heading == "Thank you. Your answers are in."
    with app.app_context():
        assert db.session.scalars(select(Contribution.language)).one() == "en"


def test_what_is_not_in_easy_read_is_asked_in_the_ordinary_words(client, url) -> None:
    page = easily(client, url)
    assert page.has("Rather-not")

    page = go(client, url, page)

    assert page.heading == "What would help"
    assert page.has("People like me are heard.")


def test_whoever_just_starts_reads_the_ordinary_words(client, url, policy) -> None:
    policy(keeps_pages=True)

    for _person in range(2):
        assert easily(client, url).has("Do you feel OK?")
        ordinary = go(client, url, Page.get(client, url))
        assert ordinary.has("How safe do you feel?")
        assert not ordinary.has("Do you feel OK?")


def test_back_to_the_start_lets_them_choose_again(client, url) -> None:
    start = go(client, url, easily(client, url), "back")

    assert start.has(BUTTON)
    assert go(client, url, start).has("How safe do you feel?")


def test_a_saved_draft_goes_on_in_easy_read(client, url) -> None:
    page = go(client, url, easily(client, url), "keep", feel="safe")
    words = page.words(page.all("strong")[-1])

    page = Page.of(client.post(url, data={"go": "resume", "words": words}))

    assert page.has("Do you feel OK?")


def test_in_a_session_it_is_offered_to_each_person(client, made, url, arrange) -> None:
    with arrange() as session:
        by = make_account(Role.FACILITATOR)
        plan = sessions.Plan(session.merge(made), "A club", "Teacher", 3, timedelta(hours=1))
        code = sessions.code_of(sessions.open_session(uuid4(), plan, by=by))

    start = enter(client, code)
    assert start.has(BUTTON)
    page = go(client, url, start, "easy")
    assert page.has("Do you feel OK?")
    after = Page.of(client.post("/session", data={"next": page.hidden("next")}))

    assert go(client, url, after).has("How safe do you feel?")


def test_on_urdu_pages_english_in_other_words_is_not_offered(client, url) -> None:
    assert not Page.get(client, f"/ur{url}").text.count('value="easy"')

    page = easily(client, url)
    sent = {**carried(page), "go": "again"}
    urdu = Page.of(client.post(f"/ur{url}", data=sent))

    assert urdu.has("How safe do you feel?")
    assert not urdu.has("Do you feel OK?")


@pytest.mark.parametrize("texts", [{}, {"feel.text": ""}])
def test_without_such_texts_nothing_is_offered(client, arrange, made, url, texts: Any) -> None:
    with arrange() as session:
        other = make_opportunity(session.merge(made).author, is_public=True, min_age=18)
        make_version(other)
        translate(other, texts)

    assert not Page.get(client, f"/o/{other.code}/answer").has(BUTTON)


def test_a_text_whose_question_was_changed_since_does_not_count() -> None:
    document = translating.translated(questionnaire(), EASY_READ, {"feel.text": "Are you OK?"})
    content = document.model_dump()
    content["sections"][0]["questions"][0]["text"] = "How safe do you feel at night?"

    assert translating.has_easy_read(document)
    assert not translating.has_easy_read(Questionnaire.model_validate(content))
