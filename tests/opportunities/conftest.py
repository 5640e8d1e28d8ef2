from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.opportunities.models import Opportunity

DESK = "/desk/opportunities"


@pytest.fixture
def place(session, partnership):
    """Say that a test needs the place; keeps a session open, so not for tests that use a client."""


@pytest.fixture
def author(place):
    """Return a publisher; keeps a session open, so not for tests that use a client."""
    return make_account(Role.PUBLISHER)


@pytest.fixture
def draft(author) -> Callable[..., Opportunity]:
    """Return a function that makes a complete draft, with changes."""
    return lambda **changes: make_opportunity(author, **changes)


@pytest.fixture
def stored(partnership, arrange) -> Callable[..., Opportunity]:
    """Return a function that stores an opportunity which pages can then show."""
    authors: list[Account] = []

    def make(**changes: Any) -> Opportunity:
        with arrange() as session:
            if not authors:
                authors.append(make_account(email="noor@example.org", name="Noor Else"))
            made = make_opportunity(session.merge(authors[0]), **changes)
            assert made.asking_body
            return made

    return make


@contextmanager
def counted() -> Iterator[list[str]]:
    """Give a list of the statements that the database is sent; needs an application context."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def publisher(sign_in_as, partnership):
    return sign_in_as(Role.PUBLISHER, email="publisher@example.org", name="Pat Publisher")


@pytest.fixture
def approver(sign_in_as, partnership):
    return sign_in_as(Role.APPROVER, email="approver@example.org", name="Ash Approver")


def at(opportunity, ending=""):
    return f"{DESK}/{opportunity.id}{ending}"


def reload(app, opportunity):
    with app.app_context():
        found = db.session.get(Opportunity, opportunity.id)
        assert found
        _loaded = (found.priorities, found.areas, found.asking_body, found.prevention_levels)
        _loaded += (found.sign_offs,)
        return found
