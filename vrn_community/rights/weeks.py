"""The weekly look at who read what: computed from the audit trail, where it also says it was read.

The page of a week is its digest; a mail says that something waits, and nothing of it.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.audit import queries as trail
from vrn_community.audit import reasons
from vrn_community.audit.models import AuditEntry
from vrn_community.foundation import clock
from vrn_community.rights import unusual
from vrn_community.rights.unusual import Act, Finding

WEEK = timedelta(days=7)
#: So many full weeks can be looked at.
MOST = 12
READ = "access:review"
#: What a week is called in the audit trail, whose subjects have keys.
NAMESPACE = uuid.UUID("6f1d1c52-6f0e-4b6e-9d0a-2f5e6a1f7c11")


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday."""

    monday: date

    @property
    def id(self) -> uuid.UUID:
        """The key of the week."""
        return uuid.uuid5(NAMESPACE, self.monday.isoformat())

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    @property
    def is_over(self) -> bool:
        """Whether nothing more can happen in it."""
        return self.sunday < clock.today()

    @property
    def is_read(self) -> bool:
        """Whether somebody said that they have read about it."""
        return trail.is_done(READ, self.id)

    @property
    def begin(self) -> datetime:
        """The first moment, in UTC."""
        return clock.begin_of(self.monday)

    @property
    def end(self) -> datetime:
        """The first moment after it, in UTC."""
        return Week(self.monday + WEEK).begin


def week_of(day: date) -> Week:
    """Return the week of a day."""
    return Week(day - timedelta(days=day.weekday()))


def recent() -> list[Week]:
    """Return the week that runs and the full weeks before it, the newest first."""
    running = week_of(clock.today())
    return [Week(running.monday - number * WEEK) for number in range(MOST + 1)]


def unread() -> Week | None:
    """Return the last full week if nobody has read about it."""
    last = Week(week_of(clock.today()).monday - WEEK)
    return None if last.is_read else last


def findings(week: Week) -> list[Finding]:
    """Return what was unusual in a week, by the reason."""
    rows = trail.acts_between(week.begin, week.end, _telling())
    before = trail.counts_between(week.begin - unusual.WEEKS_BEFORE * WEEK, week.begin, _looking())
    acts = map(_act, rows)
    order = list(unusual.Kind)
    return sorted(
        unusual.findings(acts, before), key=lambda one: (order.index(one.kind), -one.count)
    )


def _act(row: Any) -> Act:
    return Act(row.action, _whose(row), row.at, reasons.said(row.action, row.details))


def _whose(row: Any) -> uuid.UUID | None:
    """Return who did it; nobody is signed in when a sign-in fails, so there it is whose it was."""
    whose: uuid.UUID | None = row.subject_id if row.action in unusual.FAILED else row.actor_id
    return whose


def _looking() -> ColumnElement[bool]:
    return or_(*(AuditEntry.action.endswith(f":{act}") for act in unusual.LOOKING))


def _telling() -> ColumnElement[bool]:
    named = (unusual.REFUSED, *unusual.FAILED, *unusual.ROLES)
    return or_(_looking(), AuditEntry.action.in_(named))


def note_read(week: Week, *, by: Account) -> None:
    """Write down that somebody has read about a week; said twice, it is said once."""
    if not week.is_read:
        audit.record(READ, week, actor=by, monday=week.monday.isoformat())


def accounts_in(found: Iterable[Finding]) -> set[uuid.UUID]:
    """Return the accounts that findings are about."""
    return {one.account_id for one in found if one.account_id}
