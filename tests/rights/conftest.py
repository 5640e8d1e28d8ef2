"""Requests of people, and who answers them."""

import pytest

from vrn_community.accounts.roles import Role
from vrn_community.rights import services
from vrn_community.rights.models import RequestKind

WORDS = "Please delete what my teacher Ms Quillfeather told you."
REACH = "jay@example.org"


def asking(**changes):
    given = {"token": "a-token", "kind": RequestKind.ERASURE, "words": WORDS, "reach": REACH}
    return services.Asking(**{**given, **changes})


@pytest.fixture
def officer(sign_in_as):
    return sign_in_as(Role.DATA_PROTECTION_OFFICER, email="harry@example.org", name="Harry Wells")


@pytest.fixture
def asked(arrange):
    """Return a function that stores what somebody asks, and returns it."""

    def make(**changes):
        with arrange():
            return services.receive(asking(**changes))

    return make
