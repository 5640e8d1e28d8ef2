"""What a body promises and does because of a recommendation; nothing written is ever changed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight import refusals
from vrn_community.oversight.commitments import queries
from vrn_community.oversight.commitments.lifecycle import STEPS, Act
from vrn_community.oversight.commitments.models import (
    Commitment,
    Milestone,
    Postponement,
    Progress,
)
from vrn_community.oversight.recommendations.models import Answer, Recommendation

YES = frozenset({Answer.ACCEPTED, Answer.PARTLY})


@dataclass(frozen=True)
class Promise:
    """What a body will do: who answers for it as a job title, what, by when, in which steps."""

    owner: str
    text: str
    due_on: date
    milestones: Sequence[tuple[str, date]] = ()


def promise(
    commitment_id: uuid.UUID, recommendation: Recommendation, what: Promise, *, by: Account
) -> Commitment:
    """Promise something because of an accepted recommendation; asked twice, promise it once."""
    known = queries.find(commitment_id)
    if known is not None:
        refusals.refuse_others(known.author_id, by)
        return known
    if why_not := promise_refusal(recommendation, by=by):
        raise NotAllowed(why_not)
    if what.due_on < clock.today():
        raise NotAllowed(_("Choose today or a later day."))
    if any(not clock.today() <= day <= what.due_on for _text, day in what.milestones):
        raise NotAllowed(_("A step comes between today and the day on which all is done."))
    made = Commitment(
        id=commitment_id,
        recommendation_id=recommendation.id,
        author_id=by.id,
        owner=what.owner,
        text=what.text,
        due_on=what.due_on,
        milestones=[Milestone(text=text, due_on=day) for text, day in what.milestones],
    )
    db.session.add(made)
    db.session.flush()
    about = str(recommendation.id)
    audit.record("commitment:promise", made, actor=by, recommendation=about)
    return made


def promise_refusal(recommendation: Recommendation, *, by: Account) -> str:
    """Return why somebody cannot promise anything because of a recommendation, or nothing."""
    if not by.can(Permission.RECOMMENDATION_REPLY):
        return str(_("Your roles do not allow this."))
    if by.body_id is None or by.body_id != recommendation.body_id:
        return str(_("Only the body that was asked can answer."))
    if recommendation.answer not in YES:
        return str(_("Accept the recommendation first, at least in part."))
    return ""


def refusal(commitment: Commitment, act: Act, *, by: Account) -> str:
    """Return why somebody cannot take a step now, or nothing."""
    step = STEPS[act]
    if commitment.state not in step.begins_in:
        return str(_("That cannot be done now: things have moved on."))
    if not by.can(step.permission):
        return str(_("Your roles do not allow this."))
    if by.body_id is None or by.body_id != commitment.recommendation.body_id:
        return str(_("Only the body that was asked can answer."))
    return ""


def start(commitment: Commitment, *, by: Account) -> None:
    """Say that the work has begun; said twice, it is said once."""
    _lock(commitment)
    if commitment.state is STEPS[Act.START].ends_in:
        return
    _refuse(commitment, Act.START, by)
    _finish(commitment, Act.START, by)


def note(progress_id: uuid.UUID, commitment: Commitment, text: str, *, by: Account) -> Progress:
    """Add a note on how far it is, under a key chosen beforehand; it is never changed."""
    known = db.session.get(Progress, progress_id)
    if known is not None:
        refusals.refuse_others(known.author_id, by)
        return known
    _lock(commitment)
    _refuse(commitment, Act.NOTE, by)
    made = Progress(id=progress_id, commitment_id=commitment.id, text=text, author_id=by.id)
    db.session.add(made)
    _finish(commitment, Act.NOTE, by)
    return made


def reach(milestone: Milestone, *, by: Account) -> None:
    """Say that a milestone is reached; said twice, it is said once."""
    commitment = milestone.commitment
    _lock(commitment)
    if milestone.reached_on:
        return
    _refuse(commitment, Act.REACH, by)
    milestone.reached_on = clock.today()
    _finish(commitment, Act.REACH, by, milestone=str(milestone.id))


@dataclass(frozen=True)
class Move:
    """A later day, for a whole commitment or for one of its milestones, and why."""

    day: date
    reason: str
    milestone: Milestone | None = None


def move(
    postponement_id: uuid.UUID, commitment: Commitment, wanted: Move, *, by: Account
) -> Postponement:
    """Name a later day, with a reason that everybody can read; asked twice, it moves once.

    A day that is named after the former one had passed does not count: what is overdue
    stays overdue, and the public reads both days.
    """
    known = db.session.get(Postponement, postponement_id)
    if known is not None:
        refusals.refuse_others(known.author_id, by)
        return known
    _lock(commitment)
    _refuse(commitment, Act.MOVE, by)
    subject = wanted.milestone or commitment
    if wanted.milestone and wanted.milestone.reached_on:
        raise NotAllowed(_("That cannot be done now: things have moved on."))
    refusals.refuse_empty(wanted.reason)
    refusals.refuse_day(wanted.day, subject.promised_by)
    made = Postponement(
        id=postponement_id,
        commitment_id=commitment.id,
        milestone_id=wanted.milestone.id if wanted.milestone else None,
        author_id=by.id,
        former_day=subject.promised_by,
        day=wanted.day,
        reason=wanted.reason,
        came_late=subject.is_overdue,
    )
    db.session.add(made)
    if not made.came_late:
        subject.due_on = wanted.day
    _finish(commitment, Act.MOVE, by, day=wanted.day.isoformat(), late=made.came_late)
    return made


def finish(commitment: Commitment, evidence: str, link: str = "", *, by: Account) -> None:
    """Say that it is done, and what shows it: in words, and perhaps under an address."""
    _lock(commitment)
    if (commitment.state, commitment.evidence) == (STEPS[Act.FINISH].ends_in, evidence):
        return
    _refuse(commitment, Act.FINISH, by)
    if not evidence.strip():
        raise NotAllowed(_("Say what shows that it is done."))
    if link and not link.startswith("https://"):
        raise NotAllowed(_("Enter an address that begins with https://."))
    commitment.evidence, commitment.evidence_link = evidence, link
    commitment.ended_on = clock.today()
    _finish(commitment, Act.FINISH, by)


def drop(commitment: Commitment, reason: str, *, by: Account) -> None:
    """Say that it will not be done, and why, for everybody to read."""
    _lock(commitment)
    if (commitment.state, commitment.evidence) == (STEPS[Act.DROP].ends_in, reason):
        return
    _refuse(commitment, Act.DROP, by)
    refusals.refuse_empty(reason)
    commitment.evidence, commitment.ended_on = reason, clock.today()
    _finish(commitment, Act.DROP, by)


def _lock(commitment: Commitment) -> None:
    db.session.flush()
    row = select(Commitment.id).where(Commitment.id == commitment.id)
    db.session.execute(row.with_for_update())
    db.session.refresh(commitment)


def _refuse(commitment: Commitment, act: Act, by: Account) -> None:
    if why_not := refusal(commitment, act, by=by):
        raise NotAllowed(why_not)


def _finish(commitment: Commitment, act: Act, by: Account, **details: Any) -> None:
    commitment.state = STEPS[act].ends_in or commitment.state
    db.session.flush()
    db.session.expire(commitment, ["milestones", "postponements", "progress"])
    audit.record(f"commitment:{act}", commitment, actor=by, **details)
