"""Asking to be told, no longer asking, telling, and forgetting.

What the public does writes no audit entry, enqueues no job and logs nothing, and whether a
contact was known changes nothing that anybody sees.
"""

import uuid
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import joinedload

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto, record_keys
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.foundation.upsert import upsert
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.followers import queries
from vrn_community.outcomes.followers.models import Follower, Telling, this_month
from vrn_community.outcomes.models import Outcome, OutcomeState


class ListReason(StrEnum):
    """Why somebody opens the list of people to tell; for the audit trail."""

    TELL = "tell"
    LOST = "lost"


def follow(opportunity: Opportunity, contact: str) -> None:
    """Keep how to tell somebody one outcome; sent twice it is kept once."""
    if not queries.can_follow(opportunity):
        return
    made = Follower(id=uuid.uuid4(), opportunity_id=opportunity.id, month=this_month())
    made.contact_hash, made.contact = _hash(opportunity, contact), contact
    record_keys.store_once(made, Follower.contact_hash)


def unfollow(opportunity: Opportunity, contact: str) -> None:
    """Forget how to reach somebody about one outcome, if it was known."""
    known = Follower.contact_hash == _hash(opportunity, contact)
    db.session.execute(delete(Follower).where(known))


def _hash(opportunity: Opportunity, contact: str) -> str:
    return crypto.keyed_hash("follower", f"{opportunity.id}|{contact}")


def open_list(outcome: Outcome, reason: ListReason, *, by: Account) -> list[str]:
    """Return whom to tell a published outcome, in the order of the alphabet.

    It can be opened until people are told, each time with a reason, and never after.
    """
    _check(outcome, by)
    found = _telling(outcome, by)
    if found.told_on:
        raise NotAllowed(_("These people were told already."))
    query = select(Follower).where(Follower.opportunity_id == outcome.opportunity_id)
    found_all = db.session.scalars(query.options(joinedload(Follower.record_key)))
    contacts = sorted(follower.contact for follower in found_all)
    audit.record("follower:list", outcome, actor=by, reason=reason, count=len(contacts))
    return contacts


def mark_told(outcome: Outcome, *, by: Account) -> None:
    """Note that everybody on the list was told; a month later their contacts are deleted."""
    _check(outcome, by)
    found = queries.telling(outcome)
    if found is None:
        raise NotAllowed(_("Open the list first, and tell the people on it."))
    if found.told_on:
        return
    found.told_on = clock.today()
    audit.record("follower:tell", outcome, actor=by, count=queries.number(outcome.opportunity_id))


def _check(outcome: Outcome, by: Account) -> None:
    if not by.can(Permission.FOLLOWER_TELL):
        raise NotAllowed(_("Your roles do not allow this."))
    if outcome.state is not OutcomeState.PUBLISHED:
        raise NotAllowed(_("There is nothing to tell before the outcome is published."))


def _telling(outcome: Outcome, by: Account) -> Telling:
    """Return the row of an outcome, locked; the first who opens the list makes it."""
    row = {
        "id": uuid.uuid4(),
        "created_at": clock.now(),
        "outcome_id": outcome.id,
        "account_id": by.id,
    }
    made = upsert(Telling).values(row)
    db.session.execute(made.on_conflict_do_nothing(index_elements=[Telling.outcome_id]))
    query = select(Telling).where(Telling.outcome_id == outcome.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def are_over() -> ColumnElement[bool]:
    """Return the condition of contacts whose people were told long ago, or were not in a year.

    Nor can people be told of an opportunity that was withdrawn.
    """
    settings, today = config.current(), clock.today()
    a_year_ago = clock.months_after(today, -settings.follower_kept_untold_months)
    published = Outcome.published_at <= clock.end_of(a_year_ago)
    told = (
        select(Outcome.opportunity_id)
        .outerjoin(Telling, Telling.outcome_id == Outcome.id)
        .where(Outcome.state == OutcomeState.PUBLISHED)
        .where(or_(Telling.told_on <= today - settings.follower_kept, published))
    )
    gone = select(Opportunity.id).where(Opportunity.state == OpportunityState.WITHDRAWN)
    return or_(Follower.opportunity_id.in_(told), Follower.opportunity_id.in_(gone))
