"""Whoever answers and leaves an address at once: the night takes away what joined the two."""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select

from tests import databases
from tests.conftest import make_account
from tests.databases import Database, opened
from tests.factories.opportunities import make_opportunity
from tests.faults import orders
from vrn_community.contributions import receipts
from vrn_community.contributions.models import Contribution
from vrn_community.contributions.services import Sending, receive
from vrn_community.extensions import db
from vrn_community.outcomes.followers import services
from vrn_community.outcomes.followers.models import Follower

pytestmark = pytest.mark.once
PEOPLE = 300
#: More than four standard deviations of no correlation at all, with so many people.
THRESHOLD = 0.24
TABLES = {"follower": "id", "record_key": "record_id"}


@contextmanager
def answered(kind: str, worker: str) -> Iterator[Database]:
    """Let people answer one after another, and each leave an address right after it."""
    with databases.of_kind(kind, f"follow_{worker}") as database:
        with opened(database.settings):
            opportunity = make_opportunity(make_account(), is_public=True)
            key = opportunity.id
            db.session.commit()
            for number in range(PEOPLE):
                receive(key, Sending(f"{number:024}", "en", may_quote=False, words={}))
                db.session.commit()
                services.follow(opportunity, f"{number}@example.org")
                db.session.commit()
        yield database


def looked_at(database: Database) -> dict[str, float]:
    """Return how well each order of contacts, or of keys, tells who answered when.

    Nor may the key of a contact lie near that of what the same person answered.
    """
    with opened(database.settings):
        came = {
            f.id.hex: int(f.contact.split("@")[0]) for f in db.session.scalars(select(Follower))
        }
        hashes = {receipts.hash_of(f"{number:024}"): number for number in range(PEOPLE)}
        sent = db.session.execute(select(Contribution.id, Contribution.receipt_hash))
        keys = came | {key.hex: hashes[receipt] for key, receipt in sent}
    arrivals = {"follower": came, "record_key": keys}
    if database.kind == "postgresql":
        found = orders.of_postgresql(database.settings.database_url, arrivals, TABLES)
    else:
        path = database.settings.data_dir / "vrn-community.sqlite"
        found = orders.of_sqlite(path, arrivals, TABLES)
    of_keys = {name: pairs for name, pairs in found.items() if len(pairs) == 2 * PEOPLE}
    assert set(of_keys) == {name for name in found if "record_key" in name}
    lying = {name: pairs for name, pairs in of_keys.items() if "inside" not in name}
    found |= {f"{name}, side by side": beside(pairs) for name, pairs in lying.items()}
    return {name: orders.spearman(pairs) for name, pairs in found.items()}


def beside(pairs: list[tuple[Any, float]]) -> list[tuple[Any, Any]]:
    """Return the places of both keys of each person, either first."""
    places: dict[float, list[Any]] = defaultdict(list)
    for place, came in pairs:
        places[came].append(place)
    return [both for one, other in places.values() for both in ((one, other), (other, one))]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_order_of_contacts_tells_who_answered_when(kind: str, worker: str) -> None:
    with answered(kind, worker) as database:
        evening = looked_at(database)
        with opened(database.settings) as app:
            for task in app.extensions["jobs"]._registry.periodic_tasks:
                task.execute()
        morning = looked_at(database)

    if kind == "postgresql":  # In a file of SQLite pages with random keys tell little at once.
        assert max(map(abs, evening.values())) > 0.9, evening
    assert {name: rho for name, rho in morning.items() if abs(rho) >= THRESHOLD} == {}


def test_keys_are_random(session) -> None:
    opportunity = make_opportunity(make_account(), is_public=True)

    services.follow(opportunity, "a@example.org")

    assert uuid.UUID(str(session.scalars(select(Follower.id)).one())).version == 4
