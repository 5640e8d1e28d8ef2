"""What people read instead of the names of states and powers."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.oversight.proposals.lifecycle import ProposalState
from vrn_community.oversight.proposals.models import Power

STATES: dict[ProposalState, Any] = {
    ProposalState.PROPOSED: _l("Waiting for an answer"),
    ProposalState.TAKEN_UP: _l("Taken up"),
    ProposalState.DECLINED: _l("Declined"),
    ProposalState.WITHDRAWN: _l("Withdrawn"),
}
POWERS: dict[Power, Any] = {
    Power.BUDGET: _l("How money is spent"),
    Power.DECISION: _l("A decision"),
    Power.CRITERIA: _l("By what others are chosen or judged"),
    Power.DELIVERY: _l("Doing it"),
}
