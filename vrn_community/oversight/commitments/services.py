"""What a body promises and does because of a recommendation; nothing written is ever changed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from vrn_community import audit, config
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
from vrn_community.oversight.recommendations import deciding, speaking
from vrn_community.oversight.recommendations.models import Answer, Recommendation

YES = frozenset({Answer.ACCEPTED, Answer.PARTLY})


@dataclass(frozen=True)
class Promise:
    """What a body will do: who answers for it as a job title, what, by when, in which steps."""

    owner: str
    text: str
    due_on: date
    milestones: Sequence[tuple[str, date]] = ()
    #: From whom the team has it, see `speaking.source`.
    sent_in: str = ""


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
    source = speaking.source(recommendation.body_id, what.sent_in, by)
    made = Commitment(
        id=commitment_id,
        recommendation_id=recommendation.id,
        author_id=by.id,
        owner=what.owner,
        text=what.text,
        due_on=what.due_on,
        sent_in=source,
        milestones=[Milestone(text=text, due_on=day) for text, day in what.milestones],
    )
    db.session.add(made)
    db.session.flush()
    told = {"recommendation": str(recommendation.id), **speaking.noted(source)}
    audit.record("commitment:promise", made, actor=by, **told)
    return made


def promise_refusal(recommendation: Recommendation, *, by: Account) -> str:
    """Return why somebody cannot promise anything because of a recommendation, or nothing."""
    if not by.can(Permission.RECOMMENDATION_REPLY):
        return str(_("Your roles do not allow this."))
    if why_not := speaking.silence(recommendation.body_id, by):
        return why_not
    if recommendation.answer not in YES:
        return str(_("Accept the recommendation first, at least in part."))
    return ""


def refusal(commitment: Commitment, act: Act, *, by: Account) -> str:
    """Return why somebody cannot take a step now, or nothing."""
    step = STEPS[act]
    if commitment.state not in step.begins_in:
        return str(_("That cannot be done now: things have moved on."))
    if not any(by.can(permission) for permission in step.permissions):
        return str(_("Your roles do not allow this."))
    if act is Act.MOVE and by.can(Permission.RECOMMENDATION_SEND):
        return _kept_out(commitment.recommendation, by)
    return speaking.silence(commitment.recommendation.body_id, by)


def _kept_out(recommendation: Recommendation, by: Account) -> str:
    """Return what somebody reads whom an interest keeps from acting for the group, or nothing."""
    ballot = recommendation.ballot
    is_out = ballot is not None and deciding.is_kept_out(ballot, by)
    return deciding.kept_out_words() if is_out else ""


def start(commitment: Commitment, *, by: Account, sent_in: str = "") -> None:
    """Say that the work has begun; said twice, it is said once."""
    _lock(commitment)
    if commitment.state is STEPS[Act.START].ends_in:
        return
    _refuse(commitment, Act.START, by)
    commitment.begun_sent_in = _source(commitment, sent_in, by)
    _finish(commitment, Act.START, by, **speaking.noted(commitment.begun_sent_in))


def note(
    progress_id: uuid.UUID, commitment: Commitment, text: str, *, by: Account, sent_in: str = ""
) -> Progress:
    """Add a note on how far it is, under a key chosen beforehand; it is never changed."""
    known = db.session.get(Progress, progress_id)
    if known is not None:
        refusals.refuse_others(known.author_id, by)
        return known
    _lock(commitment)
    _refuse(commitment, Act.NOTE, by)
    source = _source(commitment, sent_in, by)
    made = Progress(id=progress_id, commitment_id=commitment.id, text=text, author_id=by.id)
    made.sent_in = source
    db.session.add(made)
    _finish(commitment, Act.NOTE, by, **speaking.noted(source))
    return made


def reach(milestone: Milestone, *, by: Account, sent_in: str = "") -> None:
    """Say that a milestone is reached; said twice, it is said once."""
    commitment = milestone.commitment
    _lock(commitment)
    if milestone.reached_on:
        return
    _refuse(commitment, Act.REACH, by)
    milestone.sent_in = _source(commitment, sent_in, by)
    milestone.reached_on = clock.today()
    told = {"milestone": str(milestone.id), **speaking.noted(milestone.sent_in)}
    _finish(commitment, Act.REACH, by, **told)


@dataclass(frozen=True)
class Move:
    """A later day, for a whole commitment or for one of its milestones, and why."""

    day: date
    reason: str
    milestone: Milestone | None = None
    sent_in: str = ""


def stuck(subject: Commitment | Milestone, *, by: Account) -> str:
    """Return why somebody cannot move a day of a commitment once more, or nothing.

    A body moves each day a few times, before everybody's eyes; after that the group allows it.
    """
    most = config.current().own_moves
    own = [moved for moved in subject.moves if not moved.by_group]
    if by.can(Permission.RECOMMENDATION_SEND) or len(own) < most:
        return ""
    message = ngettext(
        "The body has moved this day %(num)s time already. The group can allow more time.",
        "The body has moved this day %(num)s times already. The group can allow more time.",
        len(own),
    )
    return str(message)


def latest(subject: Commitment | Milestone) -> date:
    """Return the last day that can be named for a commitment or a milestone now.

    A milestone comes no later than the day on which all is done.
    """
    longest = timedelta(days=config.current().longest_extension_days)
    last = max(subject.promised_by, clock.today()) + longest
    return min(last, subject.commitment.promised_by) if isinstance(subject, Milestone) else last


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
    if why_not := stuck(subject, by=by):
        raise NotAllowed(why_not)
    refusals.refuse_empty(wanted.reason)
    refusals.refuse_day(wanted.day, subject.promised_by)
    if wanted.milestone and wanted.day > commitment.promised_by:
        raise NotAllowed(_("A step comes no later than the day on which all is done."))
    by_group = by.can(Permission.RECOMMENDATION_SEND)
    source = "" if by_group else _source(commitment, wanted.sent_in, by)
    made = Postponement(
        id=postponement_id,
        commitment_id=commitment.id,
        milestone_id=wanted.milestone.id if wanted.milestone else None,
        author_id=by.id,
        former_day=subject.promised_by,
        day=wanted.day,
        reason=wanted.reason,
        came_late=subject.is_overdue,
        by_group=by_group,
        sent_in=source,
    )
    db.session.add(made)
    if not made.came_late:
        subject.due_on = wanted.day
    told = {"day": wanted.day.isoformat(), "late": made.came_late, **speaking.noted(source)}
    _finish(commitment, Act.MOVE, by, **told)
    return made


def finish(
    commitment: Commitment, evidence: str, link: str = "", *, by: Account, sent_in: str = ""
) -> None:
    """Say that it is done, and what shows it: in words, and perhaps under an address."""
    _lock(commitment)
    if (commitment.state, commitment.evidence) == (STEPS[Act.FINISH].ends_in, evidence):
        return
    _refuse(commitment, Act.FINISH, by)
    if not evidence.strip():
        raise NotAllowed(_("Say what shows that it is done."))
    if link and not link.startswith("https://"):
        raise NotAllowed(_("Enter an address that begins with https://."))
    commitment.end_sent_in = _source(commitment, sent_in, by)
    commitment.evidence_link = link
    _end(commitment, Act.FINISH, evidence, by)


def drop(commitment: Commitment, reason: str, *, by: Account, sent_in: str = "") -> None:
    """Say that it will not be done, and why, for everybody to read."""
    _lock(commitment)
    if (commitment.state, commitment.evidence) == (STEPS[Act.DROP].ends_in, reason):
        return
    _refuse(commitment, Act.DROP, by)
    refusals.refuse_empty(reason)
    commitment.end_sent_in = _source(commitment, sent_in, by)
    _end(commitment, Act.DROP, reason, by)


def _end(commitment: Commitment, act: Act, evidence: str, by: Account) -> None:
    commitment.evidence, commitment.ended_on = evidence, clock.today()
    _finish(commitment, act, by, **speaking.noted(commitment.end_sent_in))


def _source(commitment: Commitment, sent_in: str, by: Account) -> str:
    return speaking.source(commitment.recommendation.body_id, sent_in, by)


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
