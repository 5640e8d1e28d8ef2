"""Activities that residents propose, and the wording that they suggest for the drafts."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import Record, enum_column
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.proposals.lifecycle import ProposalState


class Power(StrEnum):
    """What is handed over to people at the level of empowering (C7)."""

    BUDGET = "budget"
    DECISION = "decision"
    CRITERIA = "criteria"
    DELIVERY = "delivery"


class ActivityProposal(Record):
    """An activity that the oversight group or a youth panel proposes, with a day for the answer."""

    __tablename__ = "activity_proposal"

    title: Mapped[str]
    why: Mapped[str]
    #: Who should be asked.
    audience: Mapped[str]
    level: Mapped[ParticipationLevel] = mapped_column(enum_column(ParticipationLevel))
    #: At the level of empowering: what is handed over, in one of four kinds and in words.
    power: Mapped[Power | None] = mapped_column(enum_column(Power))
    power_words: Mapped[str] = mapped_column(default="")
    state: Mapped[ProposalState] = mapped_column(
        enum_column(ProposalState), default=ProposalState.PROPOSED, index=True
    )
    proposed_on: Mapped[date] = mapped_column(default=clock.today)
    due_on: Mapped[date] = mapped_column(index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_on: Mapped[date | None]
    #: What the team answered, with its reasons.
    answer: Mapped[str] = mapped_column(default="")
    #: The draft that the team made of it.
    opportunity_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )

    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    answered_by: Mapped[Account | None] = relationship(foreign_keys=[answered_by_id])
    opportunity: Mapped[Opportunity | None] = relationship()

    @property
    def is_overdue(self) -> bool:
        """Whether the team should have answered by now and has not."""
        return self.state is ProposalState.PROPOSED and self.due_on < clock.today()


class SuggestedWording(Record):
    """Words that somebody suggests for one part of a draft, or a comment; none is ever changed."""

    __tablename__ = "suggested_wording"

    proposal_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("activity_proposal.id", ondelete="CASCADE"), index=True
    )
    #: The part of the draft; empty for a comment on all of it.
    field: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    #: What stood in the draft until these words were accepted.
    was: Mapped[str] = mapped_column(default="")
    is_accepted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]

    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_waiting(self) -> bool:
        """Whether it suggests words about which nobody has decided."""
        return bool(self.words) and self.is_accepted is None
