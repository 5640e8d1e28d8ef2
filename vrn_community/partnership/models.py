"""The tables of the place: what opportunities, answers and results are about."""

import uuid
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Numeric, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from vrn_community.foundation import clock
from vrn_community.foundation.db import Base, Dated, Record, enum_column
from vrn_community.partnership.levels import PreventionLevel as PreventionLevel


class AreaKind(StrEnum):
    """What kind of council an area has."""

    DISTRICT = "district"
    UNITARY_AUTHORITY = "unitary-authority"


class BodyKind(StrEnum):
    """What kind of group or organisation a body is."""

    BOARD = "board"
    COMMUNITY_SAFETY_PARTNERSHIP = "community-safety-partnership"
    CORE_MEMBER = "core-member"
    OVERSIGHT_GROUP = "oversight-group"
    TEAM = "team"


class SupportKind(StrEnum):
    """What a support service is there for."""

    EMERGENCY = "emergency"
    HELPLINE = "helpline"
    FRONT_DOOR = "front-door"
    REPORTING = "reporting"
    #: Whom staff tell of an allegation against somebody who works here: for the desk alone.
    DESIGNATED_OFFICER = "designated-officer"


class MeasureKind(StrEnum):
    """Where the strategy names a success measure."""

    DUTY = "duty"
    PARTNERSHIP = "partnership"
    OUTCOME = "outcome"


class PopulationTable(StrEnum):
    """The census tables that we keep."""

    AGE_BAND = "age-band"
    AGE_YEAR = "age-year"
    DISABILITY = "disability"
    ENGLISH_PROFICIENCY = "english-proficiency"
    ETHNIC_GROUP = "ethnic-group"
    GENDER_IDENTITY = "gender-identity"
    MAIN_LANGUAGE = "main-language"
    RELIGION = "religion"
    SEX = "sex"
    SEX_BY_AGE_BAND = "sex-by-age-band"
    SEXUAL_ORIENTATION = "sexual-orientation"

    @property
    def is_comparable(self) -> bool:
        """Whether answers may be compared with the table.

        The census office itself doubts its figures on gender identity.
        """
        return self is not PopulationTable.GENDER_IDENTITY


body_area = Table(
    "body_area",
    Base.metadata,
    Column("body_id", ForeignKey("body.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id", ondelete="CASCADE"), primary_key=True, index=True),
)
support_service_area = Table(
    "support_service_area",
    Base.metadata,
    Column("service_id", ForeignKey("support_service.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id", ondelete="CASCADE"), primary_key=True, index=True),
)


def tag_table(owner: str, kind: str) -> Table:
    """Return the table that ties rows of another package to rows of a table of the place."""
    return Table(
        f"{owner}_{kind}",
        Base.metadata,
        Column(f"{owner}_id", ForeignKey(f"{owner}.id", ondelete="CASCADE"), primary_key=True),
        Column(f"{kind}_id", ForeignKey(f"{kind}.id"), primary_key=True, index=True),
    )


class Area(Dated, Record):
    """The area of one council, by its official code."""

    __tablename__ = "area"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[AreaKind] = mapped_column(enum_column(AreaKind))
    upper_tier_code: Mapped[str]
    upper_tier_name: Mapped[str]
    population_2021: Mapped[int]
    #: Where the area stands on the map of tiles; both count from 1, at the north-west.
    tile_column: Mapped[int]
    tile_row: Mapped[int]


class Body(Dated, Record):
    """A board, partnership, group or organisation; without areas it works in all of them."""

    __tablename__ = "body"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[BodyKind] = mapped_column(enum_column(BodyKind), index=True)
    #: What it does to prevent violence, in one plain sentence.
    role: Mapped[str]
    website: Mapped[str] = mapped_column(default="")
    position: Mapped[int]

    areas: Mapped[list[Area]] = relationship(secondary=body_area, order_by=Area.name)


class Priority(Dated, Record):
    """One of the priorities of the strategy."""

    __tablename__ = "priority"

    number: Mapped[int] = mapped_column(unique=True)
    #: The strategy's own title, word for word.
    title: Mapped[str]
    short_title: Mapped[str]
    meaning: Mapped[str]
    oversight_body_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("body.id", ondelete="SET NULL"), index=True
    )

    oversight_body: Mapped[Body | None] = relationship()
    focus_areas: Mapped[list["FocusArea"]] = relationship(
        back_populates="priority", order_by="FocusArea.position", passive_deletes=True
    )


class FocusArea(Record):
    """One key area of focus of a priority, in plain words, in the strategy's order."""

    __tablename__ = "focus_area"
    __table_args__ = (UniqueConstraint("priority_id", "position"),)

    priority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("priority.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str]

    priority: Mapped[Priority] = relationship(back_populates="focus_areas")


class LocalIssue(Dated, Record):
    """One of the local issues that the strategy puts first."""

    __tablename__ = "local_issue"

    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    #: The strategy's own wording.
    official: Mapped[str]
    #: Whether being found with questions about it could harm somebody.
    is_sensitive: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]


class SuccessMeasure(Dated, Record):
    """A sign by which the strategy tells whether it works: a success measure or an outcome."""

    __tablename__ = "success_measure"

    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[MeasureKind] = mapped_column(enum_column(MeasureKind))
    title: Mapped[str]
    #: The strategy's own wording.
    official: Mapped[str]
    position: Mapped[int]


class BeneficiaryGroup(Dated, Record):
    """A group of people whom the strategy means to hear and to help."""

    __tablename__ = "beneficiary_group"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str]
    position: Mapped[int]


class SupportService(Dated, Record):
    """A place that a person can call; without areas it answers everywhere here."""

    __tablename__ = "support_service"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[SupportKind] = mapped_column(enum_column(SupportKind))
    phone: Mapped[str]
    #: The number to call outside the hours, where there is another one.
    phone_out_of_hours: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str]
    #: The age of the person who needs help, not of the person who calls.
    min_age: Mapped[int | None]
    max_age: Mapped[int | None]
    is_always_open: Mapped[bool] = mapped_column(default=False)
    #: Weekdays on which it opens, Monday is 1: "12345".
    days: Mapped[str] = mapped_column(default="")
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    #: The hours in words.
    hours: Mapped[str]
    source_url: Mapped[str]
    #: When a person last called or looked to see that all this is right (G4).
    checked_on: Mapped[date | None]
    #: Since when a person knows that the number is wrong: only staff see it until it is mended.
    wrong_since: Mapped[date | None]
    position: Mapped[int]

    areas: Mapped[list[Area]] = relationship(secondary=support_service_area, order_by=Area.name)

    @validates("phone", "phone_out_of_hours")
    def _needs_a_check(self, name: str, phone: str) -> str:
        """Forget what was found about the number when it becomes another one."""
        if phone != getattr(self, name):
            self.checked_on = self.wrong_since = None
        return phone

    def is_open(self, moment: datetime) -> bool | None:
        """Return whether somebody answers at a moment; None if we do not know the hours."""
        if self.is_always_open:
            return True
        if not self.days or self.opens is None or self.closes is None:
            return None
        local = clock.in_london(moment)
        at, today = local.time(), str(local.isoweekday())
        if self.opens < self.closes:
            return today in self.days and self.opens <= at < self.closes
        yesterday = str((local.date() - timedelta(days=1)).isoweekday())
        return (today in self.days and at >= self.opens) or (
            yesterday in self.days and at < self.closes
        )

    def is_for(self, age: int) -> bool:
        """Return whether it helps people of an age."""
        return (self.min_age is None or self.min_age <= age) and (
            self.max_age is None or age <= self.max_age
        )


class PostcodeSector(Record):
    """The share of a postcode sector (such as LE3 9) that lies in one area, in postcodes."""

    __tablename__ = "postcode_sector"
    __table_args__ = (UniqueConstraint("sector", "area_id"),)

    sector: Mapped[str]
    area_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("area.id", ondelete="CASCADE"))
    share: Mapped[float] = mapped_column(Numeric(4, 3, asdecimal=False))

    area: Mapped[Area] = relationship()


class PopulationFigure(Record):
    """How many residents of an area the census counted in one category of a table."""

    __tablename__ = "population_figure"
    __table_args__ = (UniqueConstraint("census_table", "area_id", "category", "detail"),)

    census_table: Mapped[PopulationTable] = mapped_column(enum_column(PopulationTable))
    area_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("area.id", ondelete="CASCADE"))
    category: Mapped[str]
    #: A finer category inside the category; empty where there is none.
    detail: Mapped[str] = mapped_column(default="")
    count: Mapped[int]
    #: The place of the category in the census table.
    position: Mapped[int]

    area: Mapped[Area] = relationship()
