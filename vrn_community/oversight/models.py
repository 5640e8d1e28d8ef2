"""What members of the oversight group noticed."""

import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation.db import Record


class Observation(Record):
    """What a member noticed in the results of an activity."""

    __tablename__ = "observation"

    opportunity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("opportunity.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    #: The question whose table it is about; empty for the whole activity.
    question_id: Mapped[str] = mapped_column(default="")
    text: Mapped[str]

    author: Mapped[Account] = relationship()
