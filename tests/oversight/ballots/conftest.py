import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import make_account
from tests.oversight.meetings.conftest import Group
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.oversight.ballots import queries, services, voting
from vrn_community.oversight.ballots.counting import Method
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.ballots.voting import Cast
from vrn_community.oversight.meetings import items

DESK = "/desk/ballots"
OPTIONS = ["Lights", "Bushes", "Nothing"]


def asking(method: Method = Method.VOTE, **changes: Any) -> services.Question:
    days = {"opens_on": clock.today(), "closes_on": clock.today() + timedelta(days=7)}
    options = OPTIONS if method is Method.VOTE else []
    known = {"question": "What comes first?", "options": options, **days}
    return services.Question(method=method, **{**known, **changes})


def make_members(number: int, start: int = 0) -> list[Account]:
    return [
        make_account(Role.OVERSIGHT_MEMBER, email=f"m{n}@example.org", name=f"Member {n:02}")
        for n in range(start, start + number)
    ]


def make_ballot(chair: Account, method: Method = Method.VOTE, **changes: Any) -> Ballot:
    """Return a stored draft."""
    return services.begin(uuid.uuid4(), asking(method, **changes), by=chair)


def opened(chair: Account, method: Method = Method.VOTE, **changes: Any) -> Ballot:
    """Return a ballot in which everybody can vote."""
    excluded, quorum = changes.pop("excluded", ()), changes.pop("quorum", None)
    ballot = make_ballot(chair, method, **changes)
    usual = max(3, queries.usual_quorum(len(queries.members()) - len(excluded)))
    rules = services.Rules(quorum or usual, frozenset(excluded))
    services.open_ballot(ballot, rules, by=chair)
    return ballot


def cast(ballot: Ballot, by: Account, choice: str, reason: str = "", form: str = "") -> str:
    """Vote, and return the tracker."""
    tracker = voting.tracker_of(form or voting.new_form(ballot, by), ballot, by)
    voting.vote(ballot, Cast(choice, reason), tracker, by=by)
    return tracker


@pytest.fixture
def chair(session: Any) -> Account:
    return make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org", name="Joy Mensah")


@pytest.fixture
def members(chair: Account) -> list[Account]:
    return make_members(5)


class Voting(Group):
    """A group of six with a meeting; one of them may declare an interest in its first item."""

    def __init__(self, app: Any, arrange: Any) -> None:
        super().__init__(app, arrange)
        with arrange():
            self.others = make_members(4)

    def open(self, **changes: Any) -> Ballot:
        with self.arrange() as session:
            return opened(session.merge(self.cleo), item_id=self.item.id, **changes)

    def declare(self, account: Account) -> None:
        """Let somebody be kept out of the item from now on; the secretariat tells the chair."""
        with self.arrange() as session:
            item, who = self.fresh(self.item), session.merge(account)
            if account is self.kai:
                items.declare_for(item, who, "I live there.", by=session.merge(self.cleo))
            else:
                items.declare(item, "I work there.", by=who)

    def vote(self, ballot: Ballot, who: Account, choice: str = "1", reason: str = "") -> str:
        with self.arrange() as session:
            return cast(self.fresh(ballot), session.merge(who), choice, reason)

    def end(self, ballot: Ballot) -> tuple[Ballot, queries.Turnout]:
        """Close a ballot on its last day, and return it with its votes."""
        with self.arrange() as session:
            found = self.fresh(ballot)
            found.closes_on = clock.today()
            session.flush()
            services.close(found, by=session.merge(self.cleo))
            session.refresh(found, ["votes"])
            return found, queries.turnout(found.id)


@pytest.fixture(name="voting")
def voting_group(app: Any, arrange: Any, partnership: Any) -> Voting:
    return Voting(app, arrange)
