"""Who is told when: some working days before a day, and on the day after it.

What is stored is that somebody was told, once for a subject, a kind and a day: so it does not
matter how often this runs, how long it did not, or whether it runs twice at once.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from vrn_community import config
from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock, working_days
from vrn_community.foundation.permissions import Permission
from vrn_community.foundation.upsert import upsert
from vrn_community.notifications import MailKind, notify
from vrn_community.oversight.commitments import queries as commitments
from vrn_community.oversight.commitments.models import Commitment, Milestone
from vrn_community.oversight.meetings.models import Meeting
from vrn_community.oversight.publishing import queries as statements
from vrn_community.oversight.recommendations import queries as recommendations
from vrn_community.oversight.recommendations import speaking
from vrn_community.oversight.recommendations.models import Escalation, Recommendation
from vrn_community.oversight.reminders.models import (
    BELONGS_TO,
    OF_BOARD,
    OF_NOTES,
    OF_SCRUTINY,
    OVERDUE,
    Reminder,
    ReminderKind,
)
from vrn_community.oversight.scrutiny import queries as scrutiny
from vrn_community.oversight.scrutiny import telling
from vrn_community.oversight.scrutiny.models import EvidenceRequest, Rating

K = ReminderKind
#: Kinds that are not told to the body of a recommendation.
NOT_OF_BODY = OF_BOARD | OF_NOTES | OF_SCRUTINY


@dataclass(frozen=True)
class Owed:
    """What is owed by a day, and the kinds of telling so before and after it."""

    subject_id: uuid.UUID
    recommendation_id: uuid.UUID | None
    day: date
    soon: ReminderKind
    overdue: ReminderKind
    meeting_id: uuid.UUID | None = None
    evidence_request_id: uuid.UUID | None = None
    rating_id: uuid.UUID | None = None

    @property
    def key(self) -> tuple[uuid.UUID, ReminderKind, date]:
        """What can be told of it today, once."""
        kind = self.overdue if self.day < clock.today() else self.soon
        return self.subject_id, kind, self.day


def remind() -> None:
    """Store what is due to be told now and was not told before."""
    until = working_days.within(clock.today(), config.current().notice_working_days)
    owed = [one for one in _owed(until) if one.day <= until]
    told = _told({one.subject_id for one in owed})
    rows = [_row(one) for one in owed if one.key not in told]
    if rows:
        db.session.execute(upsert(Reminder).on_conflict_do_nothing(), rows)
        _mail(rows)


def _told(subjects: Iterable[uuid.UUID]) -> set[tuple[uuid.UUID, ReminderKind, date]]:
    query = select(Reminder.subject_id, Reminder.kind, Reminder.due_on)
    rows = db.session.execute(query.where(Reminder.subject_id.in_(subjects)))
    return {(row.subject_id, row.kind, row.due_on) for row in rows}


def _row(owed: Owed) -> dict[str, Any]:
    subject_id, kind, day = owed.key
    return {
        "id": uuid.uuid4(),
        "created_at": clock.now(),
        "subject_id": subject_id,
        "kind": kind,
        "due_on": day,
        **{name: getattr(owed, name) for name in BELONGS_TO},
    }


def _mail(rows: list[dict[str, Any]]) -> None:
    """Tell by mail those for whom reminders are: each once a day, however many there are."""
    kinds = {row["kind"] for row in rows}
    about = {row["recommendation_id"] for row in rows if row["kind"] not in NOT_OF_BODY}
    asked = select(Recommendation.body_id).where(Recommendation.id.in_(about)).distinct()
    told = [account for body_id in _rows(asked) for account in speaking.speakers(body_id)]
    told += _who_answers_the_group(rows)
    if kinds & OVERDUE:
        told += accounts.who_can(Permission.RECOMMENDATION_SEND)
    if kinds & OF_BOARD:
        told += accounts.who_can(Permission.ESCALATION_ANSWER)
    if kinds & OF_NOTES:
        told += accounts.who_can(Permission.STATEMENT_WRITE)
    for account in told:
        notify(account.id, MailKind.TODAY, f"days|{clock.today()}")


def _who_answers_the_group(rows: list[dict[str, Any]]) -> Iterator[Account]:
    for model, name in ((EvidenceRequest, "evidence_request_id"), (Rating, "rating_id")):
        about = {row[name] for row in rows if row[name]}
        for one in _rows(select(model).where(model.id.in_(about))):
            yield from telling.who_answers(one)


def _owed(until: date) -> Iterator[Owed]:
    """Go through what is owed by a day; what was moved too late is owed by both its days."""
    yield from _asked(until)
    yield from _promised(until)
    yield from _scrutinised(until)
    for row in _rows(select(Meeting).where(statements.owes_notes())):
        yield Owed(row.id, None, row.notes_due_on, K.NOTES_SOON, K.NOTES_OVERDUE, row.id)


def _asked(until: date) -> Iterator[Owed]:
    query = select(Recommendation).options(
        selectinload(Recommendation.extensions), joinedload(Recommendation.challenge)
    )
    for row in _rows(query.where(recommendations.is_owed(), Recommendation.reply_by <= until)):
        for day in {row.reply_by, row.promised_by}:
            yield Owed(row.id, row.id, day, K.REPLY_SOON, K.REPLY_OVERDUE)
    waiting = select(Escalation).where(Escalation.answered_at.is_(None))
    for row in _rows(waiting.where(Escalation.answer_by <= until)):
        yield Owed(row.id, row.recommendation_id, row.answer_by, K.BOARD_SOON, K.BOARD_OVERDUE)


def _promised(until: date) -> Iterator[Owed]:
    promised = select(Commitment).options(selectinload(Commitment.postponements))
    for row in _rows(promised.where(commitments.is_open(), Commitment.due_on <= until)):
        kinds = K.COMMITMENT_SOON, K.COMMITMENT_OVERDUE
        for day in {row.due_on, row.promised_by}:
            yield Owed(row.id, row.recommendation_id, day, *kinds)
    steps = select(Milestone).options(
        selectinload(Milestone.commitment).selectinload(Commitment.postponements)
    )
    for row in _rows(steps.where(commitments.is_milestone_open(), Milestone.due_on <= until)):
        about = row.commitment.recommendation_id
        for day in {row.due_on, row.promised_by}:
            yield Owed(row.id, about, day, K.MILESTONE_SOON, K.MILESTONE_OVERDUE)


def _scrutinised(until: date) -> Iterator[Owed]:
    asked = select(EvidenceRequest).options(selectinload(EvidenceRequest.extensions))
    for row in _rows(asked.where(scrutiny.is_owed(), EvidenceRequest.answer_by <= until)):
        kinds = K.EVIDENCE_SOON, K.EVIDENCE_OVERDUE
        for day in {row.answer_by, row.promised_by}:
            yield Owed(row.id, None, day, *kinds, evidence_request_id=row.id)
    rated = select(Rating).where(scrutiny.is_rating_owed(), Rating.answer_by <= until)
    for row in _rows(rated):
        yield Owed(row.id, None, row.answer_by, K.RATING_SOON, K.RATING_OVERDUE, rating_id=row.id)


def _rows(query: Any) -> Any:
    return db.session.scalars(query).all()
