"""What the record of processing owes before an activity is published (D1, D2, D16)."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.foundation import clock
from vrn_community.opportunities import activities
from vrn_community.opportunities.gates import Gap
from vrn_community.opportunities.models import Opportunity
from vrn_community.privacy import queries
from vrn_community.privacy.models import Mode, OffenceData, ProcessingRecord, SpecialCategory

#: The page on which all of it is mended.
PAGE = "records_desk.edit"
EQUALITY_DUTY = "equality_note"


@activities.publish_check
def gaps_of(opportunity: Opportunity) -> list[Gap]:
    """Return what keeps an activity from being published until its record of today has it."""
    if not queries.owes_record(opportunity):
        return []
    record = queries.in_force(opportunity.id)
    if record is None:
        return [Gap("", _("Write the record of processing."), page=PAGE)]
    found = [Gap("", message, page=PAGE) for message in owed(record)]
    newest = queries.latest(opportunity.id)
    if found and newest and newest.is_ahead:
        found.append(
            Gap("", _("The record was changed. The change holds from tomorrow."), page=PAGE)
        )
    return found


def owed(record: ProcessingRecord) -> list[str]:
    """Return what a record itself owes, whether it holds already or not."""
    return [str(message) for broken, message in RULES if broken(record)]


def equality_note(record: ProcessingRecord) -> str:
    """Return the note that was made before: the duty of the level, else that of the record."""
    return record.opportunity.duty(EQUALITY_DUTY) or record.equality_note


def _is_not_assessed(record: ProcessingRecord) -> bool:
    is_there = record.dpia_reference and record.dpia_on
    return record.opportunity.needs_sign_off and not is_there


def _is_assessed_later(record: ProcessingRecord) -> bool:
    return record.dpia_on is not None and record.dpia_on > clock.today()


def _has_no_policy(record: ProcessingRecord) -> bool:
    """Return whether the law wants a policy document: for offences, and for people it knows."""
    is_known = record.mode is Mode.CONFIDENTIAL
    is_special = is_known and record.special_category is not SpecialCategory.NOT_ASKED
    is_owed = is_special or record.offence_data is not OffenceData.NOT_COLLECTED
    return is_owed and not record.policy_url


def _asks_without_condition(record: ProcessingRecord) -> bool:
    is_without = record.special_category is SpecialCategory.NOT_ASKED
    return is_without and queries.asks_equality(record.opportunity)


RULES: tuple[tuple[Callable[[ProcessingRecord], bool], Any], ...] = (
    (
        _is_not_assessed,
        _l("Give the reference and the date of the impact assessment (DPIA)."),
    ),
    (_is_assessed_later, _l("The impact assessment has a date that is still to come.")),
    (
        _asks_without_condition,
        _l("It asks the equality questions: say in the record why the law allows that."),
    ),
    (_has_no_policy, _l("Give the address of the appropriate policy document.")),
    (
        lambda record: not equality_note(record),
        _l("Write the equality note: who may be affected more than others."),
    ),
    (
        lambda record: record.mode is not Mode.ANONYMOUS and record.opportunity.is_offence_related,
        _l("It asks about offences, so nobody may be known: it has to be anonymous."),
    ),
    (
        lambda record: record.mode is not Mode.ANONYMOUS,
        _l("Activities that know who people are cannot be published yet."),
    ),
)
