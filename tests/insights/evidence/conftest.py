import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import make_account
from tests.insights.conftest import CROWD, frozen, make_closed
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.insights.evidence import services
from vrn_community.insights.evidence.models import Certainty, Insight, Purpose
from vrn_community.insights.models import Release
from vrn_community.partnership import queries as partnership

LIBRARY = "/desk/insights"
RECEIVED = "/desk/received"
SAID = "Many people feel unsafe on the path after dark."
USED = services.Used(Purpose.STRATEGY_REVIEW, "It moved lights up the list.", clock.today())


def content(**changes: Any) -> dict[str, Any]:
    """Return what an insight says, with changes."""
    said = {
        "statement": SAID,
        "certainty": Certainty.ONE_SOURCE,
        "from_whom": "Online, from Blaby.",
        "who_is_missing": "Few people over 65.",
        "expires_on": clock.today() + timedelta(days=100),
    }
    return {**said, **changes}


def drafted(by: Account, release: Release | None = None, **changes: Any) -> Insight:
    """Return a draft, resting on the first table of a release if one is given."""
    draft = services.begin(uuid.uuid4(), content(**changes), by=by)
    if release:
        services.cite(draft, release, ["table:feel"], by=by)
    return draft


class Scene:
    """Frozen results, who writes, who publishes, and two bodies, stored."""

    def __init__(self, arrange: Any) -> None:
        self.arrange = arrange
        with arrange():
            self.author = make_account(Role.ANALYST, email="ana@example.org", name="Ana Writes")
            self.checker = make_account(Role.APPROVER, email="bo@example.org", name="Bo Checks")
            self.opportunity = make_closed(self.author, CROWD, published_at=clock.now())
            self.release = frozen(self.opportunity, self.author, ("More lights, please.",))
            self.csp = partnership.body("charnwood-csp")
            self.board = partnership.body("strategic-partnership-board")

    def insight(self, *, is_published: bool = True, to: Any = None, **changes: Any) -> Insight:
        with self.arrange() as session:
            author, checker = session.merge(self.author), session.merge(self.checker)
            tags = {
                name: [session.merge(row) for row in value] if isinstance(value, list) else value
                for name, value in changes.items()
            }
            made = drafted(author, session.merge(self.release), **tags)
            if is_published:
                services.publish(made, by=checker)
            if to:
                services.route(made, session.merge(to), by=author)
            return made


@pytest.fixture
def scene(partnership: None, arrange: Any) -> Scene:
    return Scene(arrange)


@pytest.fixture
def as_account(app: Any, arrange: Any) -> Callable[..., Any]:
    """Return a function that makes a client for an account that exists already."""

    def sign_in(account: Account) -> Any:
        with arrange() as session:
            token = accounts.begin_session(session.merge(account), is_proved=True)
        client = app.test_client()
        client.set_cookie("desk", token, path="/desk")
        return client

    return sign_in


@pytest.fixture
def partner_of(arrange: Any, as_account: Any) -> Callable[..., Any]:
    """Return a function that makes a client for somebody who answers for a body."""

    def sign_in(body: Any, role: Role = Role.PARTNER) -> Any:
        with arrange() as session:
            account = make_account(role, email="lena@example.org", name="Lena Fox")
            account.body_id = session.merge(body).id if body else None
        return as_account(account)

    return sign_in
