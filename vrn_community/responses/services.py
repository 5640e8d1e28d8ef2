"""Sending a response: one transaction, once."""

from sqlalchemy import insert

from vrn_community.contributions import receipts
from vrn_community.contributions import services as contributions
from vrn_community.extensions import db
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses import ages, flow
from vrn_community.responses.flow import Walk
from vrn_community.responses.models import Response


def send(
    version: QuestionnaireVersion, document: Questionnaire, walk: Walk, *, language: str
) -> str:
    """Store what somebody answered, and return the receipt code: the same however often."""
    code = receipts.code_for(walk.submission)
    sent = flow.final(document, ages.block_of(document, walk.profile), walk)
    sending = contributions.Sending(code, language, sent.may_quote, sent.words)
    key = contributions.receive(version.opportunity_id, sending)
    if key:
        row = {
            "contribution_id": key,
            "version_id": version.id,
            "answers": dict(sent.answers),
            "profile": dict(sent.profile),
        }
        db.session.execute(insert(Response).values(row))
    return code
