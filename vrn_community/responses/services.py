"""Sending a response: one transaction, once."""

import uuid
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert

from vrn_community import config
from vrn_community.contributions import queries, receipts
from vrn_community.contributions import services as contributions
from vrn_community.contributions.models import Contribution
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.db import table_of
from vrn_community.foundation.errors import NotAllowed
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses import ages, drafts, flow, quality, sessions, slips
from vrn_community.responses import queries as responses
from vrn_community.responses.flow import Walk
from vrn_community.responses.models import Response

# Made once, and of the table: to make a statement costs as much as to run it.
_RESPONSE = insert(table_of(Response))


class NotLetIn(NotAllowed):
    """The session is full or over, or the slip was used: nothing may be kept."""


def send(
    version: QuestionnaireVersion, document: Questionnaire, walk: Walk, *, language: str
) -> str:
    """Store what somebody answered, and return the receipt code: the same however often."""
    code = walk.receipt or receipts.code_for(walk.submission)
    sent = flow.final(document, ages.block_of(document, walk.profile), walk)
    sending = contributions.Sending(code, language, sent.may_quote, sent.words)
    former = _take_out(code) if walk.receipt else {}
    key = contributions.receive(version.opportunity_id, sending)
    drafts.forget(sent)
    if key:
        if not former:
            _let_in(sent, version.opportunity_id)
        row = {"contribution_id": key, "version_id": version.id, **row_of(document, sent), **former}
        db.session.execute(_RESPONSE, row)
    return code


def _take_out(code: str) -> dict[str, Any]:
    """Delete what a corrected response replaces, and return what stays true of it.

    Whatever was withdrawn or counted in the meantime does not come back.
    """
    former = queries.by_receipt(code)
    response = responses.of_contribution(former.id) if former else None
    if former is None or response is None or not queries.can_withdraw(former):
        raise NotLetIn(_("These answers cannot be changed any more."))
    contributions.forget_day(former)
    stays = {"way": response.way, "minutes": response.minutes, "flags": response.flags}
    gone = delete(Contribution).where(Contribution.id == former.id)
    options = {"synchronize_session": False}
    if not db.session.execute(gone, execution_options=options).rowcount:  # type: ignore[attr-defined]
        raise NotLetIn(_("These answers have just been changed."))
    db.session.expunge(response)
    db.session.expunge(former)
    return stays


def _let_in(walk: Walk, opportunity_id: uuid.UUID) -> None:
    """Take a place in the session, or use the slip up: after the conflict of sending twice."""
    if walk.session and not sessions.take_place(walk.session, opportunity_id):
        raise NotLetIn(_("The session is full, or over."))
    if walk.slip and not slips.use(walk.slip, opportunity_id):
        raise NotLetIn(_("This code was used already."))


def row_of(document: Questionnaire, sent: Walk) -> dict[str, Any]:
    """Return what is stored of the closed answers that somebody sends now."""
    now = int(clock.now().timestamp())
    return {
        "answers": dict(sent.answers),
        "profile": dict(sent.profile),
        "seed": quality.seed_of(document, sent),
        "way": quality.way_of(sent),
        "is_partial": bool(sent.left_at),
        "minutes": quality.minutes_of(sent, now),
        "flags": quality.flags_of(sent, now, config.current().fastest_answer),
    }
