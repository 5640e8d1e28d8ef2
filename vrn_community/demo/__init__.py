"""A demonstration: made up, apart from what the strategy says, and removed by one command."""

from vrn_community.accounts import codes, passwords, proving
from vrn_community.accounts import queries as account_queries
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account, AccountState
from vrn_community.accounts.roles import Role
from vrn_community.demo import (
    group,
    opportunities,
    responses,
    rights,
    safeguarding,
    scrutiny,
    sensitive,
    story,
)
from vrn_community.extensions import db
from vrn_community.partnership import loader
from vrn_community.partnership import queries as partnership

NAMES = {
    Role.ADMINISTRATOR: "Asha Patel",
    Role.PUBLISHER: "Ben Carter",
    Role.APPROVER: "Chidi Obi",
    Role.MODERATOR: "Dana Nowak",
    Role.SAFEGUARDING_LEAD: "Elif Demir",
    Role.SAFEGUARDING_DEPUTY: "Femi Ade",
    Role.ANALYST: "Gita Shah",
    Role.DATA_PROTECTION_OFFICER: "Harry Wells",
    Role.OVERSIGHT_MEMBER: "Imran Malik",
    Role.OVERSIGHT_CHAIR: "Joy Mensah",
    Role.SECRETARIAT: "Kai Brown",
    Role.PARTNER: "Lena Fox",
    Role.BOARD_MEMBER: "Mo Hussain",
    Role.FACILITATOR: "Nia Hughes",
    Role.PEER_ANALYST: "Omar Said",
    Role.YOUTH_PANEL: "Quinn Lee",
}
SECOND_MODERATOR = "Priya Nair"
#: A secret ballot needs more than two who vote.
MORE_MEMBERS = ("Rosa Lind", "Sunil Rao", "Tess Byrne")
#: The bodies that partners and board members of the demonstration answer for.
BODIES = {
    Role.PARTNER: "blaby-hinckley-and-bosworth-csp",
    Role.BOARD_MEMBER: "strategic-partnership-board-executive",
}


def load() -> dict[str, int]:
    """Add the demonstration to what is there; run again, it changes nothing."""
    loader.load()
    password_hash = passwords.hash_password(passwords.DEMO_PASSWORD)
    people = {role: _account(f"{role}", NAMES[role], role, password_hash) for role in Role}
    # Sensitive words need two moderators.
    second = _account("second-moderator", SECOND_MODERATOR, Role.MODERATOR, password_hash)
    safeguarding.load(people)
    made = opportunities.load(people)
    answered = responses.load(made)
    story.load(made[story.TITLE], people)
    group.load(made[story.TITLE], people)
    sensitive.load(made[sensitive.TITLE], people, second)
    rights.load(people)
    members = [
        _account(f"member-{number}", name, Role.OVERSIGHT_MEMBER, password_hash)
        for number, name in enumerate(MORE_MEMBERS, 2)
    ]
    scrutiny.load(made[story.TITLE], people, members)
    return {
        "demo accounts": len(people) + 1 + len(members),
        "demo opportunities": len(made),
        "demo responses": answered,
    }


def _account(mailbox: str, name: str, role: Role, password_hash: str) -> Account:
    email = f"{mailbox}@demo.example"
    if known := account_queries.by_email(email):
        _give_app(known)
        return known
    account, _token = accounts.invite(email, name, [role], by=None)
    account.password_hash = password_hash
    account.state = AccountState.ACTIVE
    account.is_demo = True
    if role in BODIES:
        account.body_id = partnership.body(BODIES[role]).id
    db.session.flush()
    _give_app(account)
    return account


def _give_app(account: Account) -> None:
    """Give an account that needs one the second factor that the sign-in page shows."""
    if account.must_prove and account.app is None:
        proving.set_up(account, codes.demo_secret(account.email))
