"""What a moderator decides about a passage; others read only what is cleared or redacted.

In a sensitive activity that takes two: the first proposes, and nothing is read before another
account agrees. Whatever keeps words back counts at once. Nobody lets others read what they have not
opened themselves that day.
"""

import uuid

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import READABLE, Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.moderation import queries, redaction, welfare
from vrn_community.moderation.lifecycle import STEPS
from vrn_community.moderation.models import Decision, DecisionOutcome, Proposal, Verdict
from vrn_community.moderation.reasons import RevealReason
from vrn_community.screening import queries as screening


def clear(passage: Passage, *, moderator: Account, reason: str = "") -> Verdict:
    """Let others read a passage as it was written."""
    return _decide(passage, Decision(outcome=DecisionOutcome.CLEAR, reason=reason), moderator)


def clear_alike(passage: Passage, *, moderator: Account) -> int:
    """Clear every short answer that says the same as one, and return how many those were.

    Each has a decision of its own; the audit trail has one entry with the count.
    """
    keys = [same.id for same in queries.alike_to(passage)]
    if keys:
        welfare.refuse_unread(passage, moderator)
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


def redact(passage: Passage, spans: redaction.Spans, *, moderator: Account, reason: str) -> Verdict:
    """Let others read a passage without some of its words."""
    if passage.is_forgotten:
        raise NotAllowed(_("The words as written were deleted: their time was over."))
    count = len(redaction.split(passage.unseal()))
    runs = redaction.spans_of(redaction.numbers_of(spans, count))
    decision = Decision(outcome=DecisionOutcome.REDACT, reason=reason, spans=runs)
    return _decide(passage, decision, moderator)


def hold(passage: Passage, *, moderator: Account, reason: str = "") -> Verdict:
    """Keep a passage back for now: somebody has to look at it again."""
    return _decide(passage, Decision(outcome=DecisionOutcome.HOLD, reason=reason), moderator)


def withhold(passage: Passage, *, moderator: Account, reason: str) -> Verdict:
    """Keep a passage from everybody."""
    return _decide(passage, Decision(outcome=DecisionOutcome.WITHHOLD, reason=reason), moderator)


def reveal(passage: Passage, reason: RevealReason, *, moderator: Account) -> str:
    """Return the words as they were written, once that is in the audit trail."""
    if queries.has_open_concern(passage):
        raise NotAllowed(_("The safeguarding lead has these words now."))
    audit.record("passage:reveal", passage, actor=moderator, reason=reason)
    welfare.note(passage, by=moderator)
    return passage.unseal()


def words_to_redact(passage: Passage, *, moderator: Account) -> str:
    """Return the words from which some can be taken out; if some were before, it is a reveal."""
    _check(passage, DecisionOutcome.REDACT)
    if passage.state is PassageState.REDACTED:
        return reveal(passage, RevealReason.REDACT, moderator=moderator)
    welfare.open_words(passage, by=moderator)
    return passage.unseal()


def agree(passage: Passage, proposal_id: uuid.UUID, *, moderator: Account) -> Decision:
    """Let what another moderator proposed count; pressed again it is one decision."""
    passage = _locked(passage)
    proposal, last = queries.proposal(passage.id), queries.last_decision(passage)
    if proposal is None and last and last.second_id == moderator.id:
        return last
    if proposal is None or proposal.id != proposal_id:
        raise NotAllowed(_("That cannot be done now: things have moved on."))
    if proposal.moderator_id == moderator.id:
        raise NotAllowed(_("You proposed this: somebody else has to agree."))
    _check(passage, proposal.outcome)
    welfare.refuse_unread(passage, moderator)
    return _agreed(passage, proposal, moderator)


def _agreed(passage: Passage, proposal: Proposal, second: Account) -> Decision:
    decision = Decision(outcome=proposal.outcome, reason=proposal.reason, spans=proposal.spans)
    decision.moderator_id, decision.second_id = proposal.moderator_id, second.id
    return _take_effect(passage, decision, by=second, proposed_by=str(proposal.moderator_id))


def _decide(passage: Passage, decision: Decision, moderator: Account) -> Verdict:
    """Write a decision down and let it take effect; the same one twice in a row is one."""
    passage = _locked(passage)
    step, before = STEPS[decision.outcome], passage.state
    last = queries.last_decision(passage)
    if last and before is step.ends_in and _adds_nothing(last, decision):
        return last
    _check(passage, decision.outcome)
    if step.needs_reason and not decision.reason:
        raise NotAllowed(_("Give a reason."))
    if step.ends_in in READABLE:
        welfare.refuse_unread(passage, moderator)
    decision.moderator_id = moderator.id
    if step.ends_in in READABLE and passage.contribution.opportunity.is_sensitive:
        return _propose(passage, decision, moderator)
    return _take_effect(passage, decision, by=moderator)


def _propose(passage: Passage, wanted: Decision, moderator: Account) -> Verdict:
    """Let what a moderator wants wait for a second one; two who say the same agree.

    Nobody reads the words meanwhile, not even what could be read of them before.
    """
    known = queries.proposal(passage.id)
    if known and known.says_as(wanted):
        if known.moderator_id != moderator.id:
            return _agreed(passage, known, moderator)
        if known.reason == wanted.reason:
            return known
    proposal = Proposal(outcome=wanted.outcome, reason=wanted.reason, spans=wanted.spans or [])
    proposal.passage_id, proposal.moderator_id = passage.id, moderator.id
    _forget_proposal(passage)
    db.session.add(proposal)
    before = passage.state
    if before in READABLE:
        passage.state, passage.cleared_words = PassageState.HELD, None
    db.session.flush()
    audit.record("passage:propose", passage, actor=moderator, before=before, outcome=wanted.outcome)
    return proposal


def _forget_proposal(passage: Passage) -> None:
    db.session.execute(delete(Proposal).where(Proposal.passage_id == passage.id))


def _take_effect(passage: Passage, decision: Decision, *, by: Account, **details: str) -> Decision:
    before = passage.state
    _forget_proposal(passage)
    decision.passage_id = passage.id
    db.session.add(decision)
    passage.state = STEPS[decision.outcome].ends_in
    passage.cleared_words = words_after(passage, decision)
    passage.flag(screening.signals_of(passage.unseal()) if passage.is_waiting else frozenset())
    db.session.flush()
    audit.record(f"passage:{decision.outcome}", passage, actor=by, before=before, **details)
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


def words_after(passage: Passage, decision: Verdict) -> str | None:
    """Return what others read of a passage if a verdict counts; None if nothing."""
    if decision.outcome is DecisionOutcome.CLEAR:
        return passage.unseal()
    if decision.outcome is DecisionOutcome.REDACT:
        return redaction.redact(passage.unseal(), decision.spans)
    return None


def _locked(passage: Passage) -> Passage:
    """Return a passage as it stands now, which nobody else can change until the commit."""
    query = select(Passage).where(Passage.id == passage.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
