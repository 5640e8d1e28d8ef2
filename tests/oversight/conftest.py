from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership.models import Body, BodyKind

DESK = "/desk/oversight"


def make_body(slug: str = "council", kind: BodyKind = BodyKind.CORE_MEMBER) -> Body:
    """Return a stored body."""
    body = Body(slug=slug, name=f"The {slug}", kind=kind, role="Helps.", position=1)
    db.session.add(body)
    db.session.flush()
    return body


def make_closed(author: Account, **changes: Any) -> Opportunity:
    """Return a stored opportunity that closed yesterday."""
    days = {"opens_on": -30, "closes_on": -1, "decision_on": 30}
    dates = {name: clock.today() + timedelta(days=n) for name, n in days.items()}
    return make_opportunity(author, is_public=True, **{**dates, **changes})


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that lets time pass, counted from the beginning of the test."""
    began = clock.now()

    def move(**time: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: began + timedelta(**time))

    return move


@pytest.fixture
def joy(session: Any) -> Account:
    return make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org", name="Joy Mensah")


@pytest.fixture
def council(joy: Account) -> Body:
    return make_body("council")


@pytest.fixture
def author(council: Body) -> Account:
    return make_account(Role.PUBLISHER)


@pytest.fixture
def closed(author: Account) -> Opportunity:
    return make_closed(author)


class Scene:
    """A closed activity, two bodies, and everybody who has to do with it, stored."""

    def __init__(self, arrange: Any) -> None:
        self.arrange = arrange
        with arrange():
            self.author = make_account(Role.PUBLISHER, email="noor@example.org", name="Noor Else")
            self.council, self.police = make_body("council"), make_body("police")
            make_body("residents", BodyKind.OVERSIGHT_GROUP)
            self.closed = make_closed(self.author, title="Lights in the park")
            self.open = make_opportunity(self.author, is_public=True, title="Still open")
            self.joy = make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org", name="Joy")


@pytest.fixture
def scene(arrange: Any) -> Scene:
    return Scene(arrange)


@pytest.fixture
def member(sign_in_as: Any) -> Any:
    return sign_in_as(Role.OVERSIGHT_MEMBER, email="imran@example.org", name="Imran Malik")


@pytest.fixture
def chair(sign_in_as: Any) -> Any:
    return sign_in_as(Role.OVERSIGHT_CHAIR, email="chair@example.org", name="Cleo Chair")
