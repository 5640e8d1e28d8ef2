"""Writing down an interest of somebody else: never in the middle of a ballot."""

from flask_babel import gettext as _

from vrn_community.accounts.models import Account
from vrn_community.foundation.errors import NotAllowed
from vrn_community.oversight.ballots import queries
from vrn_community.oversight.meetings import items
from vrn_community.oversight.meetings.models import AgendaItem


def declare_for(item: AgendaItem, member: Account, words: str, *, by: Account) -> None:
    """Write down an interest that somebody declared in a meeting, as its chair.

    Not while a ballot about the item is open: nobody loses a vote by another's word.
    """
    if queries.is_open_about(item.id):
        raise NotAllowed(_("A ballot about this item is open. Only they can declare it now."))
    items.declare_for(item, member, words, by=by)
