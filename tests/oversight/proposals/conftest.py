import uuid
from typing import Any

import pytest

from tests.conftest import make_account
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.oversight.proposals import services
from vrn_community.oversight.proposals.models import ActivityProposal, Power

DESK = "/desk/proposals"


def idea(**changes: Any) -> services.Idea:
    known = {"title": "Ask at bus stops", "why": "Nobody asked there.", "audience": "Who waits"}
    return services.Idea(**{**known, "level": ParticipationLevel.CONSULT, **changes})


def empowering() -> services.Idea:
    power = {"power": Power.BUDGET, "power_words": "5,000 pounds"}
    return idea(level=ParticipationLevel.EMPOWER, **power)


def make_proposal(by: Account, **changes: Any) -> ActivityProposal:
    """Return a stored proposal."""
    return services.propose(uuid.uuid4(), idea(**changes), by=by)


@pytest.fixture
def member(session: Any, partnership: None) -> Account:
    return make_account(Role.YOUTH_PANEL, email="zara@example.org", name="Zara")


@pytest.fixture
def team(session: Any, partnership: None) -> Account:
    return make_account(Role.PUBLISHER, email="ben@example.org", name="Ben")
