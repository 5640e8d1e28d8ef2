"""How to reach people who want to be told an outcome, and who told them.

Nothing leads from here to an answer: no key, no order, and no time finer than a month. Tables
have no rows in the order of arrival (`WITHOUT ROWID` on SQLite; on PostgreSQL a nightly job
rewrites them by their random key).
"""

import uuid
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.foundation import clock
from vrn_community.foundation.db import UNORDERED, Base, Record
from vrn_community.foundation.record_keys import HasRecordKey, SealedByRecordKey
from vrn_community.outcomes.models import Outcome


def this_month() -> date:
    """Return the first day of the month: the finest time that is kept."""
    return clock.today().replace(day=1)


class Follower(HasRecordKey, Base):
    """An e-mail address or phone number of somebody who wants to be told one outcome, sealed."""

    __tablename__ = "follower"
    __table_args__ = UNORDERED

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )
    month: Mapped[date] = mapped_column(default=this_month)
    #: HMAC of the contact and the opportunity: sent twice it is one, and nobody can be looked up
    #: from one opportunity to the next.
    contact_hash: Mapped[str] = mapped_column(unique=True)
    sealed_contact: Mapped[bytes]
    #: How to reach the person: for whoever tells them, nobody else.
    contact = SealedByRecordKey("sealed_contact")


class Telling(Record):
    """That somebody opened the list of people to tell an outcome, and when they were told."""

    __tablename__ = "telling"

    outcome_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("outcome.id", ondelete="CASCADE"), unique=True
    )
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    told_on: Mapped[date | None]

    outcome: Mapped[Outcome] = relationship()
