"""Who is there for concerns in the demonstration, who opens cases, and one case to look at."""

import uuid
from datetime import timedelta

from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.demo.opportunities import NAMESPACE, People
from vrn_community.foundation import clock
from vrn_community.safeguarding import checking, covering, holding, queries, services
from vrn_community.safeguarding.kinds import AgeBand, DbsLevel, Source
from vrn_community.safeguarding.models import CoverRole, Urgency

CALL = {
    "noticed": "A boy rang the team and hung up when somebody came into the room.",
    "words": "My brother says I have to carry it for him or else. I do not want to go tomorrow.",
    "identity": "He said that he is 14 and goes to school in Leicester. No name.",
}


def load(people: People) -> None:
    """Name a lead and a deputy for a year, give both the key of cases, and raise a concern."""
    for role in (Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_DEPUTY):
        _check(people[role])
    _cover(people)
    _give_key(people[Role.SAFEGUARDING_LEAD], people[Role.SAFEGUARDING_DEPUTY])
    told = services.Report(Source.PHONE, Urgency.TODAY, CALL, age_band=AgeBand.FROM_13_TO_15)
    services.report(told, by=people[Role.MODERATOR], key=uuid.uuid5(NAMESPACE, "a call"))


def _cover(people: People) -> None:
    """Name somebody for each role where nobody is named."""
    today = clock.today()
    named = {
        CoverRole.LEAD: people[Role.SAFEGUARDING_LEAD],
        CoverRole.DEPUTY: people[Role.SAFEGUARDING_DEPUTY],
    }
    for role, account in named.items():
        if not queries.on_cover(role, today):
            days = (today, today + timedelta(days=365))
            covering.name_cover(uuid.uuid4(), account.id, role, days, by=account)


def _give_key(lead: Account, deputy: Account) -> None:
    """Make the key of cases where there is none; both have the passphrase that the page shows."""
    if queries.team_key() is not None:
        return
    holding.set_up(lead, holding.DEMO_PASSPHRASE)
    newcomer = holding.ask_in(deputy, holding.DEMO_PASSPHRASE)
    holding.let_in(newcomer, holding.DEMO_PASSPHRASE, by=lead)


def _check(account: Account) -> None:
    """Say that somebody was trained and checked, without which nobody is there for concerns."""
    if checking.of(account.id) is None:
        day = clock.today() - timedelta(days=90)
        checking.confirm(account, day, day, level=DbsLevel.ENHANCED_BARRED)
