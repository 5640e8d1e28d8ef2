"""What members of the oversight group noticed."""

import uuid
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation.db import Record, enum_column


class ObservationKind(StrEnum):
    """What an observation is about."""

    ACTIVITY = "activity"
    TABLE = "table"
    THEME = "theme"
    PASSAGE = "passage"


class Observation(Record):
    """What a member noticed in the results of an activity."""

    __tablename__ = "observation"

    opportunity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("opportunity.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[ObservationKind] = mapped_column(
        enum_column(ObservationKind), default=ObservationKind.ACTIVITY
    )
    #: The table, theme or passage that it is about; empty for the whole activity.
    key: Mapped[str] = mapped_column(default="")
    text: Mapped[str]

    author: Mapped[Account] = relationship()
