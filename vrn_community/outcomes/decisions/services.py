"""Saying for a body what it decided and what is different, correcting that, and taking it down.

A body with accounts speaks for itself; for one without any the team does. Nobody edits words:
a correction is a new version, with the reason, and the old one stays readable.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.insights.evidence.models import Insight
from vrn_community.outcomes.decisions import queries
from vrn_community.outcomes.decisions.lifecycle import STEPS, Act
from vrn_community.outcomes.decisions.models import BodyDecision, Change, Versioned
from vrn_community.oversight.commitments.models import Commitment
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.partnership.models import Body, SuccessMeasure

Saying = TypeVar("Saying", BodyDecision, Change)
#: Of each kind at most one can come before a change.
BEFORE_CHANGE = (BodyDecision, Recommendation, Commitment)


@dataclass(frozen=True)
class Decided:
    """What was decided, on which day, with what in front of it, why, and what was not done."""

    decided_on: date
    decided: str
    reasons: str
    not_done: str
    insights: list[Insight] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)


@dataclass(frozen=True)
class Changed:
    """What is different since which day, for whom, and what came before it."""

    happened_on: date
    what: str
    effect: str
    decision: BodyDecision | None = None
    recommendation: Recommendation | None = None
    commitment: Commitment | None = None
    measures: list[SuccessMeasure] = field(default_factory=list)


def decide(key: uuid.UUID, body: Body, said: Decided, *, by: Account) -> BodyDecision:
    """Publish what a body decided, under a key chosen beforehand; said twice, it is said once."""
    return _say(BodyDecision, key, body, said, by)


def change(key: uuid.UUID, body: Body, said: Changed, *, by: Account) -> Change:
    """Publish what is different now, under a key chosen beforehand; said twice, it is once."""
    return _say(Change, key, body, said, by)


def _say(
    model: type[Saying], key: uuid.UUID, body: Body, said: Decided | Changed, by: Account
) -> Saying:
    known = queries.find(model, key)
    if known is not None:
        return _own(known, by)
    if why_not := silence(body, by=by):
        raise NotAllowed(why_not)
    _refuse_unfit(said, body)
    made = model(id=key, family_id=key, body_id=body.id, author_id=by.id, **vars(said))
    db.session.add(made)
    db.session.flush()
    audit.record(f"{_thing(made)}:record", made, actor=by, body=str(body.id))
    return made


def correct(
    former: Saying, key: uuid.UUID, reason: str, said: Decided | Changed, *, by: Account
) -> Saying:
    """Put a new version in the place of one, with the reason; pressed twice, it is one."""
    known = queries.find(type(former), key)
    if known is not None:
        return _own(known, by)
    _refuse(former, Act.CORRECT, by)
    _refuse_empty(reason)
    _refuse_unfit(said, former.body, came_before(former))
    _end(former, Act.CORRECT)
    made = type(former)(
        id=key,
        family_id=former.family_id,
        number=former.number + 1,
        reason=reason,
        body_id=former.body_id,
        author_id=by.id,
        **vars(said),
    )
    db.session.add(made)
    db.session.flush()
    audit.record(f"{_thing(made)}:correct", made, actor=by, number=made.number)
    return made


def withdraw(row: Versioned, reason: str, *, by: Account) -> None:
    """Take the words of one version down for good, with a reason that everybody reads."""
    if row.state is STEPS[Act.WITHDRAW].ends_in:
        return
    _refuse(row, Act.WITHDRAW, by)
    _refuse_empty(reason)
    row.end_reason = reason
    _end(row, Act.WITHDRAW)
    audit.record(f"{_thing(row)}:withdraw", row, actor=by, number=row.number)


def silence(body: Body, *, by: Account) -> str:
    """Return why an account cannot speak for a body, or nothing."""
    if not by.can(Permission.DECISION_RECORD):
        return str(_("Your roles do not allow this."))
    if by.body_id is not None:
        return "" if by.body_id == body.id else str(_("You do not answer for this body."))
    # Partners without a body speak for none; the team for those whom nobody here answers for.
    if not by.can(Permission.OUTCOME_EDIT):
        return str(_("You do not answer for this body."))
    is_heard = accounts.has_who_can(Permission.DECISION_RECORD, body.id)
    return str(_("This body has accounts of its own, so it says this itself.")) if is_heard else ""


def refusal(row: Versioned, act: Act, *, by: Account) -> str:
    """Return why somebody cannot take a step now, or nothing."""
    step = STEPS[act]
    if row.state not in step.begins_in:
        return str(_("That cannot be done now: things have moved on."))
    if not by.can(step.permission):
        return str(_("Your roles do not allow this."))
    return silence(row.body, by=by) if step.is_for_body else ""


def _end(row: Versioned, act: Act) -> None:
    row.state, row.ended_on = STEPS[act].ends_in, clock.today()
    db.session.flush()


def _thing(row: Versioned) -> str:
    return "body-decision" if isinstance(row, BodyDecision) else "change"


def _own(known: Saying, by: Account) -> Saying:
    if known.author_id != by.id:
        raise NotAllowed(_("This was written by somebody else."))
    return known


def _refuse(row: Versioned, act: Act, by: Account) -> None:
    if why_not := refusal(row, act, by=by):
        raise NotAllowed(why_not)


def _refuse_empty(reason: str) -> None:
    if not reason.strip():
        raise NotAllowed(_("Give a reason."))


def came_before(row: BodyDecision | Change | Decided | Changed) -> list[Any]:
    """Return what was in front of a decision, or what came before a change."""
    if isinstance(row, BodyDecision | Decided):
        return [*row.insights, *row.recommendations]
    return [each for each in (row.decision, row.recommendation, row.commitment) if each]


def may_come_before(kind: type[BodyDecision | Change], body: Body) -> list[Any]:
    """Return what a body can name as what it had in front of it, or as what came before."""
    asked: list[Any] = list(queries.recommendations_for(body.id))
    if kind is BodyDecision:
        return [*queries.insights_for(body.id), *asked]
    promised = queries.commitments_of(body.id)
    return [*queries.decisions_for(body.id), *asked, *promised]


def _refuse_unfit(said: Decided | Changed, body: Body, former: Sequence[Any] = ()) -> None:
    """Refuse what lies ahead, rests on nothing, or rests on what is not the body's."""
    is_decision = isinstance(said, Decided)
    if (said.decided_on if isinstance(said, Decided) else said.happened_on) > clock.today():
        raise NotAllowed(_("Choose today or a day before."))
    chosen = came_before(said)
    if not chosen:
        raise NotAllowed(_("Choose at least one thing that came before it."))
    known = [*former, *may_come_before(BodyDecision if is_decision else Change, body)]
    if any(row not in known for row in chosen):
        raise NotAllowed(_("One of these is no longer there. Choose again."))
