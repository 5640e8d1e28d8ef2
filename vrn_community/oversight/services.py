"""What the oversight group and those who must answer it do; nobody edits another's words."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask_babel import gettext as _

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight import queries, reading
from vrn_community.oversight.lifecycle import STEPS, Act
from vrn_community.oversight.models import (
    Answer,
    Observation,
    Recommendation,
    RecommendationState,
    Reply,
)
from vrn_community.oversight.reading import WHOLE, Spot
from vrn_community.partnership.models import Body


def usual_reply_by() -> date:
    """Return the day by which a body replies if nobody names another one (C3)."""
    return clock.today() + timedelta(days=config.current().reply_due_days)


@dataclass(frozen=True)
class Request:
    """What a recommendation asks: of whom, what, why, and by when the reply is due."""

    body: Body
    text: str
    reasons: str = ""
    reply_by: date = field(default_factory=usual_reply_by)


def observe(
    observation_id: uuid.UUID,
    opportunity: Opportunity,
    text: str,
    *,
    about: Spot = WHOLE,
    by: Account,
) -> Observation:
    """Note what a member noticed, under a key chosen beforehand; asked twice, note it once."""
    known = queries.observation(observation_id)
    if known is not None:
        return _own(known, by)
    _refuse_open(opportunity)
    _refuse_without(Permission.OBSERVATION_WRITE, by)
    if about != WHOLE and not reading.is_shown(opportunity, queries.tables(opportunity), about):
        raise NotAllowed(_("The activity does not show this any more."))
    noted = Observation(
        id=observation_id,
        opportunity_id=opportunity.id,
        kind=about.kind,
        key=about.key,
        text=text,
        author_id=by.id,
    )
    db.session.add(noted)
    db.session.flush()
    audit.record("observation:write", noted, actor=by, opportunity=str(opportunity.id))
    return noted


def _own(known: Observation, by: Account) -> Observation:
    if known.author_id != by.id:
        raise NotAllowed(_("This was written by somebody else."))
    return known


def recommend(
    recommendation_id: uuid.UUID, opportunity: Opportunity, request: Request, *, by: Account
) -> Recommendation:
    """Draft a recommendation under a key chosen beforehand; asked twice, draft it once."""
    known = queries.find(recommendation_id)
    if known is not None:
        _refuse_others(known, by)
        return known
    _refuse_open(opportunity)
    _refuse_without(Permission.RECOMMENDATION_SEND, by)
    draft = Recommendation(
        id=recommendation_id, opportunity_id=opportunity.id, author_id=by.id, **vars(request)
    )
    db.session.add(draft)
    db.session.flush()
    audit.record("recommendation:begin", draft, actor=by, opportunity=str(opportunity.id))
    return draft


def edit(recommendation: Recommendation, request: Request, *, by: Account) -> None:
    """Replace the words of a draft of one's own."""
    _refuse_others(recommendation, by)
    _refuse_step(recommendation, Act.EDIT, by)
    for name, value in vars(request).items():
        setattr(recommendation, name, value)
    db.session.flush()
    audit.record("recommendation:edit", recommendation, actor=by)


def send(recommendation: Recommendation, *, by: Account) -> None:
    """Send a draft to the body that it addresses; from now on the public can read it."""
    if recommendation.state is RecommendationState.SENT:
        return
    _refuse_step(recommendation, Act.SEND, by)
    if recommendation.reply_by <= clock.today():
        raise NotAllowed(_("The day for the reply has come. Choose a later one first."))
    recommendation.sent_at = clock.now()
    _finish(recommendation, Act.SEND, by, body=str(recommendation.body_id))


def reply(recommendation: Recommendation, answer: Answer, reasons: str, *, by: Account) -> Reply:
    """Answer for the body that a recommendation addresses: once, with reasons."""
    if by.body_id is None or by.body_id != recommendation.body_id:
        raise NotAllowed(_("Only the body that was asked can answer."))
    given = recommendation.reply
    if given and (given.author_id, given.answer, given.reasons) == (by.id, answer, reasons):
        return given
    _refuse_step(recommendation, Act.REPLY, by)
    if not reasons:
        raise NotAllowed(_("Give your reasons."))
    given = Reply(answer=answer, reasons=reasons, author_id=by.id)
    recommendation.reply = given
    _finish(recommendation, Act.REPLY, by, answer=answer)
    return given


def close(recommendation: Recommendation, *, by: Account) -> None:
    """Put away a draft that will not be sent, or what has been answered."""
    if recommendation.state is RecommendationState.CLOSED:
        return
    _refuse_step(recommendation, Act.CLOSE, by)
    _finish(recommendation, Act.CLOSE, by)


def _finish(recommendation: Recommendation, act: Act, by: Account, **details: str) -> None:
    recommendation.state = STEPS[act].ends_in
    db.session.flush()
    audit.record(f"recommendation:{act}", recommendation, actor=by, **details)


def _refuse_step(recommendation: Recommendation, act: Act, by: Account) -> None:
    if recommendation.state not in STEPS[act].begins_in:
        raise NotAllowed(_("That cannot be done now: things have moved on."))
    _refuse_without(STEPS[act].permission, by)


def _refuse_others(recommendation: Recommendation, by: Account) -> None:
    if recommendation.author_id != by.id:
        raise NotAllowed(_("This was written by somebody else."))


def _refuse_without(permission: Permission, by: Account) -> None:
    if not by.can(permission):
        raise NotAllowed(_("Your roles do not allow this."))


def _refuse_open(opportunity: Opportunity) -> None:
    if not queries.is_over(opportunity):
        raise NotAllowed(_("Its results can be read when it has closed."))
