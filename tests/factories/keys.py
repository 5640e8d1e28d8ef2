"""The key of cases, and somebody who holds it."""

from vrn_community.accounts.models import Account
from vrn_community.safeguarding import holding
from vrn_community.safeguarding.models import Concern
from vrn_community.safeguarding.reasons import RevealReason
from vrn_community.safeguarding.services import reveal

PASSPHRASE = "seven slow silver ferries"


def make_key(account: Account) -> str:
    """Make the team's key with a first holder, and return the recovery key."""
    return holding.set_up(account, PASSPHRASE)


def texts_of(concern: Concern, by: Account, passphrase: str = PASSPHRASE) -> list[dict[str, str]]:
    """Return the texts of a case, entry by entry, to somebody who opens it."""
    told = reveal(concern, RevealReason.DECIDE, by=by, passphrase=passphrase)
    return [dict(entry.texts) for entry in told]
