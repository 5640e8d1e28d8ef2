"""Writing the record of processing: what people were told on a day is never changed."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.lifecycle import BEFORE_THE_PUBLIC, OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.privacy import gates, queries
from vrn_community.privacy.models import Mode, ProcessingRecord

#: What is noted once people can answer.
NOTES = frozenset({"reach_gaps", "equality_effect"})
#: Nothing is checked once more before people answer in these states.
LIVE = frozenset({OpportunityState.PUBLISHED, OpportunityState.PAUSED})


def write(opportunity: Opportunity, content: dict[str, Any], *, by: Account) -> ProcessingRecord:
    """Write the record of an activity; written again on the same day, the last one holds.

    What the public has seen stays: then a change is a new record, and holds from tomorrow. It
    passes the same gates as before publishing, for nobody opens them again. What two people
    signed off stays, but for the notes that are written later: see `adds_notes`.
    """
    if why_not := refusal(opportunity, by=by):
        raise NotAllowed(why_not)
    if adds_notes(opportunity, by=by):
        _refuse_beyond_notes(opportunity, content)
    if found := gaps_in(opportunity, content):
        raise NotAllowed(" ".join(found))
    record = _to_write(opportunity)
    for name, value in content.items():
        setattr(record, name, value)
    record.written_by_id = by.id
    db.session.add(record)
    if opportunity.is_editable:
        opportunity.note_writer(by)
    db.session.flush()
    audit.record("record:write", record, actor=by, opportunity=str(opportunity.id))
    return record


def refusal(opportunity: Opportunity, *, by: Account) -> str:
    """Return why somebody cannot write the record now, or nothing."""
    if not by.can(Permission.RECORD_EDIT):
        return str(_("Your roles do not allow this."))
    if opportunity.state in BEFORE_THE_PUBLIC:
        return str(_("Somebody is just checking it. It has to be sent back first."))
    return ""


def adds_notes(opportunity: Opportunity, *, by: Account) -> bool:
    """Return whether somebody can only add notes (D16): the rest was signed off as it is."""
    is_signed = opportunity.needs_sign_off and not opportunity.is_editable
    return is_signed and not by.can(Permission.DATA_PROTECTION_SIGN_OFF)


def _refuse_beyond_notes(opportunity: Opportunity, content: dict[str, Any]) -> None:
    before = _carried(opportunity)
    changed = {name for name, value in content.items() if before.get(name) != value}
    if not before or not changed <= NOTES:
        raise NotAllowed(
            _("It was signed off with this record. The data protection officer changes it.")
        )


def _carried(opportunity: Opportunity) -> dict[str, Any]:
    newest = queries.latest(opportunity.id)
    return newest.content if newest else {}


def gaps_in(opportunity: Opportunity, content: dict[str, Any]) -> list[str]:
    """Return what a record with some content would owe, where people answer or will again."""
    if opportunity.state not in LIVE or not queries.owes_record(opportunity):
        return []
    # Tied to no session, so that nothing is stored of what is refused.
    whole = {"mode": Mode.ANONYMOUS} | _carried(opportunity) | content
    return gates.owed(ProcessingRecord(opportunity=opportunity, **whole))


def _to_write(opportunity: Opportunity) -> ProcessingRecord:
    """Return the record that nobody was told yet, or a new one."""
    newest, day = queries.latest(opportunity.id), begins_on(opportunity)
    if newest and (newest.holds_from >= day or opportunity.published_at is None):
        newest.holds_from = day  # A draft was told to nobody.
        return newest
    return ProcessingRecord(opportunity=opportunity, holds_from=day, **_carried(opportunity))


def begins_on(opportunity: Opportunity) -> date:
    """Return from when a record holds that is written now: from tomorrow, if one was told today."""
    is_told = opportunity.published_at is not None and queries.in_force(opportunity.id) is not None
    return clock.today() + timedelta(days=1) if is_told else clock.today()
