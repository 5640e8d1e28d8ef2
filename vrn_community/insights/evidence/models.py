"""Insights, what they rest on, to whom they were sent, and what they were used for."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.db import Base, Record, enum_column
from vrn_community.insights.crossing import CrossTable
from vrn_community.insights.models import Release, ReleaseState
from vrn_community.insights.tabulate import THEMES, Row, Table
from vrn_community.insights.words.models import Theme
from vrn_community.partnership.models import (
    Area,
    BeneficiaryGroup,
    Body,
    LocalIssue,
    PreventionLevel,
    Priority,
    tag_table,
)

insight_area = tag_table("insight", "area")
insight_priority = tag_table("insight", "priority")
insight_local_issue = tag_table("insight", "local_issue")
insight_beneficiary_group = tag_table("insight", "beneficiary_group")


class InsightState(StrEnum):
    """The life of an insight; *expired* is computed, never stored."""

    DRAFT = "draft"
    PUBLISHED = "published"
    #: A newer version has taken its place.
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class Certainty(StrEnum):
    """How sure one can be of an insight."""

    ONE_SOURCE = "one-source"
    SEVERAL_AGREE = "several-agree"
    DISPUTED = "disputed"


class Insight(Record):
    """A statement of one or two sentences that rests on released results."""

    __tablename__ = "insight"
    __table_args__ = (UniqueConstraint("family_id", "number"),)

    #: The same in all versions of one insight; they are numbered from 1.
    family_id: Mapped[uuid.UUID]
    number: Mapped[int] = mapped_column(default=1, server_default="1")
    #: What a corrected version changes, and why.
    reason: Mapped[str] = mapped_column(default="", server_default="")
    #: When it was withdrawn or a newer version took its place.
    ended_on: Mapped[date | None]
    #: Why it was withdrawn.
    end_reason: Mapped[str] = mapped_column(default="", server_default="")
    statement: Mapped[str]
    state: Mapped[InsightState] = mapped_column(
        enum_column(InsightState), default=InsightState.DRAFT, index=True
    )
    certainty: Mapped[Certainty] = mapped_column(enum_column(Certainty))
    #: From whom it comes: ways of answering, places, groups.
    from_whom: Mapped[str]
    who_is_missing: Mapped[str]
    #: The last day on which it counts as current.
    expires_on: Mapped[date] = mapped_column(index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    publisher_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    areas: Mapped[list[Area]] = relationship(secondary=insight_area, order_by=Area.name)
    priorities: Mapped[list[Priority]] = relationship(
        secondary=insight_priority, order_by=Priority.number
    )
    local_issues: Mapped[list[LocalIssue]] = relationship(
        secondary=insight_local_issue, order_by=LocalIssue.position
    )
    beneficiary_groups: Mapped[list[BeneficiaryGroup]] = relationship(
        secondary=insight_beneficiary_group, order_by=BeneficiaryGroup.position
    )
    prevention: Mapped[list["InsightPrevention"]] = relationship(cascade="all, delete-orphan")
    evidence: Mapped[list["Evidence"]] = relationship(
        back_populates="insight",
        cascade="all, delete-orphan",
        order_by="Evidence.kind.desc(), Evidence.key",
    )

    @property
    def prevention_levels(self) -> list[PreventionLevel]:
        """The levels of prevention that it is about."""
        return [row.level for row in self.prevention]

    @property
    def is_expired(self) -> bool:
        """Whether it is too old to count as current."""
        return self.expires_on < clock.today()

    @property
    def has_ended(self) -> bool:
        """Whether nobody can rest on it any more."""
        return self.state in ENDED

    def differs_from(self, other: "Insight") -> list[str]:
        """Return in what two versions differ: names of columns, and "evidence"."""
        names = ("statement", "from_whom", "certainty", "who_is_missing", "expires_on")
        differing = [name for name in names if getattr(self, name) != getattr(other, name)]
        ours, theirs = (
            {(each.release_id, each.reference) for each in version.evidence}
            for version in (self, other)
        )
        return [*differing, *(["evidence"] if ours != theirs else [])]

    @property
    def fewest(self) -> int | None:
        """How many people answered the cited question with the fewest answers; None without one."""
        return min((table.base for each in self.evidence if (table := each.table)), default=None)


#: States in which an insight stays readable and cannot be used any more.
ENDED = frozenset({InsightState.CORRECTED, InsightState.WITHDRAWN})
#: States in which the bodies that were sent it can read it.
SEEN = ENDED | {InsightState.PUBLISHED}


class InsightPrevention(Base):
    """One level of prevention that an insight is about."""

    __tablename__ = "insight_prevention"

    insight_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("insight.id", ondelete="CASCADE"), primary_key=True
    )
    level: Mapped[PreventionLevel] = mapped_column(enum_column(PreventionLevel), primary_key=True)


class EvidenceKind(StrEnum):
    """What an insight can rest on."""

    TABLE = "table"
    CROSS = "cross"
    QUOTE = "quote"
    THEME = "theme"


class Evidence(Record):
    """One thing that an insight rests on: a part of a frozen release, or a theme beside it."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("insight_id", "release_id", "kind", "key"),)

    insight_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("insight.id", ondelete="CASCADE"))
    release_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("release.id"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(enum_column(EvidenceKind))
    #: The key of a table, both keys of a cross-table, the place of a quote, or a theme's key.
    key: Mapped[str]
    theme_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("theme.id", ondelete="CASCADE"), index=True
    )
    #: How many people have the theme, as the release tells it: never newer.
    people: Mapped[int | None]

    insight: Mapped[Insight] = relationship(back_populates="evidence")
    release: Mapped[Release] = relationship()
    theme: Mapped[Theme | None] = relationship()

    @property
    def reference(self) -> str:
        """Its name among all that a release offers."""
        return reference(self.kind, self.key)

    @property
    def table(self) -> Table | None:
        """The table of the release, if it is one."""
        return self._found if isinstance(self._found, Table) else None

    @property
    def cross(self) -> CrossTable | None:
        """The table of one item by another, if it is one."""
        return self._found if isinstance(self._found, CrossTable) else None

    @property
    def quote(self) -> str:
        """The words of the release, if they are what is cited and were not withheld since."""
        return self._found if isinstance(self._found, str) else ""

    @property
    def released_theme(self) -> Row | None:
        """The theme with its number of people, as far as the release itself tells it."""
        return theme_row(self.theme, self.release) if self.theme else None

    @property
    def _found(self) -> Table | CrossTable | str | None:
        return dict(citable(self.release)).get(self.reference)


def theme_row(theme: Theme, release: Release) -> Row | None:
    """Return the row in which a release tells how many people have a theme; None if it does not."""
    key = f"{THEMES}:{theme.frame.question_id}"
    rows = (row for table in release.shown if table.key == key for row in table.rows)
    return next((row for row in rows if row.choice_id == str(theme.id)), None)


def reference(kind: EvidenceKind, key: str) -> str:
    """Return the name under which a form names what can be cited."""
    return f"{kind}:{key}"


def citable(release: Release) -> Iterator[tuple[str, Table | CrossTable | str]]:
    """Go through what a frozen release offers, each with its reference; a draft offers nothing."""
    if release.state is ReleaseState.DRAFT:
        return
    for table in release.shown:
        yield reference(EvidenceKind.TABLE, table.key), table
    for cross in release.crossed:
        yield reference(EvidenceKind.CROSS, " by ".join(cross.key)), cross
    for place, quote in release.standing:
        yield reference(EvidenceKind.QUOTE, str(place)), quote["words"]


class ReceiptWay(StrEnum):
    """How a body without accounts said that an insight came."""

    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"


class Routing(Record):
    """One insight on its way to one body: when it was sent, and who says that it came."""

    __tablename__ = "routing"
    __table_args__ = (UniqueConstraint("insight_id", "body_id"),)

    insight_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("insight.id", ondelete="CASCADE"))
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("body.id"), index=True)
    sent_on: Mapped[date] = mapped_column(default=clock.today)
    sent_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    received_on: Mapped[date | None]
    received_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    #: Where the team noted it for the body: how it was said, and by whom, as a role.
    received_way: Mapped[ReceiptWay | None] = mapped_column(enum_column(ReceiptWay))
    received_from: Mapped[str] = mapped_column(default="", server_default="")
    #: When somebody said to know that it was withdrawn.
    knows_on: Mapped[date | None]

    insight: Mapped[Insight] = relationship()
    body: Mapped[Body] = relationship()
    received_by: Mapped[Account | None] = relationship(foreign_keys=[received_by_id])
    uses: Mapped[list["Use"]] = relationship(back_populates="routing", order_by="Use.used_on")


class Purpose(StrEnum):
    """What a body can use an insight for."""

    NEEDS_ASSESSMENT = "needs-assessment"
    STRATEGY_REVIEW = "strategy-review"
    COMMISSIONING_DECISION = "commissioning-decision"


class Use(Record):
    """One time that a body used an insight, in its own words."""

    __tablename__ = "use"

    routing_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("routing.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[Purpose] = mapped_column(enum_column(Purpose))
    words: Mapped[str]
    used_on: Mapped[date]
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))

    routing: Mapped[Routing] = relationship(back_populates="uses")
    author: Mapped[Account] = relationship()
