"""What a moderator decides about a passage; others read only what is cleared or redacted."""

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.moderation import queries, redaction
from vrn_community.moderation.lifecycle import STEPS
from vrn_community.moderation.models import Decision, DecisionOutcome
from vrn_community.moderation.reasons import RevealReason
from vrn_community.screening import queries as screening


def clear(passage: Passage, *, moderator: Account, reason: str = "") -> Decision:
    """Let others read a passage as it was written."""
    return _decide(passage, Decision(outcome=DecisionOutcome.CLEAR, reason=reason), moderator)


def clear_alike(passage: Passage, *, moderator: Account) -> int:
    """Clear every short answer that says the same as one, and return how many those were.

    Each has a decision of its own; the audit trail has one entry with the count.
    """
    keys = [same.id for same in queries.alike_to(passage)]
    query = select(Passage).where(Passage.id.in_(keys), Passage.state == PassageState.PENDING)
    query = query.options(selectinload(Passage.record_key))
    locked = query.with_for_update().execution_options(populate_existing=True)
    found = list(db.session.scalars(locked.order_by(Passage.id)))
    for same in found:
        same.state, same.cleared_words = PassageState.CLEARED, same.unseal()
        decision = Decision(outcome=DecisionOutcome.CLEAR, reason="")
        decision.passage_id, decision.moderator_id = same.id, moderator.id
        db.session.add(decision)
    db.session.flush()
    if found:
        about = passage.contribution.opportunity
        audit.record("passage:clear-alike", about, actor=moderator, count=len(found))
    return len(found)


def redact(
    passage: Passage, spans: redaction.Spans, *, moderator: Account, reason: str
) -> Decision:
    """Let others read a passage without some of its words."""
    count = len(redaction.split(passage.unseal()))
    runs = redaction.spans_of(redaction.numbers_of(spans, count))
    decision = Decision(outcome=DecisionOutcome.REDACT, reason=reason, spans=runs)
    return _decide(passage, decision, moderator)


def hold(passage: Passage, *, moderator: Account, reason: str = "") -> Decision:
    """Keep a passage back for now: somebody has to look at it again."""
    return _decide(passage, Decision(outcome=DecisionOutcome.HOLD, reason=reason), moderator)


def withhold(passage: Passage, *, moderator: Account, reason: str) -> Decision:
    """Keep a passage from everybody."""
    return _decide(passage, Decision(outcome=DecisionOutcome.WITHHOLD, reason=reason), moderator)


def reveal(passage: Passage, reason: RevealReason, *, moderator: Account) -> str:
    """Return the words as they were written, once that is in the audit trail."""
    audit.record("passage:reveal", passage, actor=moderator, reason=reason)
    return passage.unseal()


def words_to_redact(passage: Passage, *, moderator: Account) -> str:
    """Return the words from which some can be taken out; if some were before, it is a reveal."""
    _check(passage, DecisionOutcome.REDACT)
    if passage.state is PassageState.REDACTED:
        return reveal(passage, RevealReason.REDACT, moderator=moderator)
    return passage.unseal()


def _decide(passage: Passage, decision: Decision, moderator: Account) -> Decision:
    """Write a decision down and let it take effect; the same one twice in a row is one."""
    passage = _locked(passage)
    step, before = STEPS[decision.outcome], passage.state
    last = queries.last_decision(passage)
    if last and before is step.ends_in and _adds_nothing(last, decision):
        return last
    _check(passage, decision.outcome)
    if step.needs_reason and not decision.reason:
        raise NotAllowed(_("Give a reason."))
    decision.passage_id, decision.moderator_id = passage.id, moderator.id
    db.session.add(decision)
    passage.state = step.ends_in
    passage.cleared_words = _readable(passage, decision)
    passage.flag(screening.signals_of(passage.unseal()) if passage.is_waiting else frozenset())
    db.session.flush()
    audit.record(f"passage:{decision.outcome}", passage, actor=moderator, before=before)
    return decision


def _check(passage: Passage, outcome: DecisionOutcome) -> None:
    """Refuse what the table of steps, or an open concern, does not allow now."""
    if outcome in queries.outcomes(passage):
        return
    if queries.has_open_concern(passage):
        raise NotAllowed(_("There is a concern about these words. The safeguarding lead is first."))
    raise NotAllowed(_("That cannot be done now: things have moved on."))


def _adds_nothing(last: Decision, decision: Decision) -> bool:
    """Return whether a decision that ends where the passage stands is only the last one again."""
    step = STEPS[decision.outcome]
    same = (last.reason, last.spans) == (decision.reason, decision.spans or [])
    return last.outcome is decision.outcome and (same or step.ends_in not in step.begins_in)


def _readable(passage: Passage, decision: Decision) -> str | None:
    if decision.outcome is DecisionOutcome.CLEAR:
        return passage.unseal()
    if decision.outcome is DecisionOutcome.REDACT:
        return redaction.redact(passage.unseal(), decision.spans)
    return None


def _locked(passage: Passage) -> Passage:
    """Return a passage as it stands now, which nobody else can change until the commit."""
    query = select(Passage).where(Passage.id == passage.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
