"""What people read instead of the names of states, certainty and purposes."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.insights.evidence.models import Certainty, InsightState, Purpose, ReceiptWay

STATES: dict[InsightState, Any] = {
    InsightState.DRAFT: _l("Draft"),
    InsightState.PUBLISHED: _l("Published"),
    InsightState.CORRECTED: _l("Corrected"),
    InsightState.WITHDRAWN: _l("Withdrawn"),
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
#: How a body without accounts said that an insight came.
WAYS: dict[ReceiptWay, Any] = {
    ReceiptWay.PHONE: _l("By phone"),
    ReceiptWay.LETTER: _l("By letter"),
    ReceiptWay.EMAIL: _l("By e-mail"),
}
#: What a correction can change.
FIELDS: dict[str, Any] = {
    "statement": _l("What we know"),
    "from_whom": _l("From whom"),
    "certainty": _l("How sure"),
    "who_is_missing": _l("Who is missing"),
    "expires_on": _l("Current until"),
    "evidence": _l("What it rests on"),
}
