import pytest


@pytest.fixture
def place(partnership, session):
    """Load the place and keep a session open to read it."""
    return session
