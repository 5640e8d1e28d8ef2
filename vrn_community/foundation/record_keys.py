"""A key for each record of what people told us: deleted with the record, and in no backup.

A backup of the data holds no keys; those are copied apart, and the copies are kept for a
stated time alone. So what is deleted here cannot be read from an old backup either.

To give a model such keys:

1. Let it inherit from `HasRecordKey`, and declare `text = SealedByRecordKey("sealed_text")` for
   each column `sealed_text` of bytes. Setting the words of a new row, whose id is set, makes its
   key; both are stored together. For inserts that go past the models, `make` makes the keys of
   many new rows in one statement, and `seal_by` seals with one of them; `store_once` stores a row
   with its key unless it is there already. What is no words, `content` and `keep` of the column
   open and seal.
2. Add its table to `KEYED` in `migrations/triggers.py`: a trigger deletes the key with the row,
   in the same transaction, however the row is deleted. Nothing needs to be sealed: a row that came
   back with a backup, and whose key did not, was deleted since.
3. Where words are opened, load with `joinedload(Model.record_key)`, so that nobody takes a row
   back between it and its key; where rows are locked, with `selectinload`.
4. Where words go sooner than their row, let the key go with them (`empty`); where one of several
   texts does, it stands in a row of its own.
5. Say in `privacy/settling.py` what becomes of a row that a restore brings back without its key.
"""

import secrets
import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import (
    InstrumentedAttribute,
    Mapped,
    declared_attr,
    foreign,
    mapped_column,
    relationship,
)

from vrn_community.extensions import db
from vrn_community.foundation import crypto
from vrn_community.foundation.db import UNORDERED, Base, table_of
from vrn_community.foundation.sealed_columns import Sealed, SealedColumn
from vrn_community.foundation.upsert import upsert

#: Rows that are in memory are not looked through: they are loaded anew after the commit.
_UNSEEN = {"synchronize_session": False}


class KeyGoneError(crypto.SealBrokenError):
    """The key of a record was deleted: nobody can read any more what the record says."""


class RecordKey(Base):
    """The key of one record, wrapped by the data key; it tells neither a time nor an order."""

    __tablename__ = "record_key"
    __table_args__ = UNORDERED

    record_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    wrapped_key: Mapped[bytes]
    wrapping = SealedColumn("wrapped_key", of="record_id")

    def opened(self) -> bytes:
        """Return the key."""
        return self.wrapping.unseal(self.record_id, self.wrapped_key)


# Of the table, and made once: to make a statement costs as much as to run it.
_KEYS = insert(table_of(RecordKey))


class HasRecordKey:
    """A model whose rows have a key of their own."""

    id: Mapped[uuid.UUID]

    @declared_attr
    def record_key(cls) -> Mapped[RecordKey | None]:  # noqa: N805 - SQLAlchemy passes the class.
        """Return the relationship to the key of the row; none when it was deleted."""
        return relationship(
            RecordKey,
            primaryjoin=lambda: foreign(RecordKey.record_id) == cls.id,
            uselist=False,
            passive_deletes="all",  # A trigger deletes it.
            overlaps="record_key",
        )


class SealedByRecordKey(Sealed):
    """Words of a row that are sealed by its own key."""

    is_of_data_key = False

    def _sealed(self, row: Any, content: bytes) -> bytes:
        place = self.place(row.id)
        if row.record_key is None:
            others = set(_sealed_columns(type(row))) - {self.column}
            if any(getattr(row, name) for name in others):
                raise KeyGoneError  # A new key would open nothing of what is there.
            row.record_key = RecordKey(**_new(row.id)[1])
        return crypto.seal_with(row.record_key.opened(), content, *place)

    def _unsealed(self, row: Any, sealed: bytes) -> bytes:
        if row.record_key is None:
            raise KeyGoneError
        return crypto.unseal_with(row.record_key.opened(), sealed, *self.place(row.id))

    def seal_by(self, key: bytes, record_id: uuid.UUID, words: str) -> bytes:
        """Return words sealed by the key that `make` made for a record."""
        return crypto.seal_with(key, words.encode(), *self.place(record_id))


def make(record_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    """Store a key for each of some new records, in one statement, and return the keys."""
    made = {record_id: _new(record_id) for record_id in record_ids}
    if made:
        db.session.execute(_KEYS, [row for _key, row in made.values()])
    return {record_id: key for record_id, (key, _row) in made.items()}


def _new(record_id: uuid.UUID) -> tuple[bytes, dict[str, Any]]:
    """Return a new key, and its row."""
    key = secrets.token_bytes(crypto.KEY_BYTES)
    return key, {"record_id": record_id, "wrapped_key": RecordKey.wrapping.seal(record_id, key)}


def store_once(row: Any, same: InstrumentedAttribute[Any]) -> bool:
    """Store a new row and its key, unless one with the same value of a column is there."""
    model = type(row)
    given = {name: value for name, value in vars(row).items() if name in table_of(model).c}
    once = upsert(model).values(given).on_conflict_do_nothing(index_elements=[same])
    is_new = db.session.scalar(once.returning(model.id)) is not None
    if is_new and row.record_key is not None:
        db.session.add(row.record_key)
        db.session.flush()
    return is_new


def models() -> list[type[HasRecordKey]]:
    """Return the models whose rows have keys of their own."""
    found = (mapper.class_ for mapper in Base.registry.mappers)
    return [model for model in found if issubclass(model, HasRecordKey)]


def is_missing(model: type[HasRecordKey]) -> ColumnElement[bool]:
    """Return the condition that the key of a row is gone, although not all that it opens is."""
    has_none = ~exists().where(RecordKey.record_id == model.id)
    left = [getattr(model, column) != b"" for column in _sealed_columns(model)]
    return has_none & or_(*left) if left else has_none


def _sealed_columns(model: type[HasRecordKey]) -> list[str]:
    return [v.column for v in vars(model).values() if isinstance(v, SealedByRecordKey)]


def missing() -> dict[str, int]:
    """Return how many rows have lost their keys, by table, where there are any."""
    numbers = {
        model.__name__: db.session.scalar(
            select(func.count()).select_from(model).where(is_missing(model))
        )
        for model in models()
    }
    return {name: number for name, number in numbers.items() if number}


def empty(row: Any) -> None:
    """Forget all that the key of a row opens, and the key; the rest of the row stays."""
    db.session.flush()
    empty_all(type(row), type(row).id == row.id)
    db.session.refresh(row)


def empty_all(model: type[Any], which: ColumnElement[bool]) -> None:
    """Forget all that the keys of some rows open, and the keys, as `empty` does of one."""
    columns = table_of(model).c
    left = {name: None if columns[name].nullable else b"" for name in _sealed_columns(model)}
    db.session.execute(
        delete(RecordKey).where(RecordKey.record_id.in_(select(model.id).where(which)))
    )
    db.session.execute(update(model).where(which).values(left), execution_options=_UNSEEN)


def forget_unused() -> int:
    """Delete keys without a record, as a restore leaves them, and return how many it were."""
    unused = [~exists().where(model.id == RecordKey.record_id) for model in models()]
    gone = db.session.execute(delete(RecordKey).where(*unused), execution_options=_UNSEEN)
    return int(gone.rowcount)  # type: ignore[attr-defined]
