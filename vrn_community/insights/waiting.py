"""Which results could be frozen and are not yet."""

from sqlalchemy import select

from vrn_community.contributions.models import Contribution
from vrn_community.extensions import db
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.opportunities.queries import is_in_stage


def to_freeze(most: int = 10) -> list[Opportunity]:
    """Return closed activities with answers whose results nobody has frozen."""
    answered = select(Contribution.id).where(Contribution.opportunity_id == Opportunity.id)
    query = select(Opportunity).where(
        is_in_stage(Stage.CLOSED), Opportunity.results_frozen_on.is_(None), answered.exists()
    )
    return list(db.session.scalars(query.order_by(Opportunity.closes_on).limit(most)))
