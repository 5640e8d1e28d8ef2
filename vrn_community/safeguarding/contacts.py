"""The list of contacts: whom to ring about a case, and the monthly look at each (G4)."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from vrn_community import audit, config
from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.permissions import Permission
from vrn_community.notifications import MailKind, notify
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import SupportKind, SupportService
from vrn_community.safeguarding import working_time
from vrn_community.safeguarding.kinds import AgeBand
from vrn_community.safeguarding.models import Concern

#: The first year of an adult, for whom other teams are there than for a child.
ADULT = 18


@dataclass(frozen=True)
class Contact:
    """A service that people ring, and whether somebody has to look at it again."""

    service: SupportService
    is_overdue: bool


@dataclass(frozen=True)
class Doors:
    """Whom to ring about a case: teams for children, for adults, and for allegations."""

    children: list[Contact]
    adults: list[Contact]
    allegations: list[Contact]


def listed() -> list[Contact]:
    """Return the contacts of today, those that have to be looked at first."""
    rows = map(_looked_at, partnership.contacts())
    return sorted(rows, key=lambda row: not row.is_overdue)


def _looked_at(service: SupportService) -> Contact:
    last = clock.today() - config.current().contact_check
    return Contact(service, service.checked_on is None or service.checked_on < last)


def doors(concern: Concern) -> Doors:
    """Return whom to ring about a concern: in its area, or in all where that is not known.

    Only the list that fits where the age is known; whom to ring of an allegation comes first.
    """
    here = all_doors(concern.area_id)
    is_adult, is_known = concern.age_band is AgeBand.ADULT, concern.age_band is not None
    return Doors(
        children=[] if is_adult else here.children,
        adults=here.adults if is_adult or not is_known else [],
        allegations=here.allegations if concern.is_allegation else [],
    )


def all_doors(area_id: uuid.UUID | None = None) -> Doors:
    """Return whom to ring about anything, in an area or in all."""
    here = [
        _looked_at(service)
        for service in partnership.contacts()
        if not (area_id and service.areas) or area_id in {area.id for area in service.areas}
    ]
    front = [row for row in here if row.service.kind is SupportKind.FRONT_DOOR]
    adults = [row for row in front if (row.service.min_age or 0) >= ADULT]
    officers = [row for row in here if row.service.kind is SupportKind.DESIGNATED_OFFICER]
    return Doors([row for row in front if row not in adults], adults, officers)


def unchecked_for(opportunity: Opportunity) -> list[SupportService]:
    """Return the contacts for the areas and ages of an opportunity that must be looked at again.

    A number that is known to be wrong is among them: nobody sees it, and somebody would ring it.
    """
    here = {area.id for area in opportunity.areas}
    last = 120 if opportunity.max_age is None else opportunity.max_age
    years = opportunity.min_age or 0, last
    rows = (row.service for row in listed() if row.is_overdue)
    return [
        service
        for service in rows
        if service.kind is not SupportKind.DESIGNATED_OFFICER
        and partnership.is_near(service, here, years)
    ]


def ask_to_look() -> None:
    """Ask whoever looks at contacts by mail, once a month in its first days, while some are due.

    What was asked stands in the mail alone, so no later day of a month may ask again.
    """
    now, today = clock.now(), clock.today()
    is_late = today.day > config.current().mail_kept.days
    if is_late or working_time.next_hours(now)[0] > now or not overdue():
        return
    for account in accounts.who_can(Permission.CONTACT_CHECK):
        notify(account.id, MailKind.TODAY, f"contacts|{today:%Y-%m}")


def overdue() -> int:
    """Return how many contacts somebody has to look at again."""
    return sum(row.is_overdue for row in listed())


def contact(contact_id: uuid.UUID) -> SupportService:
    """Return a contact that holds today; NoResultFound if there is none."""
    query = select(SupportService).where(SupportService.id == contact_id, SupportService.current())
    return db.session.scalars(query).one()


def say_right(service: SupportService, *, by: Account) -> None:
    """Write down that a person has seen today that a contact is right."""
    if service.checked_on == clock.today() and not service.wrong_since:
        return
    service.checked_on, service.wrong_since = clock.today(), None
    db.session.flush()
    audit.record("contact:right", service, actor=by)


def say_wrong(service: SupportService, *, by: Account) -> None:
    """Show a number to nobody but staff, at once, until it is mended or found to be right."""
    if service.wrong_since:
        return
    service.checked_on, service.wrong_since = None, clock.today()
    db.session.flush()
    audit.record("contact:wrong", service, actor=by)


def wrong() -> list[SupportService]:
    """Return the contacts whose numbers are known to be wrong."""
    return [service for service in partnership.contacts() if service.wrong_since]
