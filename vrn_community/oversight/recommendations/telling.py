"""Who hears by mail that a recommendation waits for them, or that an answer came."""

from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.foundation.permissions import Permission
from vrn_community.notifications import MailKind, notify
from vrn_community.oversight.recommendations import speaking
from vrn_community.oversight.recommendations.lifecycle import Act
from vrn_community.oversight.recommendations.models import Recommendation


def who_hears(recommendation: Recommendation, act: Act) -> list[Account]:
    """Return whom an act concerns: the body that is asked, the board, or the group's chairs."""
    if act in (Act.SEND, Act.CHALLENGE):
        return speaking.speakers(recommendation.body_id)
    if act is Act.ESCALATE:
        board = accounts.who_can(Permission.ESCALATION_ANSWER)
        return [one for one in board if one.body_id != recommendation.body_id]
    return accounts.who_can(Permission.RECOMMENDATION_SEND)


def tell(recommendation: Recommendation, act: Act, key: object = "") -> None:
    """Tell them, once for an act; `key` parts what can be done more than once."""
    for account in who_hears(recommendation, act):
        notify(account.id, MailKind.TODAY, f"recommendation|{recommendation.id}|{act}|{key}")
