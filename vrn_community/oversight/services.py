"""What members of the oversight group do; nobody edits another's words."""

import uuid

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight import queries, reading, refusals
from vrn_community.oversight.models import Observation
from vrn_community.oversight.reading import WHOLE, Spot


def observe(
    observation_id: uuid.UUID,
    opportunity: Opportunity,
    text: str,
    *,
    about: Spot = WHOLE,
    by: Account,
) -> Observation:
    """Note what a member noticed, under a key chosen beforehand; asked twice, note it once."""
    known = queries.observation(observation_id)
    if known is not None:
        refusals.refuse_others(known.author_id, by)
        return known
    refusals.refuse_open(opportunity)
    refusals.refuse_without(Permission.OBSERVATION_WRITE, by)
    if about != WHOLE and not reading.is_shown(opportunity, queries.tables(opportunity), about):
        raise NotAllowed(_("The activity does not show this any more."))
    noted = Observation(
        id=observation_id,
        opportunity_id=opportunity.id,
        kind=about.kind,
        key=about.key,
        text=text,
        author_id=by.id,
    )
    db.session.add(noted)
    db.session.flush()
    audit.record("observation:write", noted, actor=by, opportunity=str(opportunity.id))
    return noted
