"""Reads of the audit trail."""

import uuid

from sqlalchemy import select

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
