from typing import Any

import pytest

from tests.conftest import make_account
from tests.oversight.meetings.conftest import Group
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.partnership import queries as partnership

POLICE, HOUSING, BOARD = "leicestershire-police", "charnwood-csp", "strategic-partnership-board"


class Scrutiny(Group):
    """The group, with partners of two bodies, and a member of the board."""

    def __init__(self, app: Any, arrange: Any) -> None:
        super().__init__(app, arrange)
        with arrange():
            self.lena = self.partner("lena", POLICE)
            self.otto = self.partner("otto", "safer-rutland-partnership")
            self.mo = self.partner("mo", "police-and-crime-panel", Role.BOARD_MEMBER)

    def partner(self, name: str, slug: str, role: Role = Role.PARTNER) -> Account:
        """Return a stored account that answers for a body."""
        account = make_account(role, email=f"{name}@example.org", name=name.title())
        account.body_id = partnership.body(slug).id
        return account


@pytest.fixture
def group(app: Any, arrange: Any, partnership: Any) -> Scrutiny:
    return Scrutiny(app, arrange)
