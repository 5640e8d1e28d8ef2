"""A demonstration: made up, apart from what the strategy says, and removed by one command."""

from sqlalchemy import delete, or_, select

from vrn_community.accounts import passwords
from vrn_community.accounts import queries as account_queries
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account, AccountState
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Contribution
from vrn_community.demo import opportunities, responses, story
from vrn_community.extensions import db
from vrn_community.insights.evidence.models import Evidence, Insight
from vrn_community.insights.models import Release
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.models import Outcome
from vrn_community.oversight.models import Observation, Recommendation
from vrn_community.partnership import loader
from vrn_community.partnership import queries as partnership
from vrn_community.responses.models import GroupSession
from vrn_community.safeguarding.models import Concern

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
}
#: The bodies that partners and board members of the demonstration answer for.
BODIES = {
    Role.PARTNER: "blaby-hinckley-and-bosworth-csp",
    Role.BOARD_MEMBER: "strategic-partnership-board-executive",
}
#: What goes before an opportunity can go, in this order.
BEFORE = (Outcome, Recommendation, Observation, Release, Concern, GroupSession, Contribution)


def load() -> dict[str, int]:
    """Add the demonstration to what is there; run again, it changes nothing."""
    loader.load()
    password_hash = passwords.hash_password(passwords.DEMO_PASSWORD)
    people = {role: _account(role, password_hash) for role in Role}
    made = opportunities.load(people)
    answered = responses.load(made)
    story.load(made[story.TITLE], people)
    return {
        "demo accounts": len(people),
        "demo opportunities": len(made),
        "demo responses": answered,
    }


def remove() -> int:
    """Delete the demonstration and return how many rows it had; the audit trail stays."""
    by_demo = Opportunity.author.has(Account.is_demo)
    keys = list(db.session.scalars(select(Opportunity.id).where(or_(Opportunity.is_demo, by_demo))))
    cited = Evidence.release.has(Release.opportunity_id.in_(keys))
    resting = or_(Insight.author.has(Account.is_demo), Insight.evidence.any(cited))
    insights = list(db.session.scalars(select(Insight.id).where(resting)))
    before = [delete(Insight).where(Insight.id.in_(insights))]
    before += [delete(model).where(model.opportunity_id.in_(keys)) for model in BEFORE]
    own = [
        delete(Opportunity).where(Opportunity.id.in_(keys)),
        delete(Account).where(Account.is_demo),
    ]
    gone = [db.session.execute(statement) for statement in (*before, *own)]
    return sum(result.rowcount for result in gone)  # type: ignore[attr-defined]


def _account(role: Role, password_hash: str) -> Account:
    email = f"{role}@demo.example"
    known = account_queries.by_email(email)
    if known:
        return known
    account, _token = accounts.invite(email, NAMES[role], [role], by=None)
    account.password_hash = password_hash
    account.state = AccountState.ACTIVE
    account.is_demo = True
    if role in BODIES:
        account.body_id = partnership.body(BODIES[role]).id
    db.session.flush()
    return account
