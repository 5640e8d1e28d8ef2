"""What people read instead of the names of urgencies, states and reasons."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.safeguarding.models import AlertKind, ConcernState, CoverRole, Urgency
from vrn_community.safeguarding.reasons import CloseReason, RevealReason

URGENCIES: dict[Urgency, Any] = {
    Urgency.IMMEDIATE: _l("Somebody may be in danger now"),
    Urgency.TODAY: _l("Somebody should act today"),
    Urgency.ROUTINE: _l("Somebody should look at it in the next days"),
}
STATES: dict[ConcernState, Any] = {
    ConcernState.OPEN: _l("Waiting for a decision"),
    ConcernState.DECIDED: _l("Decided"),
    ConcernState.CLOSED: _l("Closed"),
}
CLOSE_REASONS: dict[CloseReason, Any] = {
    CloseReason.PASSED_ON: _l("It was passed on to somebody who can act"),
    CloseReason.NO_RISK: _l("Nobody was at risk"),
    CloseReason.NOT_IDENTIFIABLE: _l("Nobody could be found from the words"),
    CloseReason.RAISED_BY_MISTAKE: _l("It was raised by mistake"),
}
REVEAL_REASONS: dict[RevealReason, Any] = {
    RevealReason.DECIDE: _l("To decide about the concern"),
    RevealReason.HAND_OVER: _l("To pass the words on to somebody who can act"),
    RevealReason.REVIEW: _l("To check a decision"),
}
COVER_ROLES: dict[CoverRole, Any] = {
    CoverRole.LEAD: _l("Safeguarding lead"),
    CoverRole.DEPUTY: _l("Safeguarding deputy"),
}
#: Neutral on purpose: what it is about stands behind the link.
ALERTS: dict[AlertKind, Any] = {
    AlertKind.RAISED: _l("Something waits for you at the desk"),
    AlertKind.OVERDUE: _l("Something waits longer than it should"),
}
