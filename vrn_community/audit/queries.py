"""Reads of the audit trail."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation.paging import Page, paginate

START = "0" * 64


def last() -> AuditEntry | None:
    """Return the newest entry, if there is one."""
    return db.session.scalars(
        select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)
    ).first()


def page(number: int, *, action: str = "") -> Page[AuditEntry]:
    """Return a page of entries, newest first, perhaps of one action only."""
    query = select(AuditEntry).order_by(AuditEntry.number.desc())
    if action:
        query = query.where(AuditEntry.action == action)
    return paginate(query, number, size=50)


def of_subject(subject_id: uuid.UUID) -> list[AuditEntry]:
    """Return what was done to one thing, oldest first, at most the last 200 acts."""
    query = select(AuditEntry).where(AuditEntry.subject_id == subject_id)
    newest = db.session.scalars(query.order_by(AuditEntry.number.desc()).limit(200)).all()
    return list(reversed(newest))


def acts_between(begin: datetime, end: datetime, which: ColumnElement[bool]) -> list[Any]:
    """Return action, actor, subject and moment of some acts between two moments."""
    columns = (AuditEntry.action, AuditEntry.actor_id, AuditEntry.subject_id, AuditEntry.at)
    query = select(*columns).where(AuditEntry.at >= begin, AuditEntry.at < end, which)
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
