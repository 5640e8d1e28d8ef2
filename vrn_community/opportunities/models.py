"""Opportunities and their tags."""

import uuid
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import Base, Record, enum_column
from vrn_community.opportunities.children import OWN_PERMISSION, ChildRoute
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import BEING_CHANGED, EDITABLE, OpportunityState
from vrn_community.partnership.models import (
    Area,
    BeneficiaryGroup,
    Body,
    LocalIssue,
    PreventionLevel,
    Priority,
    tag_table,
)

ADULT = 18


class Stage(StrEnum):
    """How an opportunity that was published stands for the public today."""

    OPENING_SOON = "opening-soon"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


opportunity_area = tag_table("opportunity", "area")
opportunity_priority = tag_table("opportunity", "priority")
opportunity_local_issue = tag_table("opportunity", "local_issue")
opportunity_beneficiary_group = tag_table("opportunity", "beneficiary_group")

#: After closing, people have this long to change or take back what they sent.
DAYS_TO_CHANGE = timedelta(days=7)


class SignOffKind(StrEnum):
    """For what somebody answers before sensitive questions, or people under 18, are asked."""

    SAFEGUARDING = "safeguarding"
    DATA_PROTECTION = "data-protection"


class SignOff(Record):
    """That somebody answers for an opportunity as it stands; a change takes it back."""

    __tablename__ = "sign_off"
    __table_args__ = (UniqueConstraint("opportunity_id", "kind"),)

    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE")
    )
    kind: Mapped[SignOffKind] = mapped_column(enum_column(SignOffKind))
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))

    account: Mapped[Account] = relationship(lazy="joined")


class Opportunity(Record):
    """An invitation to take part, at one level, from a body that must answer for it."""

    __tablename__ = "opportunity"
    __table_args__ = (
        CheckConstraint("opens_on <= closes_on", name="opens_before_it_closes"),
        CheckConstraint("min_age <= max_age", name="ages_in_order"),
    )

    #: Seven random characters: neutral, short link and QR code in one.
    code: Mapped[str] = mapped_column(unique=True)
    level: Mapped[ParticipationLevel] = mapped_column(enum_column(ParticipationLevel), index=True)
    state: Mapped[OpportunityState] = mapped_column(
        enum_column(OpportunityState), default=OpportunityState.DRAFT, index=True
    )
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    description_source: Mapped[str] = mapped_column(default="")
    description_html: Mapped[str] = mapped_column(default="")
    asking_body_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    contact: Mapped[str] = mapped_column(default="")

    audience: Mapped[str] = mapped_column(default="")
    min_age: Mapped[int | None]
    max_age: Mapped[int | None]
    time_needed: Mapped[str] = mapped_column(default="")
    payment: Mapped[str] = mapped_column(default="")

    opens_on: Mapped[date | None] = mapped_column(index=True)
    closes_on: Mapped[date | None] = mapped_column(index=True)
    review_on: Mapped[date | None]
    decider: Mapped[str] = mapped_column(default="")
    decision_on: Mapped[date | None]
    can_change: Mapped[str] = mapped_column(default="")
    cannot_change: Mapped[str] = mapped_column(default="")
    is_undecided: Mapped[bool] = mapped_column(default=False)
    #: How people under 16 are let in, why nobody has to be asked, and since when that holds.
    child_route: Mapped[ChildRoute | None] = mapped_column(enum_column(ChildRoute))
    waiver_reason: Mapped[str] = mapped_column(default="")
    waived_on: Mapped[date | None]
    #: Whether being found with these answers could harm somebody: then nothing can be saved.
    is_sensitive: Mapped[bool] = mapped_column(default=False)
    #: Whether it asks about crimes of people's own, or of one case: then nobody is known and
    #: nobody writes (Y17).
    is_offence_related: Mapped[bool] = mapped_column(default=False)
    #: Whether only somebody with a code may answer: one reply each, and nobody is named.
    needs_code: Mapped[bool] = mapped_column(default=False)
    #: What the level and the age group owe besides, by the names in `gates`.
    duties: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)

    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    approver_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    #: Everybody who wrote any of it: none of them may approve it.
    writer_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    #: The day on which somebody closed it before its closing date.
    closed_on: Mapped[date | None]
    #: The day on which it paused by itself, for nobody was there for concerns (G1).
    cover_lost_on: Mapped[date | None]
    #: The day of the first frozen results: from then on answers cannot be withdrawn.
    results_frozen_on: Mapped[date | None]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_act: Mapped[str] = mapped_column(default="")
    state_reason: Mapped[str] = mapped_column(default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    asking_body: Mapped[Body | None] = relationship(foreign_keys=[asking_body_id])
    areas: Mapped[list[Area]] = relationship(secondary=opportunity_area, order_by=Area.name)
    priorities: Mapped[list[Priority]] = relationship(
        secondary=opportunity_priority, order_by=Priority.number
    )
    local_issues: Mapped[list[LocalIssue]] = relationship(secondary=opportunity_local_issue)
    beneficiary_groups: Mapped[list[BeneficiaryGroup]] = relationship(
        secondary=opportunity_beneficiary_group
    )
    prevention: Mapped[list["OpportunityPrevention"]] = relationship(cascade="all, delete-orphan")
    sign_offs: Mapped[list[SignOff]] = relationship(
        cascade="all, delete-orphan", order_by=SignOff.kind
    )

    @property
    def answers_change_until(self) -> date | None:
        """The last day on which answers can be changed or taken back; None if none is set.

        It is a week after the end: what somebody closed early ended on that day. Results that
        are frozen before end it sooner.
        """
        last_day = self.closed_on or self.closes_on
        return last_day + DAYS_TO_CHANGE if last_day else None

    @property
    def prevention_levels(self) -> list[PreventionLevel]:
        """The levels of prevention that it works at."""
        return [row.level for row in self.prevention]

    @property
    def needs_sign_off(self) -> bool:
        """Whether two people answer for it first: it is sensitive, or asks people under 18 (V6)."""
        return self.is_sensitive or (self.is_invitation and self.includes_children)

    @property
    def missing_sign_offs(self) -> list[SignOffKind]:
        """For what somebody still has to answer before it may be published."""
        given = {sign_off.kind for sign_off in self.sign_offs}
        return [kind for kind in SignOffKind if self.needs_sign_off and kind not in given]

    @property
    def is_editable(self) -> bool:
        """Whether its content may be changed now."""
        return self.state in EDITABLE

    @property
    def is_being_changed(self) -> bool:
        """Whether the public knew it, and it was taken back to be changed."""
        return self.published_at is not None and self.state in BEING_CHANGED

    def note_writer(self, account: Account) -> None:
        """Remember who changed it now: whoever read it before has to look again."""
        self.changed_at = clock.now()
        self.writer_ids = sorted({*self.writer_ids, str(account.id)})

    def was_written_by(self, account: Account) -> bool:
        """Return whether an account wrote any of it."""
        return account.id == self.author_id or str(account.id) in self.writer_ids

    @property
    def is_invitation(self) -> bool:
        """Whether people are invited to do more than read."""
        return self.level is not ParticipationLevel.INFORM

    @property
    def includes_children(self) -> bool:
        """Whether people under 18 may take part."""
        return (self.min_age or 0) < ADULT

    @property
    def needs_child_route(self) -> bool:
        """Whether people under 16 are invited to do more than read."""
        return self.is_invitation and (self.min_age or 0) < OWN_PERMISSION

    @property
    def stage(self) -> Stage | None:
        """How it stands for the public today; None if the public never sees it."""
        today = clock.today()
        if self.state is OpportunityState.CLOSED:
            return Stage.CLOSED
        if self.state is OpportunityState.PAUSED:
            return Stage.PAUSED
        if self.state is not OpportunityState.PUBLISHED:
            return None
        if self.closes_on and self.closes_on < today:
            return Stage.CLOSED
        return Stage.OPENING_SOON if self.opens_on and self.opens_on > today else Stage.OPEN

    @property
    def is_open(self) -> bool:
        """Whether people can take part today."""
        return self.stage is Stage.OPEN

    @property
    def lets_finish(self) -> bool:
        """Whether whoever has begun may still send, though nobody can begin.

        It paused by itself: that must not cost people what they have just said.
        """
        is_over = self.closes_on is not None and self.closes_on < clock.today()
        return self.stage is Stage.PAUSED and self.cover_lost_on is not None and not is_over

    @property
    def is_open_ended(self) -> bool:
        """Whether people can take part all the time."""
        return self.is_invitation and self.closes_on is None

    @property
    def reply_due_on(self) -> date | None:
        """The day by which a consultation must be answered: 12 weeks after it closes (V1).

        One that stays open is answered by the day of its decision.
        """
        if self.level is not ParticipationLevel.CONSULT:
            return None
        last_day = self.closed_on or self.closes_on
        if last_day is None:
            return self.decision_on
        return clock.weeks_after(last_day, config.current().response_due_weeks)

    def duty(self, name: str) -> str:
        """Return what was written for a duty, or nothing."""
        return self.duties.get(name, "")


class OpportunityPrevention(Base):
    """One level of prevention at which an opportunity works."""

    __tablename__ = "opportunity_prevention"

    opportunity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), primary_key=True
    )
    level: Mapped[PreventionLevel] = mapped_column(enum_column(PreventionLevel), primary_key=True)


def tags_of(row: Any) -> str:
    """Return the natural key under which forms and filters name a tag."""
    return str(getattr(row, "code", None) or getattr(row, "slug", None) or row.number)
