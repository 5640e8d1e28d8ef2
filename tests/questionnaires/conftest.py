"""Small questionnaires, and the opportunity that they belong to."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.opportunities.conftest import place as place
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import services
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.questionnaires.question_types.base import Choice
from vrn_community.questionnaires.question_types.choices import MultipleChoice, SingleChoice
from vrn_community.questionnaires.question_types.places import AreaPicker
from vrn_community.questionnaires.question_types.texts import LongText
from vrn_community.questionnaires.rules import Condition


def choices(*ids: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=key, text=key.capitalize()) for key in ids)


def single(key: str, *ids: str, **more: Any) -> SingleChoice:
    own = {"text": f"Question {key}?", "choices": choices(*(ids or ("yes", "no")))}
    return SingleChoice(id=key, **{**own, **more})


def after(question: str, *ids: str) -> Condition:
    return Condition(question=question, includes=ids)


def section(key: str, *questions: Any, **more: Any) -> Section:
    return Section(**{"id": key, "title": f"Section {key}", "questions": questions, **more})


#: Two pages; what stands on the second depends on the first.
TWO_PAGES = Questionnaire(
    sections=(
        section("first", single("safe"), single("way", "bus", "walk", "car")),
        section(
            "second",
            LongText(id="why", text="Why?", show_if=after("safe", "no")),
            MultipleChoice(id="help", text="What helps?", choices=choices("light", "people")),
            AreaPicker(id="area", text="Where?"),
        ),
    )
)


@pytest.fixture
def author(place):
    """Return a publisher; keeps a session open, so not for tests that use a client."""
    return make_account(Role.PUBLISHER)


@pytest.fixture
def opportunity(author) -> Opportunity:
    return make_opportunity(author)


@pytest.fixture
def stored(partnership, arrange) -> Callable[..., tuple[Opportunity, QuestionnaireVersion]]:
    """Return a function that stores an opportunity with a draft, which pages can then show."""
    authors: list[Account] = []

    def make(document: Questionnaire = TWO_PAGES, *, published: bool = False, **changes: Any):
        with arrange() as session:
            if not authors:
                authors.append(make_account(Role.PUBLISHER, email="noor@example.org"))
            writer = session.merge(authors[0])
            made = make_opportunity(writer)
            version = services.begin(made, by=writer)
            services.edit(version, document, by=writer)
            if published:
                services.publish(version, by=writer)
            for name, value in changes.items():
                setattr(made, name, value)
            return made, version

    return make


@pytest.fixture
def publisher(sign_in_as):
    return sign_in_as(Role.PUBLISHER, email="publisher@example.org", name="Pat Publisher")


@pytest.fixture
def approver(sign_in_as):
    return sign_in_as(Role.APPROVER, email="approver@example.org", name="Ash Approver")
