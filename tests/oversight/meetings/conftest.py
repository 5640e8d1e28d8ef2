from typing import Any

import pytest

from tests.conftest import make_account
from tests.factories.meetings import make_item, make_meeting, make_member, make_paper
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.oversight.meetings import services


class Group:
    """The people of a group with a meeting whose papers are out, and clients for them."""

    def __init__(self, app: Any, arrange: Any) -> None:
        self.app, self.arrange = app, arrange
        with arrange():
            self.cleo = make_account(Role.OVERSIGHT_CHAIR, email="cleo@example.org", name="Cleo")
            self.imo = make_account(Role.OVERSIGHT_MEMBER, email="imo@example.org", name="Imo")
            self.kai = make_account(Role.SECRETARIAT, email="kai@example.org", name="Kai")
            self.record = make_member(self.imo, self.kai)
            self.meeting = make_meeting(self.cleo, self.kai)
            self.item = make_item(self.meeting, self.kai)
            self.other = make_item(self.meeting, self.kai, "Clubs")
            self.paper = make_paper(self.item, self.kai, "Secret <b>bold</b> **words**")
            services.send_papers(self.meeting, by=self.kai)

    def client(self, account: Account) -> Any:
        """Return a client in which an account is signed in."""
        with self.arrange() as session:
            token = accounts.begin_session(session.merge(account), is_proved=True)
        client = self.app.test_client()
        client.set_cookie("desk", token, path="/desk")
        return client

    def fresh(self, row: Any) -> Any:
        """Return a row as it stands now, inside an open block."""
        return db.session.get_one(type(row), row.id)


@pytest.fixture
def group(app, arrange, partnership) -> Group:
    return Group(app, arrange)
