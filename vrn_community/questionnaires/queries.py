"""Reads of questionnaires."""

import uuid
from collections import OrderedDict

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from vrn_community.extensions import db
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState

#: How many parsed questionnaires a process keeps.
MOST_PARSED = 200
_parsed: OrderedDict[tuple[uuid.UUID, int], Questionnaire] = OrderedDict()
# A parsed document is kept in memory, so its text is read only by whoever asks for it.
_light = defer(QuestionnaireVersion.document)


def published(opportunity_id: uuid.UUID) -> QuestionnaireVersion | None:
    """Return the version that people answer now, if there is one."""
    query = _of(opportunity_id).where(QuestionnaireVersion.state == VersionState.PUBLISHED)
    return db.session.scalars(query.options(_light)).first()


def draft(opportunity_id: uuid.UUID) -> QuestionnaireVersion | None:
    """Return the version that is being written, if there is one."""
    query = _of(opportunity_id).where(QuestionnaireVersion.state == VersionState.DRAFT)
    return db.session.scalars(query).first()


def versions(opportunity_id: uuid.UUID) -> list[QuestionnaireVersion]:
    """Return all versions of an opportunity, newest first, without their documents."""
    return list(db.session.scalars(_of(opportunity_id).options(_light)))


def version(version_id: uuid.UUID) -> QuestionnaireVersion:
    """Return a version in any state; NoResultFound if there is none."""
    query = select(QuestionnaireVersion).where(QuestionnaireVersion.id == version_id)
    return db.session.scalars(query.options(_light)).one()


def _of(opportunity_id: uuid.UUID) -> Select[QuestionnaireVersion]:
    query = select(QuestionnaireVersion).where(
        QuestionnaireVersion.opportunity_id == opportunity_id
    )
    return query.order_by(QuestionnaireVersion.number.desc())


def document(version: QuestionnaireVersion) -> Questionnaire:
    """Return what a version asks; one that can no longer change is parsed once in each process."""
    if version.state is VersionState.DRAFT:
        return Questionnaire.model_validate(version.document)
    key = (version.id, version.revision)
    found = _parsed.get(key)
    if found is None:
        found = _parsed[key] = Questionnaire.model_validate(version.document)
        if len(_parsed) > MOST_PARSED:
            _parsed.popitem(last=False)
    return found
