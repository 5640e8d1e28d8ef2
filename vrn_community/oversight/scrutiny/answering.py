"""How a request for evidence is answered: words, later days, and the way up to the board."""

import uuid
from datetime import date

from flask_babel import gettext as _

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock, working_days
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight import refusals
from vrn_community.oversight.scrutiny import steps, telling
from vrn_community.oversight.scrutiny.lifecycle import Act
from vrn_community.oversight.scrutiny.models import (
    EvidenceExtension,
    EvidenceRequest,
    EvidenceState,
)
from vrn_community.partnership import queries as partnership


def answer(asked: EvidenceRequest, words: str, *, by: Account) -> None:
    """Answer for the body that was asked: once, in words that the group reads."""
    if not steps.is_of(asked, by):
        raise NotAllowed(_("Only the body that was asked can answer."))
    _keep(asked, Act.ANSWER, words, "", by)


def enter(asked: EvidenceRequest, words: str, source: str, *, by: Account) -> None:
    """Write down what a body answered for which nobody can sign in, from whom and how it came."""
    refusals.refuse_without(Permission.EVIDENCE_ENTER, by)
    if not source.strip():
        raise NotAllowed(_("Say who answered, and how it came."))
    _keep(asked, Act.ENTER, words, source, by)


def _keep(asked: EvidenceRequest, act: Act, words: str, source: str, by: Account) -> None:
    given = asked.answered_by_id, asked.answer, asked.answer_source
    if given == (by.id, words, source):
        return
    steps.refuse(asked, act, by)
    asked.answer, asked.answer_source = words, source
    asked.answered_by_id, asked.answered_at = by.id, clock.now()
    steps.take(asked, act, by)
    telling.tell_group(asked)


def move(
    extension_id: uuid.UUID, asked: EvidenceRequest, day: date, reason: str, *, by: Account
) -> EvidenceExtension:
    """Name a later day for the answer, with a reason that both sides read; twice is once.

    A day that is named after the former one had passed does not count: it stays overdue. A body
    does it once.
    """
    known = db.session.get(EvidenceExtension, extension_id)
    if known is not None:
        refusals.refuse_others(known.author_id, by)
        return known
    is_group = by.can(Permission.SCRUTINY_EDIT)
    act = Act.MOVE if is_group else Act.MOVE_OWN
    steps.refuse(asked, act, by)
    refusals.refuse_empty(reason)
    refusals.refuse_day(day, asked.promised_by)
    made = EvidenceExtension(
        id=extension_id,
        evidence_request_id=asked.id,
        author_id=by.id,
        body_id=None if is_group else by.body_id or asked.body_id,
        former_day=asked.promised_by,
        day=day,
        reason=reason,
        came_late=asked.is_overdue,
    )
    db.session.add(made)
    if not made.came_late:
        asked.answer_by = day
    steps.take(asked, act, by, day=day.isoformat(), late=made.came_late)
    db.session.expire(asked, ["extensions"])
    return made


def usual_board_day() -> date:
    """Return the day by which the board says something about what is brought before it."""
    return working_days.in_days(config.current().escalation_due_days)


def bring_up(
    raised_id: uuid.UUID, asked: EvidenceRequest, reasons: str, *, by: Account
) -> EvidenceRequest:
    """Bring what is overdue before the board: it is asked in its turn, by a day; once."""
    known = db.session.get(EvidenceRequest, raised_id)
    if known is not None:
        refusals.refuse_others(known.author_id, by)
        return known
    steps.refuse(asked, Act.RAISE, by)
    refusals.refuse_empty(reasons)
    made = EvidenceRequest(
        id=raised_id,
        topic_id=asked.topic_id,
        body=partnership.body(config.current().escalation_body),
        author_id=by.id,
        text=reasons,
        answer_by=usual_board_day(),
        state=EvidenceState.SENT,
        sent_at=clock.now(),
        raised_from_id=asked.id,
    )
    db.session.add(made)
    steps.take(asked, Act.RAISE, by)
    audit.record("evidence:send", made, actor=by, topic=str(asked.topic_id))
    db.session.expire(asked, ["raised_as"])
    telling.tell_body(made)
    return made
