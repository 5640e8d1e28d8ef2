"""Reads of releases, and of words to quote."""

import uuid
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from vrn_community.contributions import queries as contributions
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.foundation.paging import Page, paginate
from vrn_community.insights import dataset
from vrn_community.insights.attribution import Writer
from vrn_community.insights.models import Release, ReleaseState
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.opportunities.queries import is_in_stage
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState
from vrn_community.responses.models import Response

QUOTES_ON_A_PAGE = 50


def asked(number: int) -> Page[Opportunity]:
    """Return a page of the activities with questions that people could answer, newest first.

    Whether anybody has answered is not asked: nobody at all is a small number too.
    """
    version = select(QuestionnaireVersion.id).where(
        QuestionnaireVersion.opportunity_id == Opportunity.id,
        QuestionnaireVersion.state == VersionState.PUBLISHED,
    )
    latest = Opportunity.opens_on.desc().nulls_last()
    query = select(Opportunity).where(_could_be_answered(), version.exists())
    return paginate(query.order_by(latest, Opportunity.id), number)


def _could_be_answered() -> ColumnElement[bool]:
    return or_(*(is_in_stage(stage) for stage in (Stage.OPEN, Stage.PAUSED, Stage.CLOSED)))


def asked_versions(*, released: bool = False) -> Sequence[QuestionnaireVersion]:
    """Return every version that people could answer, perhaps only where results are public."""
    query = (
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.opportunity)
        .options(contains_eager(QuestionnaireVersion.opportunity))
        .where(QuestionnaireVersion.state != VersionState.DRAFT, _could_be_answered())
    )
    if released:
        is_current = Release.opportunity_id == Opportunity.id, Release.state == ReleaseState.FROZEN
        public = Opportunity.published_at.is_not(None)
        query = query.where(public, select(Release.id).where(*is_current).exists())
    return db.session.scalars(query).all()


def current_releases(opportunity_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Release]:
    """Return what the public sees of the results of some opportunities, by opportunity."""
    query = select(Release).where(Release.opportunity_id.in_(list(opportunity_ids)))
    found = db.session.scalars(query.where(Release.state == ReleaseState.FROZEN))
    return {release.opportunity_id: release for release in found}


def releases(opportunity_id: uuid.UUID) -> list[Release]:
    """Return all releases of an opportunity, the newest first."""
    query = select(Release).where(Release.opportunity_id == opportunity_id)
    return list(db.session.scalars(query.order_by(Release.number.desc())))


def published(opportunity_id: uuid.UUID) -> list[Release]:
    """Return what was ever released of an opportunity, the newest first."""
    return [found for found in releases(opportunity_id) if found.state != ReleaseState.DRAFT]


def draft(opportunity_id: uuid.UUID) -> Release | None:
    """Return the release that is being prepared, if there is one."""
    return _in_state(opportunity_id, ReleaseState.DRAFT)


def divided_by(opportunity_id: uuid.UUID) -> set[str]:
    """Return by which results the newest release divides the others."""
    newest = next(iter(releases(opportunity_id)), None)
    return {table.key[1] for table in newest.crossed} if newest else set()


def current_release(opportunity_id: uuid.UUID) -> Release | None:
    """Return what the public sees of the results of an opportunity, if anything."""
    return _in_state(opportunity_id, ReleaseState.FROZEN)


def _in_state(opportunity_id: uuid.UUID, state: ReleaseState) -> Release | None:
    query = select(Release).where(Release.opportunity_id == opportunity_id, Release.state == state)
    return db.session.scalars(query).first()


def release(opportunity_id: uuid.UUID, release_id: uuid.UUID) -> Release:
    """Return a release of an opportunity, and that with it; NoResultFound if there is none."""
    query = select(Release).options(joinedload(Release.opportunity))
    of_this = (Release.id == release_id, Release.opportunity_id == opportunity_id)
    return db.session.scalars(query.where(*of_this)).one()


def quotable(opportunity_id: uuid.UUID) -> list[Passage]:
    """Return the cleared passages that their authors allow to be quoted, by question."""
    readable = contributions.readable_passages(opportunity_id)
    allowed = [passage for passage in readable if passage.contribution.may_quote]
    return sorted(allowed, key=lambda passage: passage.question_id)


def writers(passages: Collection[uuid.UUID]) -> dict[uuid.UUID, Writer]:
    """Return who wrote each of some passages, as far as they answered closed questions."""
    query = (
        select(Passage.id, Response.answers, Response.profile)
        .join(Response, Response.contribution_id == Passage.contribution_id)
        .where(Passage.id.in_(passages))
    )
    return {key: Writer(*given) for key, *given in db.session.execute(query)}


def page_of(passages: Sequence[Passage], number: int) -> Page[Passage]:
    """Return one page of passages."""
    total = len(passages)
    pages = max(1, -(-total // QUOTES_ON_A_PAGE))
    number = min(max(1, number), pages)
    start = (number - 1) * QUOTES_ON_A_PAGE
    return Page(passages[start : start + QUOTES_ON_A_PAGE], number, pages, total)


def question_texts(opportunity_id: uuid.UUID) -> dict[str, str]:
    """Return the text of each question of an opportunity, as it was asked last."""
    texts: dict[str, str] = {}
    for document in dataset.documents(opportunity_id).values():
        for question in document.questions():
            texts.setdefault(question.id, question.text)
    return texts
