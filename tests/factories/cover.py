"""Somebody who is there for concerns, trained and checked."""

import uuid
from datetime import date, timedelta

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.safeguarding import checking, covering
from vrn_community.safeguarding.kinds import DbsLevel
from vrn_community.safeguarding.models import Cover, CoverRole


def make_check(account: Account, day: date | None = None) -> None:
    """Let somebody have said that they were trained and checked on a day, or today."""
    day = day or clock.today()
    checking.confirm(account, day, day, level=DbsLevel.ENHANCED_BARRED)


def make_cover(account: Account, role: CoverRole, days: tuple[date, date]) -> Cover:
    """Return stored days on which somebody who was trained and checked has a role."""
    make_check(account, days[0] - timedelta(days=90))
    return covering.name_cover(uuid.uuid4(), account.id, role, days, by=account)
