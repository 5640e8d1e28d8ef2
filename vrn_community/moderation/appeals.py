"""Looking again at a decision because whoever wrote the words asked for it, once a passage.

Asking is a public act: no audit entry, no job and no log line. The answer is an act of the desk.
"""

import uuid
from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Contribution, Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation import clock, record_keys
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.paging import Page, paginate
from vrn_community.moderation import services, welfare
from vrn_community.moderation.models import Appeal, AppealOutcome, Decision, DecisionOutcome
from vrn_community.safeguarding import queries as safeguarding
from vrn_community.screening import queries as screening
from vrn_community.screening.signals import NOW

#: What can be looked at again; what waits has not been decided, and what is held looks like it.
APPEALABLE = frozenset({PassageState.REDACTED, PassageState.WITHHELD})
LONGEST_REASON = 300


def ask(passage: Passage, reason: str = "") -> None:
    """Let a decision be looked at again; asked twice it is once, and where nothing can be, never.

    The reason is screened in memory and sealed, as all words of people are.
    """
    if passage.state not in APPEALABLE:
        return
    made = Appeal(id=uuid.uuid4(), passage_id=passage.id, reason=reason or None)
    made.flag(screening.signals_of(reason))
    record_keys.store_once(made, Appeal.passage_id)


def of_passages(passage_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Appeal]:
    """Return the appeals about some passages by the key of the passage, in one query."""
    query = select(Appeal).where(Appeal.passage_id.in_(passage_ids))
    query = query.options(joinedload(Appeal.record_key))
    return {appeal.passage_id: appeal for appeal in db.session.scalars(query)}


def waiting(account_id: uuid.UUID, number: int) -> Page[Appeal]:
    """Return a page of the appeals that an account may decide, the most urgent first."""
    query = _waiting_for(account_id).order_by(Appeal.urgency.desc(), Appeal.passage_id)
    opportunity = joinedload(Appeal.passage).joinedload(Passage.contribution)
    return paginate(query, number, load=[opportunity.joinedload(Contribution.opportunity)])


def number_waiting(account_id: uuid.UUID) -> int:
    """Return how many appeals wait for an account."""
    counted = select(func.count()).select_from(_waiting_for(account_id).subquery())
    return db.session.scalar(counted) or 0


def is_urgent_for(account_id: uuid.UUID) -> bool:
    """Return whether an appeal waits for an account whose writer may need help now."""
    return (
        db.session.scalars(_waiting_for(account_id).where(Appeal.urgency == NOW).limit(1)).first()
        is not None
    )


def _waiting_for(account_id: uuid.UUID) -> Select[Appeal]:
    query = select(Appeal).join(Appeal.passage).where(Appeal.outcome.is_(None))
    is_about_reader = Passage.id.in_(safeguarding.passages_about(account_id))
    return query.where(Passage.state.in_(APPEALABLE), ~_decided_by(account_id), ~is_about_reader)


def _decided_by(account_id: uuid.UUID) -> Any:
    """Return the condition that somebody had a part in deciding about the passage of an appeal."""
    took_part = or_(Decision.moderator_id == account_id, Decision.second_id == account_id)
    is_about_words = Decision.outcome != DecisionOutcome.HOLD
    return exists().where(Decision.passage_id == Appeal.passage_id, is_about_words, took_part)


def may_decide(appeal: Appeal, account: Account) -> bool:
    """Return whether an account can answer an appeal: it had no part in the decision."""
    query = _waiting_for(account.id).where(Appeal.passage_id == appeal.passage_id)
    return db.session.scalars(query).first() is not None


def to_open(passage: Passage, account: Account) -> welfare.Words:
    """Return what is covered until an account opens it: why to look again, or else the words.

    The reason is for those alone who may answer (D9).
    """
    appeal = of_passages([passage.id]).get(passage.id)
    return appeal if appeal and may_decide(appeal, account) else passage


def keep(passage: Passage, *, moderator: Account) -> Appeal:
    """Answer that the decision stays."""
    return _answer(passage, AppealOutcome.KEPT, moderator)


def reopen(passage: Passage, *, moderator: Account) -> Appeal:
    """Answer that the decision is taken back: the words wait to be read anew."""
    appeal = _answer(passage, AppealOutcome.REOPENED, moderator)
    services.hold(passage, moderator=moderator)
    return appeal


def _answer(passage: Passage, outcome: AppealOutcome, moderator: Account) -> Appeal:
    query = select(Appeal).where(Appeal.passage_id == passage.id).with_for_update()
    appeal = db.session.scalars(query.execution_options(populate_existing=True)).one()
    if (appeal.outcome, appeal.moderator_id) == (outcome, moderator.id):
        return appeal
    if not may_decide(appeal, moderator):
        raise NotAllowed(_("Somebody who did not decide about these words has to look at them."))
    appeal.outcome, appeal.moderator_id, appeal.decided_at = outcome, moderator.id, clock.now()
    appeal.signals = ""
    record_keys.empty(appeal)
    audit.record(f"appeal:{outcome}", passage, actor=moderator, about=passage.state)
    return appeal
