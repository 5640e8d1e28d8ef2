"""Reads of responses."""

import uuid
from dataclasses import replace

from sqlalchemy import func, select

from vrn_community.contributions import queries as contributions
from vrn_community.contributions import receipts
from vrn_community.contributions.models import Contribution
from vrn_community.extensions import db
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState
from vrn_community.responses.flow import CHECK, Walk
from vrn_community.responses.models import Response


def count(opportunity_id: uuid.UUID) -> int:
    """Return how many people answered."""
    query = select(func.count()).select_from(Response).join(Contribution)
    return db.session.scalar(query.where(Contribution.opportunity_id == opportunity_id)) or 0


def version(opportunity_id: uuid.UUID, text: str) -> QuestionnaireVersion | None:
    """Return the version that a form names, if it was ever published for the opportunity."""
    try:
        key = uuid.UUID(text)
    except ValueError:
        return None
    known = QuestionnaireVersion.state != VersionState.DRAFT
    query = select(QuestionnaireVersion).where(QuestionnaireVersion.id == key, known)
    of_this = QuestionnaireVersion.opportunity_id == opportunity_id
    return db.session.scalars(query.where(of_this)).first()


def was_sent(submission: str) -> bool:
    """Return whether a walk with this token was sent already."""
    return contributions.by_receipt(receipts.code_for(submission)) is not None


def of_contribution(contribution_id: uuid.UUID) -> Response | None:
    """Return the response of a contribution."""
    return db.session.get(Response, contribution_id)


def walk_of(contribution: Contribution, code: str) -> tuple[QuestionnaireVersion, Walk] | None:
    """Return what the holder of a receipt code sent, to be looked at and corrected."""
    response = of_contribution(contribution.id)
    if response is None:
        return None
    version = questionnaires.version(response.version_id)
    words = {p.question_id: p.unseal() for p in contributions.passages_of(contribution)}
    walk = Walk("", CHECK, response.answers, words, response.profile, contribution.may_quote)
    return version, replace(walk, receipt=code, seed=response.seed or 0)
