"""What people read instead of the names of states, certainty and purposes."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.insights.evidence.models import Certainty, InsightState, Purpose

STATES: dict[InsightState, Any] = {
    InsightState.DRAFT: _l("Draft"),
    InsightState.PUBLISHED: _l("Published"),
}
CERTAINTY: dict[Certainty, Any] = {
    Certainty.ONE_SOURCE: _l("One source"),
    Certainty.SEVERAL_AGREE: _l("Several sources agree"),
    Certainty.DISPUTED: _l("Disputed: sources say different things"),
}
PURPOSES: dict[Purpose, Any] = {
    Purpose.NEEDS_ASSESSMENT: _l("A needs assessment"),
    Purpose.STRATEGY_REVIEW: _l("A review of the strategy"),
    Purpose.COMMISSIONING_DECISION: _l("A decision about which services to pay for"),
}
