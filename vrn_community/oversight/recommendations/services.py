"""What the oversight group asks for: drafts, sending, amending, closing.

Nobody edits another's words, and what was sent keeps its earlier wording in public.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight import clearing, refusals
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.recommendations import citing, days, deciding, queries, steps, telling
from vrn_community.oversight.recommendations.lifecycle import Act
from vrn_community.oversight.recommendations.models import (
    Recommendation,
    RecommendationState,
    Wording,
)
from vrn_community.partnership.models import Body, BodyKind


@dataclass(frozen=True)
class Request:
    """What a recommendation asks: of whom, what, why, by when, and what it rests on."""

    body: Body
    text: str
    reasons: str = ""
    reply_by: date = field(default_factory=days.usual_reply_by)
    #: Names of what is published, see `citing.offered`.
    cites: Collection[str] = ()
    #: The ballot in which the group decided it.
    ballot: Ballot | None = None


def recommend(
    recommendation_id: uuid.UUID, opportunity: Opportunity, request: Request, *, by: Account
) -> Recommendation:
    """Draft a recommendation under a key chosen beforehand; asked twice, draft it once."""
    known = queries.find(recommendation_id)
    if known is not None:
        refusals.refuse_others(known.author_id, by)
        return known
    refusals.refuse_open(opportunity)
    refusals.refuse_without(Permission.RECOMMENDATION_SEND, by)
    deciding.refuse_ballot(request.ballot, by)
    draft = Recommendation(id=recommendation_id, opportunity=opportunity, author_id=by.id)
    _fill(draft, request)
    db.session.add(draft)
    db.session.flush()
    audit.record("recommendation:begin", draft, actor=by, opportunity=str(opportunity.id))
    return draft


def edit(recommendation: Recommendation, request: Request, *, by: Account) -> None:
    """Replace the words of a draft of one's own."""
    steps.lock(recommendation)
    steps.refuse(recommendation, Act.EDIT, by)
    deciding.refuse_ballot(request.ballot, by)
    _fill(recommendation, request)
    steps.finish(recommendation, Act.EDIT, by)


def _fill(draft: Recommendation, request: Request) -> None:
    if request.body.kind is BodyKind.OVERSIGHT_GROUP:
        raise NotAllowed(_("The group does not write to itself."))
    draft.body, draft.text, draft.reasons = request.body, request.text, request.reasons
    draft.reply_by, draft.ballot = request.reply_by, request.ballot
    draft.citations = citing.citations(draft.opportunity, request.cites, draft.citations)


def send(recommendation: Recommendation, *, is_checked: bool = False, by: Account) -> None:
    """Send a draft to the body that it addresses; from now on the public can read it.

    Words that seem to tell who somebody is are refused with their place, unless a person
    says to have looked (C4).
    """
    steps.lock(recommendation)
    if recommendation.state is RecommendationState.SENT:
        return
    steps.refuse(recommendation, Act.SEND, by)
    if recommendation.reply_by <= clock.today():
        raise NotAllowed(_("The day for the reply has come. Choose a later one first."))
    texts = {"text": recommendation.text, "reasons": recommendation.reasons}
    if recommendation.ballot:  # Everybody reads it beside the recommendation.
        texts["question"] = recommendation.ballot.question
    clearing.refuse_names(texts, is_checked=is_checked)
    recommendation.sent_at = clock.now()
    recommendation.number = _next_number(recommendation.opportunity_id)
    body = str(recommendation.body_id)
    steps.finish(recommendation, Act.SEND, by, body=body, looked=is_checked)
    telling.tell(recommendation, Act.SEND)


def _next_number(opportunity_id: uuid.UUID) -> int:
    """Return the next number about an activity; whoever sends at the same time waits."""
    row = select(Opportunity.id).where(Opportunity.id == opportunity_id)
    db.session.execute(row.with_for_update())
    last = select(func.max(Recommendation.number))
    number = db.session.scalar(last.where(Recommendation.opportunity_id == opportunity_id))
    return (number or 0) + 1


@dataclass(frozen=True)
class Amended:
    """The new words of a recommendation, and why they are new."""

    text: str
    reasons: str
    why: str


def amend(
    recommendation: Recommendation, new: Amended, *, is_checked: bool = False, by: Account
) -> None:
    """Change one's words before the reply; how they read before stays in public."""
    steps.lock(recommendation)
    if (new.text, new.reasons) == (recommendation.text, recommendation.reasons):
        return
    steps.refuse(recommendation, Act.AMEND, by)
    refusals.refuse_empty(new.why)
    clearing.refuse_names(vars(new), is_checked=is_checked)
    former = Wording(text=recommendation.text, reasons=recommendation.reasons, why=new.why)
    former.recommendation_id = recommendation.id
    db.session.add(former)
    recommendation.text, recommendation.reasons = new.text, new.reasons
    steps.finish(recommendation, Act.AMEND, by, looked=is_checked)


def close(recommendation: Recommendation, *, by: Account) -> None:
    """Put away a draft that will not be sent, or what has been answered."""
    steps.lock(recommendation)
    if recommendation.state is RecommendationState.CLOSED:
        return
    steps.refuse(recommendation, Act.CLOSE, by)
    steps.finish(recommendation, Act.CLOSE, by)
