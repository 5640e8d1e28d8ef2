import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight import services
from vrn_community.oversight.models import Answer, Recommendation
from vrn_community.partnership.models import Body, BodyKind

DESK = "/desk/oversight"
REPLIES = "/desk/replies"


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


def asking(body: Body, **changes: Any) -> services.Request:
    return services.Request(body=body, **{"text": "More lights", "reasons": "36%", **changes})


def make_recommendation(
    opportunity: Opportunity, body: Body, by: Account, **changes: Any
) -> Recommendation:
    """Return a stored draft."""
    key = changes.pop("key", None) or uuid.uuid4()
    return services.recommend(key, opportunity, asking(body, **changes), by=by)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that lets time pass, counted from the beginning of the test."""
    began = clock.now()

    def move(**time: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: began + timedelta(**time))

    return move


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

    def recommend(self, body: Body | None = None, **changes: Any) -> Recommendation:
        with self.arrange() as session:
            joy = session.merge(self.joy)
            opportunity = session.merge(changes.pop("opportunity", self.closed))
            to = session.merge(body or self.council)
            is_sent = changes.pop("is_sent", True)
            made = make_recommendation(opportunity, to, joy, **changes)
            if is_sent:
                services.send(made, by=joy)
            return made

    def reply(self, recommendation: Recommendation, words: str = "It costs little.") -> None:
        with self.arrange() as session:
            found = session.merge(recommendation)
            by = make_account(Role.PARTNER, email="max@example.org", name="Max Council")
            by.body_id = found.body_id
            services.reply(found, Answer.PARTLY, words, by=by)


@pytest.fixture
def scene(arrange: Any) -> Scene:
    return Scene(arrange)


@pytest.fixture
def member(sign_in_as: Any) -> Any:
    return sign_in_as(Role.OVERSIGHT_MEMBER, email="imran@example.org", name="Imran Malik")


@pytest.fixture
def chair(sign_in_as: Any) -> Any:
    return sign_in_as(Role.OVERSIGHT_CHAIR, email="chair@example.org", name="Cleo Chair")


@pytest.fixture
def partner_of(app: Any, arrange: Any) -> Callable[..., Any]:
    """Return a function that makes a client for somebody who answers for a body."""

    def sign_in(body: Body | None, role: Role = Role.PARTNER) -> Any:
        with arrange() as session:
            account = make_account(role, email="lena@example.org", name="Lena Fox")
            account.body_id = session.merge(body).id if body else None
            token = accounts.begin_session(account, is_proved=True)
        client = app.test_client()
        client.set_cookie("desk", token, path="/desk")
        return client

    return sign_in
