"""Reads of questionnaires."""

import json
import uuid
from collections import OrderedDict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, cast, func, or_, select
from sqlalchemy.orm import Session, defer, joinedload, load_only

from vrn_community.extensions import db
from vrn_community.foundation.paging import Page, paginate
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import translating
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import (
    QuestionnaireStep,
    QuestionnaireVersion,
    VersionState,
)

#: How many parsed questionnaires a process keeps.
MOST_PARSED = 200
_parsed: OrderedDict[tuple[uuid.UUID, int, str], Questionnaire] = OrderedDict()
# A parsed document is kept in memory, so its text is read only by whoever asks for it.
_light = defer(QuestionnaireVersion.document)
_is_published = QuestionnaireVersion.state == VersionState.PUBLISHED
# What the pages of answering say about the opportunity.
_of_answering = load_only(
    Opportunity.code,
    Opportunity.level,
    Opportunity.state,
    Opportunity.title,
    Opportunity.min_age,
    Opportunity.max_age,
    Opportunity.opens_on,
    Opportunity.closes_on,
    Opportunity.closed_on,
    Opportunity.contact,
    Opportunity.decision_on,
    Opportunity.published_at,
    Opportunity.needs_code,
    Opportunity.is_sensitive,
    Opportunity.is_offence_related,
    Opportunity.cover_lost_on,
    Opportunity.child_route,
    Opportunity.waived_on,
)
# Built once: building it costs as much as running it.
_ASKED = (
    select(Opportunity, QuestionnaireVersion)
    .outerjoin(
        QuestionnaireVersion,
        and_(QuestionnaireVersion.opportunity_id == Opportunity.id, _is_published),
    )
    .where(Opportunity.code == bindparam("code"), Opportunity.published_at.is_not(None))
    .options(_of_answering)
)


def published(opportunity_id: uuid.UUID) -> QuestionnaireVersion | None:
    """Return the version that people answer now, if there is one."""
    query = _of(opportunity_id).where(QuestionnaireVersion.state == VersionState.PUBLISHED)
    return db.session.scalars(query.options(_light)).first()


def asked(code: str) -> tuple[Opportunity, QuestionnaireVersion | None]:
    """Return an opportunity by its public code, with the version that people answer now.

    NoResultFound if the public never knew it. Both are tied to no session, so that they
    can be remembered, and the opportunity has no bodies or tags.
    """
    with Session(db.session.connection()) as own:
        found, version = own.execute(_ASKED, {"code": code}).one()
    return found, version


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


def versions_with(words: Sequence[str], number: int) -> Page[QuestionnaireVersion]:
    """Return a page of all versions whose questionnaire or opportunity has all of some words."""
    query = select(QuestionnaireVersion).join(QuestionnaireVersion.opportunity)
    by_title = query.where(*map(_mentions, words)).order_by(
        Opportunity.title, Opportunity.id, QuestionnaireVersion.number.desc()
    )
    titled = joinedload(QuestionnaireVersion.opportunity).load_only(Opportunity.title)
    return paginate(by_title, number, 10, load=[titled])


def _mentions(word: str) -> ColumnElement[bool]:
    as_stored = json.dumps(word)[1:-1]
    return or_(
        Opportunity.title.icontains(word, autoescape=True),
        cast(QuestionnaireVersion.document, Text).icontains(as_stored, autoescape=True),
    )


def steps(version_id: uuid.UUID) -> list[QuestionnaireStep]:
    """Return a draft as it was before its last changes, the newest first."""
    query = select(QuestionnaireStep).where(QuestionnaireStep.version_id == version_id)
    return list(db.session.scalars(query.order_by(QuestionnaireStep.revision.desc())))


def count_steps(version_id: uuid.UUID) -> int:
    """Return how many changes of a draft can be taken back."""
    query = select(func.count()).select_from(QuestionnaireStep)
    found = db.session.scalar(query.where(QuestionnaireStep.version_id == version_id))
    return found or 0


def _of(opportunity_id: uuid.UUID) -> Select[QuestionnaireVersion]:
    query = select(QuestionnaireVersion).where(
        QuestionnaireVersion.opportunity_id == opportunity_id
    )
    return query.order_by(QuestionnaireVersion.number.desc())


def document(version: QuestionnaireVersion, language: str = "") -> Questionnaire:
    """Return what a version asks, perhaps with its texts in a language.

    One that is in use is read once in each process.
    """
    if version.state is VersionState.DRAFT:
        return translating.in_language(Questionnaire.model_validate(version.document), language)
    key = (version.id, version.revision, language)
    found = _parsed.get(key)
    if found is None:
        plain = Questionnaire.model_validate(version.document)
        found = _parsed[key] = translating.in_language(plain, language)
        if len(_parsed) > MOST_PARSED:
            _parsed.popitem(last=False)
    return found
