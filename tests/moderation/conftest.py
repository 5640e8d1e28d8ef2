from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.pages import Page
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.opportunities.models import Opportunity

DESK = "/desk/moderation"


@pytest.fixture
def dana(session) -> Account:
    """Return a moderator; keeps a session open, so not for tests that use a client."""
    return make_account(Role.MODERATOR, name="Dana Nowak")


@pytest.fixture
def opportunity(dana) -> Opportunity:
    return make_opportunity(dana)


@pytest.fixture
def passage(opportunity) -> Callable[..., Passage]:
    """Return a function that makes a passage of one opportunity, with changes."""
    return lambda *words, **changes: make_passage(opportunity, *words, **changes)


@pytest.fixture
def stored(arrange) -> Callable[..., Passage]:
    """Return a function that stores a passage of one opportunity, which pages can then show."""
    made: list[Opportunity] = []

    def make(*words: str, **changes: Any) -> Passage:
        with arrange() as session:
            if not made:
                author = make_account(email="noor@example.org", name="Noor Else")
                made.append(make_opportunity(author))
            passage = make_passage(session.merge(made[0]), *words, **changes)
            _loaded = passage.contribution.opportunity
            return passage

    return make


@pytest.fixture
def moderator(sign_in_as):
    return sign_in_as(Role.MODERATOR, email="dana@example.org", name="Dana Nowak")


def at(passage, ending=""):
    return f"{DESK}/{passage.id}{ending}"


def read(client, passage):
    """Return the page of a passage whose words somebody opens."""
    return Page.post(client, at(passage, "/open"), {})


def reload(app, passage):
    with app.app_context():
        found = db.session.get(Passage, passage.id)
        assert found
        return found
