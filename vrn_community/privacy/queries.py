"""Reads of records of processing: what holds, what held, and where one is owed."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity
from vrn_community.privacy.models import ProcessingRecord
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState


@dataclass(frozen=True)
class Listed:
    """One activity that owes a record, and the newest one that it has."""

    opportunity: Opportunity
    record: ProcessingRecord | None


def owes_record(opportunity: Opportunity) -> bool:
    """Return whether an activity asks people anything, or could be about what is sensitive."""
    if opportunity.level is ParticipationLevel.INFORM:
        return False
    return opportunity.is_sensitive or questionnaires.published(opportunity.id) is not None


def asks_equality(opportunity: Opportunity) -> bool:
    """Return whether the questions of an activity are followed by the equality questions."""
    version = questionnaires.published(opportunity.id) or questionnaires.draft(opportunity.id)
    return bool(version and questionnaires.document(version).equality_block)


def in_force(opportunity_id: uuid.UUID, day: date | None = None) -> ProcessingRecord | None:
    """Return what held on a day (today if none is given): what people were told who answered."""
    holds = ProcessingRecord.holds_from <= (day or clock.today())
    query = _of(opportunity_id).where(holds)
    return db.session.scalars(query.limit(1)).first()


def latest(opportunity_id: uuid.UUID) -> ProcessingRecord | None:
    """Return the newest record of an activity, also one that holds from tomorrow on."""
    return db.session.scalars(_of(opportunity_id).limit(1)).first()


def versions(opportunity_id: uuid.UUID) -> list[ProcessingRecord]:
    """Return every record of an activity with who wrote it, the newest first."""
    query = _of(opportunity_id).options(joinedload(ProcessingRecord.written_by))
    return list(db.session.scalars(query))


def _of(opportunity_id: uuid.UUID) -> Select[ProcessingRecord]:
    query = select(ProcessingRecord).where(ProcessingRecord.opportunity_id == opportunity_id)
    return query.order_by(ProcessingRecord.holds_from.desc())


def listed(number: int) -> Page[Listed]:
    """Return a page of the activities that owe a record, what changed last first."""
    query = select(Opportunity).where(_owe_record())
    ordered = query.order_by(Opportunity.changed_at.desc(), Opportunity.id)
    page = paginate(ordered, number)
    newest = newest_of([opportunity.id for opportunity in page.rows])
    rows = [Listed(opportunity, newest.get(opportunity.id)) for opportunity in page.rows]
    return Page(rows, page.number, page.pages, page.total)


def newest_of(opportunity_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, ProcessingRecord]:
    """Return the newest record of each of some activities."""
    query = select(ProcessingRecord).where(ProcessingRecord.opportunity_id.in_(opportunity_ids))
    oldest_first = db.session.scalars(query.order_by(ProcessingRecord.holds_from))
    return {record.opportunity_id: record for record in oldest_first}


def _owe_record() -> ColumnElement[bool]:
    """Return the condition of `owes_record`; a draft of questions is enough to be listed."""
    asked = select(QuestionnaireVersion.id).where(
        QuestionnaireVersion.opportunity_id == Opportunity.id,
        QuestionnaireVersion.state != VersionState.RETIRED,
    )
    is_invitation = Opportunity.level != ParticipationLevel.INFORM
    return is_invitation & or_(Opportunity.is_sensitive, asked.exists())
