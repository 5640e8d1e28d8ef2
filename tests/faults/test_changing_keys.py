"""The data key is changed while people send and moderators read: nobody notices (T6)."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask, g
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tests import databases
from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from vrn_community import config, create_app
from vrn_community.accounts.roles import Role
from vrn_community.contributions import queries, services
from vrn_community.contributions.models import Passage
from vrn_community.contributions.services import Sending
from vrn_community.extensions import db
from vrn_community.foundation import record_keys, rotation
from vrn_community.opportunities.models import Opportunity

KINDS = ("sqlite", "postgresql")
OLD, NEW = "o" * 32, "n" * 32
BEFORE = int(os.environ.get("VRN_PASSAGES", "100"))
WORDS = "Words that somebody wrote."
#: So many rows are read at once, and changed in one step.
READ, STEP = 100, max(10, BEFORE // 100)
#: People think between two acts, in seconds.
PAUSE = 0.01


class Process:
    """One process of the service, with keys of its own, as while the others restart."""

    def __init__(self, settings: config.Settings, keys: str) -> None:
        self.app: Flask = create_app(replace(settings, data_key=keys))
        self.codes: list[str] = []

    def write(self, until: threading.Event) -> None:
        """Send words, and take every third back."""
        with self.app.app_context():
            key = db.session.scalars(select(Opportunity.id)).one()
            while not until.wait(PAUSE):
                code = f"{id(self)}-{len(self.codes)}"
                services.receive(key, Sending(code, "en", False, {"q1": WORDS}))
                db.session.commit()
                self.codes.append(code)
                if len(self.codes) % 3 == 0:
                    services.withdraw(queries.by_receipt(code))
                    db.session.commit()

    def read(self, until: threading.Event) -> int:
        """Open all words again and again, and return how many it were."""
        opened = 0
        with self.app.app_context():
            g.only_reads = True  # As a page that is looked at.
            query = select(Passage).options(joinedload(Passage.record_key))
            while not until.wait(PAUSE):
                for passage in db.session.scalars(query.order_by(Passage.id).limit(READ)):
                    assert passage.unseal() == WORDS
                    opened += 1
                db.session.rollback()
                db.session.expunge_all()
        return opened

    def close(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def processes(settings: config.Settings) -> Iterator[tuple[Process, Process]]:
    """Give one process that has the new key already, and one that still seals with the old."""
    both = (Process(settings, f"{NEW},{OLD}"), Process(settings, f"{OLD},{NEW}"))
    yield both
    for process in both:
        process.close()


def fill(settings: config.Settings) -> None:
    with databases.opened(replace(settings, data_key=OLD)):
        opportunity = make_opportunity(make_account(Role.PUBLISHER), is_public=True)
        for _number in range(BEFORE):
            make_passage(opportunity, WORDS)
        db.session.commit()


def at_work(
    pool: ThreadPoolExecutor, until: threading.Event, people: list[Callable[..., object]]
) -> list[Future[object]]:
    return [pool.submit(one, until) for one in people]


@pytest.mark.parametrize("kind", KINDS)
def test_while_two_processes_write_and_two_read_no_words_are_lost(
    kind: str, worker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", STEP)
    with databases.of_kind(kind, f"keys_{worker}") as found:
        fill(found.settings)
        with processes(found.settings) as (first, second), ThreadPoolExecutor(4) as pool:
            until = threading.Event()
            running = at_work(pool, until, [first.write, second.write, first.read, second.read])
            try:
                with databases.opened(first.app.config["SETTINGS"]):
                    done = sum(rotation.rotate())
            finally:
                until.set()
            results = [one.result() for one in running]
        settings = first.app.config["SETTINGS"]
        assert done >= BEFORE
        assert all(isinstance(opened, int) and opened for opened in results[2:])
        everything_opens_with_the_new_key_alone(settings, [*first.codes, *second.codes])


def everything_opens_with_the_new_key_alone(settings: config.Settings, codes: list[str]) -> None:
    with databases.opened(settings):
        # What was sealed with the old key meanwhile: a second run takes that as well.
        assert sum(rotation.rotate()) >= 0
        assert rotation.left() == 0
    with databases.opened(replace(settings, data_key=NEW)):
        words = [passage.unseal() for passage in db.session.scalars(select(Passage))]
        withdrawn = sum(queries.by_receipt(code) is None for code in codes)
        assert len(codes) > 3
        assert words == [WORDS] * (BEFORE + len(codes) - withdrawn)
        assert record_keys.missing() == {}
        assert record_keys.forget_unused() == 0
