"""Reads of the audit trail."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation.paging import Page, paginate

START = "0" * 64
#: What returns the keys of subjects of which an account must learn nothing.
Concealed = Callable[[uuid.UUID], Select[uuid.UUID]]
_concealed: list[Concealed] = []


def conceal(keys_of: Concealed) -> None:
    """Let a later package keep entries about some subjects from an account that reads them."""
    if keys_of not in _concealed:
        _concealed.append(keys_of)


def last(action: str = "") -> AuditEntry | None:
    """Return the newest entry, perhaps of one action, if there is one."""
    query = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)
    return db.session.scalars(query.where(AuditEntry.action == action) if action else query).first()


def page(number: int, *, to: uuid.UUID, action: str = "") -> Page[AuditEntry]:
    """Return a page of the entries that an account may read, newest first, perhaps of one action.

    Of an allegation about the reader it shows nothing.
    """
    query = select(AuditEntry).order_by(AuditEntry.number.desc())
    for keys_of in _concealed:
        subject = AuditEntry.subject_id
        query = query.where(or_(subject.is_(None), subject.not_in(keys_of(to))))
    if action:
        query = query.where(AuditEntry.action == action)
    return paginate(query, number, size=50)


def of_subject(subject_id: uuid.UUID) -> list[AuditEntry]:
    """Return what was done to one thing, oldest first, at most the last 200 acts."""
    query = select(AuditEntry).where(AuditEntry.subject_id == subject_id)
    newest = db.session.scalars(query.order_by(AuditEntry.number.desc()).limit(200)).all()
    return list(reversed(newest))


def acts_between(begin: datetime, end: datetime, which: ColumnElement[bool]) -> list[Any]:
    """Return action, actor, subject, moment and details of some acts between two moments."""
    whose = (AuditEntry.action, AuditEntry.actor_id, AuditEntry.subject_id)
    query = select(*whose, AuditEntry.at, AuditEntry.details).where(
        AuditEntry.at >= begin, AuditEntry.at < end, which
    )
    return list(db.session.execute(query.order_by(AuditEntry.number)))


def counts_between(
    begin: datetime, end: datetime, which: ColumnElement[bool]
) -> dict[tuple[str, uuid.UUID | None], int]:
    """Return how often each actor did each of some acts between two moments."""
    query = select(AuditEntry.action, AuditEntry.actor_id, func.count())
    query = query.where(AuditEntry.at >= begin, AuditEntry.at < end, which)
    rows = db.session.execute(query.group_by(AuditEntry.action, AuditEntry.actor_id))
    return {(action, actor): number for action, actor, number in rows}


def is_done(action: str, key: uuid.UUID) -> bool:
    """Return whether something was ever done to one thing."""
    query = select(AuditEntry.number).where(
        AuditEntry.subject_id == key, AuditEntry.action == action
    )
    return db.session.scalars(query.limit(1)).first() is not None
