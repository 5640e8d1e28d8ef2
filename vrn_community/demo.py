"""Accounts and opportunities for a demonstration: made up, apart from what the strategy says."""

import json
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from vrn_community.accounts import passwords
from vrn_community.accounts import queries as account_queries
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account, AccountState
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities import services as opportunities
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import Act
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership import loader
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.levels import PreventionLevel

CONTENT = Path(__file__).with_name("demo.json")
#: So that the same demonstration has the same keys every time.
NAMESPACE = uuid.UUID("6f1c9c0e-8a7b-4f0e-9a52-6f1f6b0f5d11")
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
DATES = ("opens_on", "closes_on", "decision_on", "review_on")


def load() -> dict[str, int]:
    """Add the demonstration to what is there; run again, it changes nothing."""
    loader.load()
    password_hash = passwords.hash_password(passwords.DEMO_PASSWORD)
    people = {role: _account(role, password_hash) for role in Role}
    described = json.loads(CONTENT.read_text("utf-8"))
    made = [_opportunity(item, people) for item in described]
    return {"demo accounts": len(people), "demo opportunities": len(made)}


def remove() -> int:
    """Delete the demonstration and return how many rows it had; the audit trail stays."""
    gone = 0
    by_demo = Opportunity.author.has(Account.is_demo)
    for opportunity in db.session.scalars(select(Opportunity).where(by_demo)):
        db.session.delete(opportunity)
        gone += 1
    db.session.flush()
    accounts_gone = db.session.execute(delete(Account).where(Account.is_demo))
    return gone + int(accounts_gone.rowcount)  # type: ignore[attr-defined]


def _account(role: Role, password_hash: str) -> Account:
    email = f"{role}@demo.example"
    known = account_queries.by_email(email)
    if known:
        return known
    account, _token = accounts.invite(email, NAMES[role], [role], by=None)
    account.password_hash = password_hash
    account.state = AccountState.ACTIVE
    account.is_demo = True
    db.session.flush()
    return account


def _opportunity(item: dict[str, Any], people: dict[Role, Account]) -> Opportunity:
    key = uuid.uuid5(NAMESPACE, item["title"])
    known = db.session.get(Opportunity, key)
    if known:
        return known
    author = people[Role.PUBLISHER]
    level = ParticipationLevel(item["level"])
    made = opportunities.begin(key, item["title"], level, author=author)
    made.is_demo = True
    opportunities.edit(made, _content(item), by=author)
    for act in map(Act, item["acts"]):
        by = people[Role.APPROVER] if act in (Act.APPROVE, Act.RETURN) else author
        opportunities.change_state(made, act, by=by, reason=item.get("reason", ""))
    for name, days in item.get("later", {}).items():
        setattr(made, name, _day(days))  # What has happened since: time has passed.
    return made


def _content(item: dict[str, Any]) -> dict[str, Any]:
    """Return the content of an opportunity as `services.edit` takes it; days count from today."""
    content = dict(item["content"])
    for name in DATES:
        if name in content:
            content[name] = _day(content[name])
    rows: dict[str, dict[Any, Any]] = {
        "areas": {row.name: row for row in partnership.areas()},
        "priorities": {row.number: row for row in partnership.priorities()},
        "local_issues": {row.slug: row for row in partnership.local_issues()},
        "beneficiary_groups": {row.slug: row for row in partnership.beneficiary_groups()},
    }
    for name, known in rows.items():
        content[name] = [known[key] for key in content.get(name, [])]
    content["prevention_levels"] = [PreventionLevel(x) for x in content["prevention_levels"]]
    content["asking_body"] = partnership.body(content["asking_body"])
    return content


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)
