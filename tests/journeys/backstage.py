"""What has no page in a journey: who is signed in, what analysts did before, and jobs."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from tests import databases
from vrn_community import config
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.demo.story import STRENGTH
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights import services as insights
from vrn_community.insights.evidence import services as evidence
from vrn_community.insights.evidence.models import citable
from vrn_community.opportunities import services as opportunities
from vrn_community.opportunities.lifecycle import Act
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.reminders import services as reminders
from vrn_community.oversight.reminders.models import Reminder
from vrn_community.partnership import queries as partnership


@contextmanager
def behind(folder: Path) -> Iterator[None]:
    """Work in the database of a running service, and keep what was done."""
    with databases.opened(config.Settings(mode=config.Mode.DEMO, data_dir=folder)):
        yield
        db.session.commit()


def _account(name: str) -> Account:
    found = select(Account).where(Account.email == f"{name}@demo.example")
    return db.session.scalars(found).one()


def let_in(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """Return a session for each of some people of the demonstration, as signing in would."""
    with behind(folder):
        return {name: accounts.begin_session(_account(name), is_proved=True) for name in names}


def close_and_learn(folder: Path, title: str, known: str, body: str) -> None:
    """Close an activity, show its results to the public, and publish and send what is known."""
    with behind(folder):
        query = select(Opportunity).where(Opportunity.title == title)
        asked = db.session.scalars(query).one()
        why = "Enough people have answered."
        opportunities.change_state(asked, Act.CLOSE, by=_account(Role.PUBLISHER), reason=why)
        analyst, approver = _account(Role.ANALYST), _account(Role.APPROVER)
        release = insights.draft_release(asked, by=analyst)
        insights.freeze(release, by=analyst)
        content = {**STRENGTH, "statement": known, "expires_on": clock.today() + timedelta(365)}
        insight = evidence.begin(uuid.uuid4(), content, by=analyst)
        first = next(name for name, _item in citable(release))
        evidence.cite(insight, release, [first], by=analyst)
        evidence.publish(insight, by=approver)
        evidence.route(insight, partnership.body(body), by=analyst)


def tell_twice_who_is_late(folder: Path, key: str) -> int:
    """Do what the hourly job does, two times, and return how often somebody was told of a row."""
    with behind(folder):
        reminders.remind()
    with behind(folder):
        reminders.remind()
        of_row = Reminder.subject_id == uuid.UUID(key)
        return db.session.scalar(select(func.count()).where(of_row)) or 0
