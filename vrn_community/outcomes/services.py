"""What is done with outcomes: begun, edited, published."""

from typing import Any

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.gates import Gap
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes import gates, queries
from vrn_community.outcomes.models import Outcome, OutcomeState


class Incomplete(NotAllowed):
    """What an outcome owes the public is not all there."""

    def __init__(self, found: list[Gap]) -> None:
        """Remember what is missing."""
        super().__init__(_("Some things that an outcome needs are missing."))
        self.gaps = found


def begin(opportunity: Opportunity, *, by: Account) -> Outcome:
    """Begin the outcome of an activity with what its page says; begun twice, return the same."""
    known = queries.outcome(opportunity.id)
    if known is not None:
        return known
    _refuse_without_permission(by)
    if opportunity.level is ParticipationLevel.INFORM or opportunity.published_at is None:
        raise NotAllowed(_("There is nothing to answer: nobody could take part."))
    draft = Outcome(
        opportunity=opportunity,
        author_id=by.id,
        we_asked=opportunity.duty("decision"),
        decided_by=opportunity.decider,
    )
    db.session.add(draft)
    db.session.flush()
    audit.record("outcome:begin", draft, actor=by, opportunity=str(opportunity.id))
    return draft


def edit(outcome: Outcome, content: dict[str, Any], *, by: Account) -> None:
    """Replace the words of an outcome that is not published yet."""
    _refuse_without_permission(by)
    if outcome.state is OutcomeState.PUBLISHED:
        raise NotAllowed(_("It is published, so it cannot be changed."))
    for name, value in content.items():
        setattr(outcome, name, value)
    db.session.flush()
    audit.record("outcome:edit", outcome, actor=by, version=outcome.version)


def add_easy_read(outcome: Outcome, words: str, *, by: Account) -> None:
    """Add an easy-read version to what is published and has none; pressed twice, it is once."""
    _refuse_without_permission(by)
    if outcome.easy_read == words:
        return
    if outcome.state is not OutcomeState.PUBLISHED or outcome.easy_read:
        raise NotAllowed(_("That cannot be done now: things have moved on."))
    outcome.easy_read = words
    db.session.flush()
    audit.record("outcome:add-easy-read", outcome, actor=by, version=outcome.version)


def publish(outcome: Outcome, *, by: Account) -> None:
    """Show an outcome to the public; it must be complete, and its results frozen."""
    if outcome.state is OutcomeState.PUBLISHED:
        return
    _refuse_without_permission(by)
    if found := gates.gaps(outcome):
        raise Incomplete(found)
    outcome.state, outcome.published_at = OutcomeState.PUBLISHED, clock.now()
    db.session.flush()
    audit.record("outcome:publish", outcome, actor=by, version=outcome.version)


def _refuse_without_permission(by: Account) -> None:
    if not by.can(Permission.OUTCOME_EDIT):
        raise NotAllowed(_("Your roles do not allow this."))
