from typing import Any

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage, with_answers
from tests.factories.questionnaires import make_version
from tests.insights.test_themes import BUSES, CLUBS, LIGHTS, texts_about
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.insights.words import jobs, services
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity

ABOUT = texts_about(LIGHTS, BUSES, CLUBS)


def cleared(opportunity: Opportunity, texts: list[str], **changes: Any) -> list[Passage]:
    """Store passages that may be read, each of a person of its own."""
    made = [make_passage(opportunity, text, PassageState.CLEARED, **changes) for text in texts]
    return with_answers(made)


def suggested(frame: Any, by: Any) -> Any:
    """Ask for suggestions and let the job make them."""
    run = services.ask(frame, by=by)
    jobs.suggest()
    return run


@pytest.fixture
def opportunity(session):
    made = make_opportunity(make_account(Role.PUBLISHER), state=OpportunityState.CLOSED)
    question = {"kind": "long-text", "id": "q1", "text": "What would help?"}
    make_version(made, sections=[{"id": "s", "title": "", "questions": [question]}])
    return made


@pytest.fixture
def passages(opportunity):
    return cleared(opportunity, ABOUT)


@pytest.fixture
def frame(opportunity, passages):
    return services.frame_of(opportunity.id, "q1")


@pytest.fixture
def coders(session):
    return [make_account(Role.ANALYST, email=f"{name}@example.org") for name in ("ana", "ben")]
