import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import make_account
from tests.oversight.conftest import Scene
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.recommendations import answering, services
from vrn_community.oversight.recommendations.models import Answer, Recommendation
from vrn_community.partnership.models import Body

REPLIES = "/desk/replies"


def asking(body: Body, **changes: Any) -> services.Request:
    asked: dict[str, Any] = {"text": "More lights", "reasons": "36%"}
    # The usual day could be a later one: the next on which somebody works.
    asked["reply_by"] = clock.today() + timedelta(days=28)
    return services.Request(body=body, **{**asked, **changes})


def make_recommendation(
    opportunity: Opportunity, body: Body, by: Account, **changes: Any
) -> Recommendation:
    """Return a stored draft."""
    key = changes.pop("key", None) or uuid.uuid4()
    return services.recommend(key, opportunity, asking(body, **changes), by=by)


class RecommendingScene(Scene):
    """The same, with what its chair asks for and what bodies answer."""

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
            answering.reply(found, Answer.PARTLY, words, by=by)


@pytest.fixture
def scene(arrange: Any) -> RecommendingScene:
    return RecommendingScene(arrange)


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
