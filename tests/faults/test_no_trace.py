"""Nobody can tell who answered, from where, or when: not even with the disk at hand (T14)."""

import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import DateTime, Time, func, inspect, select, text

from tests import databases
from tests.browser import server
from tests.databases import opened
from tests.faults import crowd, orders
from vrn_community.contributions import receipts
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.extensions import db
from vrn_community.insights import dataset
from vrn_community.moderation import queries as moderation
from vrn_community.pages.views import CODE_TRIES

KINDS = ("sqlite", "postgresql")
#: More than four standard deviations of no correlation at all, with so many people.
THRESHOLD = 0.1
SQLITE = "vrn-community.sqlite"


class Found:
    """What is left when everybody has answered, before and after the night."""

    def __init__(self, database: databases.Database) -> None:
        """Let everybody answer, and let the night pass while the service runs."""
        self.kind, self.settings = database.kind, database.settings
        self.folder = self.settings.data_dir
        self.crowd = crowd.Crowd(self.settings)
        hops = {"VRN_PROXY_HOPS": "1", "DATABASE_URL": self.settings.database_url}
        before = self.counts()
        with (
            server.serving(self.folder, workers=2, application="tests.crowded:app", **hops) as site,
            closing(self.crowd.connect(site)),
        ):
            self.crowd.answer()
            after = self.counts()
            self.grown = {name: after[name] - before[name] for name in after}
            self.crowd.make_mistakes()
            self.tries = [self._try_a_code(number) for number in [7] * (CODE_TRIES + 1) + [8]]
            self.evening = self.read_orders()
            self._let_the_night_pass()
            self.wal = self.sizes("*-wal")
            self.files_at_work = self.files()
        self.morning = self.read_orders()

    def counts(self) -> dict[str, int]:
        """Return how many rows each table has."""
        with opened(self.settings):
            tables = db.metadata.sorted_tables
            return {t.name: db.session.scalar(select(func.count()).select_from(t)) for t in tables}

    def _try_a_code(self, number: int) -> int:
        self.crowd.ask(number, "/code", {"code": "canary"})
        return self.crowd.statuses[-1]

    def _let_the_night_pass(self) -> None:
        """Run everything that runs by itself, as the process of jobs would, beside a backup."""
        with opened(self.settings) as app, self._reading():
            for task in app.extensions["jobs"]._registry.periodic_tasks:
                task.execute()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Read the database of the evening, on PostgreSQL, where the night writes beside it."""
        if self.kind == "sqlite":
            yield
            return
        with psycopg.connect(self.settings.database_url.replace("+psycopg", "")) as backup:
            backup.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            backup.execute("SELECT 1")
            yield

    def files(self) -> dict[str, bytes]:
        """Return what every file of the data folder holds."""
        return {p.name: p.read_bytes() for p in sorted(self.folder.rglob("*")) if p.is_file()}

    def sizes(self, pattern: str) -> list[int]:
        """Return the sizes of files."""
        return [path.stat().st_size for path in self.folder.glob(pattern)]

    def rows(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield every row of every table as it is stored."""
        with opened(self.settings):
            for name in inspect(db.engine).get_table_names():
                for row in db.session.execute(text(f'SELECT * FROM "{name}"')):
                    yield name, list(row)

    def read_orders(self) -> orders.Orders:
        """Return every order of the answers that can be read anywhere."""
        with opened(self.settings):
            arrivals = self._arrivals()
            asked = self._asked(arrivals["passage"])
        if self.kind == "postgresql":
            return {**asked, **orders.of_postgresql(self.settings.database_url, arrivals)}
        return {**asked, **orders.of_sqlite(self.folder / SQLITE, arrivals)}

    def _arrivals(self) -> orders.Arrivals:
        hashes = {receipts.hash_of(code): came for came, code in enumerate(self.crowd.codes)}
        rows = db.session.execute(select(Contribution.id, Contribution.receipt_hash))
        sent = {key.hex: hashes[receipt] for key, receipt in rows}
        passages = db.session.execute(select(Passage.id, Passage.contribution_id))
        words = {key.hex: sent[owner.hex] for key, owner in passages}
        return {
            "contribution": sent,
            "response": sent,
            "passage": words,
            "record_key": sent | words,
        }

    def _asked(self, words: Any) -> orders.Orders:
        """Return the orders in which the service itself gives answers and words."""
        pages = range(1, crowd.PEOPLE // moderation.PAGE_SIZE + 1)
        queue = [words[p.id.hex] for number in pages for p in moderation.queue(number).rows]
        return {
            "closed answers": list(enumerate(self._counted())),
            "words to read": list(enumerate(queue)),
        }

    def _counted(self) -> Iterator[int]:
        """Go through who came when, in the order in which people stand in the columns."""
        for part in dataset.read(self.crowd.opportunity_id).parts:
            digits = part.columns["digits"]
            for flags in digits.flags:
                chosen = [digits.choices[place] for place in flags.nonzero()[0]]
                yield crowd.marked({"digits": chosen})


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_can_tell_who_answered_from_where_or_when(kind: str, worker: str) -> None:
    with databases.of_kind(kind, f"trace_{worker}") as database:
        found = Found(database)
        everybody_has_answered_and_the_service_knew_their_addresses(found)
        an_answer_leaves_five_rows_and_nothing_else(found)
        no_file_holds_anything_of_a_browser_or_a_network(found)
        no_row_holds_anything_of_a_browser_or_a_network(found)
        no_time_finer_than_a_day_is_stored_with_an_answer(found)
        keys_are_random_and_hold_no_time(found)
        no_order_tells_who_came_when(found)
        the_same_look_finds_the_order_that_lasts_until_the_night(found)
        if kind == "sqlite":
            rows_of_answers_have_no_numbers_and_the_log_of_writes_is_empty(found)


def everybody_has_answered_and_the_service_knew_their_addresses(found: Found) -> None:
    mistakes = found.crowd.statuses[-len(found.tries) - 4 : -len(found.tries)]

    assert len(set(found.crowd.codes)) == crowd.PEOPLE
    assert mistakes == [200, 404, 404, 413]
    # One address has tried too often; another one has not: so the addresses do arrive.
    assert found.tries == [200] * CODE_TRIES + [429, 200]


def an_answer_leaves_five_rows_and_nothing_else(found: Found) -> None:
    grown = {name: number for name, number in found.grown.items() if number}

    one_each = dict.fromkeys(orders.TABLES, crowd.PEOPLE)
    # A key of the person's contribution, and one of their words.
    assert grown == one_each | {"record_key": 2 * crowd.PEOPLE}


def no_file_holds_anything_of_a_browser_or_a_network(found: Found) -> None:
    for name, content in {**found.files_at_work, **found.files()}.items():
        for trace in (crowd.CANARY, crowd.NETWORK):
            where = content.lower().find(trace)
            assert where < 0, f"{name}: {content[max(0, where - 80) : where + 80]!r}"


def no_row_holds_anything_of_a_browser_or_a_network(found: Found) -> None:
    for table, row in found.rows():
        for trace in (crowd.CANARY, crowd.NETWORK):
            assert trace.decode() not in repr(row).lower(), (table, row)


def no_time_finer_than_a_day_is_stored_with_an_answer(found: Found) -> None:
    now = time.time()
    with opened(found.settings):
        for table in orders.TABLES:
            columns = inspect(db.engine).get_columns(table)
            assert not [c["name"] for c in columns if isinstance(c["type"], DateTime | Time)]
    for table, row in found.rows():
        if table in orders.TABLES:
            readable = [str(value) for value in row if not isinstance(value, bytes | memoryview)]
            assert not [text for text in readable if crowd.has_time(text, now)], (table, row)


def keys_are_random_and_hold_no_time(found: Found) -> None:
    with opened(found.settings):
        for model in (Contribution, Passage):
            keys = db.session.scalars(select(model.id)).all()
            assert {uuid.UUID(str(key)).version for key in keys} == {4}


def no_order_tells_who_came_when(found: Found) -> None:
    told = {name: orders.spearman(pairs) for name, pairs in found.morning.items()}

    assert {name: rho for name, rho in told.items() if abs(rho) >= THRESHOLD} == {}
    sizes = {name: len(pairs) for name, pairs in found.morning.items()}
    keys = {name for name, size in sizes.items() if size == 2 * crowd.PEOPLE}
    assert keys == {name for name in sizes if "record_key" in name}
    assert {size for name, size in sizes.items() if name not in keys} == {crowd.PEOPLE}


def the_same_look_finds_the_order_that_lasts_until_the_night(found: Found) -> None:
    told = {name: orders.spearman(pairs) for name, pairs in found.evening.items()}

    assert max(map(abs, told.values())) > 0.9, told
    for name in ("closed answers", "words to read"):  # What the service itself shows.
        assert abs(told[name]) < THRESHOLD


def rows_of_answers_have_no_numbers_and_the_log_of_writes_is_empty(found: Found) -> None:
    with opened(found.settings):
        master = text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        made = {name: sql for name, sql in db.session.execute(master) if name in orders.TABLES}
    assert sorted(made) == sorted(orders.TABLES)
    assert all("WITHOUT ROWID" in sql for sql in made.values())
    assert found.wal == [0]
