"""Frozen results, an insight and a recommendation that a body has in front of it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import make_account
from tests.insights.evidence.conftest import Scene, as_account, partner_of
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.outcomes.decisions import queries, services
from vrn_community.outcomes.decisions.models import BodyDecision, Change
from vrn_community.oversight.recommendations import services as recommendations
from vrn_community.partnership import queries as partnership

__all__ = ["as_account", "partner_of"]
YESTERDAY = clock.today() - timedelta(days=1)
SAID = {
    "decided": "Lights along the path.",
    "reasons": "Most people asked for them.",
    "not_done": "No cameras: few people asked.",
}
CHANGED = {"what": "Twelve lights stand there.", "effect": "The path is lit at night."}


class Decided(Scene):
    """What a scene of insights has, and who speaks for a body and decides."""

    def __init__(self, arrange: Any) -> None:
        super().__init__(arrange)
        with arrange() as session:
            self.partner = make_account(Role.PARTNER, email="lee@example.org", name="Lee Fox")
            self.partner.body_id = session.merge(self.csp).id
            chair = make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org")
            asked = recommendations.Request(session.merge(self.csp), "Put up lights.", "Dark.")
            opportunity = session.merge(self.opportunity)
            self.asked = recommendations.recommend(uuid.uuid4(), opportunity, asked, by=chair)
            recommendations.send(self.asked, is_checked=True, by=chair)
        self.known = self.insight(to=self.csp)

    def decide(self, by: Any = None, body: Any = None, **changes: Any) -> BodyDecision:
        with self.arrange() as session:
            before = {"insights": [self.known], "recommendations": [self.asked]}
            said = {**SAID, "decided_on": YESTERDAY, **before, **changes}
            for name in before:
                said[name] = [session.merge(row) for row in said[name]]
            body, by = session.merge(body or self.csp), session.merge(by or self.partner)
            made = services.decide(uuid.uuid4(), body, services.Decided(**said), by=by)
            assert made.body
            return made

    def change(self, by: Any = None, body: Any = None, **changes: Any) -> Change:
        with self.arrange() as session:
            said = {**CHANGED, "happened_on": YESTERDAY, **changes}
            for name in ("decision", "recommendation"):
                said[name] = session.merge(said[name]) if said.get(name) else None
            said["measures"] = partnership.success_measures()[:2]
            body, by = session.merge(body or self.csp), session.merge(by or self.partner)
            made = services.change(uuid.uuid4(), body, services.Changed(**said), by=by)
            assert made.body
            return made

    def correct(self, former: Any, **changes: Any) -> Any:
        with self.arrange() as session:
            former, by = queries.said(former.id), session.merge(self.partner)
            kind = services.Decided if isinstance(former, BodyDecision) else services.Changed
            names = list(kind.__dataclass_fields__)
            said = {name: getattr(former, name) for name in names} | changes
            for name in ("insights", "recommendations", "measures"):
                if name in said:
                    said[name] = list(said[name])
            made = services.correct(former, uuid.uuid4(), "It was wrong.", kind(**said), by=by)
            assert made.body
            return made

    def withdraw(self, row: Any, by: Any = None) -> None:
        with self.arrange() as session:
            by = session.merge(by or self.checker)
            services.withdraw(queries.said(row.id), "It named somebody.", by=by)


@pytest.fixture
def scene(partnership: None, arrange: Any) -> Decided:
    return Decided(arrange)
