"""Telling moderators by mail that words wait in which somebody may need help now: once a day.

The mail goes at the next of a few hours of the day, and says nothing of whose words it is about or
how many: so it tells no more exactly when somebody wrote than the queue does.
"""

from vrn_community.accounts import queries as accounts
from vrn_community.foundation import clock
from vrn_community.foundation.permissions import Permission
from vrn_community.moderation import appeals, queries
from vrn_community.notifications import MailKind, notify
from vrn_community.safeguarding import working_time


def tell() -> None:
    """Store a mail of today for each moderator who may read something urgent that waits."""
    if not working_time.is_time_to_tell():
        return
    for account in accounts.who_can(Permission.PASSAGE_MODERATE):
        if queries.is_urgent_for(account.id) or appeals.is_urgent_for(account.id):
            notify(account.id, MailKind.NOW, f"urgent-words|{clock.today()}")
