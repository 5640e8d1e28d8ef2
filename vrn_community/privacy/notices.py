"""What people are told about one activity, or about all, made of the record that holds today."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community import config
from vrn_community.opportunities.models import Opportunity
from vrn_community.privacy import ends, queries
from vrn_community.privacy.labels import BASES, MODES, OFFENCES, SPECIAL
from vrn_community.privacy.models import Mode, ProcessingRecord


class Ages(StrEnum):
    """For whom a notice is written: the same facts, in four ways of saying them (Y3)."""

    FROM_10 = "10-12"
    FROM_13 = "13-15"
    FROM_16 = "16-17"
    ADULT = "adult"


NAMES: dict[Ages, Any] = {
    Ages.FROM_10: _l("10 to 12"),
    Ages.FROM_13: _l("13 to 15"),
    Ages.FROM_16: _l("16 and 17"),
    Ages.ADULT: _l("18 and over"),
}
#: The first year of each.
_BEGINS = {Ages.ADULT: 18, Ages.FROM_16: 16, Ages.FROM_13: 13}


@dataclass(frozen=True)
class Notice:
    """The facts that all four ways of saying them share."""

    ages: Ages
    #: None: what holds for all activities, without one of them.
    record: ProcessingRecord | None
    promise: Any
    basis: Any
    special: Any
    offences: Any
    #: Months after people hear back, by what is kept.
    months: dict[ends.Part, int]
    #: Where nobody tells what came of it, the months begin after so many others.
    at_latest: int


def youngest_for(opportunity: Opportunity) -> Ages:
    """Return the notice that everybody who may take part can read: easy words hurt nobody."""
    youngest = opportunity.min_age or 0
    return next((ages for ages, first in _BEGINS.items() if youngest >= first), Ages.FROM_10)


def of_service(ages: Ages) -> Notice:
    """Return what holds for all activities unless their record says otherwise."""
    months, latest = ends.months_kept(), config.current().told_at_latest_months
    return Notice(ages, None, MODES[Mode.ANONYMOUS], None, None, None, months, latest)


def of_activity(opportunity: Opportunity, ages: Ages) -> Notice | None:
    """Return what people are told today about one activity; None if it has no record."""
    record = queries.in_force(opportunity.id)
    if record is None:
        return None
    return Notice(
        ages=ages,
        record=record,
        promise=MODES[record.mode],
        basis=BASES[record.lawful_basis],
        special=SPECIAL[record.special_category],
        offences=OFFENCES[record.offence_data],
        months={
            "words": record.words_months,
            "cleared": record.cleared_months,
            "answers": record.answers_months,
        },
        at_latest=config.current().told_at_latest_months,
    )
