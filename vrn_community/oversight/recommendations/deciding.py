"""What ties a recommendation to the ballot in which the group decided it.

Who is kept out of that ballot because of a declared interest does nothing for the group with
the recommendation either. Whether what was decided is what is recommended no code can tell:
the question and its result stand beside the recommendation instead, for everybody.
"""

from flask_babel import gettext as _
from sqlalchemy import select

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.oversight.ballots import queries as ballots
from vrn_community.oversight.ballots.models import Ballot


def refuse_ballot(ballot: Ballot | None, by: Account) -> None:
    """Refuse a ballot that decided nothing, or from which a declared interest keeps somebody."""
    if ballot is None:
        return
    if is_kept_out(ballot, by):
        raise NotAllowed(kept_out_words())
    if why_not := undecided(ballot):
        raise NotAllowed(why_not)


def undecided(ballot: Ballot | None) -> str:
    """Return why nothing can rest on a ballot, or nothing."""
    if ballot is None or ballot.is_carried:
        return ""
    return str(_("The group has not decided this: nothing can rest on that ballot."))


def is_kept_out(ballot: Ballot, account: Account) -> bool:
    """Return whether a declared interest keeps somebody out of a ballot."""
    query = select(Ballot.id).where(Ballot.id == ballot.id, ballots.keeps_out(account))
    return db.session.scalar(query) is not None


def kept_out_words() -> str:
    """Return what somebody reads who is kept out."""
    return str(_("You declared an interest in what the group decided here. Leave it to others."))
