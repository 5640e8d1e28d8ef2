"""What people read instead of the names of states of claims."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.oversight.members.models import TimeClaimState

STATES: dict[TimeClaimState, Any] = {
    TimeClaimState.CLAIMED: _l("Claimed"),
    TimeClaimState.APPROVED: _l("Approved"),
    TimeClaimState.PAID: _l("Paid"),
    TimeClaimState.WITHDRAWN: _l("Taken back"),
}


def pounds(pence: int) -> str:
    """Return an amount of money as people write it."""
    return f"£{pence // 100}.{pence % 100:02}"


def hours(minutes: int) -> str:
    """Return a time as hours and minutes."""
    return f"{minutes // 60}:{minutes % 60:02}"
