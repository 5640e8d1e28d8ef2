"""Two workers send at the same moment, each with a connection of its own."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from tests import databases
from tests.conftest import make_account
from tests.notifications.fixtures import serving
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.notifications import MailKind, jobs, notify
from vrn_community.notifications.models import Mail, MailState

AT_ONCE, MAILS = 2, 6


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_workers_at_once_send_each_mail_once(kind: str, worker: str) -> None:
    with (
        serving() as server,
        databases.of_kind(kind, f"mailing_{worker}") as found,
        databases.opened(replace(found.settings, smtp_url=server.url)) as app,
    ):
        accounts = [
            make_account(Role.PARTNER, email=f"{number}@example.org") for number in range(MAILS)
        ]
        for account in accounts:
            notify(account.id, MailKind.TODAY, "one")
        db.session.commit()
        gate = threading.Barrier(AT_ONCE)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda _number: send(app, gate), range(AT_ONCE)))

        expected = {f"{number}@example.org": 1 for number in range(MAILS)}
        assert Counter(str(mail["To"]) for mail in server.mails) == expected
        assert set(db.session.scalars(select(Mail.state))) == {MailState.DONE}


def send(app: Flask, gate: threading.Barrier) -> None:
    """Do what the job of each minute does, when the other is there too."""
    with app.app_context():
        gate.wait(30)
        jobs.send()
        db.session.commit()
        db.session.remove()
