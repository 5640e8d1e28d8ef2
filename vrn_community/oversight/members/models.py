"""Members, and their claims for time and expenses; no address, bank data or convictions."""

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation.db import Record, enum_column
from vrn_community.foundation.record_keys import HasRecordKey, SealedByRecordKey
from vrn_community.partnership.models import Area


class Member(HasRecordKey, Record):
    """A member of the oversight group: the term, the interests, and what somebody needs."""

    __tablename__ = "member"

    #: Its display name is the name or alias of the member.
    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    area_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("area.id"))
    starts_on: Mapped[date]
    #: From this day on the account opens nothing of the group.
    ends_on: Mapped[date | None]
    #: What an hour is paid, as agreed, in pence.
    hourly_pence: Mapped[int] = mapped_column(default=0)
    training: Mapped[str] = mapped_column(default="")
    sealed_interests: Mapped[bytes | None]
    sealed_access_needs: Mapped[bytes | None]
    deletion_asked_on: Mapped[date | None]

    interests = SealedByRecordKey("sealed_interests")
    access_needs = SealedByRecordKey("sealed_access_needs")

    account: Mapped[Account] = relationship()
    area: Mapped[Area | None] = relationship()


class TimeClaimState(StrEnum):
    """The life of a claim."""

    CLAIMED = "claimed"
    APPROVED = "approved"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


class TimeClaim(Record):
    """Time and expenses that a member asks to be paid for."""

    __tablename__ = "time_claim"

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    done_on: Mapped[date]
    activity: Mapped[str]
    minutes: Mapped[int]
    #: The rate as it was agreed on that day.
    hourly_pence: Mapped[int]
    expenses_pence: Mapped[int] = mapped_column(default=0)
    state: Mapped[TimeClaimState] = mapped_column(
        enum_column(TimeClaimState), default=TimeClaimState.CLAIMED, index=True
    )

    account: Mapped[Account] = relationship()

    @property
    def pence(self) -> int:
        """How much it comes to; half a penny counts as one."""
        return (self.minutes * self.hourly_pence + 30) // 60 + self.expenses_pence
