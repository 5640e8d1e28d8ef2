from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.factories.questionnaires import make_version
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Contribution, Passage, PassageState
from vrn_community.extensions import db
from vrn_community.insights import services
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses.models import Response

#: A hundred people: most tables of theirs are safe, the area is not asked.
CROWD: list[dict[str, Any]] = [
    *[{"feel": "safe", "ideas": ["lights"], "heard": "agree"}] * 30,
    *[{"feel": "safe", "ideas": ["lights", "buses"], "heard": "disagree"}] * 20,
    *[{"feel": "unsafe", "ideas": ["buses"], "heard": "agree"}] * 26,
    *[{"feel": "unsafe", "ideas": ["nothing"], "heard": "neither"}] * 12,
    *[{"feel": "rather-not"}] * 3,
    *[{}] * 9,
]


def answered(
    version: QuestionnaireVersion, people: list[dict[str, Any]], **profile: Any
) -> list[Any]:
    """Store the closed answers of people, and return their keys."""
    keys = [uuid4() for _person in people]
    contributions = [
        {"id": key, "opportunity_id": version.opportunity_id, "receipt_hash": key.hex}
        for key in keys
    ]
    responses = [
        {"contribution_id": key, "version_id": version.id, "answers": person, "profile": profile}
        for key, person in zip(keys, people, strict=True)
    ]
    if keys:
        db.session.execute(insert(Contribution), contributions)
        db.session.execute(insert(Response), responses)
    return keys


def quotable(opportunity: Opportunity, words: str, **changes: Any) -> Passage:
    """Store a passage that may be quoted, unless the changes say otherwise."""
    made = make_passage(opportunity, words, changes.pop("state", PassageState.CLEARED), **changes)
    made.contribution.may_quote = True
    db.session.flush()
    return made


def frozen(opportunity: Opportunity, by: Any, words: tuple[str, ...] = ()) -> Any:
    """Freeze the results of now, with quotes."""
    release = services.draft_release(opportunity, by=by)
    keys = [quotable(opportunity, text, question_id="why").id for text in words]
    services.choose_quotes(release, keys, among=keys, is_checked=True, by=by)
    services.freeze(release, by=by)
    return release


def make_closed(author: Any, people: list[dict[str, Any]], **changes: Any) -> Opportunity:
    """Return a closed opportunity to which people have answered."""
    opportunity = make_opportunity(author, **{"state": OpportunityState.CLOSED, **changes})
    answered(make_version(opportunity), people)
    return opportunity


@pytest.fixture
def analyst(session):
    return make_account(Role.ANALYST)


@pytest.fixture
def closed(analyst) -> Callable[..., Opportunity]:
    """Return a function that makes a closed opportunity with answers, for tests without pages."""
    return lambda people=CROWD, **changes: make_closed(analyst, people, **changes)


@pytest.fixture
def stored(partnership, arrange) -> Callable[..., Opportunity]:
    """Return a function that stores a closed opportunity with answers, for tests of pages."""

    def make(people: Any = CROWD, **changes: Any) -> Opportunity:
        with arrange():
            author = make_account(email="noor@example.org", name="Noor Else")
            made = make_closed(author, people, **changes)
            assert made.asking_body
            return made

    return make
