import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity


@pytest.fixture
def stored(arrange, partnership):
    """Return a function that stores an opportunity, all of one author."""
    authors = []

    def make(**changes):
        with arrange() as session:
            if not authors:
                authors.append(make_account(email="author@example.org"))
            made = make_opportunity(session.merge(authors[0]), **changes)
            assert made.asking_body
            return made

    return make
