"""What is done with concerns: raised, decided, closed, and the words behind them read."""

import uuid
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.safeguarding import alerts, checks, queries
from vrn_community.safeguarding.models import (
    Concern,
    ConcernState,
    Cover,
    CoverRole,
    Urgency,
)
from vrn_community.safeguarding.reasons import CloseReason, RevealReason


def raise_concern(passage: Passage, urgency: Urgency, note: str, *, by: Account) -> Concern:
    """Bring a passage before the safeguarding lead, and hold it.

    A passage has one concern. Pressed twice, it stays as it is; what somebody notices
    later is added to it, and it waits for a decision again: no worry is ever dropped.
    """
    held = _locked_passage(passage.id)
    concern = queries.of_passage(held.id)
    if concern is None:
        concern = _begin(held, urgency, note, by)
    elif concern.state is ConcernState.OPEN and note in concern.note:
        return concern
    else:
        concern.note = _added(concern.note, note)
        _wait_again(concern, urgency)
    held.state, held.cleared_words = PassageState.HELD, None
    db.session.flush()
    alerts.tell(concern)
    audit.record("concern:raise", concern, actor=by, urgency=urgency, passage=str(held.id))
    return concern


def _begin(passage: Passage, urgency: Urgency, note: str, by: Account) -> Concern:
    concern = Concern(
        id=uuid.uuid4(),
        passage_id=passage.id,
        opportunity_id=passage.contribution.opportunity_id,
        urgency=urgency,
        raised_by_id=by.id,
        waits_since=clock.now(),
        state=ConcernState.OPEN,
    )
    concern.note = note
    db.session.add(concern)
    return concern


def _wait_again(concern: Concern, urgency: Urgency) -> None:
    """Let a concern wait, as urgent as the more urgent of two; its clock never gets more time."""
    is_more_urgent = list(Urgency).index(urgency) < list(Urgency).index(concern.urgency)
    if is_more_urgent:
        concern.urgency = urgency
    if is_more_urgent or concern.state is not ConcernState.OPEN:
        concern.waits_since = clock.now()
    concern.state = ConcernState.OPEN


def decide(concern: Concern, decision: str, *, by: Account) -> None:
    """Write down what was decided about an open concern, and why."""
    concern = _locked(concern)
    if concern.state is ConcernState.DECIDED and decision in concern.decision:
        return
    if concern.state is not ConcernState.OPEN:
        raise NotAllowed(_("This concern is decided already."))
    concern.decision = _added(concern.decision, decision)
    concern.state = ConcernState.DECIDED
    concern.decided_by_id, concern.decided_at = by.id, clock.now()
    db.session.flush()
    audit.record("concern:decide", concern, actor=by)


def close(concern: Concern, reason: CloseReason, *, by: Account) -> None:
    """End a concern that is decided."""
    concern = _locked(concern)
    if concern.state is ConcernState.CLOSED:
        return
    if concern.state is not ConcernState.DECIDED:
        raise NotAllowed(_("Write down the decision before you close the concern."))
    concern.state = ConcernState.CLOSED
    db.session.flush()
    audit.record("concern:close", concern, actor=by, reason=reason)


@dataclass(frozen=True)
class CaseText:
    """What is written about a concern, and the words behind it unless they were taken back."""

    note: str
    decision: str
    words: str


def reveal(concern: Concern, reason: RevealReason, *, by: Account) -> CaseText:
    """Return everything written about a concern, once that is in the audit trail."""
    audit.record("concern:reveal", concern, actor=by, reason=reason)
    words = concern.passage.unseal() if concern.passage else ""
    return CaseText(concern.note, concern.decision, words)


def _added(before: str, words: str) -> str:
    return before if words in before else "\n\n".join(filter(None, [before, words]))


def _locked_passage(passage_id: uuid.UUID) -> Passage:
    """Return a passage as it stands now, which nobody else can change until the commit."""
    query = select(Passage).where(Passage.id == passage_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _locked(concern: Concern) -> Concern:
    query = select(Concern).where(Concern.id == concern.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def name_cover(
    key: uuid.UUID, account_id: uuid.UUID, role: CoverRole, days: tuple[date, date], *, by: Account
) -> Cover:
    """Say that an account has a role on some days; sent twice, it is said once."""
    known = db.session.get(Cover, key)
    if known is not None:
        return known
    if queries.has_other_role(account_id, role, *days):
        raise NotAllowed(_("Nobody can be the lead and the deputy on the same day."))
    made = Cover(id=key, account_id=account_id, role=role, begins_on=days[0], ends_on=days[1])
    db.session.add(made)
    db.session.flush()
    audit.record("cover:name", made, actor=by, role=role, account=str(account_id))
    return made


def remove_cover(cover: Cover, *, by: Account) -> None:
    """Take days of cover back, unless something sensitive that is published needs them."""
    db.session.delete(cover)
    db.session.flush()
    if any(checks.cover_gaps(needs) for needs in queries.sensitive_ahead()):
        raise NotAllowed(
            _("Something sensitive is open on these days. Name somebody else for them first.")
        )
    audit.record("cover:remove", cover, actor=by, role=cover.role)
