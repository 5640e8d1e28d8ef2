"""What people read instead of the names of kinds and states."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.oversight.publishing.lifecycle import StatementState
from vrn_community.oversight.publishing.models import StatementKind

KINDS: dict[StatementKind, Any] = {
    StatementKind.DECISION: _l("Decision"),
    StatementKind.NOTES: _l("Notes of a meeting"),
    StatementKind.REPORT: _l("Report"),
}
STATES: dict[StatementState, Any] = {
    StatementState.DRAFT: _l("Draft"),
    StatementState.CLEARED: _l("Cleared, not published yet"),
    StatementState.PUBLISHED: _l("Published"),
    StatementState.KEPT: _l("Not published, with a reason"),
    StatementState.WITHDRAWN: _l("Withdrawn"),
}
