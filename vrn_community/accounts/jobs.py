"""What is tidied up by itself: sessions that are over, links and counts that have expired."""

from sqlalchemy import delete, or_

from vrn_community import config, jobs
from vrn_community.accounts.models import DeskSession, Invitation
from vrn_community.extensions import db
from vrn_community.foundation import clock, limits


@jobs.hourly
def purge() -> None:
    """Delete what no longer opens anything."""
    settings, moment = config.current(), clock.now()
    db.session.execute(
        delete(DeskSession).where(
            or_(
                DeskSession.last_seen_at < moment - settings.session_idle,
                DeskSession.began_at < moment - settings.session_longest,
            )
        )
    )
    db.session.execute(delete(Invitation).where(Invitation.expires_at < moment))
    limits.purge()
