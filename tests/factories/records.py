"""Records of processing that owe nothing."""

from typing import Any

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.privacy import defaults
from vrn_community.privacy.models import ProcessingRecord

WHOLE = {
    "purpose": "To decide where the lights go.",
    "dpia_reference": "DPIA 7",
    "equality_note": "Girls may feel less safe.",
}


def content(opportunity: Opportunity, **changes: Any) -> dict[str, Any]:
    """Return the content of a whole record, with changes."""
    return {**defaults.of(opportunity), **WHOLE, "dpia_on": clock.today(), **changes}


def make_record(
    opportunity: Opportunity, by: Account | None = None, **changes: Any
) -> ProcessingRecord:
    """Return a stored record of an activity, as if it had been written before."""
    writer = by or opportunity.author
    made = ProcessingRecord(
        opportunity=opportunity, written_by=writer, **content(opportunity, **changes)
    )
    db.session.add(made)
    db.session.flush()
    return made
