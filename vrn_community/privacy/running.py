"""The daily run that deletes what is over, and leaves a record of how much.

It may be stopped and started at any moment: what is over follows from dates alone, each batch
is committed together with its deletion record, and a day without a run is caught up by the next.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, literal, select

from vrn_community import config
from vrn_community.contributions import jobs as contributions
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.db import table_of
from vrn_community.privacy import forgetting
from vrn_community.privacy.models import DeletionRecord
from vrn_community.privacy.retention import CLASSES, Over, RetentionClass

#: So much is deleted between two commits.
AT_ONCE = 200


@dataclass(frozen=True)
class Standing:
    """How one class stands: about how much of it is over, and was deleted so far."""

    kind: RetentionClass
    #: Rounded down, for nobody may work out how many took part in one activity.
    due_at_least: int
    deleted_at_least: int
    last_on: date | None


def due(kind: RetentionClass) -> int:
    """Return how much of a class is over now: what a run would delete."""
    if kind.over is None:
        return 0
    return db.session.scalar(select(func.count()).select_from(_rows(kind.over).subquery())) or 0


def run() -> Iterator[tuple[RetentionClass, int]]:
    """Delete what is over: commit each batch, and yield its class and how many."""
    for kind in CLASSES:
        if kind.over:
            for number in _run(kind, kind.over):
                yield kind, number


def tidy(done: Collection[RetentionClass]) -> None:
    """Leave nothing of what people sent on the disk, not even between the rows or in logs."""
    db.session.commit()  # Looking for the last batch has begun a transaction.
    tables = {kind.over.model.__tablename__ for kind in done if kind.over}
    if tables.intersection(contributions.RENEWALS):
        contributions.shuffle()


def _run(kind: RetentionClass, over: Over) -> Iterator[int]:
    query, last = _rows(over), None
    while found := _batch(over, query, last):
        keys = [row[0] for row in found]
        if over.act:
            over.act(keys)
        else:
            forgetting.rows_of(over.model, keys)
        _note(kind, Counter(row[1] for row in found))
        db.session.commit()
        last = keys[-1]
        yield len(keys)


def _rows(over: Over) -> Select[Any]:
    """Return the keys of what is over, each with its activity where that is noted."""
    table = table_of(over.model)
    (key,) = table.primary_key
    activity = table.c.opportunity_id if over.is_by_activity else literal(None)
    return select(key, activity).where(over.condition())


def _batch(over: Over, query: Select[Any], last: Any) -> Sequence[Any]:
    """Return the next rows, in the order of their keys; two runs at once share them."""
    (key,) = table_of(over.model).primary_key
    rest = query if last is None else query.where(key > last)
    some = rest.order_by(key).limit(over.at_once or AT_ONCE)
    locked = some.with_for_update(skip_locked=True, of=over.model)
    return db.session.execute(locked).all()


def _note(kind: RetentionClass, counts: Mapping[uuid.UUID | None, int]) -> None:
    """Add to the deletion records of today; they hold no more than how many."""
    for activity, count in counts.items():
        record = _record(kind, activity)
        record.count += count
    db.session.flush()


def _record(kind: RetentionClass, activity: uuid.UUID | None) -> DeletionRecord:
    same = {"kind": kind.name, "opportunity_id": activity, "deleted_on": clock.today()}
    found = db.session.scalars(select(DeletionRecord).filter_by(**same).with_for_update()).first()
    if found is None:
        found = DeletionRecord(count=0, **same)
        db.session.add(found)
    return found


def overview() -> list[Standing]:
    """Return how every class stands that is deleted by the run."""
    query = select(
        DeletionRecord.kind, func.sum(DeletionRecord.count), func.max(DeletionRecord.deleted_on)
    ).group_by(DeletionRecord.kind)
    done = {kind: (count, day) for kind, count, day in db.session.execute(query)}
    found = ((kind, *done.get(kind.name, (0, None))) for kind in CLASSES if kind.over)
    return [Standing(kind, _rounded(due(kind)), _rounded(count), day) for kind, count, day in found]


def _rounded(count: int) -> int:
    step = config.current().disclosure_threshold
    return count // step * step
