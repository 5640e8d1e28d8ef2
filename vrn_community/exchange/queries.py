"""Reads of exports, and of what goes into them."""

import uuid

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from vrn_community.accounts.models import Account
from vrn_community.contributions.models import READABLE, Contribution, Passage, WithdrawalCount
from vrn_community.exchange.models import Export, ExportContent, ExportState
from vrn_community.extensions import db
from vrn_community.foundation import crypto
from vrn_community.foundation.paging import Page, paginate
from vrn_community.insights import queries as insights
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.opportunities.queries import is_in_stage
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState

MOST_WAITING, MOST_OFFERED = 10, 200
LOADED = (joinedload(Export.opportunity), joinedload(Export.asked_by))


def closed() -> list[Opportunity]:
    """Return the closed activities with questions, of which an export can be asked; by name."""
    asked = select(QuestionnaireVersion.id).where(
        QuestionnaireVersion.opportunity_id == Opportunity.id,
        QuestionnaireVersion.state != VersionState.DRAFT,
    )
    query = select(Opportunity).where(is_in_stage(Stage.CLOSED), asked.exists())
    order = (Opportunity.title, Opportunity.id)
    return list(db.session.scalars(query.order_by(*order).limit(MOST_OFFERED)))


def page_of(account: Account, number: int) -> Page[Export]:
    """Return a page of the exports that an account asked for, the newest first."""
    return paginate(_newest().where(Export.asked_by_id == account.id), number, load=LOADED)


def page(number: int) -> Page[Export]:
    """Return a page of all exports, those that wait for approval first."""
    waits = Export.state == ExportState.ASKED
    query = select(Export).order_by(waits.desc(), Export.created_at.desc(), Export.id)
    return paginate(query, number, load=LOADED)


def _newest() -> Select[Export]:
    return select(Export).order_by(Export.created_at.desc(), Export.id)


def export(export_id: uuid.UUID) -> Export:
    """Return an export; NoResultFound if there is none."""
    return db.session.scalars(select(Export).where(Export.id == export_id)).one()


def own(export_id: uuid.UUID, account: Account) -> Export:
    """Return an export that an account asked for; NoResultFound if it asked for no such thing."""
    query = select(Export).where(Export.id == export_id, Export.asked_by_id == account.id)
    return db.session.scalars(query).one()


def to_approve(account: Account) -> list[Export]:
    """Return what waits for approval by somebody else than who asked, the oldest first."""
    return _waiting(Export.state == ExportState.ASKED, Export.asked_by_id != account.id)


def to_fetch(account: Account) -> list[Export]:
    """Return what an account can fetch now, the oldest first."""
    found = _waiting(Export.state == ExportState.READY, Export.asked_by_id == account.id)
    return [export for export in found if export.is_there]


def _waiting(*which: ColumnElement[bool]) -> list[Export]:
    query = select(Export).options(joinedload(Export.opportunity)).where(*which)
    order = (Export.created_at, Export.id)
    return list(db.session.scalars(query.order_by(*order).limit(MOST_WAITING)))


def source(export: Export) -> str:
    """Return a hash of what a file is made of: it changes when somebody or some words must go.

    Of answers that is how many were taken back, of words what others may read now.
    """
    if export.content is ExportContent.ANSWERS:
        query = select(func.sum(WithdrawalCount.count))
        of_this = WithdrawalCount.opportunity_id == export.opportunity_id
        return crypto.keyed_hash("export", str(db.session.scalar(query.where(of_this)) or 0))
    words = sorted(words for _asked, words, _quote in cleared_words(export.opportunity_id))
    return crypto.keyed_hash("export", "\0".join(words))


def cleared_words(opportunity_id: uuid.UUID) -> list[tuple[str, str, str]]:
    """Return the question, the cleared words and whether they may be quoted, for each passage."""
    texts = insights.question_texts(opportunity_id)
    query = (
        select(Passage.question_id, Passage.cleared_words, Contribution.may_quote)
        .join(Contribution, Contribution.id == Passage.contribution_id)
        .where(Contribution.opportunity_id == opportunity_id, Passage.state.in_(READABLE))
    )
    return [
        (texts.get(asked.partition(".")[0], asked), words or "", "yes" if may_quote else "no")
        for asked, words, may_quote in db.session.execute(query)
    ]
