"""What people read instead of the names of states."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.oversight.commitments.models import CommitmentState

STATES: dict[CommitmentState, Any] = {
    CommitmentState.PLANNED: _l("Planned"),
    CommitmentState.UNDER_WAY: _l("Under way"),
    CommitmentState.DONE: _l("Done"),
    CommitmentState.DROPPED: _l("Dropped"),
}
