"""A session takes as many people as it has places, and a slip one: however many try at once."""

import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import databases
from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from vrn_community import create_app
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Contribution
from vrn_community.extensions import db
from vrn_community.foundation import sealed
from vrn_community.partnership import loader
from vrn_community.responses import flow, sessions, slips
from vrn_community.responses.flow import Walk
from vrn_community.responses.models import GroupSession, Slip

KINDS = ("sqlite", "postgresql")
PUPILS, PLACES, COPIES = 200, 30, 50
#: How many requests are under way at once.
AT_ONCE = 16


class Room:
    """A service in this process, with an open session and a slip."""

    def __init__(self, settings: Any) -> None:
        """Open the session, and make one slip."""
        self.app = create_app(settings)
        with self.app.test_request_context():
            loader.load()
            opportunity = make_opportunity(make_account(Role.PUBLISHER), is_public=True)
            version = make_version(opportunity)
            facilitator = make_account(Role.FACILITATOR)
            plan = sessions.Plan(opportunity, "A club", "Teacher", PLACES, timedelta(hours=1))
            self.session = sessions.open_session(uuid.uuid4(), plan, by=facilitator).id.hex
            self.slip = slips.hash_of(slips.make(opportunity, 1, by=facilitator)[0])
            self.url = f"/o/{opportunity.code}/answer"
            self.place = ("answer", opportunity.code, str(version.id))
            db.session.commit()

    def send(self, number: int, **let_in: str) -> int:
        """Press *Send*, and return the status of the answer."""
        walk = Walk(f"token {number}", flow.CHECK, {"feel": "safe"}, {"why": "Dark"}, **let_in)
        with self.app.app_context():
            state = sealed.seal_state(walk.to_state(), *self.place)
        sent = {"state": state, "v": self.place[2], "go": "send"}
        # All come from one address, as a class does.
        return self.app.test_client().post(self.url, data=sent).status_code

    def send_at_once(self, number: int, **let_in: str) -> Counter[int]:
        """Let many press *Send* at the same time, and count how they were answered."""
        gate = threading.Barrier(AT_ONCE)

        def press(who: int) -> int:
            if who < AT_ONCE:
                gate.wait()
            return self.send(who, **let_in)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return Counter(pool.map(press, range(number)))

    def stored(self) -> int:
        """Return how many contributions there are."""
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(Contribution)) or 0


@contextmanager
def room(kind: str, worker: str) -> Iterator[Room]:
    with databases.of_kind(kind, f"room_{worker}") as database:
        made = Room(database.settings)
        yield made
        with made.app.app_context():
            db.engine.dispose()


@pytest.mark.parametrize("kind", KINDS)
def test_of_two_hundred_at_once_a_session_lets_in_as_many_as_it_has_places(
    kind: str, worker: str
) -> None:
    with room(kind, worker) as full:
        statuses = full.send_at_once(PUPILS, session=full.session)

        assert statuses == {200: PLACES, 409: PUPILS - PLACES}
        assert full.stored() == PLACES
        with full.app.app_context():
            assert db.session.scalars(select(GroupSession.used)).one() == PLACES


@pytest.mark.parametrize("kind", KINDS)
def test_of_fifty_copies_of_a_slip_one_counts(kind: str, worker: str) -> None:
    with room(kind, worker) as full:
        statuses = full.send_at_once(COPIES, slip=full.slip)

        assert statuses == {200: 1, 409: COPIES - 1}
        assert full.stored() == 1
        with full.app.app_context():
            assert db.session.scalars(select(Slip)).all() == []
