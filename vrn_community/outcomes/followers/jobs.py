"""Forgetting people who were told, every night."""

from vrn_community import jobs
from vrn_community.extensions import db
from vrn_community.outcomes.followers import services


@jobs.every_night
def forget_told() -> None:
    """Delete the contacts of people who were told a month ago."""
    services.forget_told()
    db.session.commit()
