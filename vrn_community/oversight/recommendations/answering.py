"""How a recommendation is answered: replies, later days, a challenge, and the board."""

import uuid
from datetime import date

from flask_babel import gettext as _

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight import refusals
from vrn_community.oversight.recommendations import days, speaking, steps, telling
from vrn_community.oversight.recommendations.lifecycle import Act
from vrn_community.oversight.recommendations.models import (
    Answer,
    Challenge,
    Escalation,
    Extension,
    Recommendation,
    Reply,
)


def reply(
    recommendation: Recommendation, answer: Answer, reasons: str, *, by: Account, sent_in: str = ""
) -> Reply:
    """Answer for the body that is asked, with reasons; once, and once more if challenged.

    The team enters the answer of a body that nobody answers for, and says from whom it has it.
    """
    steps.lock(recommendation)
    given = recommendation.replies[-1] if recommendation.replies else None
    is_same = given and (given.author_id, given.answer, given.reasons) == (by.id, answer, reasons)
    if given and is_same and not recommendation.is_owed:
        return given
    steps.refuse(recommendation, Act.REPLY, by)
    if not reasons.strip():
        raise NotAllowed(_("Give your reasons."))
    source = speaking.source(recommendation.body_id, sent_in, by)
    made = Reply(
        recommendation_id=recommendation.id,
        round=len(recommendation.replies) + 1,
        answer=answer,
        reasons=reasons,
        author_id=by.id,
        due_on=recommendation.reply_by,
        sent_in=source,
        created_at=clock.now(),
    )
    db.session.add(made)
    steps.finish(recommendation, Act.REPLY, by, answer=answer, **speaking.noted(source))
    telling.tell(recommendation, Act.REPLY, made.round)
    return made


def extend(
    extension_id: uuid.UUID,
    recommendation: Recommendation,
    day: date,
    reason: str,
    *,
    by: Account,
    sent_in: str = "",
) -> Extension:
    """Name a later day for the answer, with a reason that everybody can read; twice is once.

    A day that is named after the former one had passed does not count: the recommendation
    stays overdue, and the public reads both days.
    """
    known = db.session.get(Extension, extension_id)
    if known is not None:
        refusals.refuse_others(known.author_id, by)
        return known
    steps.lock(recommendation)
    steps.refuse(recommendation, Act.EXTEND, by)
    refusals.refuse_empty(reason)
    _refuse_day(recommendation, day, by)
    body_id = recommendation.body_id
    is_group = by.can(Permission.RECOMMENDATION_SEND)
    made = Extension(
        id=extension_id,
        recommendation_id=recommendation.id,
        author_id=by.id,
        body_id=None if is_group else body_id,
        former_day=recommendation.promised_by,
        day=day,
        reason=reason,
        came_late=recommendation.is_overdue,
        sent_in="" if is_group else speaking.source(body_id, sent_in, by),
    )
    db.session.add(made)
    if not made.came_late:
        recommendation.reply_by = day
    told = {"late": made.came_late, **speaking.noted(made.sent_in)}
    steps.finish(recommendation, Act.EXTEND, by, day=day.isoformat(), **told)
    return made


def _refuse_day(recommendation: Recommendation, day: date, by: Account) -> None:
    if day > (last := days.latest(recommendation, by=by)):
        raise NotAllowed(days.beyond(last))
    refusals.refuse_day(day, recommendation.promised_by)


def challenge(
    recommendation: Recommendation, reasons: str, reply_by: date, *, by: Account
) -> Challenge:
    """Say that a reply is not enough, and by when a better one is owed; once."""
    steps.lock(recommendation)
    known = recommendation.challenge
    if known and (known.author_id, known.reasons) == (by.id, reasons):
        return known
    steps.refuse(recommendation, Act.CHALLENGE, by)
    refusals.refuse_empty(reasons)
    if reply_by <= clock.today():
        raise NotAllowed(_("Choose a day after today."))
    recommendation.challenge = Challenge(reasons=reasons, reply_by=reply_by, author_id=by.id)
    recommendation.reply_by = reply_by
    steps.finish(recommendation, Act.CHALLENGE, by, day=reply_by.isoformat())
    telling.tell(recommendation, Act.CHALLENGE)
    return recommendation.challenge


def escalate(
    recommendation: Recommendation, reasons: str, answer_by: date | None = None, *, by: Account
) -> Escalation:
    """Bring before the board what is overdue or was not accepted, with a day; once."""
    steps.lock(recommendation)
    known = recommendation.escalation
    if known and (known.author_id, known.reasons) == (by.id, reasons):
        return known
    steps.refuse(recommendation, Act.ESCALATE, by)
    refusals.refuse_empty(reasons)
    day = answer_by or days.usual_answer_by()
    if why_not := days.unfit_for_board(day):
        raise NotAllowed(why_not)
    made = Escalation(reasons=reasons, author_id=by.id, answer_by=day)
    recommendation.escalation = made
    steps.finish(recommendation, Act.ESCALATE, by, day=day.isoformat())
    telling.tell(recommendation, Act.ESCALATE)
    return made


def answer_for_board(recommendation: Recommendation, words: str, *, by: Account) -> Escalation:
    """Say what the board makes of what was brought before it; once, for everybody to read."""
    steps.lock(recommendation)
    escalation = recommendation.escalation
    if escalation and (escalation.answered_by_id, escalation.words) == (by.id, words):
        return escalation
    steps.refuse(recommendation, Act.ANSWER_FOR_BOARD, by)
    if escalation is None or not words.strip():
        raise NotAllowed(_("Write what the board says."))
    escalation.words, escalation.answered_by_id = words, by.id
    escalation.answered_at = clock.now()
    steps.finish(recommendation, Act.ANSWER_FOR_BOARD, by)
    telling.tell(recommendation, Act.ANSWER_FOR_BOARD)
    return escalation
