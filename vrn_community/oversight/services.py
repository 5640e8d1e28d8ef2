"""What members of the oversight group do; nobody edits another's words."""

import uuid

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight import queries, refusals
from vrn_community.oversight.models import Observation


def observe(
    observation_id: uuid.UUID,
    opportunity: Opportunity,
    text: str,
    *,
    question_id: str = "",
    by: Account,
) -> Observation:
    """Note what a member noticed, under a key chosen beforehand; asked twice, note it once."""
    known = queries.observation(observation_id)
    if known is not None:
        refusals.refuse_others(known, by)
        return known
    refusals.refuse_open(opportunity)
    refusals.refuse_without(Permission.OBSERVATION_WRITE, by)
    noted = Observation(
        id=observation_id,
        opportunity_id=opportunity.id,
        question_id=question_id,
        text=text,
        author_id=by.id,
    )
    db.session.add(noted)
    db.session.flush()
    audit.record("observation:write", noted, actor=by, opportunity=str(opportunity.id))
    return noted
