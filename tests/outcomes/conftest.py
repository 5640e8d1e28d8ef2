from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import PassageState
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights.models import Release, ReleaseState
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.models import Outcome, OutcomeState
from vrn_community.partnership.models import Body, BodyKind

WORDS = {
    "we_asked": "Which routes should get lights?",
    "you_said": "The park is dark.\nBuses come late.",
    "changed": "Twelve new lights by March.",
    "not_changed": "No later buses: they cost too much.",
    "equality_effect": "Girls asked for lights most, so the park comes first.",
    "decided_by": "The board",
    "young_summary": "You asked for lights. They come by March.",
}


def day(number: int) -> date:
    """Return the date a number of days from today."""
    return clock.today() + timedelta(days=number)


def make_body(name: str = "board") -> Body:
    body = Body(slug=name, name=f"The {name}", kind=BodyKind.BOARD, role="Decides.", position=1)
    db.session.add(body)
    db.session.flush()
    return body


def make_closed(author: Account, **changes: Any) -> Opportunity:
    """Return a consultation that closed ten days ago and is not answered."""
    dates = {"opens_on": day(-40), "closes_on": day(-10), "decision_on": day(20)}
    return make_opportunity(author, is_public=True, **{**dates, **changes})


def make_outcome(opportunity: Opportunity, *, is_published: bool = True, **changes: Any) -> Outcome:
    """Return an outcome that is complete."""
    made = Outcome(
        opportunity=opportunity,
        author_id=opportunity.author_id,
        state=OutcomeState.PUBLISHED if is_published else OutcomeState.DRAFT,
        published_at=clock.now() if is_published else None,
        **{**WORDS, "decided_on": day(-1), **changes},
    )
    db.session.add(made)
    db.session.flush()
    return made


def make_release(opportunity: Opportunity, words: str = "Too dark for me") -> Release:
    """Return frozen results with one quote."""
    passage = make_passage(opportunity, words, PassageState.CLEARED, "why")
    passage.contribution.may_quote = True
    quote = {
        "passage": str(passage.id),
        "question_id": "why",
        "question": "What makes you feel unsafe?",
        "words": words,
    }
    made = Release(
        opportunity=opportunity,
        number=1,
        state=ReleaseState.FROZEN,
        base=40,
        tables=[],
        quotes=[quote],
        frozen_at=clock.now(),
    )
    opportunity.results_frozen_on = clock.today()
    db.session.add(made)
    db.session.flush()
    return made


@pytest.fixture
def ben(session: Any) -> Account:
    """Return a publisher; keeps a session open, so not for tests that use a client."""
    make_body()
    return make_account(Role.PUBLISHER, email="ben@example.org", name="Ben Carter")


@pytest.fixture
def stored(arrange: Any) -> Callable[..., Any]:
    """Return a function that stores what another function makes, for pages to show.

    The first argument of that function is the author of everything.
    """
    authors: list[Account] = []

    def make(maker: Callable[..., Any], *arguments: Any, **changes: Any) -> Any:
        with arrange() as session:
            if not authors:
                make_body()
                authors.append(make_account(email="noor@example.org", name="Noor Else"))
            first = arguments[:1] or authors[:1]
            return maker(session.merge(first[0]), *arguments[1:], **changes)

    return make


@pytest.fixture
def publisher(sign_in_as: Any) -> Any:
    return sign_in_as(Role.PUBLISHER, email="ben@example.org", name="Ben Carter")
