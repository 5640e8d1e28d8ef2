"""Receiving and withdrawing contributions.

Public acts: no audit entry, no job and no log line, for each would tell the order of arrival.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import joinedload

from vrn_community.contributions import queries, receipts
from vrn_community.contributions.models import (
    READABLE,
    WAITING,
    Contribution,
    DayColumns,
    Passage,
    PassageState,
    WithdrawalCount,
)
from vrn_community.extensions import db
from vrn_community.foundation import clock, record_keys
from vrn_community.foundation.db import table_of
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.record_keys import RecordKey
from vrn_community.foundation.upsert import upsert
from vrn_community.screening import queries as screening
from vrn_community.screening.signals import joined, urgency_of

#: Made once, as `_once` is: to make a statement costs as much as to run it.
_PASSAGES = insert(table_of(Passage))


@dataclass(frozen=True)
class Sending:
    """What one person sends, besides closed answers."""

    receipt_code: str
    language: str
    may_quote: bool
    #: Words by passage id.
    words: Mapping[str, str]
    is_demo: bool = False
    #: The day, if it is not today.
    received_on: date | None = None


def receive(opportunity_id: uuid.UUID, sending: Sending) -> uuid.UUID | None:
    """Store a contribution with its passages, and return its key; None if it is here already."""
    once = _once(db.engine.dialect.name, tells_key=True)
    stored: uuid.UUID | None = db.session.scalar(once, _row(opportunity_id, sending))
    if stored is not None:
        _keep({stored: sending})
    return stored


def receive_all(opportunity_id: uuid.UUID, sendings: Sequence[Sending]) -> list[uuid.UUID | None]:
    """Store many contributions as `receive` does one, and return their keys in order."""
    rows = [_row(opportunity_id, sending) for sending in sendings]
    keys = [row["id"] for row in rows]
    forget_days(opportunity_id, {row["received_on"] for row in rows})
    db.session.execute(_once(db.engine.dialect.name), rows)
    stored = set(db.session.scalars(select(Contribution.id).where(Contribution.id.in_(keys))))
    _keep({key: s for key, s in zip(keys, sendings, strict=True) if key in stored})
    return [key if key in stored else None for key in keys]


def _row(opportunity_id: uuid.UUID, sending: Sending) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(),
        "opportunity_id": opportunity_id,
        "received_on": sending.received_on or clock.today(),
        "language": sending.language,
        "receipt_hash": receipts.hash_of(sending.receipt_code),
        "may_quote": sending.may_quote,
        "is_demo": sending.is_demo,
    }


def _keep(sendings: Mapping[uuid.UUID, Sending]) -> None:
    """Store the words of new contributions, and a key for each row of both."""
    words = [(uuid.uuid4(), key, *item) for key, s in sendings.items() for item in s.words.items()]
    keys = record_keys.make([*sendings, *(passage_id for passage_id, *_rest in words)])
    if words:
        db.session.execute(_PASSAGES, [_passage(keys[w[0]], *w) for w in words])


@cache
def _once(_dialect: str, *, tells_key: bool = False) -> Any:
    """Return the insertion of a contribution that is not here yet: made once for a database."""
    rows = table_of(Contribution).c
    once = upsert(Contribution).on_conflict_do_nothing(index_elements=[rows.receipt_hash])
    return once.returning(rows.id) if tells_key else once


def _passage(
    key: bytes, passage_id: uuid.UUID, contribution_id: uuid.UUID, question_id: str, words: str
) -> dict[str, object]:
    found = screening.signals_of(words)
    return {
        "id": passage_id,
        "signals": joined(found),
        "urgency": urgency_of(found),
        "contribution_id": contribution_id,
        "question_id": question_id,
        "state": PassageState.PENDING,
        "sealed_words": Passage.sealed_by(key, passage_id, words),
    }


def forget_day(contribution: Contribution) -> None:
    """Throw away what was computed from the day of a contribution: before that is taken out."""
    forget_days(contribution.opportunity_id, {contribution.received_on})


def forget_days(opportunity_id: uuid.UUID, days: Collection[date]) -> None:
    """Throw away what was computed from some days: before something of them is taken out.

    On PostgreSQL the statement waits for whoever is just computing one of the days.
    """
    of_this = DayColumns.opportunity_id == opportunity_id
    db.session.execute(delete(DayColumns).where(of_this, DayColumns.received_on.in_(days)))


def withdraw(contribution: Contribution) -> None:
    """Delete a contribution with all that belongs to it; only the day and the number stay."""
    if not queries.can_withdraw(contribution):
        raise NotAllowed(_("The answers are already counted, so they cannot be taken back."))
    _delete(contribution)


def take_back_again(contributions: Iterable[Contribution]) -> None:
    """Delete what a restore brought back although it was deleted since: people or time took it."""
    for contribution in contributions:
        _delete(contribution)
    forget_originals(record_keys.is_missing(Passage))


def forget_originals(which: ColumnElement[bool]) -> None:
    """Delete the words of some passages as they were written, and their keys.

    What others may read of them stays; of what was never cleared, nothing does.
    """
    keep = {"execution_options": {"synchronize_session": False}}
    readable = Passage.state.in_(READABLE)
    keys = select(Passage.id).where(which)
    db.session.execute(delete(RecordKey).where(RecordKey.record_id.in_(keys)), **keep)
    db.session.execute(delete(Passage).where(which, ~readable), **keep)
    db.session.execute(update(Passage).where(which).values(sealed_words=b""), **keep)


def _delete(contribution: Contribution) -> None:
    row = {
        "opportunity_id": contribution.opportunity_id,
        "withdrawn_on": clock.today(),
        "count": 1,
    }
    forget_day(contribution)
    db.session.delete(contribution)
    keys = [WithdrawalCount.opportunity_id, WithdrawalCount.withdrawn_on]
    add_one = {"count": WithdrawalCount.count + 1}
    statement = upsert(WithdrawalCount).values(row)
    db.session.execute(statement.on_conflict_do_update(index_elements=keys, set_=add_one))
    db.session.flush()


#: So many passages are looked through again between two commits.
AT_ONCE = 200


@dataclass(frozen=True)
class Screened:
    """How many passages were looked through, and the key after which to go on, if any."""

    count: int
    last: uuid.UUID | None


def screen_again(after: uuid.UUID | None = None) -> Screened:
    """Look some waiting passages through again with the lists in force, in the order of keys."""
    query = select(Passage).where(Passage.state.in_(WAITING)).order_by(Passage.id).limit(AT_ONCE)
    query = query.options(joinedload(Passage.record_key))
    found = list(db.session.scalars(query.where(Passage.id > after) if after else query))
    for passage in found:
        passage.flag(screening.signals_of(passage.unseal()))
    db.session.flush()
    return Screened(len(found), found[-1].id if found else None)
