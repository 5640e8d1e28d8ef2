"""What is made ready by itself: the closed answers of past days as columns."""

from sqlalchemy import select

from vrn_community import jobs
from vrn_community.contributions.models import Contribution
from vrn_community.extensions import db
from vrn_community.insights import dataset
from vrn_community.opportunities.models import Opportunity


@jobs.hourly
def keep_past_days() -> None:
    """Make the columns of past days that have none: after midnight, an import or a withdrawal."""
    answered = select(Contribution.id).where(Contribution.opportunity_id == Opportunity.id)
    for key in db.session.scalars(select(Opportunity.id).where(answered.exists())).all():
        for _day in dataset.keep_past_days(key):
            pass
