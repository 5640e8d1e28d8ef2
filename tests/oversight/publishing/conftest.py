import uuid
from typing import Any

import pytest

from tests.conftest import make_account
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.oversight.publishing import services
from vrn_community.oversight.publishing.models import Statement, StatementKind

DESK = "/desk/statements"


def make_statement(by: Account, words: str = "We met.", **changes: Any) -> Statement:
    """Return a stored draft."""
    subject = {"kind": StatementKind.NOTES, "about_on": clock.today(), **changes}
    text = services.Text("Our meeting", words)
    return services.begin(uuid.uuid4(), services.Subject(**subject), text, by=by)


def publish(statement: Statement, chair: Account, reason: str = "") -> None:
    """Clear and publish a text."""
    services.clear(statement, reason, by=chair, version=statement.newest.version)
    services.publish(statement, by=chair)


@pytest.fixture
def chair(session: Any) -> Account:
    return make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org", name="Joy Mensah")


@pytest.fixture
def helper(session: Any) -> Account:
    return make_account(Role.SECRETARIAT, email="kai@example.org", name="Kai Brown")
