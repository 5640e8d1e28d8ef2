"""Who answers what the group asks and rates red, and who hears that something came back."""

from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.foundation.permissions import Permission
from vrn_community.notifications import MailKind, notify
from vrn_community.oversight.scrutiny.models import EvidenceRequest, Rating


def who_answers(row: EvidenceRequest | Rating) -> list[Account]:
    """Return the accounts that answer: of the body or the board, or whoever enters it for them."""
    if row.body_id is None:
        return []
    found = accounts.who_can(Permission.EVIDENCE_ANSWER, body_id=row.body_id)
    if isinstance(row, EvidenceRequest) and row.raised_from:
        board = accounts.who_can(Permission.ESCALATION_ANSWER)
        found += [one for one in board if one.body_id != row.raised_from.body_id]
    return found or accounts.who_can(Permission.EVIDENCE_ENTER)


def tell_body(row: EvidenceRequest | Rating) -> None:
    """Tell those who answer that something waits for them, once."""
    for account in who_answers(row):
        notify(account.id, MailKind.TODAY, f"asked|{row.id}")


def tell_group(row: EvidenceRequest | Rating) -> None:
    """Tell the chair, and whoever asked or rated, that something came back, once."""
    chairs = {account.id for account in accounts.who_can(Permission.SCRUTINY_EDIT)}
    for account_id in chairs | {row.author_id}:
        notify(account_id, MailKind.TODAY, f"came-back|{row.id}")
