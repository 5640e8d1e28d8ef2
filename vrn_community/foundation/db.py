"""What every table has in common, and the column types that all packages share."""

import uuid
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Dialect, Enum, MetaData, Table, TypeDecorator, and_, or_
from sqlalchemy.exc import OperationalError, TimeoutError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.sql import ColumnElement

from vrn_community.foundation import clock

#: The database did not answer, or had no connection left: a page of 503, not of 500.
DATABASE_SILENT = (OperationalError, TimeoutError)
#: Names of constraints, so that migrations can find them on both databases.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


#: Of tables of people's answers: no numbers of rows, which would be the order of arrival.
UNORDERED = {"sqlite_with_rowid": False}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware and in UTC in Python, without a zone in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone and store it in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment as an aware one."""
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    """The root of all models."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: UtcDateTime}
    )


class Record(Base):
    """A row with a random key, so that neither order nor time can be read from it."""

    __abstract__ = True

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Dated:
    """A fact about the place that holds from one date until, perhaps, another."""

    valid_from: Mapped[date] = mapped_column(default=date(2023, 1, 1))
    valid_until: Mapped[date | None]

    @classmethod
    def current(cls, on: date | None = None) -> ColumnElement[bool]:
        """Return the condition that a row holds on a date (today if none is given)."""
        day = on or clock.today()
        return and_(cls.valid_from <= day, or_(cls.valid_until.is_(None), cls.valid_until >= day))


def table_of(model: type[Base]) -> Table:
    """Return the table of a model, for statements that must be as quick as they can be."""
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(model)
    return table


def enum_column(kind: type[StrEnum]) -> Enum:
    """Return a column type that stores the values of an enum as checked text."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=kind.__name__.lower(),
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
