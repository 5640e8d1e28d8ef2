"""Ballots of the oversight group, who may vote in them, and what they said.

How a secret ballot stays one. A member's row says that they voted, and nothing when: it is
there from the beginning, and each vote writes the rows of all members anew, so neither their
order nor what the database says of its own writes tells who came when. What was chosen lies in
one sealed box for each ballot, sorted by random trackers and always of one size; it has a key of
its own, and is written anew for each vote while the ballot is locked. A tracker is made of a
token that stands in the form alone. At the end the list of trackers and choices becomes
readable, and the box goes with its key: no copy of it can be opened any more, in no backup, once
the nightly job has taken what was deleted out of the files, and copies of keys are gone. A secret
vote leaves no entry in the audit trail, whose order beside older copies of the box would tell; an
open one does. Whoever runs the service and copies the box, its key and the data key
after every vote could tell while the ballot is open: no server can keep that from its own master.

A ballot about an item of an agenda keeps out whoever declared an interest in it, from the moment of
the declaration: that is computed, so nothing in a ballot is written when somebody declares. Who had
not voted has no place any more. A vote that was cast before stays and counts, with names or in
secret: in secret nobody can find it, and what stood when the group decided is not counted anew. All
members read how many such votes there are; if they matter, the chair withdraws the ballot.
"""

import uuid
from datetime import date

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import UNORDERED, Base, Record, enum_column
from vrn_community.foundation.record_keys import HasRecordKey, SealedByRecordKey
from vrn_community.oversight.ballots import counting
from vrn_community.oversight.ballots.counting import Method, Outcome, Result
from vrn_community.oversight.ballots.lifecycle import BallotState
from vrn_community.oversight.meetings.models import AgendaItem


class Ballot(Record):
    """A question that the oversight group decides."""

    __tablename__ = "ballot"

    question: Mapped[str]
    #: What members should know before they decide.
    background: Mapped[str] = mapped_column(default="")
    method: Mapped[Method] = mapped_column(enum_column(Method))
    is_secret: Mapped[bool] = mapped_column(default=False)
    #: For a vote; what is decided by consent is the question itself.
    options: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[BallotState] = mapped_column(
        enum_column(BallotState), default=BallotState.DRAFT, index=True
    )
    opens_on: Mapped[date]
    closes_on: Mapped[date] = mapped_column(index=True)
    #: So many members must take part; set when it opens.
    quorum: Mapped[int] = mapped_column(default=0)
    closed_on: Mapped[date | None]
    #: How objections were met, or why it was withdrawn.
    resolution: Mapped[str] = mapped_column(default="")
    #: Of a closed secret ballot: tracker, choice and reason, sorted by tracker.
    counted: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    opened_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    #: The ballot by consent whose objections led to this vote.
    follows_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("ballot.id"), index=True)
    #: The item of an agenda to which it belongs.
    item_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    item: Mapped[AgendaItem | None] = relationship()
    votes: Mapped[list["Vote"]] = relationship(order_by="Vote.account_id", passive_deletes=True)
    views: Mapped[list["MinorityView"]] = relationship(
        order_by="MinorityView.id", passive_deletes=True
    )

    @property
    def is_open(self) -> bool:
        """Whether members can vote today."""
        is_begun = self.state is BallotState.OPEN and self.opens_on <= clock.today()
        return is_begun and clock.today() <= self.closes_on

    @property
    def choices(self) -> list[str]:
        """The names of what can be chosen."""
        return counting.choices_of(self.method, self.options)

    @property
    def result(self) -> Result | None:
        """What came of it; None before it is closed."""
        if self.state is not BallotState.CLOSED:
            return None
        cast = [row[1] for row in self.counted] or [vote.choice for vote in self.votes]
        return counting.count(self.method, self.choices, cast, self.quorum)

    @property
    def prevailing(self) -> tuple[str, ...]:
        """The choices from which a minority differs: to agree, where an objection was met."""
        if self.result is None:
            return ()
        is_met = self.result.outcome is Outcome.OBJECTED and self.resolution
        return (counting.AGREE,) if is_met else self.result.leading

    @property
    def is_carried(self) -> bool:
        """Whether the group decided: nobody objects any more, or more than half chose one.

        What was objected to and then voted down is not carried.
        """
        if self.result is None:
            return False
        is_met = self.result.outcome is Outcome.OBJECTED and bool(self.resolution)
        return is_met or (self.result.outcome is Outcome.DECIDED and not self.is_rejected)

    @property
    def is_rejected(self) -> bool:
        """Whether a vote on what was objected to did not choose Yes, its first option."""
        is_vote = self.follows_id is not None and self.method is Method.VOTE
        return is_vote and self.result is not None and self.result.leading != ("1",)

    @property
    def is_blocked(self) -> bool:
        """Whether somebody objected and nobody has yet said how that was met."""
        is_objected = self.result is not None and self.result.outcome is Outcome.OBJECTED
        return is_objected and not self.resolution


class Voter(Base):
    """A member who may vote in one ballot, or is kept out of it; never what they chose."""

    __tablename__ = "voter"
    __table_args__ = UNORDERED

    ballot_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    #: They had declared an interest when it opened: they neither vote nor read.
    is_excluded: Mapped[bool] = mapped_column(default=False)
    has_voted: Mapped[bool] = mapped_column(default=False)


class Vote(Base):
    """What a member chose in an open ballot, with their name."""

    __tablename__ = "vote"
    __table_args__ = UNORDERED

    ballot_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    choice: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")

    account: Mapped[Account] = relationship()


class BallotBox(HasRecordKey, Base):
    """All votes of one secret ballot while it is open, sealed together."""

    __tablename__ = "ballot_box"
    __table_args__ = UNORDERED

    #: The key of its ballot.
    id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True
    )
    sealed_votes: Mapped[bytes]

    votes = SealedByRecordKey("sealed_votes")


class MinorityView(Base):
    """Why somebody sees a decision otherwise; in a secret ballot nobody's name stands there."""

    __tablename__ = "minority_view"
    __table_args__ = UNORDERED

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    ballot_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("ballot.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    words: Mapped[str]

    author: Mapped[Account | None] = relationship()
