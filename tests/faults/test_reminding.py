"""Two schedulers look for days at the same moment, each with a connection of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests import databases
from tests.conftest import make_account
from tests.oversight.conftest import make_body, make_closed
from tests.oversight.recommendations.conftest import make_recommendation
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.oversight.recommendations import services as recommendations
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.oversight.reminders import services
from vrn_community.oversight.reminders.models import Reminder, ReminderKind

AT_ONCE, OVERDUE = 4, 5


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_schedulers_at_once_tell_each_thing_once(kind: str, worker: str) -> None:
    with (
        databases.of_kind(kind, f"reminding_{worker}") as found,
        databases.opened(found.settings) as app,
    ):
        owe_answers()
        gate = threading.Barrier(AT_ONCE)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda _number: look(app, gate), range(AT_ONCE)))

        kinds = list(db.session.scalars(select(Reminder.kind)))
        assert kinds == [ReminderKind.REPLY_OVERDUE] * OVERDUE


def owe_answers() -> None:
    """Store recommendations whose day was yesterday."""
    chair = make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org")
    body = make_body("council-of-the-test")
    closed = make_closed(make_account(Role.PUBLISHER, email="noor@example.org"))
    for _number in range(OVERDUE):
        recommendations.send(make_recommendation(closed, body, chair), by=chair)
    yesterday = clock.today() - timedelta(days=1)
    db.session.execute(update(Recommendation).values(reply_by=yesterday))
    db.session.commit()


def look(app: Flask, gate: threading.Barrier) -> None:
    """Do what the hourly job does, when all the others are there too."""
    with app.app_context():
        gate.wait(30)
        services.remind()
        db.session.commit()
        db.session.remove()
