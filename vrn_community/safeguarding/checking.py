"""Training and checks of staff who see words or cases: dates and the level alone (G14)."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from vrn_community import audit, config
from vrn_community.accounts.models import Account, AccountRole, AccountState
from vrn_community.accounts.roles import PERMISSIONS, SHOWS_PEOPLE
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.safeguarding.kinds import DbsLevel
from vrn_community.safeguarding.models import StaffCheck

#: Roles that meet children and adults at risk, or see what they wrote or who they are.
CLOSE = tuple(role for role, gives in PERMISSIONS.items() if gives & SHOWS_PEOPLE)


@dataclass(frozen=True)
class Checked:
    """Somebody whose work asks for training and a check, and what they confirmed."""

    account: Account
    check: StaffCheck | None

    @property
    def is_trained(self) -> bool:
        """Whether the last training is known and not too long ago."""
        return self.check is not None and clock.today() <= self.check.trained_until

    @property
    def is_checked(self) -> bool:
        """Whether the last DBS check is known and not too long ago."""
        return self.check is not None and clock.today() <= self.check.checked_until

    @property
    def ends_soon(self) -> bool:
        """Whether one of both is soon too long ago, or is already."""
        ahead = clock.today() + config.current().cover_ahead
        return self.check is not None and self.check.good_until <= ahead

    @property
    def is_due(self) -> bool:
        """Whether they never confirmed anything, or soon have to again."""
        return self.check is None or self.ends_soon


def of(account_id: uuid.UUID) -> StaffCheck | None:
    """Return what somebody confirmed."""
    return db.session.get(StaffCheck, account_id)


def looked_at(account: Account) -> Checked:
    """Return what somebody confirmed, and whether it is still good."""
    return Checked(account, of(account.id))


def staff() -> list[Checked]:
    """Return everybody whose work asks for training and a check, by name."""
    close = Account.held_roles.any(or_(*(AccountRole.role == role for role in CLOSE)))
    query = (
        select(Account, StaffCheck)
        .outerjoin(StaffCheck, StaffCheck.account_id == Account.id)
        .where(Account.state == AccountState.ACTIVE, close)
    )
    rows = db.session.execute(query.order_by(Account.display_name, Account.id))
    return [Checked(account, check) for account, check in rows]


def due() -> list[Checked]:
    """Return those of the staff whose training or check is missing, ends soon, or has ended."""
    return [row for row in staff() if row.is_due]


def own_due(account: Account) -> bool:
    """Return whether somebody has to confirm their own training and check, if their work asks."""
    is_close = any(account.can(permission) for permission in SHOWS_PEOPLE)
    return is_close and looked_at(account).is_due


def confirm(account: Account, trained_on: date, dbs_on: date, *, level: DbsLevel) -> None:
    """Write down that somebody confirms their role, and when they were trained and checked."""
    made = of(account.id) or StaffCheck(account_id=account.id)
    said = (trained_on, dbs_on, level, clock.today())
    if said == (made.trained_on, made.dbs_on, made.dbs_level, made.confirmed_on):
        return
    made.trained_on, made.dbs_on, made.dbs_level, made.confirmed_on = said
    db.session.add(made)
    db.session.flush()
    audit.record("staff-check:confirm", account, actor=account)
