"""What residents and the team do with proposals; nobody edits another's words."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities import services as opportunities
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight import refusals
from vrn_community.oversight.proposals import parts, queries
from vrn_community.oversight.proposals.lifecycle import STEPS, Act
from vrn_community.oversight.proposals.models import ActivityProposal, Power, SuggestedWording


@dataclass(frozen=True)
class Idea:
    """What somebody proposes: why, for whom, at which level, and what power is handed over."""

    title: str
    why: str
    audience: str
    level: ParticipationLevel
    power: Power | None = None
    power_words: str = ""


def propose(proposal_id: uuid.UUID, idea: Idea, *, by: Account) -> ActivityProposal:
    """Propose an activity, under a key chosen beforehand; asked twice, propose it once."""
    known = queries.find(proposal_id)
    if known is not None:
        refusals.refuse_others(known.author_id, by)
        return known
    refusals.refuse_without(Permission.ACTIVITY_PROPOSAL_WRITE, by)
    is_empowering = idea.level is ParticipationLevel.EMPOWER
    if is_empowering and not (idea.power and idea.power_words):
        raise NotAllowed(_("Say which power is handed over."))
    due_on = clock.today() + timedelta(days=config.current().proposal_due_days)
    made = ActivityProposal(id=proposal_id, author_id=by.id, due_on=due_on, **vars(idea))
    db.session.add(made)
    db.session.flush()
    audit.record("activity-proposal:write", made, actor=by, level=idea.level)
    return made


def take_up(proposal: ActivityProposal, answer: str, *, by: Account) -> Opportunity:
    """Make a draft of a proposal, which its proposers help to write; taken twice, once."""
    proposal = queries.locked(proposal.id)
    if proposal.opportunity and proposal.answered_by_id == by.id:
        return proposal.opportunity
    _refuse_step(proposal, Act.TAKE_UP, by)
    refusals.refuse_without(Permission.OPPORTUNITY_EDIT, by)
    draft = opportunities.begin(uuid.uuid4(), proposal.title, proposal.level, author=by)
    words = {"audience": proposal.audience, "description_source": proposal.why}
    duties = {"power": proposal.power_words} if proposal.power else {}
    opportunities.edit(draft, {**words, "duties": duties}, by=by)
    _write_with(draft, proposal.author_id)
    proposal.opportunity = draft
    _answer(proposal, Act.TAKE_UP, answer, by)
    return draft


def decline(proposal: ActivityProposal, answer: str, *, by: Account) -> None:
    """Say no to a proposal, with reasons; said twice, once."""
    proposal = queries.locked(proposal.id)
    if proposal.state is STEPS[Act.DECLINE].ends_in and proposal.answered_by_id == by.id:
        return
    _refuse_step(proposal, Act.DECLINE, by)
    refusals.refuse_empty(answer)
    _answer(proposal, Act.DECLINE, answer, by)


def _answer(proposal: ActivityProposal, act: Act, answer: str, by: Account) -> None:
    proposal.answer, proposal.answered_by_id, proposal.answered_on = answer, by.id, clock.today()
    _finish(proposal, act, by)


def withdraw(proposal: ActivityProposal, *, by: Account) -> None:
    """Take back a proposal of one's own that nobody has answered."""
    proposal = queries.locked(proposal.id)
    if proposal.state is STEPS[Act.WITHDRAW].ends_in:
        return
    _refuse_step(proposal, Act.WITHDRAW, by)
    _finish(proposal, Act.WITHDRAW, by)


@dataclass(frozen=True)
class Suggested:
    """Words for a part of a draft, or a comment on it; a comment alone suggests nothing."""

    field: str = ""
    words: str = ""
    comment: str = ""


def suggest(
    wording_id: uuid.UUID, proposal: ActivityProposal, suggested: Suggested, *, by: Account
) -> SuggestedWording:
    """Suggest words for a draft, under a key chosen beforehand; asked twice, suggest them once."""
    known = db.session.get(SuggestedWording, wording_id)
    if known is not None:
        refusals.refuse_others(known.author_id, by)
        return known
    draft = _draft_of(proposal, Act.SUGGEST, by)
    if suggested.field and suggested.field not in parts.labels(draft):
        raise NotAllowed(_("The draft has no such part."))
    if not (suggested.comment or (suggested.field and suggested.words)):
        raise NotAllowed(_("Write something first."))
    made = SuggestedWording(
        id=wording_id, proposal_id=proposal.id, author_id=by.id, **vars(suggested)
    )
    db.session.add(made)
    db.session.flush()
    audit.record("activity-proposal:suggest", proposal, actor=by, field=suggested.field)
    return made


def accept(
    proposal: ActivityProposal, wording: SuggestedWording, reason: str, *, by: Account
) -> None:
    """Put suggested words into the draft; whoever suggested them wrote a part of it from now on."""
    draft = _draft_of(proposal, Act.DECIDE, by)
    db.session.refresh(wording)
    if wording.is_accepted:
        return
    _refuse_settled(wording)
    wording.was = parts.words(draft, wording.field)
    opportunities.edit(draft, parts.content(draft, wording.field, wording.words), by=by)
    _write_with(draft, wording.author_id)
    _decide(proposal, wording, reason, by, is_accepted=True)


def refuse(
    proposal: ActivityProposal, wording: SuggestedWording, reason: str, *, by: Account
) -> None:
    """Leave suggested words out of the draft, with a reason."""
    _draft_of(proposal, Act.DECIDE, by)
    db.session.refresh(wording)
    if wording.is_accepted is False:
        return
    _refuse_settled(wording)
    refusals.refuse_empty(reason)
    _decide(proposal, wording, reason, by, is_accepted=False)


def _decide(
    proposal: ActivityProposal,
    wording: SuggestedWording,
    reason: str,
    by: Account,
    *,
    is_accepted: bool,
) -> None:
    wording.is_accepted, wording.reason = is_accepted, reason
    wording.decided_by_id, wording.decided_at = by.id, clock.now()
    db.session.flush()
    told = {"wording": str(wording.id), "accepted": is_accepted}
    audit.record("activity-proposal:decide", proposal, actor=by, **told)


def _draft_of(proposal: ActivityProposal, act: Act, by: Account) -> Opportunity:
    """Return the draft of a proposal, locked, if it can be changed and somebody may do so."""
    proposal = queries.locked(proposal.id)
    _refuse_step(proposal, act, by)
    if proposal.opportunity is None or not proposal.opportunity.is_editable:
        raise NotAllowed(_("The draft was handed in, so its words cannot be changed now."))
    return proposal.opportunity


def _write_with(draft: Opportunity, author_id: uuid.UUID) -> None:
    """Note that somebody wrote a part of a draft: they can never approve it."""
    draft.writer_ids = sorted({*draft.writer_ids, str(author_id)})
    db.session.flush()


def _finish(proposal: ActivityProposal, act: Act, by: Account) -> None:
    proposal.state = STEPS[act].ends_in
    db.session.flush()
    audit.record(f"activity-proposal:{act}", proposal, actor=by)


def refusal(proposal: ActivityProposal, act: Act, *, by: Account) -> str:
    """Return why somebody cannot do something with a proposal now, or nothing."""
    step = STEPS[act]
    if proposal.state not in step.begins_in:
        return str(_("That cannot be done now: things have moved on."))
    if not by.can(step.permission):
        return str(_("Your roles do not allow this."))
    if step.is_for_author and proposal.author_id != by.id:
        return str(_("This was written by somebody else."))
    return ""


def _refuse_step(proposal: ActivityProposal, act: Act, by: Account) -> None:
    if why_not := refusal(proposal, act, by=by):
        raise NotAllowed(why_not)


def _refuse_settled(wording: SuggestedWording) -> None:
    if not wording.is_waiting:
        raise NotAllowed(_("That cannot be done now: things have moved on."))
