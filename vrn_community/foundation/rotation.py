"""Changing the data key while the service runs: what the old one sealed is sealed anew.

Only what a data key sealed is touched: the words of a record stay as they are, and its key
is wrapped anew.
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, update

from vrn_community import config
from vrn_community.extensions import db
from vrn_community.foundation import crypto, sealed_columns
from vrn_community.foundation.db import table_of
from vrn_community.foundation.sealed_columns import SealedColumn

#: So many values are sealed anew in one transaction: others who write wait no longer than that.
AT_ONCE = 500


def columns() -> list[SealedColumn]:
    """Return the columns that a data key seals."""
    return [column for column in sealed_columns.every() if column.is_of_data_key]


def marks() -> dict[str, int]:
    """Return how many values each key has sealed, by the mark of the key in hexadecimal."""
    found = Counter({crypto.mark_of(key).hex(): 0 for key in config.current().data_keys})
    for column in columns():
        mark = _mark(column)
        for sealed_by, number in db.session.execute(
            select(mark, func.count()).where(mark.is_not(None)).group_by(mark)
        ):
            found[bytes(sealed_by).hex()] += number
    return dict(found)


def left() -> int:
    """Return how many values an older key at hand has sealed."""
    found, older = marks(), config.current().data_keys[1:]
    return sum(found[crypto.mark_of(key).hex()] for key in older)


def rotate() -> Iterator[int]:
    """Seal under the first key what older keys sealed; yield how many values each step did.

    Each step commits. Stopped and begun again it goes on where it was, and a value that
    somebody else changes or deletes meanwhile stays as they left it.
    """
    for column in columns():
        last = None
        while True:
            began = time.monotonic()
            number, last = _step(column, last)
            db.session.commit()
            if last is None:
                break
            yield number
            time.sleep(time.monotonic() - began)  # So that others come to write between.


def _step(column: SealedColumn, after: object) -> tuple[int, object]:
    """Seal some values anew; return how many, and the key after which to go on."""
    table = table_of(column.model)
    (key,) = table.primary_key.columns
    sealed = table.c[column.column]
    older = [crypto.mark_of(old) for old in config.current().data_keys[1:]]
    query = select(key, table.c[column.of], sealed).where(_mark(column).in_(older))
    query = query.order_by(key).limit(AT_ONCE)
    found = db.session.execute(query.where(key > after) if after else query).all()
    if not found:
        return 0, None
    change(column, found)
    return len(found), found[-1][0]


def change(column: SealedColumn, rows: Iterable[Any]) -> None:
    """Seal values anew unless they were changed since they were read: key, owner and bytes."""
    table = table_of(column.model)
    (key,) = table.primary_key.columns
    sealed = table.c[column.column]
    unchanged = (key == bindparam("row"), sealed == bindparam("old"))
    statement = update(table).where(*unchanged).values({sealed: bindparam("new")})
    if anew := list(_sealed_anew(column, rows)):
        db.session.connection().execute(statement, anew)


def _sealed_anew(column: SealedColumn, rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for row, owner, old in rows:
        with suppress(crypto.SealBrokenError):  # Damaged before: it stays, and is still counted.
            yield {"row": row, "old": old, "new": column.seal(owner, column.unseal(owner, old))}


def _mark(column: SealedColumn) -> ColumnElement[bytes]:
    return func.substr(table_of(column.model).c[column.column], 1, crypto.MARK_BYTES)
