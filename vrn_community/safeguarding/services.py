"""What is done with concerns: raised, decided, closed, and what is written about them read."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete, select

from vrn_community import audit
from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.safeguarding import alerts, entries, holding, queries, working_time
from vrn_community.safeguarding.entries import Texts, Told
from vrn_community.safeguarding.kinds import Accused, AgeBand, EntryKind, Helper, Outcome, Source
from vrn_community.safeguarding.models import Alert, AlsoAccused, Concern, ConcernState, Urgency
from vrn_community.safeguarding.reasons import CloseReason, RevealReason


@dataclass(frozen=True)
class Report:
    """A worry that did not come from a passage."""

    source: Source
    urgency: Urgency
    #: What was noticed, the exact words, what is known about who it is.
    texts: Texts = field(default_factory=dict)
    received_on: date = field(default_factory=clock.today)
    noticed_on: date = field(default_factory=clock.today)
    area_id: uuid.UUID | None = None
    age_band: AgeBand | None = None
    accused_id: Accused | None = None


def raise_concern(
    passage: Passage,
    urgency: Urgency,
    note: str,
    *,
    by: Account,
    key: uuid.UUID | None = None,
    accused_id: Accused | None = None,
) -> Concern:
    """Bring a passage before the safeguarding lead, with a copy of its words, and hold it.

    A passage has one concern. The same key again stays as it is; what somebody notices later is
    added to it, and it waits for a decision again: no worry is ever dropped.
    """
    held = _locked_passage(passage.id)
    concern = queries.of_passage(held.id)
    if concern is not None and key and key in {row.id for row in queries.entries(concern.id)}:
        return concern
    if concern is None:
        concern = _begin(held, urgency, by)
        texts = {"noticed": note, "words": held.unseal()}
        entries.write(concern, EntryKind.RAISED, texts, by=by, key=key)
    else:
        texts = {"noticed": note, "also_about": _other_accused(concern, accused_id)}
        entries.write(concern, EntryKind.ADDED, texts, by=by, key=key)
        _wait_again(concern, urgency)
    _accuse(concern, accused_id)
    held.state, held.cleared_words = PassageState.HELD, None
    db.session.flush()
    alerts.tell(concern)
    audit.record("concern:raise", concern, actor=by, urgency=urgency, passage=str(held.id))
    return concern


def _begin(passage: Passage, urgency: Urgency, by: Account) -> Concern:
    contribution = passage.contribution
    areas = contribution.opportunity.areas
    concern = Concern(
        id=uuid.uuid4(),
        source=Source.PASSAGE,
        passage_id=passage.id,
        opportunity_id=contribution.opportunity_id,
        received_on=contribution.received_on,
        # Where people of one area are asked, the worry is about that area as far as we know.
        area_id=areas[0].id if len(areas) == 1 else None,
        urgency=urgency,
        raised_by_id=by.id,
        waits_since=clock.now(),
        state=ConcernState.OPEN,
        created_at=clock.now(),
    )
    db.session.add(concern)
    db.session.flush()
    return concern


def _other_accused(concern: Concern, accused_id: Accused | None) -> str:
    """Return the name of somebody whom a second allegation about the same words is about."""
    if not isinstance(accused_id, uuid.UUID) or concern.accused_id in (None, accused_id):
        return ""
    return accounts.names({accused_id}).get(accused_id, "")


def report(told: Report, *, by: Account, key: uuid.UUID) -> Concern:
    """Bring a worry from a call, a letter or a session before the lead; sent twice, it is one.

    Its clock runs from when somebody noticed, not from when they wrote it down; of an earlier day
    from the end of its hours, for no time of day is asked.
    """
    if known := db.session.get(Concern, key):
        return known
    noticed = min(clock.now(), working_time.closes(told.noticed_on))
    concern = Concern(
        id=key,
        source=told.source,
        urgency=told.urgency,
        received_on=told.received_on,
        area_id=told.area_id,
        age_band=told.age_band,
        raised_by_id=by.id,
        waits_since=noticed if told.noticed_on < clock.today() else clock.now(),
        state=ConcernState.OPEN,
        created_at=clock.now(),
    )
    db.session.add(concern)
    db.session.flush()
    entries.write(concern, EntryKind.RAISED, told.texts, by=by)
    _accuse(concern, told.accused_id)
    db.session.flush()
    alerts.tell(concern)
    audit.record("concern:report", concern, actor=by, urgency=told.urgency, source=told.source)
    return concern


def _wait_again(concern: Concern, urgency: Urgency) -> None:
    """Let a concern wait, as urgent as the more urgent of two; its clock never gets more time."""
    is_more_urgent = list(Urgency).index(urgency) < list(Urgency).index(concern.urgency)
    if is_more_urgent:
        concern.urgency = urgency
    if is_more_urgent or concern.state is not ConcernState.OPEN:
        concern.waits_since = clock.now()
    concern.state = ConcernState.OPEN


def accuse(concern: Concern, accused: Accused, *, by: Account) -> None:
    """Mark a concern as an allegation; an account that it is about sees nothing of it from now on.

    Refused where nobody would be left who sees it.
    """
    concern = _locked(concern)
    if accused in concern.accused_ids or (concern.is_about_helper and isinstance(accused, Helper)):
        return
    deciders = {row.id for row in accounts.who_can(Permission.ALLEGATION_DECIDE)}
    if not deciders - {*concern.accused_ids, accused}:
        raise NotAllowed(
            _("Nobody would be left who can see this. Another lead or deputy is needed first.")
        )
    _accuse(concern, accused)
    db.session.flush()
    alerts.tell(concern)
    audit.record("concern:accuse", concern, actor=by)


def _accuse(concern: Concern, account_id: Accused | None) -> None:
    """Make it an allegation: hide it from one account more, and take back what it was told."""
    if isinstance(account_id, Helper):
        concern.is_about_helper = True
        return
    if account_id is None or account_id in concern.accused_ids:
        return
    if concern.accused_id is None:
        concern.accused_id = account_id
    else:
        concern.also_accused.append(AlsoAccused(account_id=account_id))
    told = (Alert.concern_id == concern.id, Alert.account_id == account_id)
    db.session.execute(delete(Alert).where(*told))


def add_facts(
    concern: Concern,
    known: Mapping[str, str],
    *,
    area_id: uuid.UUID | None,
    age_band: AgeBand | None,
    by: Account,
    key: uuid.UUID,
) -> None:
    """Add what became known about the person; what was written before stays."""
    concern = _locked(concern)
    if key in {row.id for row in queries.entries(concern.id)}:
        return
    concern.area_id, concern.age_band = area_id or concern.area_id, age_band or concern.age_band
    entries.write(concern, EntryKind.FACTS, known, by=by, key=key)
    audit.record("concern:add-facts", concern, actor=by)


def decide(
    concern: Concern, outcome: Outcome, texts: Texts, *, by: Account, key: uuid.UUID | None = None
) -> None:
    """Add a decision and its reasons to a concern that is not closed; the same key adds it once."""
    concern = _locked(concern)
    if key and key in {row.id for row in queries.entries(concern.id)}:
        return
    if concern.state is ConcernState.CLOSED:
        raise NotAllowed(_("This concern is closed."))
    entries.write(concern, EntryKind.DECISION, texts, by=by, key=key, outcome=outcome)
    concern.state = ConcernState.DECIDED
    concern.decided_by_id, concern.decided_at = by.id, clock.now()
    db.session.flush()
    audit.record("concern:decide", concern, actor=by, outcome=outcome)


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


def reveal(
    concern: Concern, reason: RevealReason, *, by: Account, passphrase: str = ""
) -> list[Told]:
    """Return everything written about a concern, once that is in the audit trail.

    Where the team has a key, only the passphrase of somebody who holds it opens the case.
    """
    private = holding.opened(by, passphrase) if queries.team_key() else None
    told = entries.read(concern, private)
    audit.record("concern:reveal", concern, actor=by, reason=reason)
    return told


def _locked_passage(passage_id: uuid.UUID) -> Passage:
    """Return a passage as it stands now, which nobody else can change until the commit."""
    query = select(Passage).where(Passage.id == passage_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _locked(concern: Concern) -> Concern:
    query = select(Concern).where(Concern.id == concern.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
