"""What people read instead of the names of roles and states of accounts."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.accounts.models import AccountState
from vrn_community.accounts.roles import Role

ROLES: dict[Role, Any] = {
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.PUBLISHER: _l("Publisher"),
    Role.APPROVER: _l("Approver"),
    Role.MODERATOR: _l("Moderator"),
    Role.SAFEGUARDING_LEAD: _l("Safeguarding lead"),
    Role.SAFEGUARDING_DEPUTY: _l("Safeguarding deputy"),
    Role.ANALYST: _l("Analyst"),
    Role.DATA_PROTECTION_OFFICER: _l("Data protection officer"),
    Role.OVERSIGHT_MEMBER: _l("Oversight member"),
    Role.OVERSIGHT_CHAIR: _l("Oversight chair"),
    Role.SECRETARIAT: _l("Secretariat of the oversight group"),
    Role.PARTNER: _l("Partner"),
    Role.BOARD_MEMBER: _l("Board member"),
    Role.FACILITATOR: _l("Facilitator"),
    Role.PEER_ANALYST: _l("Peer analyst"),
    Role.YOUTH_PANEL: _l("Youth panel"),
}
STATES: dict[AccountState, Any] = {
    AccountState.INVITED: _l("Invited"),
    AccountState.ACTIVE: _l("Active"),
    AccountState.DISABLED: _l("Disabled"),
}
NOT_TOGETHER = _l(
    "Who answers for what people said, or judges it, cannot also see their details. Take a role "
    "away."
)
