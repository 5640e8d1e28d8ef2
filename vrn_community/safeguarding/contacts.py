"""The list of contacts, and the monthly look at whether each is still right (G4)."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import SupportService


@dataclass(frozen=True)
class Contact:
    """A service that people ring, and whether somebody has to look at it again."""

    service: SupportService
    is_overdue: bool


def listed() -> list[Contact]:
    """Return the contacts of today, those that have to be looked at first."""
    last = clock.today() - config.current().contact_check
    rows = [
        Contact(row, row.checked_on is None or row.checked_on < last)
        for row in partnership.support_services()
    ]
    return sorted(rows, key=lambda row: not row.is_overdue)


def overdue() -> int:
    """Return how many contacts somebody has to look at again."""
    return sum(row.is_overdue for row in listed())


def contact(contact_id: uuid.UUID) -> SupportService:
    """Return a contact that holds today; NoResultFound if there is none."""
    query = select(SupportService).where(SupportService.id == contact_id, SupportService.current())
    return db.session.scalars(query).one()


def say_right(service: SupportService, *, by: Account) -> None:
    """Write down that a person has seen today that a contact is right."""
    if service.checked_on == clock.today():
        return
    service.checked_on = clock.today()
    db.session.flush()
    audit.record("contact:right", service, actor=by)
