"""What a body decided after it heard people: a decision, its correction, and what is different."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from vrn_community.accounts.models import Account
from vrn_community.demo import duties
from vrn_community.demo.opportunities import NAMESPACE
from vrn_community.foundation import clock
from vrn_community.insights.evidence import queries as evidence
from vrn_community.outcomes.decisions import queries, services
from vrn_community.partnership import queries as partnership

DECIDED = "Put up ten lights along the path, and cut the bushes twice a year."
CORRECTED = "Put up twelve lights along the path, and cut the bushes twice a year."
WHY_CORRECTED = "Two more lights were paid for by the town council after the meeting."
REASONS = (
    "Most people who answered want light before anything else. Lights cost less than they did, "
    "and the money for this year was not used up."
)
NOT_DONE = (
    "There is no new route past the shops: the land is not ours, and its owner said no. "
    "No cameras: few people asked for them, and they cost as much as forty lights."
)
WHAT = "The bushes along the path were cut, and the light was measured lamp by lamp."
EFFECT = "People can see along the whole path again, and know which parts are still dark."
MEASURES = ("public-places", "feeling-safe")


def load(by: Account, insight_ids: Sequence[uuid.UUID]) -> None:
    """Let a partner say what its body decided, correct it, and say what is different."""
    body = partnership.body(duties.PARTNERSHIP)
    lights = (row for row in queries.recommendations_for(body.id) if row.text == duties.LIGHTS[0])
    asked = next(lights)
    said = services.Decided(
        decided_on=clock.today() - timedelta(days=2),
        decided=DECIDED,
        reasons=REASONS,
        not_done=NOT_DONE,
        insights=[evidence.insight(key) for key in insight_ids],
        recommendations=[asked],
    )
    first = services.decide(_key(DECIDED), body, said, by=by)
    new = replace(said, decided=CORRECTED)
    decision = services.correct(first, _key(CORRECTED), WHY_CORRECTED, new, by=by)
    aims = [row for row in partnership.success_measures() if row.slug in MEASURES]
    changed = services.Changed(
        happened_on=clock.today() - timedelta(days=1),
        what=WHAT,
        effect=EFFECT,
        decision=decision,
        recommendation=asked,
        commitment=next(row for row in queries.commitments_of(body.id) if not row.is_open),
        measures=aims,
    )
    services.change(_key(WHAT), body, changed, by=by)


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"decision {name}")
