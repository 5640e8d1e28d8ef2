"""What people read instead of the names of states, acts and ages."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.opportunities.lifecycle import Act, OpportunityState
from vrn_community.opportunities.models import SignOffKind, Stage

STAGES: dict[Stage, Any] = {
    Stage.OPEN: _l("Open now"),
    Stage.OPENING_SOON: _l("Opening soon"),
    Stage.PAUSED: _l("Paused"),
    Stage.CLOSED: _l("Closed"),
}
AGES: dict[str, Any] = {
    "under-13": _l("Under 13"),
    "13-15": _l("13 to 15"),
    "16-17": _l("16 or 17"),
    "18-24": _l("18 to 24"),
    "25-and-over": _l("25 and over"),
}
STATES: dict[OpportunityState, Any] = {
    OpportunityState.DRAFT: _l("Draft"),
    OpportunityState.SUBMITTED: _l("Waiting for approval"),
    OpportunityState.RETURNED: _l("Sent back"),
    OpportunityState.APPROVED: _l("Approved"),
    OpportunityState.PUBLISHED: _l("Published"),
    OpportunityState.PAUSED: _l("Paused"),
    OpportunityState.CLOSED: _l("Closed"),
    OpportunityState.WITHDRAWN: _l("Withdrawn"),
}
SIGN_OFFS: dict[SignOffKind, Any] = {
    SignOffKind.SAFEGUARDING: _l("Safeguarding"),
    SignOffKind.DATA_PROTECTION: _l("Data protection"),
}
ACTS: dict[Act, Any] = {
    Act.SUBMIT: _l("Submit for approval"),
    Act.RETURN: _l("Send back"),
    Act.APPROVE: _l("Approve"),
    Act.PUBLISH: _l("Publish"),
    Act.PAUSE: _l("Pause"),
    Act.RESUME: _l("Open again"),
    Act.CLOSE: _l("Close now"),
    Act.REVISE: _l("Take back to change it"),
    Act.WITHDRAW: _l("Withdraw"),
}
